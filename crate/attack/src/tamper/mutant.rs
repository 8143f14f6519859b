//! Small changes of bytes, without duplicate results.

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// One bit is flipped; 0 is the least significant.
    Flip(u8),
    /// One byte is deleted.
    Delete,
    /// A byte is inserted before this position: 0x00, the smallest value in CBOR and DER, or 0xff, a break or the
    /// largest.
    Insert(u8),
    /// The byte at this position is duplicated.
    Duplicate,
    /// The bytes are cut before this position.
    Truncate,
}

impl Change {
    /// Every kind of change.
    pub const ALL: [Self; 13] = [
        Self::Flip(0),
        Self::Flip(1),
        Self::Flip(2),
        Self::Flip(3),
        Self::Flip(4),
        Self::Flip(5),
        Self::Flip(6),
        Self::Flip(7),
        Self::Delete,
        Self::Insert(0x00),
        Self::Insert(0xff),
        Self::Duplicate,
        Self::Truncate,
    ];

    /// Returns the name in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flip(_) => "bit flipped",
            Self::Delete => "byte deleted",
            Self::Insert(_) => "byte inserted",
            Self::Duplicate => "byte duplicated",
            Self::Truncate => "truncated",
        }
    }
}

/// One change at one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The kind of change.
    pub change: Change,
    /// The offset into the original bytes; one past the end only for an insertion.
    pub at: usize,
}

/// Returns every mutant of these bytes. Of changes with equal results, such as deleting either of two equal neighbours,
/// only the first is returned.
pub fn mutants(bytes: &[u8]) -> impl Iterator<Item = Mutant> {
    (0..=bytes.len())
        .flat_map(|at| Change::ALL.map(|change| Mutant { change, at }))
        .filter(|mutant| mutant.is_first_of_its_kind(bytes))
}

impl Mutant {
    fn is_first_of_its_kind(self, bytes: &[u8]) -> bool {
        let here = bytes.get(self.at).copied();
        let before = self.at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
        match self.change {
            Change::Flip(_) | Change::Truncate => here.is_some(),
            Change::Delete => {
                // Deleting one of several equal bytes at the end is a truncation.
                let tail = bytes.get(self.at..).unwrap_or_default();
                here != before && tail.iter().any(|byte| Some(*byte) != here)
            }
            // Inserting before or after an equal byte gives the same result.
            Change::Insert(byte) => before != Some(byte),
            Change::Duplicate => here.is_some_and(|byte| before != here && byte != 0x00 && byte != 0xff),
        }
    }

    /// Writes the changed bytes to `out`.
    pub fn apply(self, bytes: &[u8], out: &mut Vec<u8>) {
        out.clear();
        let (head, tail) = bytes.split_at(self.at.min(bytes.len()));
        out.extend_from_slice(head);
        match (self.change, tail) {
            (Change::Flip(bit), [byte, rest @ ..]) => {
                out.push(byte ^ (1 << (bit & 7)));
                out.extend_from_slice(rest);
            }
            (Change::Delete, [_, rest @ ..]) => out.extend_from_slice(rest),
            (Change::Insert(byte), tail) => {
                out.push(byte);
                out.extend_from_slice(tail);
            }
            (Change::Duplicate, [byte, ..]) => {
                out.push(*byte);
                out.extend_from_slice(tail);
            }
            (Change::Truncate, _) | (_, []) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn results(bytes: &[u8]) -> Vec<Vec<u8>> {
        let apply = |mutant: Mutant| {
            let mut out = Vec::new();
            mutant.apply(bytes, &mut out);
            out
        };
        mutants(bytes).map(apply).collect()
    }

    #[test]
    fn every_result_is_another_one_and_none_is_the_original() {
        for bytes in [&[][..], &[7], &[0, 0], &[1, 1, 2], &[0xff, 0, 0xff, 0xff, 9, 9, 9], &[5, 5, 0, 0]] {
            let results = results(bytes);
            let distinct: BTreeSet<_> = results.iter().collect();
            assert_eq!(distinct.len(), results.len(), "{bytes:?}");
            assert!(!distinct.contains(&bytes.to_vec()), "{bytes:?}");
        }
    }

    #[test]
    fn nothing_small_is_missing() {
        let bytes = [3, 3, 0, 200, 255];
        let results: BTreeSet<_> = results(&bytes).into_iter().collect();
        let mut due = BTreeSet::new();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.to_vec();
                flipped[at] ^= 1 << bit;
                due.insert(flipped);
            }
            due.insert(bytes[..at].to_vec());
            due.insert([&bytes[..at], &bytes[at + 1..]].concat());
            due.insert([&bytes[..=at], &bytes[at..]].concat());
        }
        for at in 0..=bytes.len() {
            for byte in [0, 255] {
                due.insert([&bytes[..at], &[byte], &bytes[at..]].concat());
            }
        }
        assert_eq!(results, due);
    }
}
