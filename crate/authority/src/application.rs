//! A claim and its states, from the applicant to the licence.
//!
//! ```text
//! Applicant ─ apply ─┬─> PhotoOnFile ── confirm ───────────────────────────────────┐
//!                    └─> PhotoNeeded ── submit ──> PhotoSubmitted ─┬─ approve ─────┴─> Approved ─> issue
//!                            ^  ^                                  └─ reject ─┐
//!                            │  └── fewer than three rejections ──────────────┴─ three ─> AtCounter
//!                            └────────────────────────── reopen ───────────────────────────────┘
//! AtCounter ─ photograph ──> Approved
//! ```
//!
//! [`transitions`] has them as data, taken from the signatures; `docs/claiming.md` is made from it.
//!
//! Each state is a type, and its methods are the only transitions. [`Application`] is any of them as one value, to be
//! stored. Whoever stores it must be trusted: the demo stores it in the wallet's browser, an authority on its own side.
//!
//! # A transition that is none does not compile
//!
//! These are:
//! ```
//! # use liangzheng_authority::application::{Approved, AtCounter, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Rejected};
//! # use liangzheng_authority::photo::{Photo, PhotoSource, Portraits, RejectReason};
//! fn legal(
//!     needed: PhotoNeeded, on_file: PhotoOnFile, submitted: PhotoSubmitted, counter: AtCounter,
//!     portraits: Portraits<'_>, at: cbor::Timestamp, day: cbor::Date,
//! ) {
//!     let _ = needed.submit(portraits, PhotoSource::Camera, at);
//!     let _ = on_file.confirm(portraits, day);
//!     let _: Rejected = submitted.clone().reject(RejectReason::Face, None, day);
//!     let _: Approved = submitted.approve(day);
//!     let _: Result<Approved, _> = counter.clone().photograph(portraits, PhotoSource::Camera, day);
//!     let _: PhotoNeeded = counter.reopen();
//! }
//! ```
//!
//! A photo that was not handed in is not approved:
//! ```compile_fail,E0599
//! # use liangzheng_authority::application::{Approved, PhotoNeeded};
//! fn approve(needed: PhotoNeeded, day: cbor::Date) -> Approved {
//!     needed.approve(day)
//! }
//! ```
//! One that is reviewed is not confirmed as if it were on file:
//! ```compile_fail,E0599
//! # use liangzheng_authority::{application::PhotoSubmitted, photo::Portraits};
//! fn confirm(submitted: PhotoSubmitted, portraits: Portraits<'_>, day: cbor::Date) {
//!     let _ = submitted.confirm(portraits, day);
//! }
//! ```
//! After three rejections nothing is handed in:
//! ```compile_fail,E0599
//! # use liangzheng_authority::{application::AtCounter, photo::{Portraits, PhotoSource}};
//! fn submit(counter: AtCounter, portraits: Portraits<'_>, at: cbor::Timestamp) {
//!     let _ = counter.submit(portraits, PhotoSource::Camera, at);
//! }
//! ```
//! A clerk photographs only who was sent to the counter:
//! ```compile_fail,E0599
//! # use liangzheng_authority::{application::PhotoNeeded, photo::{Portraits, PhotoSource}};
//! fn photograph(needed: PhotoNeeded, portraits: Portraits<'_>, day: cbor::Date) {
//!     let _ = needed.photograph(portraits, PhotoSource::Camera, day);
//! }
//! ```
//! A photo is reviewed once:
//! ```compile_fail,E0382
//! # use liangzheng_authority::{application::PhotoSubmitted, photo::RejectReason};
//! fn twice(submitted: PhotoSubmitted, day: cbor::Date) {
//!     let approved = submitted.approve(day);
//!     let rejected = submitted.reject(RejectReason::Face, None, day);
//! }
//! ```
//! A photo on file is not rejected:
//! ```compile_fail,E0599
//! # use liangzheng_authority::{application::PhotoOnFile, photo::RejectReason};
//! fn reject(on_file: PhotoOnFile, day: cbor::Date) {
//!     let _ = on_file.reject(RejectReason::Face, None, day);
//! }
//! ```
//! Nobody makes an approval:
//! ```compile_fail,E0451
//! # use liangzheng_authority::{application::{Approved, Claim}, photo::Photo};
//! fn approved(claim: Claim, photo: Photo, approved_on: cbor::Date) -> Approved {
//!     Approved { claim, photo, approved_on }
//! }
//! ```

use cbor::{Date, Timestamp};
use licence::{SHANGHAI_OFFSET_SECONDS, StatusLetters, shanghai_day};
use serde::{Deserialize, Serialize};

use crate::driver::Changes;
use crate::eligibility;
use crate::error::{ClaimError, PhotoError, ReplaceError};
use crate::photo::{Photo, PhotoSource, Portraits, REJECTIONS_MAX, REPLACE_MONTHS, RejectReason};
use crate::rollout::{IssuingOffice, Rollout};

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
    /// Opens a claim on `day`, by the built-in table of the roll-out.
    ///
    /// # Errors
    /// Fails if the roll-out or the status does not allow it on that day.
    pub fn apply(self, day: Date) -> Result<Application, ClaimError> {
        self.apply_by(&Rollout::built_in(), day, day).map(Application::from)
    }

    /// Opens a claim on `day`, by a table of the roll-out. The licence counts as claimed on `claimed_on`.
    ///
    /// # Errors
    /// Fails if the roll-out or the status does not allow it on that day.
    pub fn apply_by(self, rollout: &Rollout, day: Date, claimed_on: Date) -> Result<Opened, ClaimError> {
        let _rolled_out = rollout.check(&self.office, day)?;
        let _eligible = eligibility::check(&self.letters, self.extension_until, day)?;
        let occasion = Occasion::FirstClaim;
        let claim = Claim { schema: SCHEMA, reference: self.reference, claimed_on, occasion };
        Ok(if self.photo_on_file {
            Opened::PhotoOnFile(PhotoOnFile { claim })
        } else {
            Opened::PhotoNeeded(PhotoNeeded { claim, rejections: Vec::new() })
        })
    }
}

/// A claim that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A photo is on file and to be confirmed.
    PhotoOnFile(PhotoOnFile),
    /// A photo is needed.
    PhotoNeeded(PhotoNeeded),
}

/// What an application is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// The licence is claimed.
    FirstClaim,
    /// The photo of a claimed licence is replaced; the old one serves until the new one is approved.
    Replacement,
    /// The licence is claimed again, since its class, validity or authority changed.
    Reclaim,
    /// The licence is issued again with the facts of now. Nothing is asked.
    Refresh,
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
    /// What the reviewer wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Most characters of a reviewer's note.
pub const NOTE_MAX: usize = 200;

/// Returns a note as it is kept: without control characters, at most [`NOTE_MAX`] characters; `None` for an empty one.
fn note(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(NOTE_MAX).collect();
    (!text.is_empty()).then_some(text)
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
        at: Timestamp,
    ) -> Result<PhotoSubmitted, (Self, PhotoError)> {
        match Photo::check(portraits, source.taken(), shanghai_day(at)) {
            Ok(photo) => {
                let (claim, rejections) = (self.claim, self.rejections);
                Ok(PhotoSubmitted { claim, rejections, photo, submitted_at: Some(at) })
            }
            Err(error) => Err((self, error)),
        }
    }

    /// Whether it is an application for this.
    pub fn is(&self, occasion: Occasion) -> bool {
        self.claim.occasion == occasion
    }

    /// Returns the rejections so far, earliest first.
    pub fn rejections(&self) -> &[Rejection] {
        &self.rejections
    }
}

/// A photo waits for its review (within one working day \[S\]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoSubmitted {
    claim: Claim,
    rejections: Vec<Rejection>,
    photo: Photo,
    /// Absent in what earlier builds stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    submitted_at: Option<Timestamp>,
}

impl PhotoSubmitted {
    /// Returns the submitted photo.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// Returns when it was submitted; where only the day is known, its start in Shanghai.
    pub fn submitted_at(&self) -> Timestamp {
        self.submitted_at.unwrap_or_else(|| self.photo.submitted_on.start_at(SHANGHAI_OFFSET_SECONDS))
    }

    /// Approves the photo.
    pub fn approve(self, day: Date) -> Approved {
        Approved { claim: self.claim, photo: self.photo, approved_on: day }
    }

    /// Rejects the photo: another one is needed, or after three rejections the counter. Of the note [`NOTE_MAX`] characters are
    /// kept.
    pub fn reject(self, reason: RejectReason, text: Option<&str>, day: Date) -> Rejected {
        let mut rejections = self.rejections;
        rejections.push(Rejection { reason, on: day, note: text.and_then(note) });
        if rejections.len() >= usize::from(REJECTIONS_MAX) {
            Rejected::AtCounter(AtCounter { claim: self.claim, rejections })
        } else {
            Rejected::PhotoNeeded(PhotoNeeded { claim: self.claim, rejections })
        }
    }
}

impl PhotoSubmitted {
    /// Goes to the counter, since a desk says so, whatever this side counted.
    pub fn to_counter(self, reason: Option<RejectReason>, text: Option<&str>, day: Date) -> AtCounter {
        let mut rejections = self.rejections;
        rejections.extend(reason.map(|reason| Rejection { reason, on: day, note: text.and_then(note) }));
        AtCounter { claim: self.claim, rejections }
    }
}

/// What follows from a rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// Another photo is needed.
    PhotoNeeded(PhotoNeeded),
    /// The counter must be visited.
    AtCounter(AtCounter),
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
            desk: None,
        }
    }
}

/// Three photos were rejected: the applicant must go to the counter of the issuing office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtCounter {
    claim: Claim,
    rejections: Vec<Rejection>,
}

impl AtCounter {
    /// Whether it is an application for this.
    pub fn is(&self, occasion: Occasion) -> bool {
        self.claim.occasion == occasion
    }

    /// Returns the rejections, earliest first.
    pub fn rejections(&self) -> &[Rejection] {
        &self.rejections
    }

    /// Takes a photo in at the counter and approves it in one go, since the clerk sees whom it shows; `source` is the camera or a
    /// file.
    ///
    /// # Errors
    /// Fails if the photo breaks a rule of [`Photo::check`]. The claim still waits at the counter then.
    pub fn photograph(
        self,
        portraits: Portraits<'_>,
        source: PhotoSource,
        day: Date,
    ) -> Result<Approved, (Self, PhotoError)> {
        match Photo::check(portraits, source.taken(), day) {
            Ok(photo) => Ok(Approved { claim: self.claim, photo, approved_on: day }),
            Err(error) => Err((self, error)),
        }
    }

    /// Opens the claim again at the counter, where the applicant was seen: another photo is needed, and nothing is counted yet.
    pub fn reopen(self) -> PhotoNeeded {
        PhotoNeeded { claim: self.claim, rejections: Vec::new() }
    }
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

impl From<Opened> for Application {
    fn from(opened: Opened) -> Self {
        match opened {
            Opened::PhotoOnFile(on_file) => Application::PhotoOnFile(on_file),
            Opened::PhotoNeeded(needed) => Application::PhotoNeeded(needed),
        }
    }
}

impl From<AtCounter> for Application {
    fn from(counter: AtCounter) -> Self {
        Application::AtCounter(counter)
    }
}

impl From<Rejected> for Application {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::PhotoNeeded(needed) => Application::PhotoNeeded(needed),
            Rejected::AtCounter(counter) => Application::AtCounter(counter),
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
    /// Absent for a licence that no desk issued, as in what earlier builds stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    desk: Option<AtDesk>,
}

/// What a desk knows of a licence beside its register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtDesk {
    /// The entry in the status list.
    pub entry: u64,
    /// What the desk had changed of the facts when it issued.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub changes: Changes,
}

impl Record {
    /// Returns the record of a licence that another issuer made, as far as a desk knows of it.
    pub(crate) fn elsewhere(reference: &str, claimed_on: Date, photo: Photo) -> Self {
        let reference = reference.to_owned();
        Self { schema: SCHEMA, reference, claimed_on, photo, photo_approved_on: claimed_on, desk: None }
    }

    /// Returns the record of a licence that a desk issued.
    #[must_use]
    pub fn at_desk(self, desk: AtDesk) -> Self {
        Self { desk: Some(desk), ..self }
    }

    /// Returns what the desk that issued the licence knows of it; `None` for another issuer.
    pub fn desk(&self) -> Option<&AtDesk> {
        self.desk.as_ref()
    }

    /// Returns the day on which the photo was approved.
    pub fn photo_approved_on(&self) -> Date {
        self.photo_approved_on
    }

    /// Opens a claim of the same person for the same photo, which needs no review: a re-claim or a refresh.
    pub fn renew(&self, reclaim: bool) -> Approved {
        let claim = Claim {
            schema: SCHEMA,
            reference: self.reference.clone(),
            claimed_on: self.claimed_on,
            occasion: if reclaim { Occasion::Reclaim } else { Occasion::Refresh },
        };
        Approved { claim, photo: self.photo.clone(), approved_on: self.photo_approved_on }
    }

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

pub mod transitions;

#[cfg(test)]
mod tests;
