//! Every code and every person of this crate has its words in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the whole file is a test, its helpers too"
)]

use cbor::Date;
use liangzheng_authority::codes as all_codes;
use liangzheng_authority::demo::DemoAuthority;
use liangzheng_authority::error::{ClaimError, PhotoError, ReplaceError};
use liangzheng_authority::photo::RejectReason;
use licence::StatusLetters;
use serde_json::Value;
use verdict::Message;

fn texts() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/strings/authority.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The placeholders of a text, sorted.
fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let mut names: Vec<_> = parts.map(|(name, _)| name.to_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_placeholders() {
    let texts = texts();
    assert!(RejectReason::CODES.iter().all(|info| all_codes().any(|code| code == info)));
    let codes = all_codes().map(|info| info.code);
    let mut wanted: Vec<_> =
        codes.flat_map(|code| [format!("code.{code}"), format!("code.{code}.next")]).collect();
    wanted.extend(DemoAuthority::new().people().iter().map(|person| person.story_key()));
    for key in wanted {
        assert!(texts.get(&key).is_some(), "{key} has no text");
    }
    for (key, text) in texts.as_object().unwrap() {
        let (zh, en) = (text["zh-CN"].as_str().unwrap(), text["en"].as_str().unwrap());
        assert!(!zh.is_empty() && !en.is_empty(), "{key}");
        assert_eq!(placeholders(zh), placeholders(en), "{key}");
    }
}

#[test]
fn messages_bring_what_their_texts_ask_for() {
    let texts = texts();
    let date = Date::new(2026, 11, 22).unwrap();
    let letters = StatusLetters::parse("D");
    let messages: [Message; 8] = [
        ClaimError::NotRolledOut { from: date }.message(),
        ClaimError::StatusRed(letters.clone()).message(),
        ClaimError::StatusAbnormal(letters.clone()).message(),
        ClaimError::StatusGone(letters.clone()).message(),
        ClaimError::ExtensionOver(letters).message(),
        PhotoError::TooNarrow { width: 300 }.message(),
        PhotoError::Ratio.message(),
        ReplaceError::TooEarly { from: date }.message(),
    ];
    for message in messages {
        let text = texts[&*message.code]["en"].as_str().unwrap();
        for name in placeholders(text) {
            assert!(message.arg(&name).is_some(), "{} lacks {name}", message.code);
        }
    }
}
