//! Every code of this crate has its words, in both languages, and no word is without a code.

use liangzheng_optical::{FrameError, SymbolError, TextError};

#[test]
fn every_code_has_words_in_both_languages() {
    let strings: serde_json::Value =
        serde_json::from_str(include_str!("../../../www/strings/optical.json")).unwrap();
    let codes = FrameError::ALL.map(FrameError::code).into_iter();
    let mut expected: Vec<String> = codes
        .chain(SymbolError::ALL.map(SymbolError::code))
        .chain(TextError::ALL.map(TextError::code))
        .flat_map(|code| [format!("code.{code}"), format!("code.{code}.next")])
        .collect();
    expected.sort();
    let mut found: Vec<&String> = strings.as_object().unwrap().keys().collect();
    found.sort();
    assert_eq!(found, expected.iter().collect::<Vec<_>>());
    for key in expected {
        for language in ["zh-CN", "en"] {
            let text = strings[&key][language].as_str().unwrap_or_default();
            assert!(!text.trim().is_empty(), "{key} has no {language}");
        }
    }
}
