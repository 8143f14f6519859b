//! Verifying and signing by the curve crates of RustCrypto.

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::algorithm::{Algorithm, HashAlgorithm};
use crate::brainpool::{p256r1, p384r1};
use crate::curve::Curve;
use crate::key::PublicKey;
use crate::provider::VerifySignature;
use crate::signer::Signer;
use crate::unverified::UnverifiedSignature;

/// The provider of the curve crates `p256`, `p384`, `p521`, `bp256` and `bp384`; it answers for every supported curve.
#[derive(Clone, Copy, Debug, Default)]
pub struct RustCrypto;

/// Verifies with the crate of the curve.
macro_rules! verified {
    ($curve:ident, $of:expr) => {{
        use $curve::ecdsa::signature::Verifier as _;
        let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(&$of.key());
        let signature = $curve::ecdsa::Signature::from_slice($of.signature());
        key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify($of.message(), &signature).is_ok()))
    }};
}

/// Verifies with the crate of the curve and another hash than the curve's own.
macro_rules! verified_digest {
    ($curve:ident, $of:expr, $length:expr) => {{
        use $curve::ecdsa::signature::hazmat::PrehashVerifier as _;
        let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(&$of.key());
        let signature = $curve::ecdsa::Signature::from_slice($of.signature());
        let digest = digest($of, $length);
        key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
    }};
}

impl VerifySignature for RustCrypto {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        Some(match (signature.cose_algorithm(), signature.curve()) {
            (Some(Algorithm::Es256), _) => verified!(p256, signature),
            (Some(Algorithm::Es384), _) => verified!(p384, signature),
            (Some(Algorithm::Es512), _) => verified!(p521, signature),
            (Some(Algorithm::Esb256), _) => verified!(p256r1, signature),
            (Some(Algorithm::Esb384), _) => verified!(p384r1, signature),
            (None, Curve::P256) => verified_digest!(p256, signature, 32),
            (None, Curve::P384) => verified_digest!(p384, signature, 48),
            (None, Curve::P521) => verified_digest!(p521, signature, 66),
            (None, Curve::BrainpoolP256r1) => verified_digest!(p256r1, signature, 32),
            (None, Curve::BrainpoolP384r1) => verified_digest!(p384r1, signature, 48),
            (None, Curve::Brainpool | Curve::Other) => return None,
        })
    }
}

/// Returns the digest of the signed bytes as ECDSA takes it: its leftmost bytes, or all of them behind zeros.
fn digest(signature: &UnverifiedSignature, length: usize) -> Vec<u8> {
    let message = signature.message();
    let digest = match signature.hash() {
        HashAlgorithm::Sha256 => Sha256::digest(message).to_vec(),
        HashAlgorithm::Sha384 => Sha384::digest(message).to_vec(),
        HashAlgorithm::Sha512 => Sha512::digest(message).to_vec(),
    };
    let zeros = length.saturating_sub(digest.len());
    core::iter::repeat_n(0, zeros).chain(digest).take(length).collect()
}

macro_rules! signer {
    ($curve:ident, $variant:ident, $algorithm:ident) => {
        impl Signer for $curve::ecdsa::SigningKey {
            fn public_key(&self) -> PublicKey {
                let point = self.verifying_key().to_sec1_point(false);
                // a key's own point is on its curve
                PublicKey::from_sec1(Curve::$variant, point.as_bytes())
                    .unwrap_or(PublicKey::unsupported(Curve::$variant))
            }

            fn algorithm(&self) -> Algorithm {
                Algorithm::$algorithm
            }

            fn sign(&self, message: &[u8]) -> Vec<u8> {
                let signature: $curve::ecdsa::Signature =
                    $curve::ecdsa::signature::Signer::sign(self, message);
                signature.to_bytes().to_vec()
            }
        }

        impl From<&$curve::ecdsa::SigningKey> for PublicKey {
            fn from(key: &$curve::ecdsa::SigningKey) -> Self {
                key.public_key()
            }
        }
    };
}

signer!(p256, P256, Es256);
signer!(p384, P384, Es384);
signer!(p521, P521, Es512);
signer!(p256r1, BrainpoolP256r1, Esb256);
signer!(p384r1, BrainpoolP384r1, Esb384);

/// Signs with ES256 and returns raw r ‖ s; deterministic (RFC 6979), so no randomness is needed.
#[must_use]
pub fn sign_es256(key: &p256::ecdsa::SigningKey, message: &[u8]) -> [u8; 64] {
    let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(key, message);
    signature.to_bytes().into()
}
