//! The payload: what is kept beside the journal, and can be erased.

use serde::{Deserialize, Serialize};
use verdict::Case;

use crate::error::RecordError;
use crate::hash::{Hash, RecordId, base64url};
use crate::presentation::Presentation;
use crate::record::{Form, SCHEMA_VERSION};

/// Most bytes of a payload: a presentation of the greatest size in base64, with its session and case.
pub const PAYLOAD_MAX: usize = 512 * 1024;

/// What is kept of one decision, and erased at keep-until or on request. The record has its hash; its salt makes that hash, and
/// the digests of credential and case, worthless once it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The version of this schema: 1.
    pub schema_version: u32,
    /// The record that it belongs to.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::record_id"))]
    pub record_id: RecordId,
    /// 32 random bytes, base64url.
    #[serde(with = "base64url")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub salt: [u8; 32],
    /// How the presentation was received.
    pub form: Form,
    /// The case.
    pub case: Case,
    /// The presentation with the elements that are kept, base64url; absent where none is.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "base64url::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub presentation: Option<Vec<u8>>,
    /// The encoded SessionTranscript, base64url; of a session alone.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "base64url::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub transcript: Option<Vec<u8>>,
}

impl Payload {
    /// Reads a payload.
    ///
    /// # Errors
    /// Fails if it is too long, no JSON of the schema, or of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > PAYLOAD_MAX {
            return Err(RecordError::Size);
        }
        let payload: Self = serde_json::from_slice(bytes).map_err(|_| RecordError::Form)?;
        if payload.schema_version > SCHEMA_VERSION { Err(RecordError::Newer) } else { Ok(payload) }
    }

    /// Returns its bytes, over which the record has a hash.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, RecordError> {
        let bytes = serde_json::to_vec(self).map_err(|_| RecordError::Form)?;
        if bytes.len() > PAYLOAD_MAX { Err(RecordError::Size) } else { Ok(bytes) }
    }

    /// Returns the kept presentation.
    pub fn presentation(&self) -> Option<Presentation<'_>> {
        let bytes = self.presentation.as_deref()?;
        Some(Presentation { form: self.form, bytes, transcript: self.transcript.as_deref() })
    }

    /// Returns the salted digest of the case, as a record has it.
    pub fn case_digest(&self) -> Result<Hash, RecordError> {
        case_digest(&self.salt, &self.case)
    }
}

/// Returns SHA-256 of the salt and the case in canonical form.
pub(crate) fn case_digest(salt: &[u8; 32], case: &Case) -> Result<Hash, RecordError> {
    Ok(Hash::salted(salt, &canonical(case)?))
}

/// Returns the canonical form (RFC 8785) of a case: its members are strings, so that sorting them by name is all of it.
fn canonical(case: &Case) -> Result<Vec<u8>, RecordError> {
    let value = serde_json::to_value(case).map_err(|_| RecordError::Form)?;
    let members = value.as_object().ok_or(RecordError::Form)?;
    let sorted: std::collections::BTreeMap<&String, &serde_json::Value> = members.iter().collect();
    serde_json::to_vec(&sorted).map_err(|_| RecordError::Form)
}
