//! The codes of the base stages: unique, in kebab case, each with words in both languages.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;

use cbor::CborError;
use cbor::cose::CoseError;
use cbor::{CodeInfo, SignatureNotChecked};
use liangzheng_mdoc::TrustError;
use x509::CertificateError;

fn all() -> impl Iterator<Item = &'static CodeInfo> {
    [
        CborError::CODES,
        CoseError::CODES,
        SignatureNotChecked::CODES,
        CertificateError::CODES,
        TrustError::CODES,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn codes_are_stable_names() {
    let mut seen = BTreeSet::new();
    for line in all() {
        assert!(seen.insert(line.code), "{} twice", line.code);
        assert!(
            line.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            line.code
        );
        assert!(!line.step.is_empty() && !line.clause.is_empty(), "{}", line.code);
    }
}

#[test]
fn every_code_has_words_and_every_word_a_code() {
    let text = include_str!("../../../www/strings/mdoc-base.json");
    let catalogue: serde_json::Value = serde_json::from_str(text).unwrap();
    let catalogue = catalogue.as_object().unwrap();
    let mut expected = BTreeSet::new();
    for line in all() {
        for key in [format!("code.{}", line.code), format!("code.{}.next", line.code)] {
            for language in ["zh-CN", "en"] {
                let words = catalogue.get(&key).and_then(|entry| entry.get(language)?.as_str());
                assert!(words.is_some_and(|w| !w.is_empty()), "{key} in {language}");
            }
            expected.insert(key);
        }
    }
    let found: BTreeSet<String> = catalogue.keys().cloned().collect();
    assert_eq!(found, expected);
}
