//! The reader's ephemeral key, with which a device MAC is verified (ISO/IEC 18013-5, 9.1.3.5).

#[cfg(feature = "rustcrypto")]
use cbor::cose;
use cbor::cose::{CoseError, CoseKey};
#[cfg(feature = "rustcrypto")]
use p256::SecretKey;

use crate::session::transcript::SessionTranscript;

/// An ephemeral P-256 private key of the reader, fresh for every session.
///
/// Without the feature `rustcrypto` no device MAC can be verified: such a presentation is undetermined.
#[derive(Clone)]
pub struct ReaderKey {
    #[cfg(feature = "rustcrypto")]
    secret: SecretKey,
}

impl ReaderKey {
    /// Creates a key from its 32-byte scalar; `None` if the scalar is zero or not below the group's order.
    #[cfg(feature = "rustcrypto")]
    pub fn from_bytes(scalar: &[u8; 32]) -> Option<Self> {
        let secret = SecretKey::from_slice(scalar).ok()?;
        Some(Self { secret })
    }

    /// `EMacKey` for a device key and a transcript.
    #[cfg(feature = "rustcrypto")]
    pub(crate) fn mac_key(
        &self,
        device_key: &CoseKey,
        transcript: &SessionTranscript,
    ) -> Result<[u8; 32], CoseError> {
        cose::emac_key(device_key.public_key(), &self.secret, &transcript.tagged_bytes())
    }

    #[cfg(not(feature = "rustcrypto"))]
    pub(crate) fn mac_key(
        &self,
        _device_key: &CoseKey,
        _transcript: &SessionTranscript,
    ) -> Result<[u8; 32], CoseError> {
        Err(CoseError::NotChecked(cbor::SignatureNotChecked::at(crate::verify::step::DEVICE_SIGNED)))
    }
}

impl core::fmt::Debug for ReaderKey {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("ReaderKey(..)")
    }
}
