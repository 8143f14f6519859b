//! What a provider is asked about, what its answers decide, and that `signatures` tells it beforehand.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::cell::{Cell, RefCell};

use envelope::{OneWayContext, OneWayError, ReplayMemory, UnverifiedOneWay};
use signature::{
    Curve, RustCrypto, SignatureError, Signer as _, UnverifiedSignature, VerifySignature, to_der,
};
use testkit::draft::NOW;
use testkit::hostile::{self, Hostile, Kind};
use testkit::random::TestKey;

const CURVES: [Curve; 5] =
    [Curve::P256, Curve::P384, Curve::P521, Curve::BrainpoolP256r1, Curve::BrainpoolP384r1];

/// Writes down what it is asked, and answers what it is told, or else as the curve crates do.
#[derive(Debug, Default)]
struct Scribe {
    asked: RefCell<Vec<UnverifiedSignature>>,
    answer: Option<bool>,
}

impl VerifySignature for Scribe {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        self.asked.borrow_mut().push(signature.clone());
        self.answer.or_else(|| RustCrypto.verify(signature))
    }
}

/// Knows no curve.
#[derive(Debug)]
struct Ignorant;

impl VerifySignature for Ignorant {
    fn verify(&self, _signature: &UnverifiedSignature) -> Option<bool> {
        None
    }
}

/// By which code a file is refused where the provider says this, and what it was asked.
fn run(file: &Hostile, answer: Option<bool>) -> (Option<&'static str>, Vec<UnverifiedSignature>) {
    let scribe = Scribe { answer, ..Scribe::default() };
    let code = run_by(&scribe, file);
    (code, scribe.asked.into_inner())
}

fn run_by(by: &dyn VerifySignature, file: &Hostile) -> Option<&'static str> {
    let times = (file.expect.at, file.expect.clock_floor);
    hostile::run_by(by, hostile::trust(), &file.payload, times, file.expect.given.strict).1
}

fn named(rule: &str) -> Hostile {
    hostile::all().into_iter().find(|file| file.rule == rule).unwrap()
}

#[test]
fn what_will_be_asked_is_told_beforehand() {
    let mut count = 0;
    for file in hostile::all().into_iter().filter(|file| file.expect.kind == Kind::Presentation) {
        let ahead = UnverifiedOneWay::decode(&file.payload)
            .map_or_else(|_| Vec::new(), |unverified| unverified.signatures(hostile::trust()));
        let (_, asked) = run(&file, None);
        assert!(asked.iter().all(|asked| ahead.contains(asked)), "{}", file.rule);
        assert!(ahead.len() <= 4, "{}: {}", file.rule, ahead.len());
        count += asked.len();
    }
    assert!(count > 200, "only {count} were asked");
}

#[test]
fn a_presentation_has_three_and_with_a_mac_two() {
    for (rule, count) in [("valid", 3), ("curve-p521", 3), ("device-mac", 2), ("cbor-depth", 0)] {
        let unverified = UnverifiedOneWay::decode(&named(rule).payload);
        let found = unverified.map_or_else(|_| Vec::new(), |of| of.signatures(hostile::trust()));
        assert_eq!(found.len(), count, "{rule}");
        assert!(found.iter().all(|signature| signature.verify(&RustCrypto).is_ok()), "{rule}");
    }
}

#[test]
fn a_provider_decides_what_it_is_sure_of() {
    let refused = |rule, answer| run(&named(rule), answer).0;
    assert_eq!(refused("valid", None), None);
    assert_eq!(refused("valid", Some(false)), Some("chain-signature"));
    assert_eq!(refused("mso-altered", None), Some("issuer-signature"));
    // It is believed; so a provider must be right.
    assert_ne!(refused("mso-altered", Some(true)), Some("issuer-signature"));
    // What is malformed is refused before anybody is asked.
    assert_eq!(refused("cose-signature-zero", Some(true)), refused("cose-signature-zero", None));
}

/// What cannot be checked is neither right nor wrong; what is wrong without any signature is refused all the same.
#[test]
fn a_provider_that_cannot_answer_leaves_it_undetermined() {
    for rule in ["valid", "mso-altered", "curve-p521"] {
        assert_eq!(run_by(&Ignorant, &named(rule)), Some("signature-not-checked"), "{rule}");
    }
    assert_eq!(run_by(&Ignorant, &named("cbor-depth")), run(&named("cbor-depth"), None).0);
    let context = OneWayContext {
        trust: hostile::trust(),
        now: NOW,
        clock_floor: NOW,
        memory: &ReplayMemory::new(),
        audience: None,
        signatures: &Ignorant,
        strict: false,
    };
    let unverified = UnverifiedOneWay::decode(&named("valid").payload).unwrap();
    let error = unverified.verify(&context).unwrap_err();
    assert!(matches!(error, OneWayError::Verify(error) if error.is_undetermined()));
}

#[test]
fn a_provider_is_given_all_that_it_takes() {
    for curve in CURVES {
        let key = TestKey::new("one", curve);
        let (algorithm, public) = (key.algorithm(), key.public_key());
        let signature = key.sign(b"message");
        let raw = UnverifiedSignature::raw(algorithm, &public, b"message".to_vec(), &signature).unwrap();
        assert_eq!(raw.cose_algorithm(), Some(algorithm));
        assert_eq!(raw.key(), public.to_sec1().unwrap());
        assert_eq!((raw.message(), raw.signature()), (b"message".as_slice(), signature.as_slice()));
        let der = to_der(algorithm, &signature).unwrap();
        assert_eq!(UnverifiedSignature::der(algorithm.hash(), &public, b"message".to_vec(), &der), Ok(raw));
    }
}

#[test]
fn two_are_equal_only_in_every_part() {
    for curve in CURVES {
        let (key, other) = (TestKey::new("one", curve), TestKey::new("another", curve));
        let of = |key: &TestKey, message: &[u8], signature: &[u8]| {
            UnverifiedSignature::raw(key.algorithm(), &key.public_key(), message.to_vec(), signature).unwrap()
        };
        let right = of(&key, b"message", &key.sign(b"message"));
        assert_eq!(right.verify(&RustCrypto).map(|_| ()), Ok(()));
        assert_eq!(right, of(&key, b"message", &key.sign(b"message")));
        for wrong in [
            of(&other, b"message", &key.sign(b"message")),
            of(&key, b"massage", &key.sign(b"message")),
            of(&key, b"message", &key.sign(b"massage")),
        ] {
            assert_ne!(right, wrong);
            assert_eq!(wrong.verify(&RustCrypto).map(|_| ()), Err(SignatureError::Mismatch));
        }
    }
}

/// Verifies as many signatures as are left, then none.
#[derive(Debug)]
struct Exhausted(Cell<usize>);

impl VerifySignature for Exhausted {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        self.0.set(self.0.get().checked_sub(1)?);
        RustCrypto.verify(signature)
    }
}

#[test]
fn a_signature_that_cannot_be_checked_has_its_own_step() {
    let unverified = UnverifiedOneWay::decode(&named("valid").payload).unwrap();
    for (verified, step) in [(0, "issuer-trusted"), (1, "issuer-signed"), (2, "device-signed")] {
        let context = OneWayContext {
            trust: hostile::trust(),
            now: NOW,
            clock_floor: NOW,
            memory: &ReplayMemory::new(),
            audience: None,
            signatures: &Exhausted(Cell::new(verified)),
            strict: false,
        };
        let error = unverified.verify(&context).unwrap_err();
        assert_eq!((error.code(), error.step()), ("signature-not-checked", step));
    }
}
