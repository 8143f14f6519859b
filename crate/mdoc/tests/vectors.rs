//! One file a rule: what each hostile or valid presentation must give.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use liangzheng_mdoc::code::CodeInfo;
use liangzheng_mdoc::error::codes;
use liangzheng_mdoc::trust::TrustAnchors;
use serde_json::{Value, json};
use testkit::hostile::{self, Expectation, Hostile, world};
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

/// Writes a file, where that is asked for, and holds it against what it must be.
fn hold(file: &Path, expected: &[u8]) {
    if std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, expected).expect("a file");
    }
    assert!(fs::read(file).is_ok_and(|found| found == expected), "another {}", file.display());
}

/// The authorities that a verifier of the files trusts, and their revocation lists, for other programs.
#[test]
fn the_trusted_certificates_are_those_of_the_test_kit() {
    hold(&folder().join("valid/iaca.der"), TestIssuer::default().iaca().as_der());
    for authority in world::authorities() {
        let file = |ending: &str| folder().join(format!("trust/{}.{ending}", authority.name));
        hold(&file("der"), authority.issuer.iaca().as_der());
        if let Some(list) = &authority.list {
            hold(&file("crl"), list);
        }
    }
    hold(&folder().join("trust/brainpool.der"), world::brainpool().0.as_der());
}

/// One line of the manifest.
fn line(hostile: &Hostile) -> Value {
    let expect = &hostile.expect;
    let clause = expect.code.as_ref().map(|code| {
        codes().find(|line| line.code == code.as_str()).unwrap_or_else(|| panic!("no code {code}")).clause
    });
    let nobody = TrustAnchors::new();
    let (_, untrusted, _) = hostile::run_trusting(&nobody, &hostile.payload, expect.at, expect.clock_floor);
    json!({
        "rule": hostile.rule,
        "file": format!("{}/presentation.bin", hostile.rule),
        "description": expect.description,
        "row": expect.row,
        "verdict": expect.verdict,
        "code": expect.code,
        "step": expect.step,
        "clause": clause,
        "at": expect.at,
        "clock_floor": expect.clock_floor,
        "code_without_trust": untrusted,
    })
}

fn manifest() -> Value {
    let mut all = hostile::all();
    all.sort_by_key(|hostile| hostile.rule);
    let mut trust: Vec<_> = world::authorities()
        .iter()
        .map(|authority| {
            let name = authority.name;
            json!({
                "certificate": format!("trust/{name}.der"),
                "revocation_list": authority.list.as_ref().map(|_| format!("trust/{name}.crl")),
                "revoked": authority.struck.then(|| hex(&authority.issuer.ds().fingerprint())),
                "doc_type": authority.doc_type,
            })
        })
        .collect();
    let plain = json!({
        "certificate": "trust/brainpool.der", "revocation_list": null, "revoked": null, "doc_type": null
    });
    trust.push(plain);
    json!({
        "audience": "verifier.example",
        "trust": trust,
        "vectors": all.iter().map(line).collect::<Vec<_>>(),
    })
}

/// The same with sorted keys: serde_json keeps another order where some crate of the build asks for it.
fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(in_order).collect(),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(key, value)| (key, in_order(value))).collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(fields.into_iter().collect())
        }
        other => other,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_manifest_says_what_every_file_is() {
    let text = serde_json::to_string_pretty(&in_order(manifest())).expect("JSON") + "\n";
    hold(&folder().join("manifest.json"), text.as_bytes());
}

/// Steps at which no presentation stops, and the tests that give their codes.
const OTHER_STEPS: &[(&str, &str)] = &[
    ("make", "verify.rs"),
    ("revocation-list", "revocation.rs"),
    ("reader", "reader_auth.rs"),
    ("session-transcript", "transcripts.rs"),
    ("trust-list", "vical.rs"),
    ("status-list", "status_list.rs"),
];

/// Codes that no presentation gives to a verifier of the one-way profile, and the tests that give them.
const ELSEWHERE: &[(&str, &str)] = &[
    // the steps that prove something have codes of their own for these two
    ("cose-signature", "cose_hostile.rs"),
    ("cose-mac", "cose_hostile.rs"),
    // in an MSO they are `device-key`
    ("cose-key-form", "cose_hostile.rs"),
    ("cose-key-curve", "cose_hostile.rs"),
    ("cose-key-point", "cose_hostile.rs"),
    // a line for authorities
    ("cert-profile-self-issued", "x509_profile.rs"),
    // a reader key is needed
    ("device-mac", "annex_d.rs"),
    // a session of one's own, or memory, or an old trust list is needed
    ("freshness-unproven", "annex_d.rs"),
    ("seen", "verify.rs"),
    ("trust-list-old", "vical.rs"),
    ("trust-list-signer-expired", "vical.rs"),
    ("trust-list-ahead", "vical.rs"),
];

#[test]
fn every_code_that_a_presentation_can_give_has_a_file() {
    let given: BTreeSet<String> = hostile::all().into_iter().filter_map(|h| h.expect.code).collect();
    let other = |line: &&CodeInfo| {
        OTHER_STEPS.iter().any(|(step, _)| *step == line.step)
            || ELSEWHERE.iter().any(|(code, _)| *code == line.code)
    };
    let missing: Vec<_> =
        codes().filter(|line| !other(line) && !given.contains(line.code)).map(|line| line.code).collect();
    assert!(missing.is_empty(), "codes without a file: {missing:?}");
    let both: Vec<_> = ELSEWHERE.iter().filter(|(code, _)| given.contains(*code)).collect();
    assert!(both.is_empty(), "they have files now: {both:?}");
    for (code, test) in ELSEWHERE {
        assert!(codes().any(|line| line.code == *code), "{code} is no code");
        let text = fs::read_to_string(format!("{}/tests/{test}", env!("CARGO_MANIFEST_DIR")));
        assert!(text.is_ok_and(|text| text.contains(code)), "{test} does not give {code}");
    }
    for (_, test) in OTHER_STEPS {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(test).exists(), "no {test}");
    }
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
    assert!(count >= 150, "only {count} files");
}
