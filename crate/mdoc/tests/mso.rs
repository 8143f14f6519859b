//! The MSO's digests, authorisations and dates, and what a response reports as not returned.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

use cbor::Value;
use envelope::{Envelope, OneWayContext, OneWayError, ReplayMemory, UnverifiedOneWay, VerifiedOneWay};
use liangzheng_mdoc as mdoc;
use mdoc::DigestAlgorithm;
use mdoc::ElementName;
use mdoc::VerifiedPresentation;
use mdoc::wire::MAX_ERRORS;
use testkit::draft::{Draft, NOW, get_mut, set};
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::sample::{DOC_TYPE, ISO};

fn check_by(
    issuer: &TestIssuer,
    strict: bool,
    change: impl FnOnce(&mut Draft),
) -> Result<VerifiedPresentation, OneWayError> {
    let mut draft = Draft::new(issuer);
    change(&mut draft);
    let envelope = Envelope::decode_inflated(&draft.inflated()).expect("an Envelope");
    let (trust, memory) = (issuer.trust(), ReplayMemory::new());
    let context = OneWayContext {
        trust: &trust,
        now: NOW,
        clock_floor: NOW,
        memory: &memory,
        audience: None,
        signatures: &signature::RustCrypto,
        strict,
    };
    UnverifiedOneWay::from_envelope(&envelope)?.verify(&context).map(VerifiedOneWay::into_presentation)
}

fn check(change: impl FnOnce(&mut Draft)) -> Result<VerifiedPresentation, OneWayError> {
    check_by(&TestIssuer::default(), false, change)
}

fn code(change: impl FnOnce(&mut Draft)) -> &'static str {
    check(change).map_or_else(|error| error.code(), |_| "valid")
}

#[test]
fn every_digest_algorithm_of_the_standard_and_no_other() {
    for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
        let verified = check(|d| d.digest_with(algorithm.name())).expect("a right presentation");
        assert_eq!(verified.issued().mso().digest_algorithm, algorithm);
        let digests = &verified.issued().mso().value_digests[ISO];
        assert!(digests.values().all(|digest| digest.len() == algorithm.length()));
        // the digest of one algorithm under the name of another
        let other = if algorithm == DigestAlgorithm::Sha256 { "SHA-512" } else { "SHA-256" };
        let changed = code(|d| {
            d.digest_with(algorithm.name());
            set(&mut d.mso, "digestAlgorithm", Value::text(other));
        });
        assert_eq!(changed, "digest-length");
        let altered = code(|d| {
            d.digest_with(algorithm.name());
            set(&mut d.item_mut("sex").map, "elementValue", Value::Unsigned(2));
        });
        assert_eq!(altered, "digest-mismatch");
    }
    for name in ["sha-256", "SHA-224", "SHA-1", "SHA3-256", ""] {
        assert_eq!(code(|d| set(&mut d.mso, "digestAlgorithm", Value::text(name))), "digest-algorithm");
    }
}

#[test]
fn an_update_that_is_due_is_no_failure() {
    let update = |seconds: i64| {
        let verified = check(|d| {
            let moment = Value::tdate(NOW.plus_seconds(seconds));
            set(get_mut(&mut d.mso, "validityInfo"), "expectedUpdate", moment);
        });
        let verified = verified.expect("a right presentation");
        assert!(verified.issued().mso_validity().is_pass());
        verified.issued().mso().validity_info
    };
    assert!(!update(1).expected_update_passed(NOW));
    assert!(update(0).expected_update_passed(NOW));
    let none = check(|_| ()).expect("a right presentation");
    assert!(!none.issued().mso().validity_info.expected_update_passed(NOW));
}

#[test]
fn what_the_device_may_sign_is_said_once() {
    let authorise =
        |value: Value| code(|d| set(get_mut(&mut d.mso, "deviceKeyInfo"), "keyAuthorizations", value));
    let spaces = |names: &[&str]| Value::array(names.iter().map(|name| Value::text(*name)));
    let elements = |namespace: &str| Value::map([(namespace, spaces(&["a"]))]);
    let both =
        |namespace| Value::map([("nameSpaces", spaces(&[ISO])), ("dataElements", elements(namespace))]);
    assert_eq!(authorise(both("org.example")), "valid");
    assert_eq!(authorise(both(ISO)), "key-authorizations");
    assert_eq!(authorise(Value::map([("nameSpaces", spaces(&[]))])), "profile-shape");
    assert_eq!(authorise(Value::Null), "profile-shape");
}

#[test]
fn an_element_whose_random_is_short_is_named() {
    let error = check(|d| {
        set(&mut d.item_mut("sex").map, "random", Value::bytes([0; 15]));
        d.digest_items();
    });
    let error = error.expect_err("a short random");
    assert_eq!((error.code(), error.element()), ("random-short", Some(&ElementName::new(ISO, "sex"))));
}

#[test]
fn another_minor_version_is_read_and_what_is_none_is_not() {
    let version = |text: &str| code(|d| d.version = Value::text(text));
    assert_eq!((version("1.1"), version("1.23")), ("valid", "valid"));
    for wrong in ["1.", "1.x", "1.1.", "1", "2.0"] {
        assert_eq!(version(wrong), "profile-version", "{wrong}");
    }
}

#[test]
fn a_response_of_nothing_is_none() {
    let nothing = Value::map([("version", Value::text("1.0")), ("status", Value::Unsigned(0))]);
    let error = mdoc::wire::DeviceResponse::decode(&cbor::encode(&nothing));
    assert_eq!(error.map_err(|error| error.code()).err(), Some("profile-documents"));
}

#[test]
fn unknown_keys_and_the_status_keep_their_bytes() {
    let status = Value::map([("status_list", Value::map([("idx", Value::Unsigned(412))]))]);
    let verified = check(|d| {
        set(&mut d.mso, "status", status.clone());
        set(&mut d.mso, "future", Value::text("kept"));
    });
    let verified = verified.expect("a right presentation");
    assert_eq!(verified.issued().mso().status, Some(status.clone()));
    assert_eq!(verified.issued().mso().status_raw(), Some(cbor::encode(&status).as_slice()));
    let raw = cbor::decode_foreign(verified.issued().mso().raw()).expect("the received MSO");
    assert_eq!(raw.get_text("future").and_then(cbor::Item::as_text), Some("kept"));
}

#[test]
fn what_the_device_reports_is_handed_on() {
    let errors = |pairs: Vec<(&str, i64)>| {
        let list = pairs.into_iter().map(|(name, code)| (name.to_owned(), Value::integer(code)));
        Value::map([(ISO, Value::map(list))])
    };
    let documents = |types: &[(&str, i64)]| {
        Value::array(types.iter().map(|(name, code)| Value::map([(*name, Value::integer(*code))])))
    };
    let verified = check(|d| {
        d.errors = Some(errors(vec![("weight", 0)]));
        d.document_errors = Some(documents(&[("org.example", -7)]));
    });
    let verified = verified.expect("a right presentation");
    let [element] = verified.element_errors() else { return assert!(!verified.element_errors().is_empty()) };
    assert_eq!((&element.name, element.code), (&ElementName::new(ISO, "weight"), 0));
    let [document] = verified.document_errors() else {
        return assert!(!verified.document_errors().is_empty());
    };
    assert_eq!((document.doc_type.as_str(), document.code), ("org.example", -7));

    let many: Vec<String> = (0..=MAX_ERRORS).map(|n| format!("e{n}")).collect();
    let names = |count: usize| errors(many.iter().take(count).map(|name| (name.as_str(), 0)).collect());
    assert_eq!(code(|d| d.errors = Some(names(MAX_ERRORS))), "valid");
    for wrong in
        [names(MAX_ERRORS + 1), Value::Null, Value::map([(ISO, Value::map([("weight", Value::text("0"))]))])]
    {
        assert_eq!(code(|d| d.errors = Some(wrong)), "profile-shape");
    }
    // The standard has at least one error in a list or map; an empty one says nothing, and is no reason to refuse.
    assert_eq!(code(|d| d.errors = Some(Value::map::<String>([]))), "valid");
    assert_eq!(code(|d| d.errors = Some(errors(vec![]))), "valid");
    assert_eq!(code(|d| d.document_errors = Some(Value::array([]))), "valid");
    for wrong in [Value::Null, Value::array([Value::Unsigned(0)])] {
        assert_eq!(code(|d| d.document_errors = Some(wrong)), "profile-shape");
    }
    let none = check(|d| {
        d.documents = 0;
        d.document_errors = Some(documents(&[(DOC_TYPE, 0)]));
    });
    let error = none.err().map(|error| error.code());
    assert_eq!(error, Some("document-errors"));
}

#[test]
fn a_province_may_be_named_with_or_without_its_country() {
    let by = |strict: bool, certificate: &str, shown: &str| {
        let state = Some(certificate.to_owned());
        let issuer = TestIssuer::new(&TestIssuerOptions { state, ..TestIssuerOptions::default() });
        let result = check_by(&issuer, strict, |d| {
            set(&mut d.item_mut("sex").map, "elementIdentifier", Value::text("issuing_jurisdiction"));
            set(&mut d.item_mut("issuing_jurisdiction").map, "elementValue", Value::text(shown));
            d.digest_items();
        });
        result.map_or_else(
            |error| error.code(),
            |shown| if shown.issued().doubts().is_empty() { "valid" } else { "doubt" },
        )
    };
    let of = |certificate: &str, shown: &str| by(true, certificate, shown);
    assert_eq!(of("CN-JS", "CN-JS"), "valid");
    assert_eq!(of("JS", "CN-JS"), "valid");
    assert_eq!(of("JS", "CN-SH"), "issuing-jurisdiction");
    assert_eq!(of("JS", "US-JS"), "issuing-jurisdiction");
    assert_eq!(of("CN-JS", "JS"), "issuing-jurisdiction");

    // a tolerant verification reads both, in any of three forms
    let of = |certificate: &str, shown: &str| by(false, certificate, shown);
    for (certificate, shown) in [("CN-JS", "CN-JS"), ("JS", "CN-JS"), ("CN-JS", "JS"), ("Jiangsu", "CN-JS")] {
        assert_eq!(of(certificate, shown), "valid", "{certificate}, {shown}");
    }
    assert_eq!(of("JS", "CN-SH"), "issuing-jurisdiction");
    assert_eq!(of("JS", "US-JS"), "issuing-jurisdiction");
    assert_eq!(of("Jiangsu", "Shanghai"), "issuing-jurisdiction");
    assert_eq!(of("CN-JS", "the east"), "doubt");
}
