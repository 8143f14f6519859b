//! A record: one line of JSON about one decision.
//!
//! It has names of elements and codes, and never the value of an element.

use serde::{Deserialize, Serialize};
use verdict::{DecisionOutcome, Effect, FaceCompared, PolicyRef, RuleOutcome, Words};

use crate::error::RecordError;
use crate::hash::{Hash, Moment, RecordId};

/// The version of the schema.
pub const SCHEMA_VERSION: u32 = 1;
/// Most bytes of a line, without its end.
pub const LINE_MAX: usize = 64 * 1024;

/// How the presentation was received; ISO/IEC TS 27560 calls it the collection method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A code of this project's one-way profile, whose session is inside.
    OneWay,
    /// A DeviceResponse in a session of the verifier's.
    Session,
    /// The first answer to a question of the verifier's.
    Answer,
    /// An IssuerSigned, or a DeviceResponse whose presenter was not asked.
    IssuerData,
    /// A DeviceResponse whose session is not known, so that its presenter is undetermined.
    Unbound,
}

/// Elements of one namespace that were seen, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PiiInformation {
    /// The namespace.
    pub namespace: String,
    /// The elements' names, in received order.
    pub pii_types: Vec<String>,
}

/// A document that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenDocument {
    /// Its type, as signed.
    pub doc_type: String,
    /// SHA-256 of the payload's salt followed by the signed MobileSecurityObjectBytes: the same for no two records.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub credential_digest: Hash,
    /// The elements that were seen.
    pub pii_information: Vec<PiiInformation>,
}

/// The issuer's keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IssuerKeys {
    /// The country of the certificate.
    pub country: String,
    /// SHA-256 of the document signer's certificate.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub key_id: Hash,
    /// SHA-256 of the SubjectPublicKeyInfo of the trust anchor.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub anchor: Hash,
}

/// SHA-256 of each file that the verdict rested on, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Trust lists and certificates of trusted issuers.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hashes"))]
    pub trust: Vec<Hash>,
    /// Status lists.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hashes"))]
    pub status: Vec<Hash>,
    /// Lists of revoked certificates.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hashes"))]
    pub revocation: Vec<Hash>,
}

/// What the verifier was set to, beside the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// By how many seconds the clocks of the place are ahead of UTC.
    pub utc_offset_seconds: i32,
    /// Whether every departure of the issuer's certificates was refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// The name by which holders address the verifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The lower bound of the true time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::moment"))]
    pub clock_floor: Option<Moment>,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordedRule {
    /// Its name.
    pub rule: String,
    /// Its outcome.
    pub outcome: RuleOutcome,
    /// The code of the finding that decides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What the outcome does to the decision; absent where it passes or does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// What a person decided instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The decision.
    pub decision: DecisionOutcome,
}

/// A record of one decision. Names are those of ISO/IEC TS 27560 where it has the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of this schema: 1.
    pub schema_version: u32,
    /// The record's id, 16 random bytes.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::record_id"))]
    pub record_id: RecordId,
    /// Its place in the journal, from 0: the index of its leaf.
    pub sequence: u64,
    /// SHA-256 of the line before, without its end; null in the first record.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::prev"))]
    pub prev: Option<Hash>,
    /// When it was decided.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::moment"))]
    pub event_time: Moment,
    /// By how many seconds the clock may be wrong; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_doubt_seconds: Option<u32>,
    /// Who operated the verifier, by the partner's own sign, such as a desk or a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_location: Option<String>,
    /// Who asked, and how to reach them, as the policy says.
    pub pii_controller: Words,
    /// For what, as the policy says.
    pub purpose: Words,
    /// How the presentation was received.
    pub collection_method: Form,
    /// The policy.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::policy"))]
    pub policy: PolicyRef,
    /// SHA-256 of the payload's salt followed by the case in canonical form (RFC 8785).
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub case_digest: Hash,
    /// What the verifier was set to.
    pub settings: Settings,
    /// The files that the verdict rested on.
    pub lists: Lists,
    /// The program and its version.
    pub program: String,
    /// The issuer's keys; absent where the document was not proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<IssuerKeys>,
    /// The documents that were seen; none where nothing was proven.
    pub documents: Vec<SeenDocument>,
    /// What each rule found, in the order of the decision.
    pub rules: Vec<RecordedRule>,
    /// What the policy decided.
    pub decision: DecisionOutcome,
    /// What a person said who compared the portrait with the face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<FaceCompared>,
    /// What a person decided instead.
    #[serde(default, rename = "override", skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
    /// Until when the payload is kept; absent where nothing was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::moment"))]
    pub keep_until: Option<Moment>,
    /// SHA-256 of the payload; absent where nothing was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub payload_sha256: Option<Hash>,
}

/// The fields that every version of a record has.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Head {
    pub(crate) schema_version: u32,
    pub(crate) record_id: RecordId,
    pub(crate) sequence: u64,
    pub(crate) prev: Option<Hash>,
    #[serde(default)]
    pub(crate) keep_until: Option<Moment>,
    #[serde(default)]
    pub(crate) payload_sha256: Option<Hash>,
}

impl Head {
    pub(crate) fn read(line: &[u8]) -> Option<Self> {
        (line.len() <= LINE_MAX).then_some(())?;
        serde_json::from_slice(line).ok()
    }
}

impl Record {
    /// Reads a line without its end.
    ///
    /// # Errors
    /// Fails if it is too long, no JSON of the schema, or of a newer version.
    pub fn from_line(line: &[u8]) -> Result<Self, RecordError> {
        if line.len() > LINE_MAX {
            return Err(RecordError::Size);
        }
        if Head::read(line).ok_or(RecordError::Form)?.schema_version > SCHEMA_VERSION {
            return Err(RecordError::Newer);
        }
        serde_json::from_slice(line).map_err(|_| RecordError::Form)
    }

    /// Returns the line without its end.
    pub(crate) fn to_line(&self) -> Result<String, RecordError> {
        let line = serde_json::to_string(self).map_err(|_| RecordError::Form)?;
        if line.len() > LINE_MAX { Err(RecordError::Size) } else { Ok(line) }
    }

    /// Returns the decision that counts: that of the person who overrode it, else that of the policy.
    pub fn final_decision(&self) -> DecisionOutcome {
        self.overridden.as_ref().map_or(self.decision, |overridden| overridden.decision)
    }
}
