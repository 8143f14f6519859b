//! One hostile file with its expected result.

use cbor::Timestamp;

use super::expect::{Expectation, Given, Kind, Verdict};
use super::threat::Threat;
use crate::draft::NOW;

/// One file, with the other files that its verification needs.
#[derive(Clone, Debug)]
pub struct Hostile {
    /// The rule that it breaks; the folder's name.
    pub rule: &'static str,
    /// The file that is judged; its name is that of its kind.
    pub payload: Vec<u8>,
    /// Other files that the judge needs, by name.
    pub beside: Vec<(&'static str, Vec<u8>)>,
    /// The expected result.
    pub expect: Expectation,
}

impl Hostile {
    pub(super) fn refused(
        rule: &'static str,
        threat: impl Into<Option<Threat>>,
        step: &str,
        code: &str,
        description: &str,
        payload: Vec<u8>,
    ) -> Self {
        let expect = Expectation {
            description: description.to_owned(),
            threat: threat.into(),
            verdict: Verdict::Refused,
            code: Some(code.to_owned()),
            step: Some(step.to_owned()),
            at: NOW,
            clock_floor: NOW.plus_seconds(-86_400),
            kind: Kind::Presentation,
            codes: Vec::new(),
            headline: None,
            given: Given::default(),
        };
        Self { rule, payload, beside: Vec::new(), expect }
    }

    /// Adds further codes that the verdict must contain.
    pub(super) fn also(mut self, codes: &[&str]) -> Self {
        self.expect.codes = codes.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    /// Sets the headline of the verdict, by its key.
    #[cfg(feature = "judge")]
    pub(super) fn headline(mut self, key: &str) -> Self {
        self.expect.headline = Some(key.to_owned());
        self
    }

    /// Returns every file of its folder but `expect.json`, by name: first the one that is judged.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let beside = self.beside.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        core::iter::once((self.expect.kind.file(), self.payload.as_slice())).chain(beside)
    }

    pub(super) fn outcome(mut self, verdict: Verdict) -> Self {
        self.expect.verdict = verdict;
        self
    }

    pub(super) fn at(mut self, at: Timestamp) -> Self {
        self.expect.at = at;
        self
    }

    /// Has it verified strictly: every departure from Annex B is refused.
    pub(super) fn strictly(mut self) -> Self {
        self.expect.given.strict = true;
        self
    }

    pub(super) fn accepted(
        rule: &'static str,
        threat: impl Into<Option<Threat>>,
        description: &str,
        payload: Vec<u8>,
    ) -> Self {
        let mut hostile =
            Self::refused(rule, threat, "", "", description, payload).outcome(Verdict::Accepted);
        (hostile.expect.code, hostile.expect.step) = (None, None);
        hostile
    }
}

#[cfg(feature = "judge")]
impl Hostile {
    pub(super) fn kind(mut self, kind: Kind) -> Self {
        self.expect.kind = kind;
        self
    }

    pub(super) fn given(mut self, given: Given) -> Self {
        self.expect.given = given;
        self
    }

    pub(super) fn with(mut self, name: &'static str, bytes: Vec<u8>) -> Self {
        self.beside.push((name, bytes));
        self
    }
}
