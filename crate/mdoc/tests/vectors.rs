//! One file a rule: what each hostile or valid presentation must give.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use testkit::hostile::{self, Expectation};
use testkit::issuer::TestIssuer;

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "tests", "vectors"].iter().collect()
}

/// The files are what the test kit makes. `LIANGZHENG_WRITE_VECTORS=1` writes them.
#[test]
fn files_are_those_that_the_test_kit_makes() {
    let write = std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some();
    let mut rules = BTreeSet::new();
    for hostile in hostile::all() {
        assert!(rules.insert(hostile.rule), "{} is there twice", hostile.rule);
        let folder = folder().join(hostile.rule);
        let (payload, expect) = (folder.join("presentation.bin"), folder.join("expect.json"));
        let text = serde_json::to_string_pretty(&hostile.expect).expect("JSON") + "\n";
        if write {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&payload, &hostile.payload).expect("a file");
            fs::write(&expect, &text).expect("a file");
        }
        let rule = hostile.rule;
        assert!(
            fs::read(&payload).is_ok_and(|file| file == hostile.payload),
            "{rule}: another presentation.bin"
        );
        assert!(fs::read_to_string(&expect).is_ok_and(|file| file == text), "{rule}: another expect.json");
    }
}

/// The authority that a verifier of the files trusts, for other programs. Written as the files are.
#[test]
fn the_trusted_certificate_is_the_test_authority() {
    let file = folder().join("valid/iaca.der");
    let issuer = TestIssuer::default();
    if std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some() {
        fs::write(&file, issuer.iaca().as_der()).expect("a file");
    }
    assert!(fs::read(&file).is_ok_and(|der| der == issuer.iaca().as_der()), "another valid/iaca.der");
}

/// Every file is run as a verifier would, from the bytes on disk.
#[test]
fn every_file_gives_its_code() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder()).expect("tests/vectors") {
        let folder = entry.expect("an entry").path();
        let Ok(payload) = fs::read(folder.join("presentation.bin")) else { continue };
        let text = fs::read_to_string(folder.join("expect.json")).expect("expect.json");
        let expect: Expectation = serde_json::from_str(&text).expect("an expectation");
        let (verdict, code, step) = hostile::run(&payload, expect.at, expect.clock_floor);
        if (verdict, code, step) != (expect.verdict, expect.code.as_deref(), expect.step.as_deref()) {
            wrong.push(format!("{}: {verdict:?} {code:?} {step:?}", folder.display()));
        }
        count += 1;
    }
    println!("{count} files under tests/vectors");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 80, "only {count} files");
}
