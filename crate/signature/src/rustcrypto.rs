//! Verifying and signing by the curve crates of RustCrypto.

use crate::algorithm::Algorithm;
use crate::curve::Curve;
use crate::key::PublicKey;
use crate::provider::VerifySignature;
use crate::signer::Signer;
use crate::unverified::UnverifiedSignature;

/// The provider of the curve crates `p256`, `p384` and `p521`; it always answers.
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

impl VerifySignature for RustCrypto {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        Some(match signature.algorithm() {
            Algorithm::Es256 => verified!(p256, signature),
            Algorithm::Es384 => verified!(p384, signature),
            Algorithm::Es512 => verified!(p521, signature),
        })
    }
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

/// Signs with ES256 and returns raw r ‖ s; deterministic (RFC 6979), so no randomness is needed.
#[must_use]
pub fn sign_es256(key: &p256::ecdsa::SigningKey, message: &[u8]) -> [u8; 64] {
    let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(key, message);
    signature.to_bytes().into()
}
