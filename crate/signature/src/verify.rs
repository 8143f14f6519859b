//! Verifying a signature with a provider.

use crate::algorithm::Algorithm;
use crate::error::SignatureError;
use crate::key::PublicKey;
use crate::provider::VerifySignature;
use crate::unverified::UnverifiedSignature;

/// Proof that a signature was verified; only [`UnverifiedSignature::verify`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct SignatureValid(());

impl UnverifiedSignature {
    /// Verifies it with a provider.
    ///
    /// # Errors
    /// [`SignatureError::Mismatch`], or [`SignatureError::NotChecked`] if the provider cannot answer.
    pub fn verify(&self, by: &dyn VerifySignature) -> Result<SignatureValid, SignatureError> {
        match by.verify(self) {
            Some(true) => Ok(SignatureValid(())),
            Some(false) => Err(SignatureError::Mismatch),
            None => Err(SignatureError::NotChecked),
        }
    }
}

/// Verifies a raw signature r ‖ s over a message, as COSE and WebCrypto write it.
///
/// The signature has exactly 64, 96 or 132 bytes. A high s is accepted (FIPS 186-5 does not require a low one).
///
/// # Errors
/// A [`SignatureError`]: `Curve`, `Brainpool`, `Format`, `Mismatch` or `NotChecked`.
pub fn verify(
    algorithm: Algorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
    by: &dyn VerifySignature,
) -> Result<SignatureValid, SignatureError> {
    UnverifiedSignature::raw(algorithm, key, message.to_vec(), signature)?.verify(by)
}
