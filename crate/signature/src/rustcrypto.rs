//! Verifying and signing by the curve crates of RustCrypto.

use super::{Algorithm, Curve, PublicKey, Signer, UnverifiedSignature, VerifySignature};

/// The curve crates of RustCrypto: P-256, P-384 and P-521.
#[derive(Clone, Copy, Debug, Default)]
pub struct RustCrypto;

/// Whether a curve's own crate finds a signature right.
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

/// The uncompressed point; `None` if it is not on the curve.
pub(crate) fn uncompressed(curve: Curve, bytes: &[u8]) -> Option<Vec<u8>> {
    macro_rules! point {
        ($curve:ident) => {
            $curve::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                .ok()
                .map(|key| key.to_sec1_point(false).as_bytes().to_vec())
        };
    }
    match curve {
        Curve::P256 => point!(p256),
        Curve::P384 => point!(p384),
        Curve::P521 => point!(p521),
        Curve::Brainpool | Curve::Other => None,
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

/// Signs with ES256: raw r ‖ s, deterministic by RFC 6979, so that no randomness is asked for.
#[must_use]
pub fn sign_es256(key: &p256::ecdsa::SigningKey, message: &[u8]) -> [u8; 64] {
    let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(key, message);
    signature.to_bytes().into()
}
