//! A licence with its proofs, and with its two outcomes, which cannot be left out.
//!
//! A [`CheckedLicence`] comes from a verified presentation, an outcome of the licence's validity
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
//! and nobody else can make an outcome or fill in the type:
//! ```compile_fail,E0451
//! use liangzheng_verdict::{Finding, checked::LicenceStatus};
//! fn forge(finding: Finding) -> LicenceStatus { LicenceStatus { checks: vec![finding] } }
//! ```
//! ```compile_fail,E0451
//! use liangzheng_verdict::checked::*;
//! use mdoc::VerifiedPresentation;
//! fn forge(presentation: VerifiedPresentation, outcomes: Outcomes) -> CheckedLicence {
//!     CheckedLicence { presentation, outcomes }
//! }
//! ```

use cbor::Timestamp;
use mdoc::VerifiedPresentation;
use mdoc::status_list::StatusLists;

use crate::check::{CheckState, Finding};
use crate::policy::{self, Listed};
use crate::purpose::Purpose;
use crate::reason::{Reason, ReasonCode};
use licence::elements::id;
use licence::{shanghai_day, LicenceFields, LicenceView, DOC_TYPE};
use mdoc::IssuerVerified;

/// The longest name of a document's type that is taken for one.
const DOC_TYPE_MAX: usize = 128;

/// The outcome of the licence's own validity on a day; not asked in *age only*.
#[derive(Debug, Clone)]
pub struct LicenceValidity {
    checks: Vec<Finding>,
    /// Whether a document of another type was asked for as well: the purpose *none*.
    any_document: bool,
}

impl LicenceValidity {
    /// Judges the proven elements.
    pub fn judge(document: &IssuerVerified, purpose: Purpose, now: Timestamp) -> Self {
        let checks = match purpose {
            Purpose::AgeOnly => Vec::new(),
            Purpose::None if document.doc_type() != DOC_TYPE => Vec::new(),
            Purpose::Roadside | Purpose::Rental | Purpose::Insurance | Purpose::None => {
                let fields = LicenceFields::read(document.elements());
                let check = policy::validity_check(&fields, shanghai_day(now));
                // Who asked for nothing does not miss an end that was not shown; one that cannot be read is another matter.
                let not_shown = purpose == Purpose::None
                    && check.is(ReasonCode::ValidityMissing)
                    && !fields.is_malformed(id::EXPIRY_DATE);
                if not_shown { Vec::new() } else { vec![check] }
            }
        };
        LicenceValidity { checks, any_document: purpose == Purpose::None }
    }

    /// The checks; none where it was not asked.
    pub fn checks(&self) -> &[Finding] {
        &self.checks
    }
}

/// The outcome of the licence's status and of how old that is; not asked in *age only*.
#[derive(Debug, Clone)]
pub struct LicenceStatus {
    checks: Vec<Finding>,
    listed: Listed,
}

impl LicenceStatus {
    /// Judges by the status list that the MSO names, where that is at hand and recent; by the signed letters and
    /// their own date where none is named.
    pub fn judge(document: &IssuerVerified, lists: &StatusLists, purpose: Purpose, now: Timestamp) -> Self {
        let (checks, listed) = policy::judge_status(document, lists, purpose, now);
        LicenceStatus { checks, listed }
    }

    /// Whether a list decided, and as of when.
    pub fn listed(&self) -> Listed {
        self.listed
    }

    /// The checks; none where it was not asked.
    pub fn checks(&self) -> &[Finding] {
        &self.checks
    }

    /// What they find together.
    pub fn state(&self) -> CheckState {
        CheckState::worst(self.checks.iter().map(|check| check.state))
    }
}

/// Both outcomes of the licence.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// Of its validity.
    pub validity: LicenceValidity,
    /// Of its status.
    pub status: LicenceStatus,
}

/// The proven document is none of a driving licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALicence {
    /// It is of another type, and a licence was asked for.
    AnotherDocument,
    /// What stands for its type is none: empty, longer than 128 characters, or not of visible ASCII.
    DocTypeMalformed,
}

impl NotALicence {
    /// The reason as a verdict gives it.
    pub(crate) const fn reason(self) -> Reason {
        match self {
            NotALicence::AnotherDocument => Reason::DocumentNotLicence,
            NotALicence::DocTypeMalformed => Reason::DocumentTypeMalformed,
        }
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.reason_code().code()
    }

    const fn reason_code(self) -> ReasonCode {
        match self {
            NotALicence::AnotherDocument => ReasonCode::DocumentNotLicence,
            NotALicence::DocTypeMalformed => ReasonCode::DocumentTypeMalformed,
        }
    }
}

/// A licence, or under *none* any document that says sensibly what it is.
fn check_doc_type(document: &IssuerVerified, outcomes: &Outcomes) -> Result<(), NotALicence> {
    let doc_type = document.doc_type();
    let visible =
        (1..=DOC_TYPE_MAX).contains(&doc_type.len()) && doc_type.bytes().all(|b| b.is_ascii_graphic());
    match (doc_type == DOC_TYPE, outcomes.validity.any_document) {
        (true, _) => Ok(()),
        (false, false) => Err(NotALicence::AnotherDocument),
        (false, true) if visible => Ok(()),
        (false, true) => Err(NotALicence::DocTypeMalformed),
    }
}

/// A licence whose proofs hold and whose outcomes are all there.
#[derive(Debug, Clone)]
pub struct CheckedLicence {
    presentation: VerifiedPresentation,
    outcomes: Outcomes,
}

impl CheckedLicence {
    /// Puts a verified presentation and its outcomes together.
    ///
    /// # Errors
    /// When the document is of another type than a licence, unless its outcomes were judged for *none*.
    pub fn new(presentation: VerifiedPresentation, outcomes: Outcomes) -> Result<Self, NotALicence> {
        check_doc_type(presentation.issued(), &outcomes)?;
        Ok(CheckedLicence { presentation, outcomes })
    }

    /// What was proven.
    pub fn presentation(&self) -> &VerifiedPresentation {
        &self.presentation
    }

    /// The outcomes of the licence.
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// Whose licence it is; None unless the code is fresh, or for another document than a licence.
    /// Expired and suspended ones are shown.
    pub fn view(&self) -> Option<LicenceView> {
        let fresh = self.presentation.freshness().is_pass();
        (fresh && self.presentation.issued().doc_type() == DOC_TYPE)
            .then(|| LicenceView::from_elements(self.presentation.issued().elements()))
    }
}

/// Judges validity and status of a verified presentation at `now`, with the status lists at hand.
///
/// # Errors
/// When the document is of another type than a licence.
pub fn check(
    presentation: VerifiedPresentation,
    lists: &StatusLists,
    purpose: Purpose,
    now: Timestamp,
) -> Result<CheckedLicence, NotALicence> {
    let outcomes = judge_outcomes(presentation.issued(), lists, purpose, now);
    CheckedLicence::new(presentation, outcomes)
}

/// As [`check`], of issuer data.
///
/// # Errors
/// As [`check`].
pub fn check_issuer_data(
    data: IssuerVerified,
    lists: &StatusLists,
    purpose: Purpose,
    now: Timestamp,
) -> Result<CheckedIssuerData, NotALicence> {
    let outcomes = judge_outcomes(&data, lists, purpose, now);
    CheckedIssuerData::new(data, outcomes)
}

fn judge_outcomes(
    document: &IssuerVerified,
    lists: &StatusLists,
    purpose: Purpose,
    now: Timestamp,
) -> Outcomes {
    Outcomes {
        validity: LicenceValidity::judge(document, purpose, now),
        status: LicenceStatus::judge(document, lists, purpose, now),
    }
}

/// Issuer data with its outcomes: nothing is known of who shows it, so that it is no [`CheckedLicence`].
#[derive(Debug, Clone)]
pub struct CheckedIssuerData {
    data: IssuerVerified,
    outcomes: Outcomes,
}

impl CheckedIssuerData {
    /// Puts verified issuer data and its outcomes together.
    ///
    /// # Errors
    /// As [`CheckedLicence::new`].
    pub fn new(data: IssuerVerified, outcomes: Outcomes) -> Result<Self, NotALicence> {
        check_doc_type(&data, &outcomes)?;
        Ok(CheckedIssuerData { data, outcomes })
    }

    /// What was proven.
    pub fn data(&self) -> &IssuerVerified {
        &self.data
    }

    /// The outcomes of the licence.
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }
}
