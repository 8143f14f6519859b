//! Public keys, as the bytes of their points.

use crate::curve::Curve;
#[cfg(feature = "rustcrypto")]
use crate::point;

/// Longest uncompressed point in bytes: that of P-521.
const MAX_POINT: usize = 133;

/// A public key, as the bytes of its point (SEC 1).
///
/// With the feature `rustcrypto` the point is checked to be on its curve, and kept uncompressed. Without it only the
/// form is checked, and the point is kept as received; the provider checks the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    curve: Curve,
    point: [u8; MAX_POINT],
    /// Bytes of `point` in use; 0 for a curve that is not supported.
    length: usize,
}

impl PublicKey {
    /// Reads a point in SEC 1 form, compressed or uncompressed; `None` if it is not on the curve, or the curve is not
    /// supported.
    #[must_use]
    pub fn from_sec1(curve: Curve, bytes: &[u8]) -> Option<Self> {
        let coordinate = curve.coordinate_length()?;
        // neither the point at infinity nor the compact and hybrid forms (RFC 5480, 2.2)
        let length = match bytes.first()? {
            2 | 3 => coordinate + 1,
            4 => 2 * coordinate + 1,
            _ => return None,
        };
        if bytes.len() != length {
            return None;
        }
        #[cfg(feature = "rustcrypto")]
        let uncompressed = point::uncompressed(curve, bytes)?;
        #[cfg(feature = "rustcrypto")]
        let bytes = uncompressed.as_slice();
        let mut key = Self { curve, point: [0; MAX_POINT], length: bytes.len() };
        key.point.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(key)
    }

    /// Returns a key on a curve that is not supported; its point is not kept.
    #[must_use]
    pub const fn unsupported(curve: Curve) -> Self {
        Self { curve, point: [0; MAX_POINT], length: 0 }
    }

    /// Returns whether its curve is supported: signatures can be verified with it.
    #[must_use]
    pub const fn is_supported(&self) -> bool {
        self.length > 0
    }

    /// Reads a point of P-256 in SEC 1 form, compressed or uncompressed; `None` if it is not on the curve.
    #[must_use]
    pub fn p256_from_sec1(bytes: &[u8]) -> Option<Self> {
        Self::from_sec1(Curve::P256, bytes)
    }

    /// Returns the curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// Returns the point in SEC 1 form, with the feature `rustcrypto` uncompressed (65, 97 or 133 bytes); `None` if the
    /// curve is not supported.
    #[must_use]
    pub fn to_sec1(&self) -> Option<Vec<u8>> {
        self.is_supported().then(|| self.point().to_vec())
    }

    /// Returns the key for ECDH key agreement; `None` unless it is on P-256, the curve of readers' ephemeral keys.
    #[cfg(feature = "rustcrypto")]
    #[must_use]
    pub fn to_p256(&self) -> Option<p256::PublicKey> {
        p256::PublicKey::from_sec1_bytes(self.point()).ok().filter(|_| self.curve == Curve::P256)
    }

    fn point(&self) -> &[u8] {
        self.point.get(..self.length).unwrap_or_default()
    }
}
