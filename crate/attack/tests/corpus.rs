//! Runs the fuzzer's corpus and seeds through the entry points in every `cargo test`.
#![allow(clippy::expect_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use liangzheng_attack::entry::ENTRIES;
use liangzheng_attack::seed::seeds;

fn fuzz(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(path)
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(fuzz(folder)).expect("a folder of crate/fuzz");
    let name = |entry: fs::DirEntry| entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
    entries.map(|entry| name(entry.expect("an entry"))).collect()
}

#[test]
fn every_entry_point_takes_what_the_fuzzer_kept() {
    let seeds = seeds();
    let mut count = 0;
    for (name, entry) in ENTRIES {
        for seed in seeds.get(name).into_iter().flatten() {
            entry(seed);
            count += 1;
        }
        let Ok(files) = fs::read_dir(fuzz("corpus").join(name)) else { continue };
        for file in files {
            let bytes = fs::read(file.expect("an entry").path()).expect("a file of the corpus");
            entry(&bytes);
            count += 1;
        }
    }
    println!("{count} inputs for {} entry points", ENTRIES.len());
    assert!(count > 400, "{count}");
}

#[test]
fn every_entry_point_is_a_target_and_has_no_body_of_its_own() {
    let entries: BTreeSet<String> = ENTRIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(entries.len(), ENTRIES.len(), "a name twice");
    assert_eq!(names("fuzz_targets"), entries);
    let corpora = names("corpus");
    assert!(corpora.is_subset(&entries), "{:?}", corpora.difference(&entries));
    let manifest = fs::read_to_string(fuzz("Cargo.toml")).expect("crate/fuzz/Cargo.toml");
    for name in &entries {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} has no [[bin]]");
        let target = fs::read_to_string(fuzz(&format!("fuzz_targets/{name}.rs"))).expect("a target");
        assert!(target.contains(&format!("entry::{name}(")), "{name} calls another entry point");
    }
}
