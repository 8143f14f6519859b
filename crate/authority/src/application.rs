//! A claim and its states, from the applicant to the licence.
//!
//! ```text
//! Applicant ─ apply ─┬─> PhotoOnFile ── confirm ───────────────────────────────────┐
//!                    └─> PhotoNeeded ── submit ──> PhotoSubmitted ─┬─ approve ─────┴─> Approved ─> issue
//!                            ^                                     └─ reject ─┐
//!                            └── fewer than three rejections ─────────────────┴─ three ─> AtCounter
//! ```
//!
//! Each state is a type of its own, and its methods are the only ways on. [`Application`] is the same as one
//! value that can be stored. The store decides how far it can be trusted: the demo keeps it in the wallet's own
//! browser, an authority keeps it on its side.

use cbor::Date;
use serde::{Deserialize, Serialize};

use crate::eligibility;
use crate::error::{ClaimError, PhotoError, ReplaceError};
use crate::photo::{Photo, PhotoSource, Portraits, REJECTIONS_MAX, REPLACE_MONTHS, RejectReason};
use crate::rollout::{self, IssuingOffice};
use licence::StatusLetters;

/// The version of everything here that is stored.
pub const SCHEMA: u8 = 1;

/// Somebody who asks for an electronic licence, as the authority's files know them.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who it is, in the authority's own terms (here: the id of a demo person).
    pub reference: String,
    /// Where the licence was issued.
    pub office: IssuingOffice,
    /// The letters of its status on the day of the claim.
    pub letters: StatusLetters,
    /// The last day of an extension, where there is one.
    pub extension_until: Option<Date>,
    /// Whether a photo is on file.
    pub photo_on_file: bool,
}

impl Applicant {
    /// Opens a claim on `day`, if the roll-out and the status allow it.
    ///
    /// # Errors
    /// Why it cannot be claimed on that day.
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

/// What stays the same through all states.
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

    /// Who claims.
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

/// One rejection: what was wrong, and when it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// What was wrong.
    pub reason: RejectReason,
    /// The day of the review.
    pub on: Date,
}

/// A photo is on file; the driver is asked to confirm it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoOnFile {
    claim: Claim,
}

impl PhotoOnFile {
    /// What was applied for.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The driver confirms the photo on file, which needs no review.
    ///
    /// # Errors
    /// The photo breaks a rule of [`Photo::check`].
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
    /// Hands a photo in for review; `source` is the camera or a file.
    ///
    /// # Errors
    /// The photo breaks a rule of [`Photo::check`]; this does not count as a rejection.
    pub fn submit(
        self,
        portraits: Portraits<'_>,
        source: PhotoSource,
        day: Date,
    ) -> Result<PhotoSubmitted, (Self, PhotoError)> {
        // Only the authority's own files have a photo on file, and only they need no review.
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
    /// The photo that waits.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// The reviewer says yes.
    pub fn approve(self, day: Date) -> Approved {
        Approved { claim: self.claim, photo: self.photo, approved_on: day }
    }

    /// The reviewer says no: another photo is needed, or after the third time the counter.
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
    /// What was applied for.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The approved photo.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// What is remembered of the claim once its licence is issued.
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

/// Three photos were rejected: only the counter of the issuing office can help.
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
    /// What was applied for.
    pub fn claim(&self) -> &Claim {
        match self {
            Application::PhotoOnFile(PhotoOnFile { claim })
            | Application::PhotoNeeded(PhotoNeeded { claim, .. })
            | Application::PhotoSubmitted(PhotoSubmitted { claim, .. })
            | Application::Approved(Approved { claim, .. })
            | Application::AtCounter(AtCounter { claim, .. }) => claim,
        }
    }

    /// The rejections so far, earliest first.
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

/// What is remembered of a claimed licence: enough to refresh it and to replace its photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    schema: u8,
    reference: String,
    claimed_on: Date,
    photo: Photo,
    photo_approved_on: Date,
}

impl Record {
    /// The version in which it was stored; another one than [`SCHEMA`] is not refreshed.
    pub fn schema(&self) -> u8 {
        self.schema
    }

    /// Whose licence it is.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The day of the claim.
    pub fn claimed_on(&self) -> Date {
        self.claimed_on
    }

    /// The photo in use.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// The first day on which the photo may be replaced \[S\].
    ///
    /// The one on file may be replaced at once after the first claim; one's own six months after its approval.
    pub fn replaceable_from(&self) -> Date {
        match self.photo.source {
            PhotoSource::OnFile => self.claimed_on,
            PhotoSource::Camera | PhotoSource::File => self.photo_approved_on.plus_months(REPLACE_MONTHS),
        }
    }

    /// Opens an application for another photo; the record keeps the old photo until the new one is approved.
    ///
    /// # Errors
    /// [`ReplaceError::TooEarly`] with the first day on which it can be replaced.
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
mod tests {
    use super::*;
    use crate::photo::tests::jpeg;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn applicant(letters: &str, photo_on_file: bool) -> Applicant {
        Applicant {
            reference: "somebody".into(),
            office: IssuingOffice {
                city: "武汉".into(), name: "office".into(), name_latin: "office".into()
            },
            letters: StatusLetters::parse(letters),
            extension_until: None,
            photo_on_file,
        }
    }

    /// Stores and loads, as a wallet does on every reload.
    fn reload(application: impl Into<Application>) -> Application {
        let application = application.into();
        let stored = serde_json::to_string(&application).unwrap();
        let loaded = serde_json::from_str(&stored).unwrap();
        assert_eq!(application, loaded);
        loaded
    }

    fn needed(application: Application) -> PhotoNeeded {
        match reload(application) {
            Application::PhotoNeeded(needed) => needed,
            other => panic!("{other:?}"),
        }
    }

    fn submitted(needed: PhotoNeeded, day: &str) -> PhotoSubmitted {
        let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
        let portraits = Portraits { large: &large, small: &small };
        let submitted = needed.submit(portraits, PhotoSource::Camera, date(day)).unwrap();
        match reload(submitted) {
            Application::PhotoSubmitted(submitted) => submitted,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn photo_on_file_is_confirmed_and_replaced_at_once() {
        let Ok(Application::PhotoOnFile(on_file)) = applicant("A", true).apply(date("2026-11-22")) else {
            panic!("not on file");
        };
        let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
        let portraits = Portraits { large: &large, small: &small };
        let approved = on_file.confirm(portraits, date("2026-11-22")).unwrap();
        let record = approved.record();
        assert_eq!(record.photo().source, PhotoSource::OnFile);
        let needed = record.replace_photo(date("2026-11-22")).unwrap();
        assert_eq!(reload(needed).claim().occasion(), Occasion::Replacement);
        // The old photo serves until the new one is approved: the record did not change.
        assert!(record.photo().is_of(portraits));
    }

    #[test]
    fn own_photo_is_reviewed_and_kept_for_six_months() {
        let application = applicant("A", false).apply(date("2026-08-31")).unwrap();
        let submitted = submitted(needed(application), "2026-08-31");
        let record = submitted.approve(date("2026-08-31")).record();
        let again = record.replace_photo(date("2027-02-27")).unwrap_err();
        assert_eq!(again, ReplaceError::TooEarly { from: date("2027-02-28") });
        assert_eq!(again.code(), "replace-too-early");
        assert!(record.replace_photo(date("2027-02-28")).is_ok());
        let stored = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&stored).unwrap(), record);
    }

    #[test]
    fn replaced_photo_is_kept_for_six_months_and_the_claim_day_stays() {
        let Ok(Application::PhotoOnFile(on_file)) = applicant("A", true).apply(date("2026-01-10")) else {
            panic!("not on file");
        };
        let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
        let portraits = Portraits { large: &large, small: &small };
        let first = on_file.confirm(portraits, date("2026-01-10")).unwrap().record();
        let needed = first.replace_photo(date("2026-03-01")).unwrap();
        let second = submitted(needed, "2026-03-01").approve(date("2026-03-02")).record();
        assert_eq!(second.claimed_on(), date("2026-01-10"));
        assert_eq!(second.replaceable_from(), date("2026-09-02"));
    }

    #[test]
    fn three_rejections_lead_to_the_counter() {
        let mut application = applicant("A", false).apply(date("2026-11-22")).unwrap();
        for (count, reason) in
            [RejectReason::Ground, RejectReason::Ears, RejectReason::Mask].into_iter().enumerate()
        {
            assert_eq!(application.rejections().len(), count);
            let waiting = submitted(needed(application), "2026-11-22");
            application = waiting.reject(reason, date("2026-11-22"));
            assert_eq!(application.rejections().last().map(|last| last.reason), Some(reason));
        }
        assert!(matches!(reload(application), Application::AtCounter(_)));
    }

    #[test]
    fn photo_that_breaks_a_rule_is_no_rejection() {
        let application = applicant("A", false).apply(date("2026-11-22")).unwrap();
        let (large, small) = (jpeg(400, 600, 4_000), jpeg(120, 174, 900));
        let portraits = Portraits { large: &large, small: &small };
        let day = date("2026-11-22");
        let (needed, error) = needed(application).submit(portraits, PhotoSource::File, day).unwrap_err();
        assert_eq!(error.code(), "photo-too-narrow");
        assert!(Application::from(needed).rejections().is_empty());
    }

    #[test]
    fn nobody_submits_a_photo_as_if_it_were_on_file() {
        let application = applicant("A", false).apply(date("2026-11-22")).unwrap();
        let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
        let portraits = Portraits { large: &large, small: &small };
        let waiting = needed(application).submit(portraits, PhotoSource::OnFile, date("2026-11-22")).unwrap();
        assert_eq!(waiting.photo().source, PhotoSource::File);
    }

    #[test]
    fn claims_that_are_refused() {
        let code = |letters: &str, day: &str| match applicant(letters, true).apply(date(day)) {
            Ok(_) => "open",
            Err(error) => error.code(),
        };
        assert_eq!(code("A", "2021-10-19"), "claim-not-rolled-out");
        assert_eq!(code("A", "2021-10-20"), "open");
        assert_eq!(code("D", "2026-11-22"), "claim-status-red");
        assert_eq!(code("L", "2026-11-22"), "claim-status-abnormal");
        assert_eq!(code("G", "2026-11-22"), "claim-status-gone");
        assert_eq!(code("P", "2026-11-22"), "claim-extension-over");
    }
}
