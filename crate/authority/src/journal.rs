//! The desk's journal: one line of JSON for each step, in the tree of RFC 6962 that the partners' records have too.
//!
//! Lines have the head of a record ([`record::Journal`]): version, id, sequence, hash of the line before. A [`Receipt`] has the size
//! and the root hash of the tree at its step, so that a clerk who rewrites history is found by whoever kept one ([`verify`]).
//!
//! A line holds no photo and no whole 证号: the last four characters of a number, and the SHA-256 of a photo.

use base64ct::{Base64, Encoding as _};
use cbor::Timestamp;
use licence::Letter;
pub use record::JournalFinding;
use record::{Checkpoint, Hash, Journal, Moment, ReceiptError, RecordError, RecordId, includes};
use serde::{Deserialize, Serialize};

use crate::application::Occasion;
use crate::desk::ApplicationId;
use crate::driver::Change;
use crate::photo::{RejectReason, Sha256Digest};

/// The version of a line and of a receipt.
pub const SCHEMA_VERSION: u32 = 1;
/// Most bytes of a receipt.
const RECEIPT_MAX: usize = 4 * 1024;
/// From so many digits on, a number in a note may be a 证号.
const LONG_NUMBER: usize = 12;

/// What was shown at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The resident identity card.
    IdentityCard,
    /// A passport or a travel document.
    Passport,
    /// The paper licence.
    PaperLicence,
    /// The electronic licence, verified.
    ElectronicLicence,
    /// A medical certificate.
    MedicalCertificate,
    /// A photo on paper.
    PaperPhoto,
    /// A decision of an authority or a court.
    Decision,
}

impl Shown {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::IdentityCard,
        Self::Passport,
        Self::PaperLicence,
        Self::ElectronicLicence,
        Self::MedicalCertificate,
        Self::PaperPhoto,
        Self::Decision,
    ];
}

/// The kind of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// An application was received.
    Received,
    /// An application was refused when it was received, or when it was to be answered.
    Refused,
    /// An application was withdrawn by a newer one.
    Withdrawn,
    /// A photo was approved.
    Approved,
    /// A photo was rejected.
    Rejected,
    /// A decision was undone.
    Undone,
    /// A licence was issued and handed over.
    Issued,
    /// Another answer was handed over.
    Answered,
    /// Facts were changed.
    Changed,
    /// The licence was suspended.
    Suspended,
    /// The licence was reinstated.
    Reinstated,
    /// A driver was at the counter.
    Counter,
    /// A photo was taken in at the counter and approved in one go.
    Photographed,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Refused,
        Self::Withdrawn,
        Self::Approved,
        Self::Rejected,
        Self::Undone,
        Self::Issued,
        Self::Answered,
        Self::Changed,
        Self::Suspended,
        Self::Reinstated,
        Self::Counter,
        Self::Photographed,
    ];

    /// Returns the name in kebab case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Undone => "undone",
            Self::Issued => "issued",
            Self::Answered => "answered",
            Self::Changed => "changed",
            Self::Suspended => "suspended",
            Self::Reinstated => "reinstated",
            Self::Counter => "counter",
            Self::Photographed => "photographed",
        }
    }
}

/// What a step says beside its time, its clerk and its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// The application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
    /// The driver, by the register's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub driver: Option<String>,
    /// The last four characters of the 证号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_last4: Option<String>,
    /// What the application is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// The step that was undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undid: Option<StepKind>,
    /// The reason of a rejection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// The code of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What the clerk wrote, with long numbers cut to their last four digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// SHA-256 of the large portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo_sha256: Option<Sha256Digest>,
    /// The entry of the status list that the licence has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The entries that became invalid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<u64>,
    /// What was changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The letter of a suspension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
    /// What was shown at the counter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Shown>,
    /// Whether a claim was opened again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reopened: bool,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The version of a line: 1.
    pub schema_version: u32,
    /// The id of the step, 16 random bytes.
    pub record_id: RecordId,
    /// Its index.
    pub sequence: u64,
    /// SHA-256 of the line before; null in the first.
    pub prev: Option<Hash>,
    /// When.
    pub event_time: Moment,
    /// The clerk.
    pub clerk: String,
    /// The kind.
    pub step: StepKind,
    /// What it says.
    #[serde(flatten)]
    pub details: Details,
}

impl Step {
    /// Reads a line; `None` if it is none.
    pub fn from_line(line: &str) -> Option<Self> {
        (line.len() <= record::LINE_MAX).then(|| serde_json::from_str(line).ok()).flatten()
    }
}

/// A line with its index, to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    /// Its index: the key under which it is stored.
    pub index: u64,
    /// The line, without its end.
    pub line: String,
}

/// That a step is in the journal, whose tree had this size and root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of a receipt: 1.
    pub schema_version: u32,
    /// The name of the journal.
    pub origin: String,
    /// The id of the step.
    pub record_id: RecordId,
    /// When.
    pub event_time: Moment,
    /// The kind of the step.
    pub step: StepKind,
    /// The index of the leaf.
    pub index: u64,
    /// SHA-256 of the line.
    pub leaf: Hash,
    /// The inclusion proof of RFC 6962, its hashes one after the other, in base64.
    pub proof: String,
    /// The number of lines at the step.
    pub size: u64,
    /// The root of the tree at that size.
    pub root: Hash,
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    /// Fails if it is too long or no JSON of the form.
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

    /// Returns size and root as a checkpoint, which a note can sign ([`record::sign`]).
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { origin: self.origin.clone(), size: self.size, root: self.root }
    }

    /// Checks that the proof leads from the line to the root.
    ///
    /// # Errors
    /// Fails if it does not.
    pub fn verify(&self) -> Result<(), ReceiptError> {
        let proof = Base64::decode_vec(&self.proof).map_err(|_| ReceiptError::Form)?;
        if self.size <= self.index {
            return Err(ReceiptError::Index);
        }
        if includes(self.root, self.size, self.index, self.leaf, &proof) {
            Ok(())
        } else {
            Err(ReceiptError::Proof)
        }
    }

    /// Checks that it is of this line.
    ///
    /// # Errors
    /// Fails if the line has another hash, or says something else.
    pub fn verify_line(&self, line: &str) -> Result<(), ReceiptError> {
        let step = Step::from_line(line).ok_or(ReceiptError::Record)?;
        let same = Hash::of(line.as_bytes()) == self.leaf
            && step.record_id == self.record_id
            && step.sequence == self.index
            && step.event_time == self.event_time
            && step.step == self.step;
        if same { Ok(()) } else { Err(ReceiptError::Record) }
    }
}

/// Adds a step to a journal, and returns its line and its receipt.
pub(crate) fn append(
    journal: &mut Journal,
    origin: &str,
    record_id: [u8; 16],
    at: Timestamp,
    clerk: &str,
    (step, details): (StepKind, Details),
) -> Result<(JournalLine, Receipt), RecordError> {
    let record_id = RecordId(record_id);
    let event_time = Moment(at);
    let line = journal.append_line(record_id, |sequence, prev| {
        let clerk = clerk.to_owned();
        let line = Step {
            schema_version: SCHEMA_VERSION,
            record_id,
            sequence,
            prev,
            event_time,
            clerk,
            step,
            details,
        };
        // An empty text is refused by the journal.
        serde_json::to_string(&line).unwrap_or_default()
    })?;
    let last = journal.len().saturating_sub(1);
    let (leaf, proof) = journal.line_hash(last).zip(journal.proof(last)).ok_or(RecordError::Journal)?;
    let Checkpoint { origin, size, root } = journal.checkpoint(origin);
    let index = last as u64;
    let receipt = Receipt {
        schema_version: SCHEMA_VERSION,
        origin,
        record_id,
        event_time,
        step,
        index,
        leaf,
        proof,
        size,
        root,
    };
    Ok((JournalLine { index, line }, receipt))
}

/// Returns what does not fit in a journal: lines that were changed, are missing, not in their place or there twice, and of each
/// receipt whether its step and the whole journal up to it are as they were.
///
/// # Errors
/// Fails for more lines than a journal can have, and for a receipt whose proof does not lead to its own root.
pub fn verify<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    receipts: &[Receipt],
) -> Result<Vec<JournalFinding>, VerifyError> {
    let mut journal = Journal::new();
    lines.into_iter().try_for_each(|line| journal.push(line.as_bytes())).map_err(VerifyError::Journal)?;
    let mut findings = journal.findings();
    for receipt in receipts {
        receipt.verify().map_err(VerifyError::Receipt)?;
        let found = [
            journal.against_leaf(receipt.record_id, receipt.index, receipt.leaf),
            journal.against_checkpoint(&receipt.checkpoint()),
        ];
        for finding in found.into_iter().flatten() {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    Ok(findings)
}

/// Why a journal could not be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifyError {
    /// It has too many lines.
    Journal(RecordError),
    /// A receipt is none.
    Receipt(ReceiptError),
}

impl VerifyError {
    /// Returns the stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            VerifyError::Journal(error) => error.code(),
            VerifyError::Receipt(error) => error.code(),
        }
    }
}

impl std::fmt::Display for VerifyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for VerifyError {}

/// Cuts every long number in a text to its last four characters. Spaces and hyphens do not end a number.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut masked = String::new();
    let mut run = String::new();
    let flush = |run: &mut String, masked: &mut String| {
        let digits = run.chars().filter(|c| c.is_alphanumeric()).count();
        if digits >= LONG_NUMBER {
            let mut left = digits;
            masked.push('…');
            masked.extend(run.drain(..).filter(|c| {
                left = left.saturating_sub(usize::from(c.is_alphanumeric()));
                c.is_alphanumeric() && left < 4
            }));
        } else {
            masked.push_str(run);
            run.clear();
        }
    };
    for c in text.chars() {
        if c.is_numeric() || (matches!(c, 'X' | 'x' | 'Ｘ' | ' ' | '-' | '\u{3000}') && !run.is_empty()) {
            run.push(c);
        } else {
            flush(&mut run, &mut masked);
            masked.push(c);
        }
    }
    flush(&mut run, &mut masked);
    masked
}
