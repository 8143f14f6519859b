//! `SessionTranscript = [DeviceEngagementBytes / null, EReaderKeyBytes / null, Handover]`
//! (ISO/IEC 18013-5, 9.1.5.1): what a device signature is bound to beside the document.
//!
//! The type is open: every transport brings its own bytes. This project's one-way profile is
//! [`SessionTranscript::one_way`]; it is not an ISO transport.

use sha2::{Digest, Sha256};

use crate::cbor::{self, Value};
use crate::error::ProfileError;

/// The name that separates the one-way profile from every other handover.
pub const ONE_WAY_HANDOVER: &str = "org.liangzheng.QrPresentation.v1";

/// The encoded transcript, as it is signed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionTranscript {
    bytes: Vec<u8>,
}

impl SessionTranscript {
    /// The transcript of the one-way profile:
    /// `[null, null, ["org.liangzheng.QrPresentation.v1", SHA-256(the bytes of Info)]]`.
    pub fn one_way(info_bytes: &[u8]) -> Self {
        let handover = Value::Array(vec![
            Value::text(ONE_WAY_HANDOVER),
            Value::Bytes(Sha256::digest(info_bytes).to_vec()),
        ]);
        let transcript = Value::Array(vec![Value::Null, Value::Null, handover]);
        Self { bytes: cbor::encode(&transcript) }
    }

    /// A transcript of another transport, as encoded there; kept byte for byte.
    ///
    /// # Errors
    /// Refused when it is not one CBOR array of three items.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProfileError> {
        let item = cbor::decode_foreign(bytes).map_err(ProfileError::Cbor)?;
        match item.as_array() {
            Some([_, _, _]) => Ok(Self { bytes: bytes.to_vec() }),
            _ => Err(ProfileError::Shape("SessionTranscript")),
        }
    }

    /// The encoded transcript.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
