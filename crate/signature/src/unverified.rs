//! A signature with the key and the message that it is verified with.

use crate::algorithm::Algorithm;
use crate::curve::Curve;
use crate::ecdsa;
use crate::error::SignatureError;
use crate::key::PublicKey;

/// A well-formed signature with its key and message, not verified.
///
/// Two values are equal if algorithm, key, message and signature are; the result of verifying one is that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedSignature {
    algorithm: Algorithm,
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
        Ok(Self { algorithm, key: *key, message, signature: signature.to_vec() })
    }

    /// Reads a signature in DER, as in certificates.
    ///
    /// # Errors
    /// As [`UnverifiedSignature::raw`].
    pub fn der(
        algorithm: Algorithm,
        key: &PublicKey,
        message: Vec<u8>,
        signature: &[u8],
    ) -> Result<Self, SignatureError> {
        check_curve(algorithm, key)?;
        let signature = ecdsa::from_der(algorithm, signature)?;
        Ok(Self { algorithm, key: *key, message, signature })
    }

    /// Returns the algorithm, which is that of the key's curve.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
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
