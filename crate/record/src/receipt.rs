//! The driver's receipt: that this decision is in the partner's journal, as it was signed.

use base64ct::{Base64, Encoding as _};
use serde::{Deserialize, Serialize};
use verdict::DecisionOutcome;

use crate::error::ReceiptError;
use crate::hash::{Hash, Moment, RecordId};
use crate::note::Checkpoint;
use crate::record::{Record, SCHEMA_VERSION};
use crate::tree::includes;

/// Most bytes of a receipt.
const RECEIPT_MAX: usize = 16 * 1024;

/// A receipt. As JSON it fits in a QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of this schema: 1.
    pub schema_version: u32,
    /// The record.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::record_id"))]
    pub record_id: RecordId,
    /// When it was decided.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::moment"))]
    pub event_time: Moment,
    /// What was decided in the end.
    pub decision: DecisionOutcome,
    /// The index of the leaf.
    pub index: u64,
    /// SHA-256 of the record's line.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::schema::hash"))]
    pub leaf: Hash,
    /// The inclusion proof of RFC 6962, its hashes one after the other, in base64.
    pub proof: String,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl Receipt {
    pub(crate) fn new(record: &Record, leaf: Hash, proof: String, checkpoint: &str) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            record_id: record.record_id,
            event_time: record.event_time,
            decision: record.final_decision(),
            index: record.sequence,
            leaf,
            proof,
            checkpoint: checkpoint.to_owned(),
        }
    }

    /// Reads a receipt.
    ///
    /// # Errors
    /// Fails if it is too long or no JSON of the schema.
    pub fn from_json(json: &[u8]) -> Result<Self, ReceiptError> {
        if json.len() > RECEIPT_MAX {
            return Err(ReceiptError::Form);
        }
        serde_json::from_slice(json).map_err(|_| ReceiptError::Form)
    }

    /// Returns its JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Checks that its record is in the tree of a checkpoint, which is the verified one of
    /// [`Receipt::checkpoint`](Receipt#structfield.checkpoint).
    ///
    /// # Errors
    /// Fails if the proof does not lead from the leaf to the root.
    pub fn verify(&self, checkpoint: &Checkpoint) -> Result<(), ReceiptError> {
        let proof = Base64::decode_vec(&self.proof).map_err(|_| ReceiptError::Form)?;
        if checkpoint.size <= self.index {
            return Err(ReceiptError::Index);
        }
        match includes(checkpoint.root, checkpoint.size, self.index, self.leaf, &proof) {
            true => Ok(()),
            false => Err(ReceiptError::Proof),
        }
    }

    /// Checks that it is of this record, whose line the partner shows.
    ///
    /// # Errors
    /// Fails if the line has another hash, or says something else than the receipt.
    pub fn verify_line(&self, line: &[u8]) -> Result<(), ReceiptError> {
        let record = Record::from_line(line).map_err(|_| ReceiptError::Record)?;
        let same = Hash::of(line) == self.leaf
            && record.record_id == self.record_id
            && record.sequence == self.index
            && record.event_time == self.event_time
            && record.final_decision() == self.decision;
        if same { Ok(()) } else { Err(ReceiptError::Record) }
    }
}
