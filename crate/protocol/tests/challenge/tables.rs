//! Every code has its words in both languages, its step and its clause.

use std::collections::BTreeSet;

use liangzheng_protocol::error::codes;
use liangzheng_protocol::{OtherFormat, WhyNotVerified};
use serde_json::Value;

#[test]
fn every_code_has_words_in_both_languages_and_no_word_is_left_over() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/strings/protocol.json");
    let texts: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut expected = BTreeSet::new();
    for line in codes() {
        assert!(!line.step.is_empty() && !line.clause.is_empty(), "{}", line.code);
        assert!(line.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'5'));
        for key in [format!("code.{}", line.code), format!("code.{}.next", line.code)] {
            assert!(expected.insert(key.clone()), "{key} is there twice");
        }
    }
    for why in WhyNotVerified::ALL {
        expected.extend([why.key().to_owned(), format!("{}.next", why.key())]);
    }
    expected.insert(OtherFormat::KEY.to_owned());
    let found: BTreeSet<String> = texts.as_object().unwrap().keys().cloned().collect();
    assert_eq!(found, expected);
    for key in &expected {
        for language in ["zh-CN", "en"] {
            assert!(!texts[key][language].as_str().unwrap_or_default().trim().is_empty(), "{key} {language}");
        }
    }
}

#[test]
fn the_published_vectors_are_what_is_made() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/challenge.json");
    let made = format!("{:#}\n", crate::vectors::all());
    if std::env::var_os("LIANGZHENG_WRITE_DOCS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(
        kept, made,
        "LIANGZHENG_WRITE_DOCS=1 cargo test -p liangzheng-protocol --test challenge vectors"
    );
    let verdict = crate::vectors::open(kept["signed"]["answer"]["jwe"].as_str().unwrap());
    assert_eq!(
        (&verdict["colour"], &verdict["codes"][4]),
        (&Value::from("green"), &Value::from("fresh-by-answer"))
    );
    assert_eq!(crate::vectors::open("no JWE"), "not five parts");
}
