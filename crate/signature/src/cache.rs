//! A cache of verified certificate signatures.
//!
//! Most presentations contain one of a few DS certificates. A signature that was verified stays verified; dates, revocation
//! and anchor can change and are checked every time.

use std::collections::BTreeMap;

use crate::unverified::UnverifiedSignature;

/// Verified signatures of certificates, up to a fixed number.
///
/// Add only signatures that a [`VerifySignature`](crate::VerifySignature) verified with the key of a trust anchor: others
/// cannot fill it then. A full cache takes no more.
#[derive(Clone, Debug)]
pub struct VerifiedSignatureCache {
    right: BTreeMap<Vec<u8>, UnverifiedSignature>,
    at_most: usize,
}

impl VerifiedSignatureCache {
    /// Creates an empty cache for `at_most` signatures.
    #[must_use]
    pub const fn new(at_most: usize) -> Self {
        Self { right: BTreeMap::new(), at_most }
    }

    /// Returns whether exactly this signature, with this key over these bytes, is in the cache.
    #[must_use]
    pub fn contains(&self, signature: &UnverifiedSignature) -> bool {
        self.right.get(signature.message()) == Some(signature)
    }

    /// Adds a signature that the caller verified; ignored if it is not a certificate's, or if the cache is full.
    pub fn insert(&mut self, signature: &UnverifiedSignature) {
        if is_of_certificate(signature) && self.right.len() < self.at_most {
            self.right.insert(signature.message().to_vec(), signature.clone());
        }
    }
}

/// Returns whether the message is a certificate's, a DER SEQUENCE. Those of presentations are CBOR arrays and never repeat.
fn is_of_certificate(signature: &UnverifiedSignature) -> bool {
    signature.message().first() == Some(&0x30)
}

#[cfg(all(test, feature = "rustcrypto"))]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;
    use crate::{Algorithm, PublicKey, sign_es256};

    fn signed(scalar: u8, message: &[u8], over: &[u8]) -> UnverifiedSignature {
        let key = p256::ecdsa::SigningKey::from_slice(&[scalar; 32]).unwrap();
        let signature = sign_es256(&key, over);
        UnverifiedSignature::raw(Algorithm::Es256, &PublicKey::from(&key), message.to_vec(), &signature)
            .unwrap()
    }

    #[test]
    fn only_the_very_signature_is_held() {
        let (certificate, another) = (b"\x30 certificate", b"\x30 another");
        let mut right = VerifiedSignatureCache::new(2);
        right.insert(&signed(7, certificate, certificate));
        assert!(right.contains(&signed(7, certificate, certificate)));
        for other in [
            signed(8, certificate, certificate),
            signed(7, another, certificate),
            signed(7, certificate, another),
        ] {
            assert!(!right.contains(&other));
        }
    }

    #[test]
    fn presentations_come_once_and_the_room_has_an_end() {
        let mut right = VerifiedSignatureCache::new(2);
        let shown = signed(7, b"\x84 presentation", b"\x84 presentation");
        right.insert(&shown);
        assert!(!right.contains(&shown));
        let certificates = [b"\x30 one", b"\x30 two", b"\x30 six"].map(|message| signed(7, message, message));
        certificates.iter().for_each(|certificate| right.insert(certificate));
        assert_eq!(certificates.map(|certificate| right.contains(&certificate)), [true, true, false]);
    }
}
