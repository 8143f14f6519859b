//! A claim and its states, from the applicant to the licence.
//!
//! ```text
//! Applicant ─ apply ─┬─> PhotoOnFile ── confirm ───────────────────────────────────┐
//!                    └─> PhotoNeeded ── submit ──> PhotoSubmitted ─┬─ approve ─────┴─> Approved ─> issue
//!                            ^                                     └─ reject ─┐
//!                            └── fewer than three rejections ─────────────────┴─ three ─> AtCounter
//! ```
//!
//! Each state is a type, and its methods are the only transitions. [`Application`] is any of them as one value, to be
//! stored. Whoever stores it must be trusted: the demo stores it in the wallet's browser, an authority on its own side.

use cbor::Date;
use serde::{Deserialize, Serialize};

use crate::eligibility;
use crate::error::{ClaimError, PhotoError, ReplaceError};
use crate::photo::{Photo, PhotoSource, Portraits, REJECTIONS_MAX, REPLACE_MONTHS, RejectReason};
use crate::rollout::{self, IssuingOffice};
use licence::StatusLetters;

/// The version of the stored format.
pub const SCHEMA: u8 = 1;

/// A person who claims an electronic licence, as the authority's files have them.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The authority's identifier of the person (here: the id of a demo person).
    pub reference: String,
    /// The office that issued the licence.
    pub office: IssuingOffice,
    /// The status letters on the day of the claim.
    pub letters: StatusLetters,
    /// The last day of an extension, if there is one.
    pub extension_until: Option<Date>,
    /// Whether a photo is on file.
    pub photo_on_file: bool,
}

impl Applicant {
    /// Opens a claim on `day`.
    ///
    /// # Errors
    /// Fails if the roll-out or the status does not allow it on that day.
    pub fn apply(self, day: Date) -> Result<Application, ClaimError> {
        let _rolled_out = rollout::check(&self.office, day)?;
        let _eligible = eligibility::check(&self.letters, self.extension_until, day)?;
        let claim = Claim {
            schema: SCHEMA,
            reference: self.reference,
            claimed_on: day,
            occasion: Occasion::FirstClaim,
        };
        Ok(if self.photo_on_file {
            Application::PhotoOnFile(PhotoOnFile { claim })
        } else {
            Application::PhotoNeeded(PhotoNeeded { claim, rejections: Vec::new() })
        })
    }
}

/// What an application is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// The licence is claimed.
    FirstClaim,
    /// The photo of a claimed licence is replaced; the old one serves until the new one is approved.
    Replacement,
}

/// The data that all states share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    schema: u8,
    reference: String,
    claimed_on: Date,
    occasion: Occasion,
}

impl Claim {
    /// The version in which it was stored.
    pub fn schema(&self) -> u8 {
        self.schema
    }

    /// The authority's identifier of the person.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The day of the first claim.
    pub fn claimed_on(&self) -> Date {
        self.claimed_on
    }

    /// What the application is for.
    pub fn occasion(&self) -> Occasion {
        self.occasion
    }
}

/// One rejection of a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The reason.
    pub reason: RejectReason,
    /// The day of the review.
    pub on: Date,
}

/// A photo is on file and must be confirmed by the driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoOnFile {
    claim: Claim,
}

impl PhotoOnFile {
    /// Returns the claim.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Confirms the photo on file, which needs no review.
    ///
    /// # Errors
    /// Fails if the photo breaks a rule of [`Photo::check`].
    pub fn confirm(self, on_file: Portraits<'_>, day: Date) -> Result<Approved, (Self, PhotoError)> {
        match Photo::check(on_file, PhotoSource::OnFile, day) {
            Ok(photo) => Ok(Approved { claim: self.claim, photo, approved_on: day }),
            Err(error) => Err((self, error)),
        }
    }
}

/// A photo has to be taken or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoNeeded {
    claim: Claim,
    rejections: Vec<Rejection>,
}

impl PhotoNeeded {
    /// Submits a photo for review; `source` is the camera or a file.
    ///
    /// # Errors
    /// Fails if the photo breaks a rule of [`Photo::check`]. This does not count as a rejection.
    pub fn submit(
        self,
        portraits: Portraits<'_>,
        source: PhotoSource,
        day: Date,
    ) -> Result<PhotoSubmitted, (Self, PhotoError)> {
        // A photo on file comes from the authority only.
        let source = if source == PhotoSource::OnFile { PhotoSource::File } else { source };
        match Photo::check(portraits, source, day) {
            Ok(photo) => Ok(PhotoSubmitted { claim: self.claim, rejections: self.rejections, photo }),
            Err(error) => Err((self, error)),
        }
    }
}

/// A photo waits for its review (within one working day \[S\]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoSubmitted {
    claim: Claim,
    rejections: Vec<Rejection>,
    photo: Photo,
}

impl PhotoSubmitted {
    /// Returns the submitted photo.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// Approves the photo.
    pub fn approve(self, day: Date) -> Approved {
        Approved { claim: self.claim, photo: self.photo, approved_on: day }
    }

    /// Rejects the photo: another one is needed, or after three rejections the counter.
    pub fn reject(self, reason: RejectReason, day: Date) -> Application {
        let mut rejections = self.rejections;
        rejections.push(Rejection { reason, on: day });
        if rejections.len() >= usize::from(REJECTIONS_MAX) {
            Application::AtCounter(AtCounter { claim: self.claim, rejections })
        } else {
            Application::PhotoNeeded(PhotoNeeded { claim: self.claim, rejections })
        }
    }
}

/// Approved: the licence can be issued, or reissued with the new photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    claim: Claim,
    photo: Photo,
    approved_on: Date,
}

impl Approved {
    /// Returns the claim.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Returns the approved photo.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// Returns the record to keep once the licence is issued.
    pub fn record(&self) -> Record {
        Record {
            schema: SCHEMA,
            reference: self.claim.reference.clone(),
            claimed_on: self.claim.claimed_on,
            photo: self.photo.clone(),
            photo_approved_on: self.approved_on,
        }
    }
}

/// Three photos were rejected: the applicant must go to the counter of the issuing office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtCounter {
    claim: Claim,
    rejections: Vec<Rejection>,
}

/// An application in any of its states, to be stored and loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Application {
    /// A photo is on file and to be confirmed.
    PhotoOnFile(PhotoOnFile),
    /// A photo is needed.
    PhotoNeeded(PhotoNeeded),
    /// A photo waits for its review.
    PhotoSubmitted(PhotoSubmitted),
    /// The licence can be issued.
    Approved(Approved),
    /// The counter must be visited.
    AtCounter(AtCounter),
}

impl Application {
    /// Returns the claim.
    pub fn claim(&self) -> &Claim {
        match self {
            Application::PhotoOnFile(PhotoOnFile { claim })
            | Application::PhotoNeeded(PhotoNeeded { claim, .. })
            | Application::PhotoSubmitted(PhotoSubmitted { claim, .. })
            | Application::Approved(Approved { claim, .. })
            | Application::AtCounter(AtCounter { claim, .. }) => claim,
        }
    }

    /// Returns the rejections so far, earliest first.
    pub fn rejections(&self) -> &[Rejection] {
        match self {
            Application::PhotoNeeded(PhotoNeeded { rejections, .. })
            | Application::PhotoSubmitted(PhotoSubmitted { rejections, .. })
            | Application::AtCounter(AtCounter { rejections, .. }) => rejections,
            Application::PhotoOnFile(_) | Application::Approved(_) => &[],
        }
    }
}

impl From<Approved> for Application {
    fn from(approved: Approved) -> Self {
        Application::Approved(approved)
    }
}

impl From<PhotoSubmitted> for Application {
    fn from(submitted: PhotoSubmitted) -> Self {
        Application::PhotoSubmitted(submitted)
    }
}

impl From<PhotoNeeded> for Application {
    fn from(needed: PhotoNeeded) -> Self {
        Application::PhotoNeeded(needed)
    }
}

impl From<PhotoOnFile> for Application {
    fn from(on_file: PhotoOnFile) -> Self {
        Application::PhotoOnFile(on_file)
    }
}

/// The record of a claimed licence, from which it is refreshed and its photo replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    schema: u8,
    reference: String,
    claimed_on: Date,
    photo: Photo,
    photo_approved_on: Date,
}

impl Record {
    /// Returns the version of the stored format; only [`SCHEMA`] is refreshed.
    pub fn schema(&self) -> u8 {
        self.schema
    }

    /// Returns the authority's identifier of the person.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Returns the day of the claim.
    pub fn claimed_on(&self) -> Date {
        self.claimed_on
    }

    /// Returns the photo in use.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// Returns the first day on which the photo may be replaced \[S\]: the day of the claim for a photo on file, six months
    /// after its approval for another one.
    pub fn replaceable_from(&self) -> Date {
        match self.photo.source {
            PhotoSource::OnFile => self.claimed_on,
            PhotoSource::Camera | PhotoSource::File => self.photo_approved_on.plus_months(REPLACE_MONTHS),
        }
    }

    /// Opens an application for another photo; the record keeps the old photo until the new one is approved.
    ///
    /// # Errors
    /// [`ReplaceError::TooEarly`] before [`Record::replaceable_from`].
    pub fn replace_photo(&self, day: Date) -> Result<PhotoNeeded, ReplaceError> {
        let from = self.replaceable_from();
        if day < from {
            return Err(ReplaceError::TooEarly { from });
        }
        let claim = Claim {
            schema: SCHEMA,
            reference: self.reference.clone(),
            claimed_on: self.claimed_on,
            occasion: Occasion::Replacement,
        };
        Ok(PhotoNeeded { claim, rejections: Vec::new() })
    }
}

#[cfg(test)]
mod tests;
