//! `www/strings/licence.json` has the names of every family, and nothing that no table has. That every code and sentence
//! has its texts is asked by the compiler (`codes.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use liangzheng_strings::codes::{SENTENCES, STAGES, Stage, names};
use liangzheng_strings::{Language, find};

/// Every key of the verdict and of the licence's own codes, in the order of the tables.
fn keys() -> Vec<String> {
    let mut keys = Vec::new();
    let mut add = |code: &str, next: bool| {
        keys.push(format!("code.{code}"));
        if next {
            keys.push(format!("code.{code}.next"));
        }
    };
    for stage in STAGES {
        match stage {
            Stage::Layers(codes) => codes.iter().for_each(|info| add(info.code, info.next)),
            Stage::Steps(codes) => {
                let own = codes.iter().filter(|info| matches!(info.step, "number" | "facts"));
                own.for_each(|info| add(info.code, info.next));
            }
        }
    }
    keys.extend(SENTENCES.iter().copied().flatten().map(|(key, _)| (*key).to_owned()));
    keys.extend(names());
    keys
}

#[test]
fn every_name_is_there() {
    for key in names() {
        assert!(Language::ALL.iter().all(|language| find(&key, *language).is_some()), "{key} has no text");
    }
}

#[test]
fn no_text_is_left_over() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/strings/licence.json");
    let texts: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let keys: BTreeSet<String> = keys().into_iter().collect();
    let unused: Vec<_> = texts.into_keys().filter(|key| !keys.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn no_key_is_there_twice() {
    let keys = keys();
    let unique: BTreeSet<&String> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len());
}

#[test]
fn codes_are_kebab_case() {
    let kebab = |code: &str| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit());
    for stage in STAGES {
        match stage {
            Stage::Steps(codes) => codes.iter().for_each(|info| assert!(kebab(info.code), "{}", info.code)),
            Stage::Layers(codes) => codes.iter().for_each(|info| assert!(kebab(info.code), "{}", info.code)),
        }
    }
}

#[test]
fn a_wallet_can_say_what_it_does_not_answer() {
    for language in Language::ALL {
        let text = find(protocol::OtherFormat::KEY, language);
        assert!(text.is_some_and(|text| text.contains("{what}") && text.contains("{format}")));
    }
}
