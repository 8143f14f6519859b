//! Every sentence that the crate can say is in the catalogue, in both languages, with its
//! placeholders, and the catalogue holds no other.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use liangzheng_verdict::catalogue;

type Texts = BTreeMap<String, BTreeMap<String, String>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/strings")
}

fn texts(file: &str) -> Texts {
    let path = folder().join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts.map(|part| part.split_once('}').expect("a closed placeholder").0.to_owned()).collect()
}

#[test]
fn every_key_has_both_languages_and_its_placeholders() {
    let texts = texts("licence.json");
    for (key, args) in catalogue::all() {
        let languages = texts.get(&key).unwrap_or_else(|| panic!("{key} has no text"));
        assert_eq!(languages.keys().collect::<Vec<_>>(), ["en", "zh-CN"], "{key}");
        let args: BTreeSet<String> = args.into_iter().map(str::to_owned).collect();
        for (language, text) in languages {
            assert!(!text.trim().is_empty(), "{key} {language}");
            assert_eq!(placeholders(text), args, "{key} {language}");
        }
    }
}

#[test]
fn no_text_is_left_over() {
    let keys: BTreeSet<String> = catalogue::all().into_iter().map(|(key, _)| key).collect();
    let unused: Vec<_> = texts("licence.json").into_keys().filter(|key| !keys.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn no_key_is_there_twice() {
    let keys: Vec<String> = catalogue::all().into_iter().map(|(key, _)| key).collect();
    let unique: BTreeSet<&String> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len());
}

#[test]
fn every_failure_of_the_proofs_has_its_reason_and_what_to_do_next() {
    let mut of_mdoc = Texts::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        of_mdoc.extend(texts(file.unwrap().file_name().to_str().unwrap()));
    }
    // Nobody is shown a verdict about making a credential.
    for info in envelope::codes().filter(|info| info.step != mdoc::step::MAKE) {
        for key in [format!("code.{}", info.code), format!("code.{}.next", info.code)] {
            let languages = of_mdoc.get(&key).unwrap_or_else(|| panic!("{key} has no text"));
            for text in languages.values() {
                let other = placeholders(text).into_iter().find(|name| name != "seconds");
                assert_eq!(other, None, "{key}");
            }
        }
    }
}
