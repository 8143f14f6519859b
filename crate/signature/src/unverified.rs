//! A signature with all that it takes to verify it.

use super::{Algorithm, Curve, PublicKey, SignatureError, SignatureValid, VerifySignature, ecdsa};

/// A well-formed signature that claims to be a key's over a message. Nothing of it is proven.
///
/// Two are equal where algorithm, key, message and signature are: what is found out about one holds for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedSignature {
    algorithm: Algorithm,
    key: PublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl UnverifiedSignature {
    /// A raw signature r ‖ s, as COSE and WebCrypto write it.
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

    /// A signature in DER, as certificates carry it.
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

    /// Verifies it by a provider.
    ///
    /// # Errors
    /// [`SignatureError::Mismatch`], or [`SignatureError::NotChecked`] where the provider cannot say.
    pub fn verify(&self, by: &dyn VerifySignature) -> Result<SignatureValid, SignatureError> {
        match by.verify(self) {
            Some(true) => Ok(SignatureValid(())),
            Some(false) => Err(SignatureError::Mismatch),
            None => Err(SignatureError::NotChecked),
        }
    }

    /// The algorithm, which is that of the key's curve.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key's uncompressed point (SEC 1), on its curve: 65, 97 or 133 bytes.
    #[must_use]
    pub fn key(&self) -> Vec<u8> {
        self.key.to_sec1().unwrap_or_default()
    }

    /// The bytes that were signed.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// r ‖ s of [`Algorithm::signature_length`] bytes, both in 1 to n - 1.
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
