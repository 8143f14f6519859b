//! Every code is there once, has a step, a clause, and words for people in both languages.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;

use liangzheng_envelope::codes;

/// The catalogues whose `code.…` are codes of this crate, or of those below it, and of no other.
const OWN_FILES: &[&str] =
    &["mdoc.json", "mdoc-base.json", "mdoc-profile.json", "reader.json", "status-list.json", "vical.json"];

#[test]
fn every_code_is_there_once_with_its_step_and_clause() {
    let mut seen = BTreeSet::new();
    for line in codes() {
        assert!(seen.insert(line.code), "{} is there twice", line.code);
        assert!(!line.step.is_empty() && !line.clause.is_empty(), "{} lacks step or clause", line.code);
        let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(line.code.bytes().all(kebab), "{} is not kebab-case", line.code);
    }
    println!("{} codes", seen.len());
}

#[test]
fn every_code_says_what_it_is_and_what_to_do_next() {
    let mut texts = serde_json::Map::new();
    let mut own = BTreeSet::new();
    let folder = format!("{}/../../www/strings", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("www/strings") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = std::fs::read_to_string(&path).expect("a catalogue");
        let of_file: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        for (key, words) in of_file {
            if key.starts_with("code.") && OWN_FILES.contains(&name.as_str()) {
                own.insert(key.clone());
            }
            assert!(texts.insert(key.clone(), words).is_none(), "{key} is there twice");
        }
    }
    let mut known = BTreeSet::new();
    for line in codes() {
        let next = line.next.then(|| format!("code.{}.next", line.code));
        for key in [Some(format!("code.{}", line.code)), next].into_iter().flatten() {
            let entry = texts.get(&key).unwrap_or_else(|| panic!("no text for {key}"));
            for language in ["zh-CN", "en"] {
                let words = entry[language].as_str().unwrap_or_default();
                assert!(!words.trim().is_empty(), "{key} has no {language}");
            }
            known.insert(key);
        }
    }
    let left_over: Vec<_> = own.difference(&known).collect();
    assert!(left_over.is_empty(), "no codes of this crate: {left_over:?}");
}
