//! The way from a holder's choice to a verifier's result, and what a verifier remembers.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use cbor::Timestamp;
use cbor::Value;
use envelope::PreparedOneWay;
use envelope::{
    Info, OneWayContext, OneWayError, REPLAY_CAPACITY, ReplayMemory, UnverifiedOneWay, VerifiedOneWay,
};
use liangzheng_mdoc as mdoc;
use mdoc::Outcome;
use mdoc::VerifiedPresentation;
use mdoc::holder::Disclosure;
use mdoc::holder::{UnverifiedCredential, verify_credential};
use mdoc::issuer::{IssueError, IssueRequest, IssuerSigner};
use mdoc::{KeyAuthorizations, ValidityInfo};
use testkit::draft::{Draft, NOW, get_mut, set};
use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestRandom, cose_key, signing_key};
use testkit::sample::{DOC_TYPE, DOMESTIC, ISO, ROADSIDE};

fn check(
    issuer: &TestIssuer,
    payload: &[u8],
    now: Timestamp,
    floor: Timestamp,
    memory: &ReplayMemory,
) -> Result<VerifiedPresentation, OneWayError> {
    check_one_way(issuer, payload, now, floor, memory).map(VerifiedOneWay::into_presentation)
}

fn check_one_way(
    issuer: &TestIssuer,
    payload: &[u8],
    now: Timestamp,
    clock_floor: Timestamp,
    memory: &ReplayMemory,
) -> Result<VerifiedOneWay, OneWayError> {
    let trust = issuer.trust();
    let context = OneWayContext {
        trust: &trust,
        now,
        clock_floor,
        memory,
        audience: None,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    UnverifiedOneWay::decode(payload)?.verify(&context)
}

fn undetermined(outcome: &Outcome) -> Option<(&'static str, Option<i64>)> {
    match outcome {
        Outcome::Undetermined(reason) => Some((reason.code(), reason.seconds())),
        _ => None,
    }
}

#[test]
fn a_presentation_shows_what_was_chosen_and_nothing_else() {
    let issuer = TestIssuer::default();
    let holder = TestHolder::new(&issuer, NOW);
    let wanted = [(ISO, "age_over_18"), (DOMESTIC, "portrait_small"), (ISO, "hair_colour")];
    let disclosure = Disclosure::select(holder.credential(), &wanted);
    assert_eq!(disclosure.missing().len(), 1);
    assert_eq!(disclosure.missing()[0].identifier, "hair_colour");

    let shown = holder.present(&wanted, NOW, "nonce");
    let verified =
        check(&issuer, shown.payload(), NOW, NOW, &ReplayMemory::new()).expect("a right presentation");
    let elements: Vec<_> = verified.issued().elements().iter().map(|(ns, id, _)| (ns, id)).collect();
    assert_eq!(elements, [(ISO, "age_over_18"), (DOMESTIC, "portrait_small")]);
    assert_eq!(verified.issued().elements().get(ISO, "age_over_18"), Some(&Value::Bool(true)));
    assert_eq!(verified.issued().doc_type(), DOC_TYPE);
    assert_eq!(verified.device_key(), &cose_key(holder.key()));
    assert_eq!((verified.freshness(), verified.issued().mso_validity()), (&Outcome::Pass, &Outcome::Pass));
    let info = verified.issued().issuer();
    assert_eq!(
        (info.label.as_str(), info.lists.as_slice()),
        ("Test authority", ["test list".to_owned()].as_slice())
    );
    assert_eq!(info.country, "CN");
    assert_eq!(info.anchor_spki_sha256, issuer.iaca().spki_sha256());
    assert_eq!(info.ds_fingerprint, issuer.ds().fingerprint());
    // Nothing that was not chosen travels, not even in another form.
    let inflated = shown.envelope().encode_inflated();
    assert!(!inflated.windows(5).any(|bytes| bytes == b"Ceshi"));
    println!("age only: {} bytes, deflated {}", inflated.len(), shown.payload().len());
}

// `T-replay`
#[test]
fn the_same_code_again_is_seen_and_a_signature_made_anew_does_not_hide_it() {
    let issuer = TestIssuer::default();
    let holder = TestHolder::new(&issuer, NOW);
    let shown = holder.present(ROADSIDE, NOW, "nonce");
    let mut memory = ReplayMemory::new();
    let first = check_one_way(&issuer, shown.payload(), NOW, NOW, &memory).expect("the first scan");
    let key = first.replay_key();
    let info = first.info().clone();
    memory.remember(key, NOW, info.exp);

    let at = |seconds| NOW.plus_seconds(seconds);
    let again = check(&issuer, shown.payload(), at(8), NOW, &memory).expect("the second scan");
    assert_eq!(undetermined(again.freshness()), Some(("seen", Some(8))));
    // The first sighting stays.
    memory.remember(key, at(8), info.exp);
    let third = check(&issuer, shown.payload(), at(20), NOW, &memory).expect("the third scan");
    assert_eq!(undetermined(third.freshness()), Some(("seen", Some(20))));

    // The high-S twin is another signature of the same presentation.
    let mut draft = Draft::new(&issuer);
    let twin = {
        let envelope = shown.envelope();
        let bytes = envelope.device_response();
        let item = cbor::decode_foreign(bytes).expect("CBOR");
        let auth = &item.get_text("documents").expect("documents").as_array().expect("an array")[0];
        let auth = auth.get_text("deviceSigned").and_then(|d| d.get_text("deviceAuth")).expect("deviceAuth");
        let signature = auth.get_text("deviceSignature").expect("a signature").as_array().expect("COSE")[3]
            .as_bytes()
            .expect("bytes")
            .to_vec();
        let signature = p256::ecdsa::Signature::from_slice(&signature).expect("r and s");
        let (r, s) = signature.split_scalars();
        let twin = p256::ecdsa::Signature::from_scalars(r, -s).expect("its twin").to_bytes().to_vec();
        let at = bytes
            .windows(64)
            .position(|window| window == signature.to_bytes().as_slice())
            .expect("its place");
        let mut bytes = bytes.to_vec();
        bytes[at..at + 64].copy_from_slice(&twin);
        draft.info = cbor::decode_own(envelope.info_bytes()).expect("Info").to_value();
        testkit::hostile::deflate(&testkit::draft::inflated(&draft.kind, envelope.info_bytes(), &bytes))
    };
    let twin = check(&issuer, &twin, at(5), NOW, &memory).expect("a legal signature");
    assert_eq!(undetermined(twin.freshness()), Some(("seen", Some(5))));

    // After its life it is stale, not seen; and then it is forgotten.
    let late = check(&issuer, shown.payload(), at(61), NOW, &memory).expect("proofs still hold");
    assert_eq!(late.freshness().reason().map(|reason| reason.code()), Some("stale"));
    memory.forget_before(at(120));
    assert_eq!(memory.seen(&key), Some(NOW));
    memory.forget_before(at(121));
    assert!(memory.is_empty());

    // A new nonce is a new presentation.
    let next = holder.present(ROADSIDE, at(20), "another nonce");
    assert!(
        check(&issuer, next.payload(), at(20), NOW, &memory).expect("the next code").freshness().is_pass()
    );
}

#[test]
fn the_memory_is_bounded_and_survives_a_store() {
    let issuer = TestIssuer::default();
    let holder = TestHolder::new(&issuer, NOW);
    let mut keys = Vec::new();
    let mut memory = ReplayMemory::new();
    for second in 0..3 {
        let shown = holder.present(&[(ISO, "age_over_18")], NOW.plus_seconds(second), "nonce");
        let verified =
            check_one_way(&issuer, shown.payload(), NOW, NOW, &memory).expect("a right presentation");
        let key = verified.replay_key();
        memory.remember(key, NOW, NOW.plus_seconds(60 + second));
        keys.push(key);
    }
    let stored = serde_json::to_string(&memory).expect("JSON");
    let loaded: ReplayMemory = serde_json::from_str(&stored).expect("a memory");
    assert_eq!(loaded, memory);
    assert_eq!(loaded.seen(&keys[1]), Some(NOW));

    // A stored memory that was blown up is cut to its bound, and what ends last stays.
    let line = |n: usize| {
        format!(r#"{{"key":"{n:064x}","at":{},"forget_after":{}}}"#, NOW.unix(), NOW.unix() + n as i64)
    };
    let many: Vec<String> = (0..REPLAY_CAPACITY * 2).map(line).collect();
    let many: ReplayMemory = serde_json::from_str(&format!("[{}]", many.join(","))).expect("a memory");
    assert_eq!(many.len(), REPLAY_CAPACITY);
    assert!(serde_json::from_str::<ReplayMemory>(r#"[{"key":"00","at":0,"forget_after":0}]"#).is_err());
}

#[test]
fn a_clock_behind_its_floor_proves_nothing_but_what_has_expired() {
    let issuer = TestIssuer::default();
    let shown = TestHolder::new(&issuer, NOW).present(ROADSIDE, NOW, "nonce");
    let memory = ReplayMemory::new();
    let long_ago = Timestamp::from_unix(0);
    // The floor may be older than the DS certificate itself.
    for floor in [NOW, NOW.plus_seconds(-86_400), NOW.plus_seconds(-300 * 86_400)] {
        let verified = check(&issuer, shown.payload(), long_ago, floor, &memory).expect("proofs that hold");
        assert_eq!(undetermined(verified.freshness()), Some(("clock-floor", None)));
        assert_eq!(undetermined(verified.issued().mso_validity()), Some(("clock-floor", None)));
    }
    let late = NOW.plus_seconds(91 * 86_400);
    let verified = check(&issuer, shown.payload(), long_ago, late, &memory).expect("proofs that hold");
    assert!(
        matches!(verified.issued().mso_validity(), Outcome::Fail(reason) if reason.code() == "mso-expired")
    );
    let later = NOW.plus_seconds(401 * 86_400);
    let error =
        check(&issuer, shown.payload(), long_ago, later, &memory).expect_err("an expired certificate");
    assert_eq!(error.code(), "ds-expired");
}

#[test]
fn what_the_device_signs_is_never_the_issuers_word() {
    let issuer = TestIssuer::default();
    let mut draft = Draft::new(&issuer);
    draft.items.retain(|item| item.identifier() != "birth_date");
    let allowed = Value::map([("nameSpaces", Value::array([Value::text(ISO)]))]);
    set(get_mut(&mut draft.mso, "deviceKeyInfo"), "keyAuthorizations", allowed);
    let own = Value::map([("birth_date", Value::text("2000-01-01")), ("sex", Value::Unsigned(2))]);
    draft.device_name_spaces = Value::map([(ISO, own)]);
    let payload = testkit::hostile::deflate(&draft.inflated());
    let verified = check(&issuer, &payload, NOW, NOW, &ReplayMemory::new()).expect("authorised elements");
    assert_eq!(verified.issued().elements().get(ISO, "birth_date"), None);
    assert_eq!(verified.issued().elements().get(ISO, "sex"), Some(&Value::Unsigned(1)));
}

#[test]
fn the_province_is_the_certificates() {
    let of = |certificate: Option<&str>, shown: &str| {
        let state = certificate.map(str::to_owned);
        let issuer = TestIssuer::new(&TestIssuerOptions { state, ..TestIssuerOptions::default() });
        let mut draft = Draft::new(&issuer);
        set(&mut draft.item_mut("sex").map, "elementIdentifier", Value::text("issuing_jurisdiction"));
        set(&mut draft.item_mut("issuing_jurisdiction").map, "elementValue", Value::text(shown));
        draft.digest_items();
        let payload = testkit::hostile::deflate(&draft.inflated());
        check(&issuer, &payload, NOW, NOW, &ReplayMemory::new()).err().map(|error| error.code())
    };
    assert_eq!(of(Some("CN-JS"), "CN-JS"), None);
    assert_eq!(of(None, "CN-JS"), None);
    assert_eq!(of(Some("CN-JS"), "CN-SH"), Some("issuing-jurisdiction"));
}

#[test]
fn errors_name_elements_and_never_values() {
    let issuer = TestIssuer::default();
    let mut draft = Draft::new(&issuer);
    set(&mut draft.item_mut("family_name").map, "elementValue", Value::text("Secretname"));
    let payload = testkit::hostile::deflate(&draft.inflated());
    let error = check(&issuer, &payload, NOW, NOW, &ReplayMemory::new()).expect_err("a changed name");
    assert_eq!(error.code(), "digest-mismatch");
    assert_eq!(error.step(), "digests-match");
    assert_eq!(error.element().map(ToString::to_string), Some(format!("{ISO}/family_name")));
    assert!(!format!("{error} {error:?}").contains("Secretname"));
}

#[test]
fn a_wrong_signature_is_found_before_anybody_is_shown_it() {
    let issuer = TestIssuer::default();
    let holder = TestHolder::new(&issuer, NOW);
    let prepare = || {
        let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: [1; 16], aud: None, purpose: None };
        PreparedOneWay::prepare(Disclosure::select(holder.credential(), ROADSIDE), info).expect("an Info")
    };
    let other = signature::sign_es256(&signing_key("another"), prepare().to_be_signed());
    assert_eq!(prepare().complete(&other).expect_err("another key").code(), "sign-other-key");
    assert_eq!(prepare().complete(&other[..63]).expect_err("63 bytes").code(), "sign-form");
    let long = Info { iat: NOW, exp: NOW.plus_seconds(61), nonce: [1; 16], aud: None, purpose: None };
    let disclosure = Disclosure::select(holder.credential(), ROADSIDE);
    assert_eq!(PreparedOneWay::prepare(disclosure, long).expect_err("61 s").code(), "envelope-life");
}

#[test]
fn a_credential_is_unverified_again_when_it_is_loaded() {
    let issuer = TestIssuer::default();
    let credential = TestHolder::new(&issuer, NOW).credential().clone();
    let trust = issuer.trust();
    let loaded = UnverifiedCredential::decode(credential.bytes()).expect("its own bytes");
    let later = NOW.plus_seconds(100 * 86_400);
    let expired =
        verify_credential(&loaded, &trust, later, &signature::RustCrypto).expect("proofs that hold");
    assert!(
        matches!(expired.issued().mso_validity(), Outcome::Fail(reason) if reason.code() == "mso-expired")
    );
    assert_eq!(expired.issued().elements(), credential.issued().elements());

    let mut bytes = credential.bytes().to_vec();
    let at = bytes.windows(5).position(|window| window == b"Ceshi").expect("the name");
    bytes[at] ^= 1;
    let altered = UnverifiedCredential::decode(&bytes).expect("still an mdoc");
    let error =
        verify_credential(&altered, &trust, NOW, &signature::RustCrypto).expect_err("an altered name");
    assert_eq!(error.code(), "digest-mismatch");
    let stranger =
        TestIssuer::new(&TestIssuerOptions { iaca_name: "Stranger".into(), ..TestIssuerOptions::default() });
    let error = verify_credential(&loaded, &stranger.trust(), NOW, &signature::RustCrypto)
        .expect_err("an unknown issuer");
    assert_eq!(error.code(), "issuer-unknown");
}

#[test]
fn issuing_refuses_what_no_verifier_would_take() {
    let issuer = TestIssuer::default();
    let day = NOW.floor_to_day();
    let request = |names: &[&'static str], until: Timestamp| IssueRequest {
        doc_type: DOC_TYPE,
        elements: names.iter().map(|name| (ISO, *name, Value::Bool(true))).collect(),
        device_key: cose_key(&signing_key("device")),
        validity_info: ValidityInfo {
            signed: day,
            valid_from: day,
            valid_until: until,
            expected_update: None,
        },
        key_authorizations: KeyAuthorizations::default(),
        status: None,
    };
    let issue = |request: &IssueRequest<'_>| {
        let mut random = TestRandom::new("issue");
        issuer.signer().issue(request, &mut |buffer| random.fill(buffer))
    };
    let until = day.plus_seconds(90 * 86_400);
    assert!(issue(&request(&["a", "b"], until)).is_ok());
    assert!(matches!(issue(&request(&["a", "a"], until)), Err(IssueError::Duplicate(_))));
    assert_eq!(issue(&request(&["a"], day.plus_seconds(-1))), Err(IssueError::Validity));
    assert_eq!(issue(&request(&["a"], issuer.ds().not_after().plus_seconds(1))), Err(IssueError::Validity));
    let other = IssuerSigner::new(issuer.ds().clone(), signing_key("another"));
    assert!(matches!(other, Err(IssueError::Signer)));
}

#[test]
fn digest_ids_do_not_follow_the_elements_order() {
    let issuer = TestIssuer::default();
    let credential = TestHolder::new(&issuer, NOW).credential().clone();
    let mut ids: Vec<u32> = credential.issued().mso().value_digests[ISO].keys().copied().collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..ids.len() as u32).collect::<Vec<_>>());
    let decoded = mdoc::wire::IssuerSigned::decode(credential.bytes()).expect("its own bytes");
    let (_, items) = decoded.name_spaces().iter().find(|(ns, _)| ns == ISO).expect("the ISO namespace");
    let names: Vec<_> = items.iter().map(|item| item.element_identifier().to_owned()).collect();
    let given: Vec<_> = testkit::sample::licence_elements()
        .iter()
        .filter(|(ns, ..)| *ns == ISO)
        .map(|(_, id, _)| (*id).to_owned())
        .collect();
    assert_ne!(names, given);
    assert_eq!(names.len(), given.len());
}
