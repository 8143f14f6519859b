//! The demo authority: invented people, and keys that everybody can derive.
//!
//! **Nothing here is secret: what it signs proves nothing.** The keys come from [`SEED`], a public text.
//! Every licence shows 演示 / DEMO, because its anchor is known by hash (`verdict::demo_anchor`), and only the demo
//! build of the site contains this module.
//!
//! The demo does not expire with its build: the IACA lives 20 years from a fixed day with constant bytes, and the
//! DS certificate of each quarter of a year is derived on demand.

mod certificates;
mod desk_certificate;
mod facts;
mod keys;
mod people;
mod portraits;
mod reader;
mod register;
mod status;

use cbor::cose::CoseKey;
use cbor::{Date, Timestamp};
use licence::{Group, LicenceFacts, Standing, shanghai_day};
use mdoc::Anchor;
use mdoc::reader::ReaderAnchor;
use mdoc::status_list::StatusListInfo;
use signature::VerifySignature;

use crate::application::{
    Applicant, Application, Approved, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record, SCHEMA,
};
use crate::driver::DriverFacts;
use crate::error::{ClaimError, IssueError, PhotoError};
use crate::issuer;
use crate::photo::{PhotoSource, Portraits, RejectReason};
use crate::post::DeskAnchor;

pub use crate::issuer::IssuedLicence;
pub use certificates::{ANCHOR_LABEL, TRUST_LIST};
pub use desk_certificate::{DESK_AUTHORITY_LABEL, DESK_DAYS, DESK_NAME};
pub use keys::SEED;
pub use people::{Before, DemoPerson, Story};
pub use reader::{DemoReader, READER_AUTHORITY_LABEL, READER_NAME};
pub use register::DemoRegister;
pub use status::STATUS_LIST_URI;

/// What a demo person shows on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A licence in order.
    Green,
    /// A licence whose term is extended: a rental desk and an insurer look closer.
    Amber,
    /// A licence with which nobody may drive.
    Red,
    /// That a photo is taken and reviewed first.
    Photo,
    /// That the licence cannot be claimed.
    Refused,
    /// That the roll-out has not reached the city.
    NotOpen {
        /// The first day on which it has.
        from: Date,
    },
}

/// The answer of a photo's reviewer; in the demo the visitor is the reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewAnswer {
    /// The photo is approved.
    Approve,
    /// The photo is rejected for this reason.
    Reject(RejectReason),
}

/// The demo authority. It has no state, and its keys are public.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoAuthority(());

impl DemoAuthority {
    /// Creates it.
    pub const fn new() -> Self {
        Self(())
    }

    /// Returns the demo people, in the order of the page.
    pub fn people(&self) -> &'static [DemoPerson] {
        &people::PEOPLE
    }

    /// Returns the person with this id.
    pub fn person(&self, id: &str) -> Option<&'static DemoPerson> {
        self.people().iter().find(|person| person.id == id)
    }

    /// Returns the small portrait of a person that is on file.
    pub fn small_portrait(&self, id: &str) -> Option<&'static [u8]> {
        portraits::small(id)
    }

    /// Returns the day on which a person who is chosen `now` claims: today, or some days ago, so that later events have
    /// happened; not before the roll-out reached the city, if it has.
    pub fn claim_day(&self, person: &DemoPerson, now: Timestamp) -> Date {
        register::story_day(person, now)
    }

    /// Returns what a person who is chosen `now` shows.
    pub fn shows(&self, person: &DemoPerson, now: Timestamp) -> Shows {
        let claim_day = self.claim_day(person, now);
        match self.start_on(person, claim_day, claim_day) {
            Err(ClaimError::NotRolledOut { from }) => Shows::NotOpen { from },
            Err(_) => Shows::Refused,
            Ok(Application::PhotoNeeded(_)) => Shows::Photo,
            Ok(_) => match facts::status(person, claim_day, shanghai_day(now)).0.standing() {
                Standing::Known(Group::Green) => Shows::Green,
                Standing::Known(Group::Extended) => Shows::Amber,
                _ => Shows::Red,
            },
        }
    }

    /// Opens a claim for a person who is chosen `now`; roll-out and status are those of the claim's day.
    ///
    /// # Errors
    /// Fails if the licence cannot be claimed, or with [`ClaimError::PersonUnknown`].
    pub fn start(&self, id: &str, now: Timestamp) -> Result<Application, ClaimError> {
        let person = self.person(id).ok_or(ClaimError::PersonUnknown)?;
        let claimed_on = self.claim_day(person, now);
        self.start_on(person, claimed_on, claimed_on)
    }

    /// Opens a claim on `day` for a person whose story began on `story_day`.
    ///
    /// # Errors
    /// Fails if the licence cannot be claimed.
    pub fn start_on(
        &self,
        person: &DemoPerson,
        story_day: Date,
        day: Date,
    ) -> Result<Application, ClaimError> {
        let (letters, extension_until) = facts::status(person, story_day, day);
        let applicant = Applicant {
            reference: person.id.into(),
            office: person.office.issuing_office(),
            letters,
            extension_until,
            photo_on_file: person.photo_on_file,
        };
        applicant.apply(day)
    }

    /// Confirms the photo on file; `large` is the fetched file, whose digest the authority knows.
    ///
    /// # Errors
    /// Returns the unchanged application, with [`PhotoError::NotOnFile`] for another picture.
    pub fn confirm_photo(
        &self,
        application: PhotoOnFile,
        large: &[u8],
        now: Timestamp,
    ) -> Result<Approved, (PhotoOnFile, PhotoError)> {
        let id = application.claim().reference();
        let small = portraits::small(id).filter(|_| portraits::is_on_file(id, large));
        match small {
            Some(small) => application.confirm(Portraits { large, small }, shanghai_day(now)),
            None => Err((application, PhotoError::NotOnFile)),
        }
    }

    /// Submits a photo that the holder took or chose, for a first claim or as a replacement.
    ///
    /// # Errors
    /// Returns the unchanged application, with the rule that the photo breaks.
    pub fn submit_photo(
        &self,
        application: PhotoNeeded,
        portraits: Portraits<'_>,
        source: PhotoSource,
        now: Timestamp,
    ) -> Result<PhotoSubmitted, (PhotoNeeded, PhotoError)> {
        application.submit(portraits, source, now)
    }

    /// Applies the answer of the reviewer.
    pub fn review(&self, application: PhotoSubmitted, answer: ReviewAnswer, now: Timestamp) -> Application {
        match answer {
            ReviewAnswer::Approve => application.approve(shanghai_day(now)).into(),
            ReviewAnswer::Reject(reason) => application.reject(reason, None, shanghai_day(now)).into(),
        }
    }

    /// Issues the licence of an approved application, with the facts of `now`.
    ///
    /// # Errors
    /// Fails if the portraits are not the approved ones, or the authority's certificates are not valid on that day.
    pub fn issue(
        &self,
        approved: &Approved,
        portraits: Portraits<'_>,
        device_key: CoseKey,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<IssuedLicence, IssueError> {
        self.refresh(&approved.record(), portraits, device_key, now, random)
    }

    /// Reissues a claimed licence with the facts at `now` and its present portraits.
    ///
    /// # Errors
    /// As [`DemoAuthority::issue`], and [`IssueError::Record`] for a record that cannot be read.
    pub fn refresh(
        &self,
        record: &Record,
        portraits: Portraits<'_>,
        device_key: CoseKey,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<IssuedLicence, IssueError> {
        if record.schema() != SCHEMA {
            return Err(IssueError::Record);
        }
        let person = self.person(record.reference()).ok_or(IssueError::Record)?;
        if !record.photo().is_of(portraits) {
            return Err(IssueError::PhotoMismatch);
        }
        let mut facts = facts::facts(person, record.claimed_on(), portraits, now);
        let mut entry = status::reference(person, record.claimed_on());
        // A licence that a desk issued keeps its entry, and what the desk had changed.
        if let Some(desk) = record.desk() {
            let office = person.office.issuing_office();
            facts = desk.changes.on(DriverFacts::of(facts, office)).licence(portraits, now);
            entry = StatusListInfo::new(desk.entry, STATUS_LIST_URI);
        }
        let signer = certificates::signer(now)?;
        let credential = issuer::issue_listed(&signer, &facts, Some(&entry), device_key, now, random)?;
        Ok(IssuedLicence { credential, record: record.clone() })
    }

    /// Returns the facts, as of `now`, of a licence that was claimed on `claimed_on`.
    pub fn facts(
        &self,
        person: &DemoPerson,
        claimed_on: Date,
        portraits: Portraits<'_>,
        now: Timestamp,
    ) -> LicenceFacts {
        facts::facts(person, claimed_on, portraits, now)
    }

    /// Returns the IACA certificate: DER, the same bytes in every build.
    ///
    /// # Errors
    /// Never in practice; a test calls it.
    pub fn anchor_certificate(&self) -> Result<Vec<u8>, IssueError> {
        certificates::anchor_der()
    }

    /// Returns the IACA as an anchor to trust, with the demo's label and list; `signatures` verifies its own signature.
    ///
    /// # Errors
    /// As [`DemoAuthority::anchor_certificate`].
    pub fn anchor(&self, signatures: &dyn VerifySignature) -> Result<Anchor, IssueError> {
        certificates::anchor(signatures)
    }

    /// Returns the IACA of the years 2021 and 2022, of the same key, as an anchor: the roll-out can be tried on its own days.
    ///
    /// # Errors
    /// Never in practice; a test calls it.
    pub fn rollout_anchor(&self, signatures: &dyn VerifySignature) -> Result<Anchor, IssueError> {
        certificates::rollout_anchor(signatures)
    }

    /// Returns the status list of the day of `now`, named [`STATUS_LIST_URI`]. It agrees with the facts of a licence that is
    /// refreshed on that day.
    ///
    /// # Errors
    /// [`IssueError::OutsideAuthority`] for a day outside of both IACAs' years.
    pub fn status_list(&self, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        status::list(now)
    }

    /// Returns the reader with which a demo verifier signs its requests on the day of `now`.
    ///
    /// # Errors
    /// [`IssueError::OutsideAuthority`] for a day outside of the authority's 20 years.
    pub fn reader(&self, now: Timestamp) -> Result<DemoReader, IssueError> {
        reader::reader(now)
    }

    /// Returns the authority over readers as an anchor for a demo wallet.
    ///
    /// # Errors
    /// Never in practice; a test calls it.
    pub fn reader_anchor(&self) -> Result<ReaderAnchor, IssueError> {
        reader::anchor()
    }

    /// Returns the certificate of the authority over readers: DER, the same bytes in every build.
    pub fn reader_authority_certificate(&self) -> &'static [u8] {
        reader::authority_der()
    }

    /// Returns the certificate of a desk's key, an uncompressed point on P-256, valid from the day of `now` on for
    /// [`DESK_DAYS`] days; in DER. `random` fills its serial number.
    ///
    /// # Errors
    /// [`IssueError::OutsideAuthority`] for a day outside of the authority's years, [`IssueError::Signing`] for a point that is
    /// not on the curve.
    pub fn desk_certificate(
        &self,
        key: &[u8; 65],
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError> {
        desk_certificate::issue(key, now, random)
    }

    /// Returns the authority over desks as an anchor for a demo wallet.
    ///
    /// # Errors
    /// Never in practice; a test calls it.
    pub fn desk_anchor(&self) -> Result<DeskAnchor, IssueError> {
        desk_certificate::anchor()
    }

    /// Returns the certificate of the authority over desks: DER, the same bytes in every build.
    pub const fn desk_authority_certificate(&self) -> &'static [u8] {
        desk_certificate::authority_der()
    }

    /// Returns the DS certificate with which the authority signs on the day of `now`.
    ///
    /// # Errors
    /// [`IssueError::OutsideAuthority`] for a day outside of both IACAs' years.
    pub fn ds_certificate(&self, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        Ok(certificates::signer(now)?.ds_certificate().as_der().to_vec())
    }
}
