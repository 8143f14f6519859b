//! Keys on P-256 for key agreement: a public key whose point was checked, and a private key that is held as bytes.

use core::fmt;

use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey};
use sha2::{Digest as _, Sha256};

use super::error::SealedError;

/// `SubjectPublicKeyInfo` of a key on P-256 up to its point (RFC 5480, 2): DER has no other form of it.
const SPKI_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A source of random bytes that fills the whole buffer from the platform's cryptographic generator.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A public key on P-256: its point is on the curve and is not the point at infinity (RFC 9180, 7.1.4).
#[derive(Clone, PartialEq, Eq)]
pub struct AgreementKey {
    key: PublicKey,
    point: [u8; 65],
}

impl AgreementKey {
    /// Reads an uncompressed point (SEC 1, 2.3.3): 65 bytes, the first one 4.
    ///
    /// # Errors
    /// `sealed-point` for another length, another form, or a point that is not on the curve.
    pub fn from_sec1(point: &[u8]) -> Result<Self, SealedError> {
        let point: [u8; 65] = point.try_into().map_err(|_| SealedError::Point)?;
        let key = PublicKey::from_sec1_bytes(&point).map_err(|_| SealedError::Point)?;
        Ok(Self { key, point })
    }

    /// Returns the uncompressed point.
    #[must_use]
    pub const fn to_sec1(&self) -> &[u8; 65] {
        &self.point
    }

    /// Returns SHA-256 of the key's `SubjectPublicKeyInfo` in DER, which names it.
    #[must_use]
    pub fn spki_sha256(&self) -> [u8; 32] {
        Sha256::new_with_prefix(SPKI_HEAD).chain_update(self.point).finalize().into()
    }
}

impl fmt::Debug for AgreementKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("AgreementKey").field(&base16ct::lower::encode_string(&self.point)).finish()
    }
}

/// A private key on P-256 that is held as bytes: for the command line, tests, and programs without a key store.
///
/// A browser holds its key in WebCrypto, not extractable, and answers [`PendingOpen::point`](super::PendingOpen::point).
#[derive(Clone)]
pub struct AgreementSecret(SecretKey);

impl AgreementSecret {
    /// Generates a key. One in 2^32 random scalars is not valid, so a few are tried.
    ///
    /// # Errors
    /// `sealed-random` if none of them is.
    pub fn generate(random: Random<'_>) -> Result<Self, SealedError> {
        let attempt = |_| {
            let mut scalar = [0; 32];
            random(&mut scalar);
            SecretKey::from_slice(&scalar).ok()
        };
        (0..4).find_map(attempt).map(Self).ok_or(SealedError::Random)
    }

    /// Reads a scalar, big-endian.
    ///
    /// # Errors
    /// `sealed-point` if it is zero or not below the order of the curve.
    pub fn from_scalar(scalar: &[u8; 32]) -> Result<Self, SealedError> {
        SecretKey::from_slice(scalar).map(Self).map_err(|_| SealedError::Point)
    }

    /// Returns the public key.
    #[must_use]
    pub fn public(&self) -> AgreementKey {
        let key = self.0.public_key();
        let mut point = [0; 65];
        for (to, from) in point.iter_mut().zip(key.to_sec1_point(false).as_bytes()) {
            *to = *from;
        }
        AgreementKey { key, point }
    }

    /// Returns the x coordinate of the shared point (RFC 9180, 4.1: DH of the NIST curves).
    #[must_use]
    pub fn agree(&self, other: &AgreementKey) -> [u8; 32] {
        let shared = p256::ecdh::diffie_hellman(self.0.to_nonzero_scalar(), other.key.as_affine());
        (*shared.raw_secret_bytes()).into()
    }
}

impl fmt::Debug for AgreementSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AgreementSecret(..)")
    }
}
