//! `docs/errors.md`, the page `/errors/` and `docs/threats.md` are what the tables, texts and tests say today.

use std::path::{Path, PathBuf};

use liangzheng_testkit::guide::{documents, sections};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_document_and_the_page_are_what_the_tables_say() {
    for (file, made) in documents(&root()).unwrap() {
        let kept = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        let differs = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made);
        assert!(
            kept == made,
            "{file} is not what the tables say (line {:?}); fix: cargo xtask docs",
            differs.map(|line| line + 1)
        );
    }
}

#[test]
fn sentences_read_as_on_a_screen() {
    for entry in sections(&root()).iter().flat_map(|section| &section.entries) {
        for text in [&entry.meaning.en, &entry.meaning.zh] {
            assert!(!text.contains('{'), "{}: add a sample to guide.rs: {text}", entry.code);
        }
    }
}

#[test]
fn every_hostile_file_has_its_code_in_the_guide() {
    let sections = sections(&root());
    let codes: Vec<_> =
        sections.iter().flat_map(|section| &section.entries).map(|e| e.code.as_str()).collect();
    let mut files = 0;
    for folder in std::fs::read_dir(root().join("tests/vectors")).unwrap() {
        let expect = folder.unwrap().path().join("expect.json");
        let Ok(text) = std::fs::read_to_string(expect) else { continue };
        let expect: serde_json::Value = serde_json::from_str(&text).unwrap();
        files += 1;
        let further = expect["codes"].as_array().into_iter().flatten();
        for code in further.chain([&expect["code"]]).filter_map(|code| code.as_str()) {
            assert!(codes.contains(&code), "{code}");
        }
    }
    assert!(files >= 350, "{files} files");
}
