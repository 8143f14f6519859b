//! A signature with the key and the message that it is verified with.

use crate::algorithm::{Algorithm, HashAlgorithm};
use crate::curve::Curve;
use crate::ecdsa;
use crate::error::SignatureError;
use crate::key::PublicKey;

/// A well-formed signature with its key and message, not verified.
///
/// Two values are equal if curve, hash, key, message and signature are; the result of verifying one is that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedSignature {
    algorithm: Algorithm,
    hash: HashAlgorithm,
    key: PublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl UnverifiedSignature {
    /// Reads a raw signature r ‖ s, as COSE and WebCrypto write it.
    ///
    /// # Errors
    /// [`SignatureError::Curve`], [`SignatureError::Brainpool`] or [`SignatureError::Format`].
    pub fn raw(
        algorithm: Algorithm,
        key: &PublicKey,
        message: Vec<u8>,
        signature: &[u8],
    ) -> Result<Self, SignatureError> {
        check_curve(algorithm, key)?;
        ecdsa::check_raw(algorithm, signature)?;
        Ok(Self { algorithm, hash: algorithm.hash(), key: *key, message, signature: signature.to_vec() })
    }

    /// Reads a signature in DER, as in certificates, where any hash goes with any curve (RFC 5758, 3.2).
    ///
    /// # Errors
    /// As [`UnverifiedSignature::raw`].
    pub fn der(
        hash: HashAlgorithm,
        key: &PublicKey,
        message: Vec<u8>,
        signature: &[u8],
    ) -> Result<Self, SignatureError> {
        let algorithm = match (Algorithm::for_curve(key.curve()), key.curve()) {
            (Some(algorithm), _) => algorithm,
            (None, Curve::Brainpool) => return Err(SignatureError::Brainpool),
            (None, _) => return Err(SignatureError::Curve),
        };
        let signature = ecdsa::from_der(algorithm, signature)?;
        Ok(Self { algorithm, hash, key: *key, message, signature })
    }

    /// Returns the curve of the key; one of those that are supported.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.key.curve()
    }

    /// Returns the hash.
    #[must_use]
    pub const fn hash(&self) -> HashAlgorithm {
        self.hash
    }

    /// Returns the algorithm of COSE, if the hash is that of the curve.
    #[must_use]
    pub fn cose_algorithm(&self) -> Option<Algorithm> {
        (self.hash == self.algorithm.hash()).then_some(self.algorithm)
    }

    /// Returns the key's point in SEC 1 form, with the feature `rustcrypto` uncompressed: 65, 97 or 133 bytes.
    #[must_use]
    pub fn key(&self) -> Vec<u8> {
        self.key.to_sec1().unwrap_or_default()
    }

    /// Returns the signed bytes.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// Returns r ‖ s, [`Algorithm::signature_length`] bytes; both are in 1 to n - 1.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }
}

fn check_curve(algorithm: Algorithm, key: &PublicKey) -> Result<(), SignatureError> {
    match key.curve() {
        curve if Algorithm::for_curve(curve) == Some(algorithm) => Ok(()),
        Curve::Brainpool => Err(SignatureError::Brainpool),
        _ => Err(SignatureError::Curve),
    }
}
