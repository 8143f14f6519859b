//! Public keys and ECDSA signatures, for COSE and for certificates alike.
//!
//! Three curves of the standard's list are verified here, each with the one hash that belongs to it: P-256 with SHA-256,
//! P-384 with SHA-384, P-521 with SHA-512. The standard's brainpool curves are recognised and refused with a code of
//! their own, because no maintained pure Rust implementation of them is at hand; any other key is recognised as such,
//! so that the reason can be said.

mod certificates;
mod ecdsa;
mod provider;
#[cfg(feature = "rustcrypto")]
mod rustcrypto;
mod unverified;

use core::fmt;

pub use certificates::VerifiedSignatureCache;
pub use ecdsa::to_der;
pub use provider::VerifySignature;
#[cfg(feature = "rustcrypto")]
pub use rustcrypto::{RustCrypto, sign_es256};
pub use unverified::UnverifiedSignature;

/// A curve of the standard's list, or any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-256 (COSE 1, 1.2.840.10045.3.1.7).
    P256,
    /// NIST P-384 (COSE 2, 1.3.132.0.34).
    P384,
    /// NIST P-521 (COSE 3, 1.3.132.0.35).
    P521,
    /// One of brainpoolP256r1, P320r1, P384r1, P512r1 (COSE 256 to 259, 1.3.36.3.3.2.8.1.1.7, 9, 11, 13): not verified here.
    Brainpool,
    /// Another curve.
    Other,
}

impl Curve {
    /// The curve of a COSE identifier (RFC 9053, 7.1; IANA's register for brainpool).
    #[must_use]
    pub const fn from_cose(identifier: i64) -> Self {
        match identifier {
            1 => Self::P256,
            2 => Self::P384,
            3 => Self::P521,
            256..=259 => Self::Brainpool,
            _ => Self::Other,
        }
    }

    /// The COSE identifier, for a curve that is verified here.
    #[must_use]
    pub const fn cose(self) -> Option<i64> {
        match self {
            Self::P256 => Some(1),
            Self::P384 => Some(2),
            Self::P521 => Some(3),
            Self::Brainpool | Self::Other => None,
        }
    }

    /// Bytes of one coordinate, for a curve that is verified here: 32, 48 or 66.
    #[must_use]
    pub const fn coordinate_length(self) -> Option<usize> {
        match self {
            Self::P256 => Some(32),
            Self::P384 => Some(48),
            Self::P521 => Some(66),
            Self::Brainpool | Self::Other => None,
        }
    }
}

/// Longest uncompressed point in bytes: that of P-521.
const MAX_POINT: usize = 133;

/// A public key, as the bytes of its point (SEC 1).
///
/// With the feature `rustcrypto` the point was checked to be on its curve, and is kept uncompressed. Without it only the
/// form was checked, and the point is kept as received: whoever verifies with it checks the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    curve: Curve,
    point: [u8; MAX_POINT],
    /// Bytes of `point`; none for a curve that is not supported.
    length: usize,
}

impl PublicKey {
    /// Reads a point in SEC 1 form, compressed or not; `None` if it is not on the curve, or the curve is not supported.
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
        let uncompressed = rustcrypto::uncompressed(curve, bytes)?;
        #[cfg(feature = "rustcrypto")]
        let bytes = uncompressed.as_slice();
        let mut key = Self { curve, point: [0; MAX_POINT], length: bytes.len() };
        key.point.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(key)
    }

    /// A key on a curve that is not supported; its point is not kept.
    #[must_use]
    pub const fn unsupported(curve: Curve) -> Self {
        Self { curve, point: [0; MAX_POINT], length: 0 }
    }

    /// Returns whether its curve is supported, so that signatures can be verified with it.
    #[must_use]
    pub const fn is_supported(&self) -> bool {
        self.length > 0
    }

    /// Reads a point of P-256 in SEC 1 form, compressed or not; `None` where it is not on the curve.
    #[must_use]
    pub fn p256_from_sec1(bytes: &[u8]) -> Option<Self> {
        Self::from_sec1(Curve::P256, bytes)
    }

    /// The key's curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// The point (SEC 1), uncompressed with the feature `rustcrypto`: 65, 97 or 133 bytes; `None` for a curve that is not
    /// supported.
    #[must_use]
    pub fn to_sec1(&self) -> Option<Vec<u8>> {
        self.is_supported().then(|| self.point().to_vec())
    }

    /// The key for agreement (ECDH), if it is on P-256: readers' ephemeral keys are.
    #[cfg(feature = "rustcrypto")]
    #[must_use]
    pub fn to_p256(&self) -> Option<p256::PublicKey> {
        p256::PublicKey::from_sec1_bytes(self.point()).ok().filter(|_| self.curve == Curve::P256)
    }

    fn point(&self) -> &[u8] {
        self.point.get(..self.length).unwrap_or_default()
    }
}

/// A signature algorithm that is verified here, bound to its curve and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: COSE -7, or -9 by its fully specified name.
    Es256,
    /// ECDSA on P-384 with SHA-384: COSE -35, or -51.
    Es384,
    /// ECDSA on P-521 with SHA-512: COSE -36, or -52.
    Es512,
}

impl Algorithm {
    /// The algorithm of a COSE identifier (RFC 9053, 2.1; RFC 9864, 2.1).
    #[must_use]
    pub const fn from_cose(identifier: i64) -> Option<Self> {
        match identifier {
            -7 | -9 => Some(Self::Es256),
            -35 | -51 => Some(Self::Es384),
            -36 | -52 => Some(Self::Es512),
            _ => None,
        }
    }

    /// The COSE identifier that is written: -7, -35 or -36, as ISO/IEC 18013-5 has them.
    #[must_use]
    pub const fn cose(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Es384 => -35,
            Self::Es512 => -36,
        }
    }

    /// The algorithm for keys of a curve; `None` for one that is not verified here.
    #[must_use]
    pub const fn for_curve(curve: Curve) -> Option<Self> {
        match curve {
            Curve::P256 => Some(Self::Es256),
            Curve::P384 => Some(Self::Es384),
            Curve::P521 => Some(Self::Es512),
            Curve::Brainpool | Curve::Other => None,
        }
    }

    /// Bytes of a raw signature r ‖ s: 64, 96 or 132.
    #[must_use]
    pub const fn signature_length(self) -> usize {
        match self {
            Self::Es256 => 64,
            Self::Es384 => 96,
            Self::Es512 => 132,
        }
    }
}

/// Proof that a signature was verified; made by [`UnverifiedSignature::verify`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct SignatureValid(());

/// Why a signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The key's curve does not belong to the algorithm.
    Curve,
    /// The key is on a brainpool curve, which is not verified here.
    Brainpool,
    /// Not r and s in full length, or one of them outside 1 to n - 1.
    Format,
    /// The signature is not this key's over these bytes.
    Mismatch,
    /// The provider cannot verify it: nothing is known of it.
    NotChecked,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Curve => "key on another curve than the algorithm's",
            Self::Brainpool => "key on a brainpool curve",
            Self::Format => "malformed signature",
            Self::Mismatch => "signature does not match",
            Self::NotChecked => "signature not checked",
        })
    }
}

impl core::error::Error for SignatureError {}

/// Verifies a raw signature r ‖ s over a message, as COSE and WebCrypto write it.
///
/// Exactly 64, 96 or 132 bytes; a high s is legal (FIPS 186-5 asks for no low one).
///
/// # Errors
/// A [`SignatureError`]; nothing else about key or message is told.
pub fn verify(
    algorithm: Algorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
    by: &dyn VerifySignature,
) -> Result<SignatureValid, SignatureError> {
    UnverifiedSignature::raw(algorithm, key, message.to_vec(), signature)?.verify(by)
}

/// A private key that signs at once, with the algorithm of its curve: an issuer's, in a process or a device.
///
/// The keys of the crates `p256`, `p384` and `p521` are such keys; they sign deterministically (RFC 6979).
pub trait Signer {
    /// The public key.
    fn public_key(&self) -> PublicKey;

    /// The algorithm that belongs to the key's curve.
    fn algorithm(&self) -> Algorithm;

    /// A raw signature r ‖ s of [`Algorithm::signature_length`] bytes.
    fn sign(&self, message: &[u8]) -> Vec<u8>;
}
