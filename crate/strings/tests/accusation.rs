//! Words that say that somebody may have forged something stand only where that may be so.

use liangzheng_strings::codes::{SENTENCES, STAGES, Stage};
use liangzheng_strings::{Language, find};

/// Codes of signed content that was altered, of a signature that does not fit, or of documents that contradict themselves.
const MAY_BE_FORGED: [&str; 14] = [
    "chain-signature",
    "cose-alg-curve",
    "cose-alg-unprotected",
    "cose-mac",
    "cose-signature",
    "device-elements",
    "digest-mismatch",
    "digest-missing",
    "doc-type",
    "duplicate-element",
    "issuer-signature",
    "issuing-country",
    "issuing-jurisdiction",
    "mso-signed-outside-ds",
];

const ACCUSING_HEADLINES: [&str; 2] = ["headline.altered", "headline.not-its-holder"];

fn accuses(key: &str) -> bool {
    const WORDS: [&str; 4] = ["suspicious", "do not trust it", "可疑", "不可信任"];
    Language::ALL
        .iter()
        .filter_map(|language| find(key, *language))
        .any(|text| WORDS.iter().any(|word| text.contains(word)))
}

#[test]
fn only_codes_of_a_possible_forgery_accuse() {
    let mut found = Vec::new();
    let mut look = |code: &'static str| {
        if accuses(&format!("code.{code}")) || accuses(&format!("code.{code}.next")) {
            found.push(code);
        }
    };
    for stage in STAGES {
        match stage {
            Stage::Steps(codes) => codes.iter().for_each(|info| look(info.code)),
            Stage::Layers(codes) => codes.iter().for_each(|info| look(info.code)),
        }
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, MAY_BE_FORGED);
}

#[test]
fn only_headlines_of_a_possible_forgery_accuse() {
    let keys = SENTENCES.iter().copied().flatten().map(|(key, _)| *key);
    let found: Vec<_> = keys.filter(|key| accuses(key)).collect();
    assert_eq!(found, ACCUSING_HEADLINES);
}
