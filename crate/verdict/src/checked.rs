//! A proven licence with its two outcomes, neither of which can be left out.
//!
//! A [`CheckedLicence`] is made from a verified presentation, an outcome of the licence's validity
//! and one of its status:
//! ```
//! use liangzheng_verdict::checked::*;
//! use mdoc::VerifiedPresentation;
//! fn all(proven: VerifiedPresentation, validity: LicenceValidity, status: LicenceStatus) -> bool {
//!     CheckedLicence::new(proven, Outcomes { validity, status }).is_ok()
//! }
//! ```
//! Without the status it does not compile,
//! ```compile_fail,E0063
//! use liangzheng_verdict::checked::*;
//! use mdoc::VerifiedPresentation;
//! fn no_status(proven: VerifiedPresentation, validity: LicenceValidity) -> bool {
//!     CheckedLicence::new(proven, Outcomes { validity }).is_ok()
//! }
//! ```
//! nor without the validity,
//! ```compile_fail,E0063
//! use liangzheng_verdict::checked::*;
//! use mdoc::VerifiedPresentation;
//! fn no_validity(proven: VerifiedPresentation, status: LicenceStatus) -> bool {
//!     CheckedLicence::new(proven, Outcomes { status }).is_ok()
//! }
//! ```
//! nor from an unverified presentation,
//! ```compile_fail,E0308
//! use liangzheng_verdict::checked::*;
//! use mdoc::UnverifiedPresentation;
//! fn unverified(received: UnverifiedPresentation, outcomes: Outcomes) -> bool {
//!     CheckedLicence::new(received, outcomes).is_ok()
//! }
//! ```
//! and outcomes and type cannot be made elsewhere:
//! ```compile_fail,E0451
//! use liangzheng_verdict::{Finding, checked::LicenceStatus};
//! fn forge(finding: Finding) -> LicenceStatus { LicenceStatus { checks: vec![finding] } }
//! ```
//! ```compile_fail,E0451
//! use liangzheng_verdict::checked::*;
//! use mdoc::VerifiedPresentation;
//! fn forge(presentation: VerifiedPresentation, outcomes: Outcomes) -> CheckedLicence {
//!     Checked { proven: presentation, outcomes, facts: None }
//! }
//! ```

use cbor::Timestamp;
use mdoc::status_list::StatusLists;
use mdoc::{IssuerVerified, VerifiedPresentation};

use crate::check::{CheckState, Finding};
use crate::policy::{self, Days, Listed};
use crate::proven::Proven;
use crate::purpose::{Purpose, Terms};
use crate::reason::{Reason, ReasonCode};
use licence::elements::id;
use licence::{Fact, Facts, LicenceView, Profile, shanghai_day};

/// Most characters of a document type.
const DOC_TYPE_MAX: usize = 128;

/// The outcome of the licence's own validity on a day. *Age only* does not ask for it.
#[derive(Debug, Clone)]
pub struct LicenceValidity {
    checks: Vec<Finding>,
    /// Whether documents of other types are accepted: the purpose *none*.
    any_document: bool,
}

impl LicenceValidity {
    /// Judges what a proven document says; `None` for a document that is not read.
    fn judge(facts: Option<&Facts>, terms: &Terms, now: Timestamp) -> Self {
        let purpose = terms.purpose;
        let checks = match (purpose, facts) {
            (Purpose::AgeOnly, _) | (_, None) => Vec::new(),
            (
                Purpose::Roadside
                | Purpose::Rental
                | Purpose::Insurance
                | Purpose::Freight
                | Purpose::Passenger
                | Purpose::Counter
                | Purpose::None,
                Some(facts),
            ) => {
                let days = Days::of(facts, terms, now);
                let check = match facts.profile {
                    Profile::Cn => Some(policy::validity_check(facts, days.local)),
                    Profile::Iso | Profile::Us | Profile::Id | Profile::Age => {
                        policy::validity_abroad(facts, &days)
                    }
                };
                // Where nothing was asked, an end that was not shown is not missing; a malformed one is still a doubt.
                let not_shown = |check: &Finding| {
                    purpose == Purpose::None
                        && check.is(ReasonCode::ValidityMissing)
                        && !facts.is_malformed(id::EXPIRY_DATE)
                };
                check.into_iter().filter(|check| !not_shown(check)).collect()
            }
        };
        LicenceValidity { checks, any_document: purpose == Purpose::None }
    }

    /// Returns the checks; empty if it was not asked.
    pub fn checks(&self) -> &[Finding] {
        &self.checks
    }
}

/// The outcome of the licence's status and of its age. *Age only* does not ask for it.
#[derive(Debug, Clone)]
pub struct LicenceStatus {
    checks: Vec<Finding>,
    listed: Listed,
}

impl LicenceStatus {
    /// Judges the status by the list that the MSO names, if `lists` has it and it is recent; by the signed letters and
    /// their date if the MSO names none. `facts` is what the document says, if it is read.
    fn judge(
        document: &IssuerVerified,
        facts: Option<&Facts>,
        lists: &StatusLists,
        terms: &Terms,
        now: Timestamp,
    ) -> Self {
        let letters = facts.and_then(|facts| facts.status.as_ref());
        let (mut checks, listed) = policy::judge_status(document, letters, lists, terms, now);
        let decided = matches!(listed, Listed::Decided { .. });
        if !decided && facts.is_some_and(Facts::withholds_domestic) {
            checks.push(Finding::undetermined(Reason::StatusWithheld));
        }
        let has_letters = facts.is_some_and(|facts| facts.applicable(Fact::StatusLetters));
        let published = document.mso().status.is_some() || has_letters;
        if !published && terms.purpose != Purpose::AgeOnly {
            let copy = shanghai_day(document.mso().validity_info.valid_until);
            let end = facts.and_then(|facts| facts.expiry_date);
            let date = end.map_or(copy, |date| date.min(copy));
            checks = match (terms.status_needed, facts) {
                (true, _) => vec![Finding::undetermined(Reason::StatusNeeded { date })],
                (false, Some(_)) => vec![Finding::not_asked(Reason::StatusNotPublished { date })],
                (false, None) => checks,
            };
        }
        LicenceStatus { checks, listed }
    }

    /// Returns whether a list decided, and as of when.
    pub(crate) fn listed(&self) -> Listed {
        self.listed
    }

    /// Returns the checks; empty if it was not asked.
    pub fn checks(&self) -> &[Finding] {
        &self.checks
    }

    /// Returns the state of all checks together.
    pub fn state(&self) -> CheckState {
        CheckState::worst(self.checks.iter().map(|check| check.state))
    }
}

/// Both outcomes of a licence.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// The outcome of its validity.
    pub validity: LicenceValidity,
    /// The outcome of its status.
    pub status: LicenceStatus,
}

impl Outcomes {
    /// Judges both at `now`, by these status lists.
    pub fn judge(document: &IssuerVerified, lists: &StatusLists, terms: &Terms, now: Timestamp) -> Self {
        Outcomes::of(document, Facts::of(document).as_ref(), lists, terms, now)
    }

    /// As [`Outcomes::judge`], with what the document says; `None` for a document that is not read.
    pub(crate) fn of(
        document: &IssuerVerified,
        facts: Option<&Facts>,
        lists: &StatusLists,
        terms: &Terms,
        now: Timestamp,
    ) -> Self {
        Outcomes {
            validity: LicenceValidity::judge(facts, terms, now),
            status: LicenceStatus::judge(document, facts, lists, terms, now),
        }
    }
}

/// Why a proven document is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALicence {
    /// It is of another type.
    AnotherDocument,
    /// Its type is empty, longer than 128 characters, or not visible ASCII.
    DocTypeMalformed,
}

impl NotALicence {
    /// Returns the reason in a verdict.
    pub(crate) const fn reason(self) -> Reason {
        match self {
            NotALicence::AnotherDocument => Reason::DocumentNotLicence,
            NotALicence::DocTypeMalformed => Reason::DocumentTypeMalformed,
        }
    }

    /// Returns the stable code.
    pub fn code(self) -> &'static str {
        self.reason().kind().code()
    }
}

/// Accepts a document of a type that is read; for *none* any document with a well-formed type.
fn check_doc_type(document: &IssuerVerified, outcomes: &Outcomes) -> Result<(), NotALicence> {
    let doc_type = document.doc_type();
    let visible =
        (1..=DOC_TYPE_MAX).contains(&doc_type.len()) && doc_type.bytes().all(|b| b.is_ascii_graphic());
    match (Profile::of(doc_type, []).is_some(), outcomes.validity.any_document) {
        (true, _) => Ok(()),
        (false, false) => Err(NotALicence::AnotherDocument),
        (false, true) if visible => Ok(()),
        (false, true) => Err(NotALicence::DocTypeMalformed),
    }
}

/// A proven document, of type `P`, with its two outcomes.
#[derive(Debug, Clone)]
pub struct Checked<P> {
    proven: P,
    outcomes: Outcomes,
    /// What it says; `None` for a document that is not read.
    facts: Option<Facts>,
}

/// A licence whose proofs hold, with its outcomes.
pub type CheckedLicence = Checked<VerifiedPresentation>;

/// Issuer data with its outcomes: its presenter is unknown, so it is not a [`CheckedLicence`].
pub(crate) type CheckedIssuerData = Checked<IssuerVerified>;

impl<P> Checked<P> {
    /// Returns what was proven.
    pub fn proven(&self) -> &P {
        &self.proven
    }

    /// Returns the outcomes of the licence.
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }
}

/// Returns the facts of a document; `None` for one that is not read.
pub(crate) fn facts<P>(checked: &Checked<P>) -> Option<&Facts> {
    checked.facts.as_ref()
}

/// Returns what the document says; `None` for one that is not read.
pub(crate) fn read<P: Proven>(checked: &Checked<P>) -> Option<LicenceView> {
    Some(LicenceView::from_facts(checked.facts.clone()?, checked.proven.issued().elements()))
}

impl CheckedLicence {
    /// Combines a verified presentation and its outcomes.
    ///
    /// # Errors
    /// Fails if the document is of a type that is not read, unless its outcomes were judged for *none*.
    pub fn new(presentation: VerifiedPresentation, outcomes: Outcomes) -> Result<Self, NotALicence> {
        check_doc_type(presentation.issued(), &outcomes)?;
        let facts = Facts::of(presentation.issued());
        Ok(Checked { proven: presentation, outcomes, facts })
    }

    /// Returns what the document says; `None` unless the presentation is fresh, or for a document that is not read.
    /// Expired and suspended licences are shown.
    pub fn view(&self) -> Option<LicenceView> {
        self.proven.freshness().is_pass().then(|| read(self)).flatten()
    }
}

/// Judges validity and status of a verified presentation at `now`, by these status lists.
///
/// # Errors
/// As [`CheckedLicence::new`].
pub fn check(
    presentation: VerifiedPresentation,
    lists: &StatusLists,
    terms: &Terms,
    now: Timestamp,
) -> Result<CheckedLicence, NotALicence> {
    let facts = Facts::of(presentation.issued());
    check_proven(presentation, facts, lists, terms, now)
}

/// As [`check`], of a document of an answer with what it says; `None` for a document that is not read.
pub(crate) fn check_proven<P: Proven>(
    proven: P,
    facts: Option<Facts>,
    lists: &StatusLists,
    terms: &Terms,
    now: Timestamp,
) -> Result<Checked<P>, NotALicence> {
    let outcomes = Outcomes::of(proven.issued(), facts.as_ref(), lists, terms, now);
    check_doc_type(proven.issued(), &outcomes)?;
    Ok(Checked { proven, outcomes, facts })
}
