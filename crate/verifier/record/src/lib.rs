//! The Wasm module of `@liangzheng/verifier/record`: records of decisions, in a journal that proves itself.
//!
//! The rules are those of crate `record`; here are only the bindings. The script keeps lines and payloads where its partner
//! wants them, signs checkpoints by WebCrypto, and brings random bytes.

use cbor::Timestamp;
use licence::Fact;
use mdoc::SessionTranscript;
use record::{
    Checkpoint, Draft, Filter, Form, Hash, JournalFinding, Keep, Lists, NoteAlgorithm, NoteKey, Override,
    PayloadState, Presentation, Receipt, Record, RecordId, Settings, SignedNote, may_override, to_csv,
};
use serde::Deserialize;
use serde_json::json;
use verdict::{Case, Decision, DecisionOutcome, Issuer, Policy};
use wasm_bindgen::prelude::*;

/// What the verifying module says of a check.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Checked {
    decision: Decision,
    issuer: Option<Issuer>,
    case: Case,
    form: Form,
    settings: Settings,
}

/// What the caller adds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Added {
    clock_doubt_seconds: Option<u32>,
    operator: Option<String>,
    place: Option<String>,
    program: String,
    lists: Lists,
    overridden: Option<Override>,
    keep_until: Option<Timestamp>,
    #[serde(default)]
    keep_also: Vec<Fact>,
}

/// A record that was added.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Appended(record::Appended);

#[wasm_bindgen]
impl Appended {
    /// Returns the id in hexadecimal.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn id(&self) -> String {
        self.0.record.record_id.to_hex()
    }

    /// Returns the line without its end.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn line(&self) -> String {
        self.0.line.clone()
    }

    /// Returns what is kept beside it, if anything is.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn payload(&self) -> Option<Vec<u8>> {
        self.0.payload.clone()
    }
}

/// A journal: the hashes of its lines.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Journal(record::Journal);

#[wasm_bindgen]
impl Journal {
    /// Reads a journal, one record a line. What does not fit is told by [`Journal::findings`].
    ///
    /// # Errors
    /// `record-size` for a journal that is too long.
    #[wasm_bindgen(constructor)]
    pub fn new(lines: &[u8]) -> Result<Journal, String> {
        record::Journal::read(lines).map(Self).map_err(|error| error.code().to_owned())
    }

    /// Returns the number of lines.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// Adds a record. `checked` is what the verifying module wrote, `added` what the caller adds, `random` 48 random bytes.
    ///
    /// # Errors
    /// The code of the reason, such as `override-not-allowed`.
    pub fn append(
        &mut self,
        checked: &str,
        added: &str,
        policy: &[u8],
        presentation: &[u8],
        transcript: Option<Vec<u8>>,
        random: &[u8],
    ) -> Result<Appended, String> {
        let checked: Checked = read(checked)?;
        let added: Added = read(added)?;
        let policy = Policy::from_json(policy).map_err(|error| error.code().to_owned())?;
        let transcript = transcript.map(|bytes| SessionTranscript::from_bytes(&bytes)).transpose();
        let transcript = transcript.map_err(|error| error.code().to_owned())?;
        let (id, salt) = random.split_at_checked(16).ok_or_else(|| "random".to_owned())?;
        let random = || "random".to_owned();
        let appended = self.0.append(&Draft {
            record_id: id.try_into().map_err(|_| random())?,
            salt: salt.try_into().map_err(|_| random())?,
            clock_doubt_seconds: added.clock_doubt_seconds,
            operator: added.operator.as_deref(),
            place: added.place.as_deref(),
            program: &added.program,
            policy: &policy,
            case: &checked.case,
            decision: &checked.decision,
            issuer: checked.issuer.as_ref(),
            presentation: Presentation {
                form: checked.form,
                bytes: presentation,
                transcript: transcript.as_ref().map(SessionTranscript::bytes),
            },
            settings: checked.settings,
            lists: added.lists,
            overridden: added.overridden,
            keep: added.keep_until.map(|until| Keep { until, also: &added.keep_also }),
        });
        appended.map(Appended).map_err(|error| error.code().to_owned())
    }

    /// Returns the text of the checkpoint, which a key signs.
    #[must_use]
    pub fn checkpoint(&self, origin: &str) -> String {
        self.0.checkpoint(origin).text()
    }

    /// Returns the receipt for the driver of a record's line, as JSON.
    ///
    /// # Errors
    /// The code of the reason, or `record-missing` if the journal has another line in its place.
    pub fn receipt(&self, line: &str, note: &str) -> Result<String, String> {
        Record::from_line(line.as_bytes()).map_err(|error| error.code().to_owned())?;
        let receipt = self.0.receipt(line.as_bytes(), note).ok_or_else(|| "record-missing".to_owned())?;
        Ok(receipt.to_json())
    }

    /// Returns what does not fit, as a JSON array; empty for a whole journal.
    #[must_use]
    pub fn findings(&self) -> String {
        json_of(&self.0.findings())
    }

    /// Returns what does not fit to a checkpoint whose signature was checked, as [`Journal::findings`].
    ///
    /// # Errors
    /// The code of the reason why the text is no checkpoint.
    pub fn against_checkpoint(&self, text: &str) -> Result<String, String> {
        let checkpoint = Checkpoint::from_text(text).map_err(|error| error.code().to_owned())?;
        Ok(json_of(&self.0.against_checkpoint(&checkpoint).into_iter().collect::<Vec<_>>()))
    }

    /// Returns what does not fit to a receipt, as [`Journal::findings`].
    ///
    /// # Errors
    /// The code of the reason why the text is no receipt.
    pub fn against_receipt(&self, receipt: &str) -> Result<String, String> {
        let receipt = Receipt::from_json(receipt.as_bytes()).map_err(|error| error.code().to_owned())?;
        Ok(json_of(&self.0.against_receipt(&receipt).into_iter().collect::<Vec<_>>()))
    }

    /// Returns the state of what is kept beside a line: `not-kept`, `whole`, `erased` or `changed`.
    #[must_use]
    pub fn payload_state(&self, index: usize, payload: Option<Vec<u8>>) -> String {
        match self.0.payload_state(index, payload.as_deref()) {
            PayloadState::NotKept => "not-kept",
            PayloadState::Whole => "whole",
            PayloadState::Erased => "erased",
            PayloadState::Changed => "changed",
        }
        .to_owned()
    }

    /// Returns the ids whose payloads are to be erased at `now`, in seconds since 1970.
    #[must_use]
    pub fn due(&self, now: f64) -> Vec<String> {
        self.0.due(Timestamp::from_unix(now as i64)).into_iter().map(RecordId::to_hex).collect()
    }
}

/// Whether a person may decide something better than what a check says: not where a proof failed.
///
/// # Errors
/// `argument-context`.
#[wasm_bindgen(js_name = mayOverride)]
pub fn may_override_of(checked: &str) -> Result<bool, String> {
    Ok(may_override(&read::<Checked>(checked)?.decision))
}

/// Returns the records of these lines as CSV; what a spreadsheet would take for a formula is escaped. `filter` is JSON.
///
/// # Errors
/// The code of a line that is no record, or `argument-context`.
#[wasm_bindgen]
pub fn csv(lines: &[u8], filter: &str) -> Result<String, String> {
    Ok(to_csv(&wanted(lines, filter)?))
}

/// Returns the records of these lines that are wanted, as a JSON array.
///
/// # Errors
/// As [`csv`].
#[wasm_bindgen]
pub fn search(lines: &[u8], filter: &str) -> Result<String, String> {
    serde_json::to_string(&wanted(lines, filter)?).map_err(|_| "record-form".to_owned())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    text: Option<String>,
    from: Option<Timestamp>,
    before: Option<Timestamp>,
    decision: Option<DecisionOutcome>,
}

fn wanted(lines: &[u8], filter: &str) -> Result<Vec<Record>, String> {
    let wanted: Wanted = read(filter)?;
    let filter = Filter {
        text: wanted.text.as_deref(),
        from: wanted.from,
        before: wanted.before,
        decision: wanted.decision,
    };
    let records: Result<Vec<Record>, _> = record::lines(lines).map(Record::from_line).collect();
    let mut records = records.map_err(|error| error.code().to_owned())?;
    records.retain(|record| filter.wants(record));
    Ok(records)
}

/// A public key of checkpoints.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Key(NoteKey);

#[wasm_bindgen]
impl Key {
    /// Creates a key of its raw form: 32 bytes of Ed25519, or 65 bytes of a point on P-256.
    ///
    /// # Errors
    /// `note-key`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, raw: &[u8]) -> Result<Key, String> {
        let key = if raw.len() == 32 { NoteKey::ed25519(name, raw) } else { NoteKey::p256(name, raw) };
        key.map(Self).map_err(|error| error.code().to_owned())
    }

    /// Reads the text form of a key.
    ///
    /// # Errors
    /// `note-key`.
    pub fn parse(text: &str) -> Result<Key, String> {
        NoteKey::from_vkey(text).map(Self).map_err(|error| error.code().to_owned())
    }

    /// Returns the text form, which a partner publishes.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.0.vkey()
    }

    /// Returns the name.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// Returns the algorithm: `Ed25519` or `ECDSA`.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn algorithm(&self) -> String {
        match self.0.algorithm() {
            NoteAlgorithm::Ed25519 => "Ed25519",
            NoteAlgorithm::EcdsaP256 => "ECDSA",
        }
        .to_owned()
    }

    /// Returns the key as WebCrypto imports it in the format `raw`.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn raw(&self) -> Vec<u8> {
        self.0.public_key().to_vec()
    }

    /// Puts a note together: the text of a checkpoint and 64 bytes of signature over it.
    ///
    /// # Errors
    /// The code of the reason.
    pub fn sign(&self, text: &str, signature: &[u8]) -> Result<String, String> {
        record::sign(text, &self.0, signature).map_err(|error| error.code().to_owned())
    }

    /// Returns the 64 bytes of this key's signature in a note, for WebCrypto.
    ///
    /// # Errors
    /// The code of the reason, such as `note-unsigned`.
    pub fn signature(&self, note: &str) -> Result<Vec<u8>, String> {
        SignedNote::parse(note)
            .and_then(|note| note.signature(&self.0))
            .map_err(|error| error.code().to_owned())
    }

    /// Returns the signed text of a note: the text of a checkpoint.
    ///
    /// # Errors
    /// The code of the reason.
    pub fn signed_text(&self, note: &str) -> Result<String, String> {
        SignedNote::parse(note).map(|note| note.text().to_owned()).map_err(|error| error.code().to_owned())
    }
}

/// Checks that a receipt's record is in the tree of a checkpoint whose signature was checked.
///
/// # Errors
/// The code of the reason.
#[wasm_bindgen]
pub fn verify_receipt(receipt: &str, checkpoint: &str) -> Result<(), String> {
    let receipt = Receipt::from_json(receipt.as_bytes()).map_err(|error| error.code().to_owned())?;
    let checkpoint = Checkpoint::from_text(checkpoint).map_err(|error| error.code().to_owned())?;
    receipt.verify(&checkpoint).map_err(|error| error.code().to_owned())
}

/// Returns SHA-256 in hexadecimal, as records name files.
#[wasm_bindgen]
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Hash::of(bytes).to_hex()
}

fn json_of(findings: &[JournalFinding]) -> String {
    let findings = findings.iter().map(|finding| {
        json!({
            "code": finding.code.code(),
            "line": finding.line,
            "recordId": finding.record_id.map(RecordId::to_hex),
            "count": finding.count,
        })
    });
    findings.collect::<serde_json::Value>().to_string()
}

fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|_| "argument-context".to_owned())
}
