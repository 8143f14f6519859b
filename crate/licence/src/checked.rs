//! A licence with its proofs, and with its two outcomes, which cannot be left out.
//!
//! A [`CheckedLicence`] comes from a verified presentation, an outcome of the licence's validity
//! and one of its status:
//! ```
//! use liangzheng_licence::checked::*;
//! use mdoc::verify::VerifiedPresentation;
//! fn all(proven: VerifiedPresentation, validity: LicenceValidity, status: LicenceStatus) -> bool {
//!     CheckedLicence::new(proven, Outcomes { validity, status }).is_ok()
//! }
//! ```
//! Without the status it does not compile,
//! ```compile_fail,E0063
//! use liangzheng_licence::checked::*;
//! use mdoc::verify::VerifiedPresentation;
//! fn no_status(proven: VerifiedPresentation, validity: LicenceValidity) -> bool {
//!     CheckedLicence::new(proven, Outcomes { validity }).is_ok()
//! }
//! ```
//! nor without the validity,
//! ```compile_fail,E0063
//! use liangzheng_licence::checked::*;
//! use mdoc::verify::VerifiedPresentation;
//! fn no_validity(proven: VerifiedPresentation, status: LicenceStatus) -> bool {
//!     CheckedLicence::new(proven, Outcomes { status }).is_ok()
//! }
//! ```
//! nor from an unverified presentation,
//! ```compile_fail,E0308
//! use liangzheng_licence::checked::*;
//! use mdoc::verify::UnverifiedPresentation;
//! fn unverified(received: UnverifiedPresentation, outcomes: Outcomes) -> bool {
//!     CheckedLicence::new(received, outcomes).is_ok()
//! }
//! ```
//! and nobody else can make an outcome or fill in the type:
//! ```compile_fail,E0451
//! use liangzheng_licence::{check::Check, checked::LicenceStatus};
//! fn forge(check: Check) -> LicenceStatus { LicenceStatus { checks: vec![check] } }
//! ```
//! ```compile_fail,E0451
//! use liangzheng_licence::checked::*;
//! use mdoc::verify::VerifiedPresentation;
//! fn forge(presentation: VerifiedPresentation, outcomes: Outcomes) -> CheckedLicence {
//!     CheckedLicence { presentation, outcomes }
//! }
//! ```

use mdoc::time::Timestamp;
use mdoc::verify::VerifiedPresentation;

use crate::calendar::shanghai_day;
use crate::check::{Check, State};
use crate::elements::{DOC_TYPE, LicenceFields};
use crate::policy::{self, StatusSource};
use crate::purpose::Purpose;
use crate::validity;
use crate::view::LicenceView;

/// The outcome of the licence's own validity on a day; not asked in *age only*.
#[derive(Debug, Clone)]
pub struct LicenceValidity {
    checks: Vec<Check>,
}

impl LicenceValidity {
    /// Judges the proven elements.
    pub fn judge(presentation: &VerifiedPresentation, purpose: Purpose, now: Timestamp) -> Self {
        let checks = match purpose {
            Purpose::AgeOnly => Vec::new(),
            Purpose::Roadside | Purpose::Rental | Purpose::Insurance => {
                let fields = LicenceFields::read(presentation.elements());
                vec![validity::check(&fields, shanghai_day(now))]
            }
        };
        LicenceValidity { checks }
    }

    /// The checks; none where it was not asked.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }
}

/// The outcome of the licence's status and of how old that is; not asked in *age only*.
#[derive(Debug, Clone)]
pub struct LicenceStatus {
    checks: Vec<Check>,
}

impl LicenceStatus {
    /// Judges the proven elements. There are no status lists yet: the signed letters decide, by
    /// their own date.
    pub fn judge(
        presentation: &VerifiedPresentation,
        source: StatusSource,
        purpose: Purpose,
        now: Timestamp,
    ) -> Self {
        let checks = match source {
            StatusSource::SignedLetters => {
                let fields = LicenceFields::read(presentation.elements());
                policy::judge_status(fields.status.as_ref(), purpose, now)
            }
        };
        LicenceStatus { checks }
    }

    /// The checks; none where it was not asked.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// What they find together.
    pub fn state(&self) -> State {
        State::worst(self.checks.iter().map(|check| check.state))
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
pub struct NotALicence;

impl NotALicence {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        "document-not-licence"
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
    /// When the document is of another type than a licence.
    pub fn new(presentation: VerifiedPresentation, outcomes: Outcomes) -> Result<Self, NotALicence> {
        if presentation.doc_type() != DOC_TYPE {
            return Err(NotALicence);
        }
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

    /// Whose licence it is; None unless the code is fresh. Expired and suspended ones are shown.
    pub fn view(&self) -> Option<LicenceView> {
        let fresh = self.presentation.freshness().is_pass();
        fresh.then(|| LicenceView::from_elements(self.presentation.elements()))
    }
}

/// Judges validity and status of a verified presentation at `now`.
///
/// # Errors
/// When the document is of another type than a licence.
pub fn check(
    presentation: VerifiedPresentation,
    purpose: Purpose,
    now: Timestamp,
) -> Result<CheckedLicence, NotALicence> {
    let outcomes = Outcomes {
        validity: LicenceValidity::judge(&presentation, purpose, now),
        status: LicenceStatus::judge(&presentation, StatusSource::SignedLetters, purpose, now),
    };
    CheckedLicence::new(presentation, outcomes)
}
