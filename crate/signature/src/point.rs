//! Points of the curves, checked by the curve crates of RustCrypto.

use crate::brainpool::{p256r1, p384r1};
use crate::curve::Curve;

/// Returns the uncompressed point; `None` if it is not on the curve.
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
        Curve::BrainpoolP256r1 => point!(p256r1),
        Curve::BrainpoolP384r1 => point!(p384r1),
        Curve::Brainpool | Curve::Other => None,
    }
}
