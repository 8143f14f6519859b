//! Trust lists (`T-trust-list`, `T-list-rollback`): made and read again, refused for each reason, never older, never silently current.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test"
)]

use cbor::Timestamp;
use cbor::{Value, decode_foreign};
use liangzheng_mdoc::Outcome;
use liangzheng_mdoc::TrustAnchors;
use liangzheng_mdoc::vical::*;
use proptest::prelude::*;
use testkit::draft::{NOW, get_mut, set};
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::sample::DOC_TYPE;
use testkit::vical::{TestVicalProvider, request};
use x509::{Certificate, Extension, Name, certificate_pems, ids};

const DAY: i64 = 86_400;

fn provider() -> TestVicalProvider {
    TestVicalProvider::new("Test lists")
}

fn iaca(seed: &str) -> Certificate {
    let options = TestIssuerOptions { seed: seed.into(), iaca_name: seed.into(), ..Default::default() };
    TestIssuer::new(&options).iaca().clone()
}

fn list() -> Vec<u8> {
    provider().list("Test lists", NOW, 7, &[&iaca("one"), &iaca("two")])
}

/// The payload of a list, to be changed and signed again.
fn payload(bytes: &[u8]) -> Value {
    let message = decode_foreign(bytes).unwrap();
    decode_foreign(message.as_array().unwrap()[2].as_bytes().unwrap()).unwrap().to_value()
}

fn verify(bytes: &[u8], trust: &VicalTrust) -> Result<VerifiedVical, VicalError> {
    UnverifiedVical::decode(bytes)?.verify(trust, &signature::RustCrypto)
}

/// The code that a changed payload gives, signed by the right signer.
fn changed(change: impl FnOnce(&mut Value)) -> &'static str {
    let mut payload = payload(&list());
    change(&mut payload);
    code(verify(&provider().signed(&payload), &provider().trust()))
}

fn code(result: Result<VerifiedVical, VicalError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "accepted")
}

/// The code of the only entry of a list whose entry was changed.
fn entry(change: impl FnOnce(&mut Value)) -> &'static str {
    let good = iaca("good");
    let mut payload = payload(&provider().list("Test lists", NOW, 7, &[&iaca("odd"), &good]));
    let Value::Array(infos) = get_mut(&mut payload, "certificateInfos") else { panic!() };
    change(&mut infos[0]);
    let list = verify(&provider().signed(&payload), &provider().trust()).unwrap();
    let entries: Vec<_> = list.entries("Test lists", &signature::RustCrypto).collect();
    assert_eq!(entries[1].certificate(), Some(&good), "the list works without its odd entry");
    assert!(entries[1].anchor().is_ok());
    let mut trust = TrustAnchors::new();
    list.add_to(&mut trust, "Test lists", NOW, &signature::RustCrypto);
    let expected = if entries[0].anchor().is_ok() { 2 } else { 1 };
    assert_eq!(trust.iter().count(), expected);
    entries[0].anchor().map_or_else(|error| error.code(), |_| "accepted")
}

fn without(map: &mut Value, key: &str) {
    let Value::Map(pairs) = map else { panic!() };
    pairs.retain(|(name, _)| name.as_text() != Some(key));
}

#[test]
fn a_list_that_we_make_is_read_again() {
    let list = verify(&list(), &provider().trust()).unwrap();
    assert_eq!((list.provider(), list.date(), list.issue_id()), ("Test lists", NOW, Some(7)));
    assert_eq!(list.next_update(), Some(NOW.plus_seconds(30 * DAY)));
    assert_eq!(list.root_sha256(), provider().root().fingerprint());
    assert_eq!(
        (list.len(), list.entries("x", &signature::RustCrypto).filter(|e| e.anchor().is_ok()).count()),
        (2, 2)
    );
    assert!(list.age(NOW).is_pass());
}

#[test]
fn a_root_that_does_not_come_along_can_be_pinned_by_its_certificate() {
    let whole = provider();
    let mut short = whole.clone();
    short.chain.pop();
    let bytes = short.signed(&payload(&list()));
    assert_eq!(code(verify(&bytes, &VicalTrust::new().with_root(whole.root().clone()))), "accepted");
    assert_eq!(code(verify(&bytes, &whole.trust())), "vical-signer-unknown");
    let intermediate = VicalTrust::new().with_sha256(whole.chain[1].fingerprint());
    assert_eq!(code(verify(&list(), &intermediate)), "accepted");
}

#[test]
fn a_list_is_refused_with_the_code_of_its_rule() {
    let trust = provider().trust();
    let bytes = list();
    assert_eq!(code(verify(&vec![0; MAX_VICAL + 1], &trust)), "vical-size");
    assert_eq!(code(verify(b"\x01\x02", &trust)), "cbor-profile");
    assert_eq!(code(verify(&bytes[..bytes.len() - 1], &trust)), "cbor-length");
    let tagged = [&[0xd2][..], &bytes].concat();
    assert_eq!(code(verify(&tagged, &trust)), "cose-structure");
    let stranger = TestVicalProvider::new("A stranger");
    assert_eq!(code(verify(&bytes, &stranger.trust())), "vical-signer-unknown");
    assert_eq!(code(verify(&bytes, &VicalTrust::new())), "vical-signer-unknown");
    // a stranger's key under the right certificates
    let forged = TestVicalProvider { key: stranger.key.clone(), ..provider() };
    assert_eq!(code(verify(&forged.signed(&payload(&bytes)), &trust)), "vical-signature");
    // a stranger's signer under the right root
    let mut mixed = stranger.clone();
    mixed.chain[2] = provider().root().clone();
    assert_eq!(code(verify(&mixed.signed(&payload(&bytes)), &trust)), "vical-signer-chain");
    // an authority that certified a signer of the right name, with another key
    let mut twin = provider();
    twin.chain[1] = TestVicalProvider::with(
        "Test lists",
        [
            &|t| t,
            &|mut t| {
                t.spki = spki_of("x");
                t
            },
            &|t| t,
        ],
    )
    .chain[1]
        .clone();
    assert_eq!(code(verify(&twin.signed(&payload(&bytes)), &trust)), "vical-signer-chain");

    assert_eq!(changed(|_| {}), "accepted");
    assert_eq!(changed(|map| without(map, "date")), "vical-shape");
    assert_eq!(changed(|map| set(map, "date", Value::text("2026-11-22T12:00:00Z"))), "vical-shape");
    assert_eq!(changed(|map| set(map, "vicalProvider", Value::text(" "))), "vical-shape");
    assert_eq!(changed(|map| set(map, "vicalProvider", Value::text("x".repeat(201)))), "vical-shape");
    assert_eq!(changed(|map| set(map, "vicalIssueID", Value::text("7"))), "vical-shape");
    assert_eq!(changed(|map| set(map, "nextUpdate", Value::tdate(NOW.plus_seconds(-1)))), "vical-shape");
    assert_eq!(changed(|map| without(map, "certificateInfos")), "vical-shape");
    assert_eq!(changed(|map| *map = Value::Null), "vical-shape");
    assert_eq!(changed(|map| set(map, "version", Value::text("2.0"))), "vical-version");
    assert_eq!(changed(|map| set(map, "certificateInfos", Value::Array(vec![]))), "vical-certificates");
    let many = Value::Array(vec![Value::Null; MAX_VICAL_CERTIFICATES + 1]);
    assert_eq!(changed(|map| set(map, "certificateInfos", many)), "vical-certificates");
    let items = Value::Array(vec![Value::Null; 70_000]);
    assert_eq!(changed(|map| set(map, "certificateInfos", items)), "cbor-items");
    // what a later edition adds is ignored
    assert_eq!(changed(|map| set(map, "somethingNew", Value::Unsigned(1))), "accepted");
    without_dates();
}

/// A date outside of a certificate of the chain.
fn without_dates() {
    let far = NOW.plus_seconds(1001 * DAY);
    assert_eq!(
        changed(|map| {
            set(map, "date", Value::tdate(far));
            without(map, "nextUpdate");
        }),
        "vical-signer-dates"
    );
    let past = NOW.plus_seconds(-401 * DAY);
    assert_eq!(changed(|map| set(map, "date", Value::tdate(past))), "vical-signer-dates");
}

fn spki_of(seed: &str) -> Vec<u8> {
    // P-256's SubjectPublicKeyInfo of another key
    let key = testkit::random::cose_key(&testkit::random::signing_key(seed)).to_sec1();
    let head = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    [&head[..], &key].concat()
}

#[test]
fn a_signer_of_another_purpose_is_refused() {
    type Build = fn(testkit::vical::Change<'_>) -> TestVicalProvider;
    let signer: Build = |change| TestVicalProvider::with("Test lists", [change, &|t| t, &|t| t]);
    let middle: Build = |change| TestVicalProvider::with("Test lists", [&|t| t, change, &|t| t]);
    let root: Build = |change| TestVicalProvider::with("Test lists", [&|t| t, &|t| t, change]);
    let code =
        |provider: TestVicalProvider| code(verify(&provider.signed(&payload(&list())), &provider.trust()));
    let unknown = Extension::new(ids::NAME_CONSTRAINTS, true, [0x30, 0x00]);
    let not_an_authority = Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0x00]);
    for change in [
        &|t: mdoc_template::T| t.with_extension(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER])),
        &|t: mdoc_template::T| t.without_extension(ids::EXTENDED_KEY_USAGE),
        &|t: mdoc_template::T| t.without_extension(ids::KEY_USAGE),
        &|t: mdoc_template::T| t.with_extension(Extension::key_usage(&[0, 5])),
        &|t: mdoc_template::T| t.with_extension(Extension::ca_without_sub_ca()),
    ] as [testkit::vical::Change<'_>; 5]
    {
        assert_eq!(code(signer(change)), "vical-signer-profile");
    }
    assert_eq!(code(signer(&|t| t.with_extension(unknown.clone()))), "vical-signer-profile");
    assert_eq!(code(signer(&|t| t.with_extension(Extension::key_usage(&[0])))), "accepted");
    for build in [middle, root] {
        assert_eq!(code(build(&|t| t.with_extension(not_an_authority.clone()))), "vical-signer-chain");
        assert_eq!(code(build(&|t| t.without_extension(ids::BASIC_CONSTRAINTS))), "vical-signer-chain");
        assert_eq!(code(build(&|t| t.with_extension(Extension::key_usage(&[0])))), "vical-signer-chain");
        assert_eq!(code(build(&|t| t.with_extension(unknown.clone()))), "vical-signer-chain");
    }
    // no room for the intermediate below
    assert_eq!(code(root(&|t| t.with_extension(Extension::ca_without_sub_ca()))), "vical-signer-chain");
    let renamed = |mut t: mdoc_template::T| {
        t.issuer = Name::new("CN", None, "somebody");
        t
    };
    assert_eq!(code(signer(&renamed)), "vical-signer-chain");
    assert_eq!(
        code(signer(&|t| t.with_extension(Extension::authority_key_identifier(&[1; 20])))),
        "vical-signer-chain"
    );
    let ended = |mut t: mdoc_template::T| {
        t.not_after = NOW.plus_seconds(-1);
        t
    };
    assert_eq!(code(signer(&ended)), "vical-signer-dates");
    assert_eq!(code(root(&ended)), "vical-signer-dates");
}

mod mdoc_template {
    pub(super) type T = x509::hazmat::CertificateTemplate;
}

#[test]
fn odd_entries_are_named_and_trusted_by_nobody() {
    assert_eq!(entry(|_| {}), "accepted");
    for key in ["certificate", "serialNumber", "ski", "docType"] {
        assert_eq!(entry(|map| without(map, key)), "vical-entry-shape", "{key}");
        assert_eq!(entry(|map| set(map, key, Value::Null)), "vical-entry-shape", "{key}");
    }
    assert_eq!(entry(|map| *map = Value::Null), "vical-entry-shape");
    assert_eq!(entry(|map| set(map, "docType", Value::Array(vec![]))), "vical-entry-shape");
    assert_eq!(entry(|map| set(map, "ski", Value::bytes([9; 20]))), "vical-entry-mismatch");
    assert_eq!(entry(|map| set(map, "serialNumber", Value::Unsigned(5))), "vical-entry-mismatch");
    assert_eq!(entry(|map| set(map, "certificate", Value::bytes([1, 2, 3]))), "cert-malformed");
    let ds = TestIssuer::default().ds().clone();
    assert_eq!(
        entry(|map| {
            set(map, "certificate", Value::bytes(ds.as_der()));
            set(map, "serialNumber", Value::tagged(2, Value::bytes(ds.serial())));
            set(map, "ski", Value::bytes(ds.ski().unwrap()));
        }),
        "cert-profile-self-issued"
    );
}

#[test]
fn real_habits_are_read() {
    let odd = iaca("odd");
    let ski = odd.ski().unwrap();
    let once = [&[0x04, 0x14][..], ski].concat();
    let twice = [&[0x04, 0x16][..], &once].concat();
    for wrapped in [once, twice] {
        assert_eq!(entry(|map| set(map, "ski", Value::bytes(wrapped))), "accepted");
    }
    let padded = [&[0][..], odd.serial()].concat();
    assert_eq!(entry(|map| set(map, "serialNumber", Value::tagged(2, Value::bytes(padded)))), "accepted");
    // times twelve hours off, other capitals, names that repeat the certificate
    assert_eq!(entry(|map| set(map, "notBefore", Value::tdate(NOW))), "accepted");
    assert_eq!(entry(|map| set(map, "Extensions", Value::Map(vec![]))), "accepted");
    assert_eq!(entry(|map| set(map, "CertificateProfile", Value::array([Value::text("x")]))), "accepted");
    assert_eq!(entry(|map| set(map, "issuingAuthority", Value::Unsigned(1))), "accepted");
}

#[test]
fn an_old_list_is_undetermined_and_never_silently_current() {
    assert_eq!((GRACE_SECONDS, MAX_AGE_SECONDS), (7 * DAY, 90 * DAY), "what the documents say");
    let list = verify(&list(), &provider().trust()).unwrap();
    let age = |at: Timestamp| list.age(at).reason().map(|reason| reason.code());
    let next = NOW.plus_seconds(30 * DAY);
    assert_eq!(age(NOW.plus_seconds(-60)), None);
    assert_eq!(age(NOW.plus_seconds(-61)), Some("trust-list-ahead"));
    assert_eq!(age(next.plus_seconds(1)), None, "grace");
    assert_eq!(age(next.plus_seconds(GRACE_SECONDS)), None);
    assert_eq!(age(next.plus_seconds(GRACE_SECONDS + 1)), Some("trust-list-old"));
    assert!(matches!(list.age(next.plus_seconds(GRACE_SECONDS + 1)), Outcome::Undetermined(_)));
    assert_eq!(list.current_until(), next.plus_seconds(GRACE_SECONDS));

    let mut undated = payload(&self::list());
    without(&mut undated, "nextUpdate");
    let undated = verify(&provider().signed(&undated), &provider().trust()).unwrap();
    let end = NOW.plus_seconds(MAX_AGE_SECONDS);
    assert!(undated.age(end).is_pass());
    assert_eq!(undated.age(end.plus_seconds(1)).reason().unwrap().code(), "trust-list-old");

    // the signer's certificate ends before the list does
    let short = |mut t: mdoc_template::T| {
        t.not_after = NOW.plus_seconds(DAY);
        t
    };
    let brief = TestVicalProvider::with("Test lists", [&short, &|t| t, &|t| t]);
    let brief = verify(&brief.signed(&payload(&self::list())), &brief.trust()).unwrap();
    assert!(brief.age(NOW.plus_seconds(DAY)).is_pass());
    let after = brief.age(NOW.plus_seconds(DAY + 1));
    assert_eq!(after.reason().unwrap().code(), "trust-list-signer-expired");
}

#[test]
fn an_entry_vouches_for_the_types_that_it_names_and_no_other() {
    let issuer = TestIssuer::default();
    let entries =
        vec![VicalEntryRequest { certificate: issuer.iaca(), doc_types: vec!["org.example.other"] }];
    let request = VicalRequest { entries, ..request("Test lists", NOW, 1, &[]) };
    let bytes = provider().signer().issue(&request).unwrap();
    let mut trust = TrustAnchors::new();
    verify(&bytes, &provider().trust()).unwrap().add_to(&mut trust, "others", NOW, &signature::RustCrypto);
    let anchor = trust.iter().next().unwrap();
    assert_eq!(anchor.vouched(DOC_TYPE).unwrap_err().code(), "issuer-doc-type");
    assert_eq!(anchor.vouched("org.example.other").unwrap().lists(), ["others"]);
    // a second list vouches for licences: both are named, each for its type
    let licences = provider().list("Test lists", NOW, 1, &[issuer.iaca()]);
    let licences = verify(&licences, &provider().trust()).unwrap();
    let later = NOW.plus_seconds(60 * DAY);
    licences.add_to(&mut trust, "old licences", later, &signature::RustCrypto);
    let doubtful = trust.iter().next().unwrap().vouched(DOC_TYPE).unwrap();
    assert_eq!((doubtful.lists().len(), doubtful.age().reason().unwrap().code()), (1, "trust-list-old"));
    licences.add_to(&mut trust, "licences", NOW, &signature::RustCrypto);
    let anchor = trust.iter().next().unwrap();
    assert_eq!(trust.iter().count(), 1);
    assert_eq!(anchor.lists().collect::<Vec<_>>(), ["others", "old licences", "licences"]);
    let vouched = anchor.vouched(DOC_TYPE).unwrap();
    assert_eq!((vouched.lists(), vouched.age()), (["licences".to_owned()].as_slice(), &Outcome::Pass));
}

#[test]
fn what_verifiers_would_refuse_is_not_made() {
    let (iaca, provider) = (iaca("one"), provider());
    let issue =
        |request: &VicalRequest<'_>| provider.signer().issue(request).map_or_else(|e| e.code(), |_| "made");
    let good = request("Test lists", NOW, 1, &[&iaca]);
    assert_eq!(issue(&good), "made");
    assert_eq!(issue(&VicalRequest { next_update: Some(NOW), ..good.clone() }), "vical-issue-dates");
    let far = VicalRequest { date: NOW.plus_seconds(2000 * DAY), next_update: None, ..good.clone() };
    assert_eq!(issue(&far), "vical-issue-dates");
    assert_eq!(issue(&VicalRequest { entries: vec![], ..good.clone() }), "vical-issue-entries");
    let none = VicalEntryRequest { certificate: &iaca, doc_types: vec![] };
    assert_eq!(issue(&VicalRequest { entries: vec![none], ..good.clone() }), "vical-issue-entries");
    let issuer = TestIssuer::default();
    let ds = VicalEntryRequest { certificate: issuer.ds(), doc_types: vec![DOC_TYPE] };
    assert_eq!(issue(&VicalRequest { entries: vec![ds], ..good.clone() }), "vical-issue-entries");
    let stranger = TestVicalProvider::new("A stranger");
    let other_key = VicalSigner::new(provider.chain.clone(), stranger.key);
    assert_eq!(other_key.issue(&good).unwrap_err().code(), "vical-issue-signer");
    let no_signer = VicalSigner::new(vec![iaca.clone()], provider.key.clone());
    assert_eq!(no_signer.issue(&good).unwrap_err().code(), "vical-issue-signer");
    assert_eq!(
        VicalSigner::new(vec![], provider.key.clone()).issue(&good).unwrap_err().code(),
        "vical-issue-signer"
    );
}

#[test]
fn no_bit_of_a_list_can_be_changed() {
    let bytes = provider().list("Test lists", NOW, 7, &[&iaca("one")]);
    let trust = provider().trust();
    let right = verify(&bytes, &trust).unwrap();
    let mut refused = 0;
    for at in 0..bytes.len() {
        let mut mutant = bytes.clone();
        mutant[at] ^= 1 << (at % 8);
        match verify(&mutant, &trust) {
            Err(_) => refused += 1,
            // a label of the unprotected header may be read otherwise; what is signed may not
            Ok(list) => assert_eq!(
                (list.provider(), list.date(), list.issue_id(), list.len(), list.root_sha256()),
                (right.provider(), right.date(), right.issue_id(), right.len(), right.root_sha256()),
            ),
        }
    }
    assert!(refused > bytes.len() * 9 / 10, "{refused} of {}", bytes.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lists_round_trip(name in "[a-zA-Z\u{4e00}-\u{9fff}]{1,40}", number in any::<u64>(), days in 0_i64..300, count in 1_usize..4) {
        let date = NOW.plus_seconds(-days * DAY);
        let iacas: Vec<_> = (0..count).map(|n| iaca(&format!("issuer {n}"))).collect();
        let bytes = provider().list(&name, date, number, &iacas.iter().collect::<Vec<_>>());
        let list = verify(&bytes, &provider().trust()).unwrap();
        prop_assert_eq!((list.provider(), list.date(), list.issue_id()), (name.as_str(), date, Some(number)));
        let read: Vec<_> = list.entries("x", &signature::RustCrypto).map(|e| (e.certificate().cloned(), e.doc_types().to_vec())).collect();
        let made: Vec<_> = iacas.into_iter().map(|c| (Some(c), vec![DOC_TYPE.to_owned()])).collect();
        prop_assert_eq!(read, made);
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(verify(&bytes, &provider().trust()).is_err());
    }
}

/// AAMVA's list of November 2025, with everything that is odd about it.
#[test]
fn aamvas_list_is_read() {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS").map(std::path::PathBuf::from) else {
        println!("skipped: vical::aamvas_list_is_read (LIANGZHENG_VECTORS names no folder)");
        return;
    };
    let file = |name: &str| std::fs::read(folder.join("vical").join(name)).unwrap();
    let bytes = file("aamva-vical-2025-11-18-1763491092481.cbor");
    let [root] = certificate_pems(&file("aamva_ca_root.crt")).unwrap().unwrap().try_into().unwrap();
    let root = Certificate::decode(&root).unwrap();
    let list = verify(&bytes, &VicalTrust::new().with_root(root.clone())).unwrap();
    assert_eq!((list.provider(), list.issue_id()), ("AAMVA", Some(227_602)));
    assert_eq!(list.date().format_tdate(), "2025-11-18T18:38:12Z");
    assert_eq!(list.next_update().unwrap().format_tdate(), "2025-11-19T18:38:12Z");
    assert_eq!(list.root_sha256(), root.fingerprint(), "the pinned root");
    let entries: Vec<_> = list.entries("AAMVA", &signature::RustCrypto).collect();
    for entry in &entries {
        println!("{} {:?}", entry.label(), entry.anchor().err());
    }
    assert_eq!(entries.len(), 14);
    assert_eq!(entries.iter().filter(|entry| entry.anchor().is_ok()).count(), 14);
    let day = |text: &str| Timestamp::parse_tdate(text).unwrap();
    assert!(list.age(day("2025-11-19T12:00:00Z")).is_pass());
    let today = list.age(day("2026-11-22T12:00:00Z"));
    assert_eq!(today.reason().unwrap().code(), "trust-list-old");
    assert!(matches!(today, Outcome::Undetermined(_)));
    assert_eq!(code(verify(&bytes, &provider().trust())), "vical-signer-unknown");
    let mut forged = bytes.clone();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    assert_eq!(code(verify(&forged, &VicalTrust::new().with_root(root))), "vical-signature");
}
