//! The files of `tests/vectors`: generated and compared, judged from disk, listed in the manifest, and one for every
//! code.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod coverage;
mod manifest;
mod policies;
mod threats;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use liangzheng_testkit::hostile::{self, Expectation, Hostile, Kind, judge::judge, other, world};
use liangzheng_testkit::issuer::TestIssuer;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

/// Returns every hostile file. They are generated once: each has several signatures.
fn every() -> &'static [Hostile] {
    static EVERY: LazyLock<Vec<Hostile>> = LazyLock::new(hostile::every);
    &EVERY
}

/// Holds a file against what it must be; `LIANGZHENG_WRITE_VECTORS=1` writes it first.
fn hold(file: &Path, expected: &[u8]) {
    if std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, expected).unwrap();
    }
    assert!(fs::read(file).is_ok_and(|found| found == expected), "another {}", file.display());
}

#[test]
fn files_are_those_that_the_test_kit_makes() {
    let mut rules = BTreeSet::new();
    let mut names = BTreeSet::new();
    for hostile in every() {
        let rule = hostile.rule;
        assert!(rules.insert(rule), "{rule} is there twice");
        for (name, bytes) in hostile.files() {
            hold(&folder().join(rule).join(name), bytes);
            names.insert(format!("{rule}/{name}"));
        }
        let text = serde_json::to_string_pretty(&hostile.expect).unwrap() + "\n";
        hold(&folder().join(rule).join("expect.json"), text.as_bytes());
        names.insert(format!("{rule}/expect.json"));
    }
    for (name, bytes) in trusted() {
        hold(&folder().join(&name), &bytes);
        names.insert(name);
    }
    names.extend(["README.md", "manifest.json", "policy-cases.json"].map(str::to_owned));
    // `npm/` is what the data package adds to them.
    let made = |name: &String| names.contains(name) || name.starts_with("npm/");
    let left_over: Vec<_> = on_disk(&folder()).into_iter().filter(|name| !made(name)).collect();
    assert!(left_over.is_empty(), "nothing makes {left_over:?}");
}

/// Returns every file under a folder, by its name in it.
fn on_disk(place: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(on_disk(&path));
        } else {
            found.push(path.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    found
}

/// Whom a verifier of the files trusts, for other programs.
fn trusted() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, bytes: &[u8]| drop(files.insert(name, bytes.to_vec()));
    add("valid/iaca.der".to_owned(), TestIssuer::default().iaca().as_der());
    for authority in world::authorities() {
        add(format!("trust/{}.der", authority.name), authority.issuer.iaca().as_der());
        if let Some(list) = &authority.list {
            add(format!("trust/{}.crl", authority.name), list);
        }
    }
    add("trust/brainpool-p320.der".to_owned(), world::brainpool_p320().0.as_der());
    add(manifest::LIST_ROOT.to_owned(), other::list_provider().root().as_der());
    add(manifest::TRUST_LIST.to_owned(), &other::authorities_list());
    add(manifest::READER_AUTHORITY.to_owned(), other::reader_authority().as_der());
    files
}

/// Rule and expectation of every file on disk.
fn expectations() -> Vec<(String, Expectation)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(path.join("expect.json")) else { continue };
        let expect =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.push((path.file_name().unwrap().to_str().unwrap().to_owned(), expect));
    }
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

/// Every file is judged as a verifier would, from the bytes on disk, and gives its codes and no other doubt.
#[test]
fn every_file_gives_its_codes() {
    let mut wrong = Vec::new();
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for (rule, expect) in expectations() {
        let found = judge(&expect, &|name| fs::read(folder().join(&rule).join(name)).unwrap());
        wrong.extend(found.is(&expect).err().map(|found| format!("{rule}: {found}")));
        *kinds.entry(expect.kind).or_default() += 1;
    }
    println!("{kinds:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(Kind::ALL.iter().all(|kind| kinds.contains_key(kind)), "{kinds:?}");
    assert!(kinds.values().sum::<usize>() >= 350, "{kinds:?}");
}

/// The test above can fail: another code, another verdict, a code that is not there, a doubt that is not named.
#[test]
fn a_wrong_expectation_is_noticed() {
    let (rule, right) = expectations().into_iter().find(|(rule, _)| rule == "status-list-suspended").unwrap();
    let of = |change: &dyn Fn(&mut Expectation)| {
        let mut expect = right.clone();
        change(&mut expect);
        judge(&right, &|name| fs::read(folder().join(&rule).join(name)).unwrap()).is(&expect)
    };
    assert_eq!(of(&|_| {}), Ok(()));
    assert!(of(&|expect| expect.code = Some("status-gone".to_owned())).is_err());
    assert!(of(&|expect| expect.verdict = hostile::Verdict::Undetermined).is_err());
    assert!(of(&|expect| expect.codes.push("status-good".to_owned())).is_err());
    assert!(of(&|expect| expect.codes.clear()).is_err());
}
