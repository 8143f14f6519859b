//! The last second, the equal clock, the second of two reasons: edges that cargo-mutants found untested.
#![allow(clippy::expect_used, reason = "a test")]

use cbor::Timestamp;
use cbor::cose::{CoseError, CoseSign1};
use cbor::{Value, encode};
use envelope::{Envelope, EnvelopeError, KIND_ANSWER, KIND_REQUEST};
use envelope::{OneWayContext, ReplayMemory, UnverifiedOneWay, VerifiedOneWay};
use liangzheng_mdoc as mdoc;
use mdoc::VerifiedPresentation;
use mdoc::{Anchor, Signs, TrustAnchors};
use sha2::{Digest as _, Sha256};
use testkit::draft::{Draft, NOW, get_mut, set};
use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::cose_key;
use testkit::sample::ROADSIDE;

/// An authority whose DS certificate holds in this time.
fn issuer(from: Timestamp, until: Timestamp) -> TestIssuer {
    TestIssuer::new(&TestIssuerOptions { ds_validity: (from, until), ..TestIssuerOptions::default() })
}

/// A presentation whose MSO is signed and valid from `signed` on, verified at `NOW` with this floor.
fn signed_at(
    issuer: &TestIssuer,
    signed: Timestamp,
    clock_floor: Timestamp,
) -> Result<VerifiedPresentation, &'static str> {
    let mut draft = Draft::new(issuer);
    let validity = get_mut(&mut draft.mso, "validityInfo");
    set(validity, "signed", Value::tdate(signed));
    set(validity, "validFrom", Value::tdate(signed));
    let envelope = Envelope::decode_inflated(&draft.inflated()).expect("an Envelope");
    let memory = ReplayMemory::new();
    let context = OneWayContext {
        trust: &issuer.trust(),
        now: NOW,
        clock_floor,
        memory: &memory,
        audience: None,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let verified = UnverifiedOneWay::from_envelope(&envelope).and_then(|of| of.verify(&context));
    verified.map(VerifiedOneWay::into_presentation).map_err(|error| error.code())
}

#[test]
fn an_mso_may_be_signed_in_the_last_second_of_its_certificate_and_not_after_it() {
    let issuer = issuer(NOW.plus_seconds(-86_400), NOW);
    let floor = NOW.plus_seconds(-86_400);
    assert!(
        signed_at(&issuer, NOW, floor).expect("signed in the last second").issued().mso_validity().is_pass()
    );
    let late = signed_at(&issuer, NOW.plus_seconds(1), floor);
    assert_eq!(late.err(), Some("mso-signed-outside-ds"));
}

#[test]
fn a_clock_at_its_floor_is_believed_and_the_signature_moves_it_no_further() {
    let begin = NOW.plus_seconds(10);
    let issuer = issuer(begin, begin.plus_seconds(86_400));
    assert_eq!(signed_at(&issuer, begin, NOW).err(), Some("ds-not-yet"));
}

#[test]
fn of_several_anchors_the_one_that_comes_closest_gives_the_reason() {
    let anchor = |seed: &str, iaca_name: &str| {
        let options = TestIssuerOptions {
            seed: seed.to_owned(),
            iaca_name: iaca_name.to_owned(),
            ..TestIssuerOptions::default()
        };
        Anchor::iaca(TestIssuer::new(&options).iaca().clone(), "label", "list", &signature::RustCrypto)
            .expect("an anchor")
    };
    let ds = TestIssuer::default();
    let reason = |anchors: [Anchor; 2], signs: Signs<'_>| {
        let mut trust = TrustAnchors::new();
        anchors.into_iter().for_each(|anchor| trust.add(anchor));
        trust.verify(ds.ds(), signs, NOW, &signature::RustCrypto).map(|_| ()).map_err(|error| error.code())
    };
    let namesake = || anchor("another seed", "Test IACA");
    let stranger = || anchor("another seed", "Stranger");
    let strict = Signs::DocumentStrictly;
    assert_eq!(reason([namesake(), stranger()], strict), Err("chain-key-identifier"));
    assert_eq!(reason([stranger(), namesake()], strict), Err("chain-key-identifier"));
    assert_eq!(reason([stranger(), stranger()], strict), Err("issuer-unknown"));
    let tolerant = Signs::Document(testkit::sample::DOC_TYPE);
    assert_eq!(reason([namesake(), stranger()], tolerant), Err("issuer-key-unknown"));
    assert_eq!(reason([stranger(), stranger()], tolerant), Err("issuer-unknown"));
}

#[test]
fn what_is_empty_says_so() {
    assert!(TrustAnchors::new().is_empty());
    assert!(!TestIssuer::default().trust().is_empty());
    let mut memory = ReplayMemory::new();
    assert!(memory.is_empty());
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let presentation = holder.present(ROADSIDE, NOW, "seen");
    let envelope = Envelope::decode(presentation.payload()).expect("an Envelope");
    let trust = TestIssuer::default().trust();
    let key = {
        let context = OneWayContext {
            trust: &trust,
            now: NOW,
            clock_floor: NOW,
            memory: &memory,
            audience: None,
            signatures: &signature::RustCrypto,
            strict: false,
        };
        let unverified = UnverifiedOneWay::from_envelope(&envelope).expect("a presentation");
        unverified.verify(&context).expect("right").replay_key()
    };
    let info = Sha256::digest(envelope.info_bytes());
    let device = Sha256::new().chain_update(cose_key(holder.key()).to_sec1());
    assert_eq!(key.as_bytes()[..], device.chain_update(info).finalize()[..], "one key for one Info");
    memory.remember(key, NOW, NOW);
    assert!(!memory.is_empty());
}

#[test]
fn a_label_in_both_headers_is_refused_whether_number_or_text() {
    let read = |protected: &[(Value, Value)], unprotected: &[(Value, Value)]| {
        let protected = [&[(Value::Unsigned(1), Value::integer(-7))], protected].concat();
        let message = Value::array([
            Value::bytes(encode(&Value::Map(protected))),
            Value::Map(unprotected.to_vec()),
            Value::Null,
            Value::bytes([1; 64]),
        ]);
        CoseSign1::decode(&encode(&message)).map(|_| ())
    };
    let (text, number) = ((Value::text("x"), Value::Null), (Value::Unsigned(99), Value::Null));
    let other = (Value::text("99"), Value::Null);
    for label in [&text, &number] {
        assert_eq!(
            read(std::slice::from_ref(label), std::slice::from_ref(label)),
            Err(CoseError::HeaderDuplicate)
        );
    }
    assert_eq!(read(&[text, number], &[other]), Ok(()));
}

#[test]
fn four_certificates_are_read_and_five_are_not() {
    let read = |count: usize| {
        let chain = Value::array(std::iter::repeat_n(Value::bytes([0x30, 0x00]), count));
        let protected = encode(&Value::integer_map([(1, Value::integer(-7))]));
        let unprotected = Value::integer_map([(33, chain)]);
        let parts = [Value::bytes(protected), unprotected, Value::Null, Value::bytes([1; 64])];
        CoseSign1::decode(&encode(&Value::array(parts))).map(|message| message.x5chain().len())
    };
    assert_eq!(read(4), Ok(4));
    assert_eq!(read(5), Err(CoseError::X5ChainForm));
}

#[test]
fn the_first_item_of_an_envelope_decides_who_reads_it() {
    let envelope = |first: Value| encode(&Value::array([first, Value::bytes(*b"sealed")]));
    assert_eq!(envelope::kind(&envelope(Value::Unsigned(KIND_REQUEST))), Ok(2));
    assert_eq!(envelope::kind(&envelope(Value::Unsigned(KIND_ANSWER))), Ok(3));
    for none in [envelope(Value::text("2")), encode(&Value::Array(vec![])), encode(&Value::Null)] {
        assert_eq!(envelope::kind(&none), Err(EnvelopeError::Kind));
    }
    let tail = [envelope(Value::Unsigned(KIND_REQUEST)), vec![0]].concat();
    assert_eq!(envelope::kind(&tail).map_err(|error| error.code()), Err("cbor-profile"));
    let sealed = envelope(Value::Unsigned(KIND_ANSWER));
    assert_eq!(envelope::inflate(&envelope::deflate(&sealed).expect("it fits")), Ok(sealed));
}
