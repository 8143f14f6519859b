//! The result of a file, shared by both ways of verifying it.

use std::collections::BTreeSet;

use ::verdict::{CheckState, Colour, Layer};
use mdoc::reader::{ReaderAnchor, ReaderAnchors};

use crate::hostile::other::reader_authority;
use crate::hostile::{Expectation, Verdict};

/// The result of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The verdict.
    pub verdict: Verdict,
    /// The codes of what failed or is undetermined.
    pub doubts: BTreeSet<String>,
    /// All codes, those of passes and of notes too.
    pub codes: BTreeSet<String>,
    /// The key of the headline, of a verdict in a session.
    pub headline: Option<String>,
}

impl Found {
    pub(super) fn accepted() -> Self {
        Self { verdict: Verdict::Accepted, doubts: BTreeSet::new(), codes: BTreeSet::new(), headline: None }
    }

    pub(super) fn doubt(verdict: Verdict, codes: &[&str]) -> Self {
        let codes: BTreeSet<_> = codes.iter().map(|code| (*code).to_owned()).collect();
        Self { verdict, doubts: codes.clone(), codes, headline: None }
    }

    pub(super) fn refused(code: &str) -> Self {
        Self::doubt(Verdict::Refused, &[code])
    }

    /// Creates the result from the rows of a verdict; `proven` if the issuer is known.
    pub(super) fn of(colour: Colour, proven: bool, layers: &[Layer], notes: &[::verdict::Message]) -> Self {
        let verdict = match colour {
            Colour::Green => Verdict::Accepted,
            Colour::Amber => Verdict::Undetermined,
            Colour::Red if proven => Verdict::Fail,
            Colour::Red => Verdict::Refused,
        };
        let checks = layers.iter().flat_map(|layer| &layer.checks);
        let notes = notes.iter().filter_map(|note| note.code.strip_prefix("code.").map(str::to_owned));
        let doubtful =
            checks.clone().filter(|c| matches!(c.state, CheckState::Fail | CheckState::Undetermined));
        Self {
            verdict,
            doubts: doubtful.map(|check| check.code.to_string()).collect(),
            codes: checks.map(|check| check.code.to_string()).chain(notes).collect(),
            headline: None,
        }
    }

    /// Adds the headline.
    pub(super) fn headed(self, headline: &::verdict::Message) -> Self {
        Self { headline: Some(headline.code.clone().into_owned()), ..self }
    }

    /// Compares it with the expectation: the verdict, its code, the further codes, the headline if one is expected, and no
    /// other doubt.
    ///
    /// # Errors
    /// Returns the difference in words.
    pub fn is(&self, expect: &Expectation) -> Result<(), String> {
        let due: BTreeSet<&String> = expect.code.iter().chain(&expect.codes).collect();
        let right = self.verdict == expect.verdict
            && (expect.headline.is_none() || self.headline == expect.headline)
            && due.iter().all(|code| self.codes.contains(*code))
            && expect.code.iter().all(|code| self.doubts.contains(code))
            && self.doubts.iter().all(|code| due.contains(code));
        if right { Ok(()) } else { Err(format!("{self:?}, not {:?} {due:?}", expect.verdict)) }
    }
}

/// Returns the reader authority that the files' wallet trusts.
pub(in crate::hostile) fn reader_anchors() -> ReaderAnchors {
    let mut anchors = ReaderAnchors::new();
    anchors.add(ReaderAnchor::authority(reader_authority(), "Test readers").expect("an authority"));
    anchors
}
