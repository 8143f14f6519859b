//! What does not fit in a journal, by line.

use std::collections::BTreeSet;

use crate::error::JournalCode;
use crate::hash::{Hash, RecordId};
use crate::journal::{Entry, Journal};
use crate::note::Checkpoint;
use crate::receipt::Receipt;

/// Most findings that are listed.
pub const FINDINGS_MAX: usize = 1000;

/// What was found at a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalFinding {
    /// The code.
    pub code: JournalCode,
    /// The line from 1; `None` where it is about the whole journal.
    pub line: Option<usize>,
    /// The record, where it is known.
    pub record_id: Option<RecordId>,
    /// How many records are missing or cut off; else 1.
    pub count: u64,
}

impl JournalFinding {
    fn of_line(code: JournalCode, index: usize, entry: Option<&Entry>) -> Self {
        let record_id = entry.map(|entry| entry.head.record_id);
        Self { code, line: Some(index + 1), record_id, count: 1 }
    }

    const fn of_all(code: JournalCode, count: u64) -> Self {
        Self { code, line: None, record_id: None, count }
    }
}

impl Journal {
    /// Returns what does not fit, in the order of the lines, at most [`FINDINGS_MAX`]: what is unreadable, changed, missing, not in
    /// its place or there twice.
    ///
    /// A record that was changed is told by the next one, which has the hash of what was written. Where both its link and the
    /// next one's are wrong, the record itself is named. That the last one was changed or is gone is told by a checkpoint or a
    /// receipt alone.
    pub fn findings(&self) -> Vec<JournalFinding> {
        if self.is_whole() {
            return Vec::new();
        }
        let hashes: BTreeSet<Hash> = self.entries.iter().flatten().map(|entry| entry.hash).collect();
        let sequences: BTreeSet<u64> =
            self.entries.iter().flatten().map(|entry| entry.head.sequence).collect();
        let mut findings = Vec::new();
        // By how much sequences are ahead of lines, for records that are missing.
        let mut ahead = 0i128;
        for (index, entry) in self.entries.iter().enumerate() {
            if findings.len() >= FINDINGS_MAX {
                break;
            }
            let Some(entry) = entry else {
                findings.push(JournalFinding::of_line(JournalCode::Unreadable, index, None));
                continue;
            };
            let at = |code| JournalFinding::of_line(code, index, Some(entry));
            let own = self.ids.get(&entry.head.record_id).is_some_and(|first| *first == index);
            let shift = i128::from(entry.head.sequence) - (index as i128 + ahead);
            if !own {
                findings.push(at(JournalCode::Repeated));
                ahead -= 1;
                continue;
            }
            match (self.is_linked(index, entry), shift) {
                (true, 0) => {}
                // A number that the next one goes on from: what was put in or left out before has its finding.
                (true, _) if self.goes_on(index, entry) == Some(true) => ahead += shift,
                // Its own number was changed: the next one has the right number, and the hash of what was written.
                (true, _) => findings.push(at(JournalCode::Changed)),
                (false, 0) => {
                    let changed = self.changed(index, entry, &hashes);
                    findings.extend(changed.filter(|found| findings.last() != Some(found)));
                }
                (false, 1..) => {
                    let expected = u64::try_from(index as i128 + ahead).unwrap_or_default();
                    if sequences.contains(&expected) {
                        findings.push(at(JournalCode::Reordered));
                    } else {
                        let count = u64::try_from(shift).unwrap_or(u64::MAX);
                        findings.push(JournalFinding { count, ..at(JournalCode::Missing) });
                        ahead += shift;
                    }
                }
                (false, _) => findings.push(at(JournalCode::Reordered)),
            }
        }
        findings.truncate(FINDINGS_MAX);
        findings
    }

    /// Whether a record has the hash of the line before.
    fn is_linked(&self, index: usize, entry: &Entry) -> bool {
        entry.head.prev == index.checked_sub(1).and_then(|before| self.line_hash(before))
    }

    /// Whether the next record has the next number, and then whether it has the hash of this one.
    fn goes_on(&self, index: usize, entry: &Entry) -> Option<bool> {
        let next = self.entries.get(index + 1)?.as_ref()?;
        let follows = next.head.sequence.checked_sub(1) == Some(entry.head.sequence);
        follows.then(|| self.is_linked(index + 1, next))
    }

    /// Returns which of two records was changed whose numbers follow each other and whose link is wrong.
    fn changed(&self, index: usize, entry: &Entry, hashes: &BTreeSet<Hash>) -> Option<JournalFinding> {
        // The line before is in another place, which has its own finding.
        if entry.head.prev.is_some_and(|prev| hashes.contains(&prev)) {
            return None;
        }
        let before = index.checked_sub(1);
        let (Some(before), false) = (before, self.goes_on(index, entry) == Some(false)) else {
            return Some(JournalFinding::of_line(JournalCode::Changed, index, Some(entry)));
        };
        // An unreadable line has its own finding, and so has one whose link is wrong as well.
        let known = self.entries.get(before)?.as_ref()?;
        let told = self.is_linked(before, known) || self.goes_on(before, known).is_none();
        told.then(|| JournalFinding::of_line(JournalCode::Changed, before, Some(known)))
    }

    /// Holds the journal against a checkpoint of an earlier or the same time, which was verified.
    pub fn against_checkpoint(&self, checkpoint: &Checkpoint) -> Option<JournalFinding> {
        let size = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
        match self.tree.root_of_first(size) {
            None => {
                let missing = checkpoint.size.saturating_sub(self.len() as u64);
                Some(JournalFinding::of_all(JournalCode::CutOff, missing))
            }
            Some(root) if root == checkpoint.root => None,
            Some(_) => Some(JournalFinding::of_all(JournalCode::Rewritten, 1)),
        }
    }

    /// Holds the journal against a receipt whose proof was verified.
    pub fn against_receipt(&self, receipt: &Receipt) -> Option<JournalFinding> {
        self.against_leaf(receipt.record_id, receipt.index, receipt.leaf)
    }

    /// Holds the journal against a leaf that was proven: the id of its record, its index and the SHA-256 of its line.
    pub fn against_leaf(&self, record_id: RecordId, index: u64, leaf: Hash) -> Option<JournalFinding> {
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        let (code, line) = match self.line_hash(place) {
            Some(hash) if hash == leaf => return None,
            Some(_) => match self.find(record_id) {
                Some(other) if self.line_hash(other) == Some(leaf) => (JournalCode::Reordered, other),
                Some(other) => (JournalCode::Changed, other),
                None => (JournalCode::Missing, place),
            },
            None if self.find(record_id).is_some() => (JournalCode::Reordered, place),
            None => {
                let missing = index.saturating_add(1).saturating_sub(self.len() as u64);
                let record_id = Some(record_id);
                return Some(JournalFinding {
                    record_id,
                    ..JournalFinding::of_all(JournalCode::CutOff, missing)
                });
            }
        };
        let line = Some(line.saturating_add(1));
        Some(JournalFinding { code, line, record_id: Some(record_id), count: 1 })
    }
}
