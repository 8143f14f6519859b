//! The reader's ephemeral key, with which a device MAC is checked (ISO/IEC 18013-5, 9.1.3.5).

use p256::SecretKey;

use crate::session::transcript::SessionTranscript;
use cbor::cose::{self, CoseError, CoseKey};

/// An ephemeral P-256 private key of the reader, fresh for every session.
#[derive(Clone)]
pub struct ReaderKey {
    secret: SecretKey,
}

impl ReaderKey {
    /// A key from its 32-byte scalar; `None` where that is zero or not below the group's order.
    pub fn from_bytes(scalar: &[u8; 32]) -> Option<Self> {
        let secret = SecretKey::from_slice(scalar).ok()?;
        Some(Self { secret })
    }

    /// `EMacKey` for a device key and a transcript.
    pub(crate) fn mac_key(
        &self,
        device_key: &CoseKey,
        transcript: &SessionTranscript,
    ) -> Result<[u8; 32], CoseError> {
        cose::emac_key(device_key.public_key(), &self.secret, &transcript.tagged_bytes())
    }
}

impl core::fmt::Debug for ReaderKey {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("ReaderKey(..)")
    }
}
