//! Public keys and ECDSA signatures, for COSE and for certificates alike.
//!
//! P-256 with SHA-256 is what is verified here; keys on other curves are recognised, so that the reason can be said.

use core::fmt;

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};

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
    /// Another curve.
    Other,
}

/// A public key; the point was checked to be on its curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// A point of P-256.
    P256(VerifyingKey),
    /// A key on a curve that is not verified here; its point is not kept.
    Unsupported(Curve),
}

impl PublicKey {
    /// Reads a point of P-256 in SEC 1 form, compressed or not; `None` where it is not on the curve.
    #[must_use]
    pub fn p256_from_sec1(bytes: &[u8]) -> Option<Self> {
        VerifyingKey::from_sec1_bytes(bytes).ok().map(Self::P256)
    }

    /// The key's curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        match self {
            Self::P256(_) => Curve::P256,
            Self::Unsupported(curve) => *curve,
        }
    }

    /// The uncompressed point (SEC 1), 65 bytes for P-256.
    #[must_use]
    pub fn to_sec1(&self) -> Option<Vec<u8>> {
        match self {
            Self::P256(key) => Some(key.to_sec1_point(false).as_bytes().to_vec()),
            Self::Unsupported(_) => None,
        }
    }

    /// The key for agreement (ECDH), if its curve is supported.
    #[must_use]
    pub fn to_p256(&self) -> Option<p256::PublicKey> {
        match self {
            Self::P256(key) => p256::PublicKey::from_affine(*key.as_affine()).ok(),
            Self::Unsupported(_) => None,
        }
    }
}

impl From<&SigningKey> for PublicKey {
    fn from(key: &SigningKey) -> Self {
        Self::P256(*key.verifying_key())
    }
}

/// A signature algorithm that is verified here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: COSE -7, or -9 by its fully specified name.
    Es256,
}

impl Algorithm {
    /// The algorithm of a COSE identifier (RFC 9053, 2.1; RFC 9864).
    #[must_use]
    pub const fn from_cose(identifier: i64) -> Option<Self> {
        match identifier {
            -7 | -9 => Some(Self::Es256),
            _ => None,
        }
    }
}

/// Proof that a signature was verified; made by [`verify`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct SignatureValid(());

/// Why a signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The key's curve does not belong to the algorithm.
    Curve,
    /// Not r and s in full length, or one of them outside 1 to n - 1.
    Format,
    /// The signature is not this key's over these bytes.
    Mismatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Curve => "key on another curve than the algorithm's",
            Self::Format => "malformed signature",
            Self::Mismatch => "signature does not match",
        })
    }
}

impl core::error::Error for SignatureError {}

/// Verifies a raw signature r ‖ s over a message, as COSE and WebCrypto write it.
///
/// Exactly 64 bytes for ES256; a high s is legal (FIPS 186-5 asks for no low one).
///
/// # Errors
/// A [`SignatureError`]; nothing else about key or message is told.
pub fn verify(
    algorithm: Algorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<SignatureValid, SignatureError> {
    match (algorithm, key) {
        (Algorithm::Es256, PublicKey::P256(key)) => {
            let raw: &[u8; 64] = signature.try_into().map_err(|_| SignatureError::Format)?;
            let signature = Signature::from_slice(raw).map_err(|_| SignatureError::Format)?;
            check(key, message, &signature)
        }
        (Algorithm::Es256, PublicKey::Unsupported(_)) => Err(SignatureError::Curve),
    }
}

/// Verifies a signature in DER, as certificates carry it.
///
/// # Errors
/// As [`verify`].
pub fn verify_der(
    algorithm: Algorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<SignatureValid, SignatureError> {
    match (algorithm, key) {
        (Algorithm::Es256, PublicKey::P256(key)) => {
            let signature = Signature::from_der(signature).map_err(|_| SignatureError::Format)?;
            check(key, message, &signature)
        }
        (Algorithm::Es256, PublicKey::Unsupported(_)) => Err(SignatureError::Curve),
    }
}

fn check(
    key: &VerifyingKey,
    message: &[u8],
    signature: &Signature,
) -> Result<SignatureValid, SignatureError> {
    key.verify(message, signature).map(|()| SignatureValid(())).map_err(|_| SignatureError::Mismatch)
}

/// Signs with ES256: raw r ‖ s, deterministic by RFC 6979, so that no randomness is asked for.
#[must_use]
pub fn sign_es256(key: &SigningKey, message: &[u8]) -> [u8; 64] {
    let signature: Signature = key.sign(message);
    signature.to_bytes().into()
}
