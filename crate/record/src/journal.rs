//! The journal: lines, each with the hash of the one before, and the tree over them.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding as _};

use crate::draft::Draft;
use crate::error::RecordError;
use crate::hash::{Hash, Moment, RecordId};
use crate::note::Checkpoint;
use crate::receipt::Receipt;
use crate::record::{Head, Record};
use crate::tree::{RECORDS_MAX, Tree};

/// What is remembered of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) head: Head,
    pub(crate) hash: Hash,
}

/// A journal that was read, line by line. It holds hashes and no records.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// `None` for a line that is no record.
    pub(crate) entries: Vec<Option<Entry>>,
    pub(crate) tree: Tree,
    /// The first index of each id.
    pub(crate) ids: BTreeMap<RecordId, usize>,
    /// Whether some line does not fit to the one before it.
    broken: bool,
}

/// A record that was added, to be written by the caller: first the payload, then the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The record.
    pub record: Record,
    /// Its line, without its end.
    pub line: String,
    /// The payload, if anything is kept.
    pub payload: Option<Vec<u8>>,
}

/// What is beside a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadState {
    /// Nothing was kept.
    NotKept,
    /// It is there as it was kept.
    Whole,
    /// It was kept, and is erased.
    Erased,
    /// It is not what was kept.
    Changed,
}

impl Journal {
    /// Creates an empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file: lines that end with a line feed, the last one with or without. Nothing is refused but a journal that is
    /// too long; [`Journal::findings`] says what does not fit.
    ///
    /// # Errors
    /// Fails for more than [`RECORDS_MAX`] lines.
    pub fn read(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut journal = Self::new();
        lines(bytes).try_for_each(|line| journal.push(line))?;
        Ok(journal)
    }

    /// Adds a line that was read, without its end.
    ///
    /// # Errors
    /// Fails if the journal is full.
    pub fn push(&mut self, line: &[u8]) -> Result<(), RecordError> {
        let hash = Hash::of(line);
        let entry = Head::read(line).map(|head| Entry { head, hash });
        let fits = entry.is_some_and(|entry| {
            entry.head.sequence == self.entries.len() as u64
                && entry.head.prev == self.last_hash()
                && !self.ids.contains_key(&entry.head.record_id)
        });
        self.tree.push(hash).ok_or(RecordError::Size)?;
        self.broken |= !fits;
        if let Some(entry) = entry {
            self.ids.entry(entry.head.record_id).or_insert(self.entries.len());
        }
        self.entries.push(entry);
        Ok(())
    }

    fn last_hash(&self) -> Option<Hash> {
        self.tree.line(self.len().checked_sub(1)?)
    }

    /// Returns the number of lines.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no line.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether each line is a record with the hash of the one before. It says nothing of the end: a checkpoint does.
    pub fn is_whole(&self) -> bool {
        !self.broken
    }

    /// Makes a record of a draft and adds it. The caller writes payload, line and checkpoint, in this order.
    ///
    /// # Errors
    /// Fails if the journal is full or not whole, if the id is there already, and as a record or payload is refused.
    pub fn append(&mut self, draft: &Draft<'_>) -> Result<Appended, RecordError> {
        self.admits(RecordId(draft.record_id))?;
        let (record, payload) = draft.record(self.len() as u64, self.last_hash())?;
        let line = record.to_line()?;
        self.push(line.as_bytes())?;
        Ok(Appended { record, line, payload })
    }

    /// Adds a line of another kind of journal, which `make` writes for its place: the sequence and the hash of the line before.
    /// The line must have the fields that each record has: `schema_version`, `record_id`, `sequence` and `prev`. The caller
    /// writes it.
    ///
    /// # Errors
    /// Fails if the journal is full or not whole, if the id is there already, and if the line does not fit its place.
    pub fn append_line(
        &mut self,
        record_id: RecordId,
        make: impl FnOnce(u64, Option<Hash>) -> String,
    ) -> Result<String, RecordError> {
        self.admits(record_id)?;
        let (sequence, prev) = (self.len() as u64, self.last_hash());
        let line = make(sequence, prev);
        let head = Head::read(line.as_bytes()).ok_or(RecordError::Form)?;
        if line.contains('\n') || (head.record_id, head.sequence, head.prev) != (record_id, sequence, prev) {
            return Err(RecordError::Form);
        }
        self.push(line.as_bytes())?;
        Ok(line)
    }

    /// Checks that a record of this id can be added.
    fn admits(&self, record_id: RecordId) -> Result<(), RecordError> {
        if self.broken || self.len() >= RECORDS_MAX {
            return Err(RecordError::Journal);
        }
        if self.ids.contains_key(&record_id) { Err(RecordError::Repeated) } else { Ok(()) }
    }

    /// Returns the ids of the records, each with the index of the first line that has it.
    pub fn ids(&self) -> impl Iterator<Item = (RecordId, usize)> {
        self.ids.iter().map(|(id, index)| (*id, *index))
    }

    /// Returns the index of a record.
    pub fn find(&self, record_id: RecordId) -> Option<usize> {
        self.ids.get(&record_id).copied()
    }

    /// Returns the SHA-256 of a line, which is its leaf.
    pub fn line_hash(&self, index: usize) -> Option<Hash> {
        self.tree.line(index)
    }

    /// Returns the root of the tree over all lines.
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// Returns the checkpoint of all lines, to be signed; `origin` names the journal.
    pub fn checkpoint(&self, origin: &str) -> Checkpoint {
        Checkpoint { origin: origin.to_owned(), size: self.len() as u64, root: self.root() }
    }

    /// Returns the inclusion proof of a line (RFC 6962, 2.1.1), its hashes one after the other, in base64.
    pub fn proof(&self, index: usize) -> Option<String> {
        self.tree.prove(index).map(|proof| Base64::encode_string(&proof))
    }

    /// Returns the receipt of a record's line: its leaf, the proof that it is in the tree, and the signed checkpoint of the
    /// whole journal. `None` if the line is no record, or not at its place in the journal.
    pub fn receipt(&self, line: &[u8], checkpoint: &str) -> Option<Receipt> {
        let record = Record::from_line(line).ok()?;
        let index = usize::try_from(record.sequence).ok()?;
        let leaf = self.tree.line(index).filter(|leaf| *leaf == Hash::of(line))?;
        Some(Receipt::new(&record, leaf, self.proof(index)?, checkpoint))
    }

    /// Says what is beside a record, given the bytes if there are any.
    pub fn payload_state(&self, index: usize, bytes: Option<&[u8]>) -> PayloadState {
        let kept = self.entries.get(index).copied().flatten().and_then(|entry| entry.head.payload_sha256);
        match (kept, bytes) {
            (None, None) => PayloadState::NotKept,
            (Some(_), None) => PayloadState::Erased,
            (Some(hash), Some(bytes)) if Hash::of(bytes) == hash => PayloadState::Whole,
            (_, Some(_)) => PayloadState::Changed,
        }
    }

    /// Returns the ids of the records whose payload is to be erased at this time.
    pub fn due(&self, now: cbor::Timestamp) -> Vec<RecordId> {
        let due = |entry: &&Entry| {
            entry.head.payload_sha256.is_some()
                && entry.head.keep_until.is_none_or(|Moment(until)| until <= now)
        };
        self.entries.iter().flatten().filter(due).map(|entry| entry.head.record_id).collect()
    }
}

/// Returns the lines of a file without their ends.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|byte| *byte == b'\n');
    // Nothing is no line, and a tool may have written another end.
    lines.filter(move |_| !bytes.is_empty()).map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}
