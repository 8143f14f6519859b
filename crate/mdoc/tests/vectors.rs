//! Every file of `tests/vectors` whose proofs this crate judges alone: how it ends, its code and its step.
//!
//! The files are made, listed and held against every code by `crate/testkit/tests/vectors`, and judged there by the
//! rules of the licence as well.
#![allow(clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;

use testkit::hostile::{self, Expectation, Given, Kind};

/// Codes of the crate `licence`, which alone asks what a document is of and what its elements mean.
const OF_LICENCES: [&str; 3] = ["document-type-malformed", "validity-missing", "status-withheld"];

/// Rule, expectation and the folder's reader, of every file on disk.
fn files(mut each: impl FnMut(&str, &Expectation, &dyn Fn(&str) -> Vec<u8>)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    for entry in fs::read_dir(folder).expect("tests/vectors") {
        let folder = entry.expect("an entry").path();
        let Ok(text) = fs::read_to_string(folder.join("expect.json")) else { continue };
        let expect: Expectation = serde_json::from_str(&text).expect("an expectation");
        let rule = folder.file_name().expect("a name").to_string_lossy();
        each(&rule, &expect, &|name| fs::read(folder.join(name)).expect(name));
    }
}

/// Every presentation that needs nothing beside it is run from the bytes on disk.
#[test]
fn every_presentation_gives_its_code_at_its_step() {
    let (mut count, mut wrong) = (0, Vec::new());
    files(|rule, expect, read| {
        let strict = expect.given.strict;
        if expect.kind != Kind::Presentation || expect.given != (Given { strict, ..Given::default() }) {
            return;
        }
        let (payload, times) = (read(expect.kind.file()), (expect.at, expect.clock_floor));
        let (verdict, code, step) =
            hostile::run_by(&signature::RustCrypto, hostile::trust(), &payload, times, strict);
        let right = code == expect.code.as_deref() && step == expect.step.as_deref();
        if (verdict, right) != (expect.verdict, true)
            && !OF_LICENCES.contains(&expect.code.as_deref().unwrap_or_default())
        {
            wrong.push(format!("{rule}: {verdict:?} {code:?} {step:?}"));
        }
        count += 1;
    });
    println!("{count} presentations");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 200, "only {count} presentations");
}
