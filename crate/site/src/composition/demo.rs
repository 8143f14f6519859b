//! A demo build: the demo authority issues, is trusted, and signs questions. Its keys are public.

use authority::application::{Application, Approved, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record};
use authority::demo::{DemoAuthority, DemoPerson, ReviewAnswer, STATUS_LIST_URI, Shows};
use authority::error::{ClaimCode, ClaimError};
use authority::login::{self, LicenceNumber, LoginError};
use authority::photo::{PhotoSource, Portraits, RejectReason};
use authority::post::DeskAnchors;
use cbor::Timestamp;
use cbor::cose::CoseKey;
use licence::{LicenceFacts, SHANGHAI_OFFSET_SECONDS};
use mdoc::TrustAnchors;
use mdoc::reader::ReaderAnchors;
use protocol::error::MakeError;
use protocol::{Challenge, PreparedChallenge, Question};
use verdict::Arg;

use crate::browser::{fetch, key, trial};
use crate::ui::format;
use crate::wallet::issuer::{Group, Issuer, OnRecord, Person, PortraitFiles};
use crate::wallet::problem::{Own, Problem};

/// Whether licences of this build are signed by a key that is public.
pub(crate) const DEMO: bool = true;

const AUTHORITY: DemoAuthority = DemoAuthority::new();

/// The issuer of this build: the demo authority, in this page.
#[derive(Clone, Copy)]
pub(crate) struct BuiltInIssuer;

/// Returns the issuer of this build.
pub(crate) fn issuer() -> Option<BuiltInIssuer> {
    Some(BuiltInIssuer)
}

/// Returns the anchors that this build trusts without an imported list.
pub(super) fn built_in_trust() -> TrustAnchors {
    let mut anchors = TrustAnchors::new();
    // Without the anchor every licence is of an unknown issuer.
    if let Ok(anchor) = AUTHORITY.anchor(&signature::RustCrypto) {
        anchors.add(anchor);
    }
    // For the days of the roll-out, to which the calendar of a trial can be set.
    if trial::is_on()
        && let Ok(anchor) = AUTHORITY.rollout_anchor(&signature::RustCrypto)
    {
        anchors.add(anchor);
    }
    anchors
}

/// Returns the anchors of known readers.
pub(crate) fn readers() -> ReaderAnchors {
    let mut readers = ReaderAnchors::new();
    // Without the anchor no requester is verified.
    if let Ok(anchor) = AUTHORITY.reader_anchor() {
        readers.add(anchor);
    }
    readers
}

/// Returns the authorities over desks to which applications may go.
pub(crate) fn desks() -> DeskAnchors {
    // Without the anchor no desk is trusted.
    DeskAnchors::new(AUTHORITY.desk_anchor().into_iter().collect())
}

/// Whether this build makes the status list of this name itself.
pub(crate) fn is_own_status_list(uri: &str) -> bool {
    uri == STATUS_LIST_URI
}

/// The status list that this build makes itself for the day of `now`: the token.
pub(crate) fn status_list(now: Timestamp) -> Option<Vec<u8>> {
    AUTHORITY.status_list(now).ok()
}

/// Asks a question, signed as the demo's reader.
pub(crate) fn challenge(
    question: &Question,
    at: Timestamp,
    random: protocol::Random<'_>,
) -> Result<Challenge, MakeError> {
    match AUTHORITY.reader(at) {
        Ok(reader) => PreparedChallenge::new(question, reader.certificate, at, random)?.sign(&reader.key),
        // A day outside of the demo's years: asked all the same, and shown as not verified.
        Err(_) => Challenge::unsigned(question, at, random),
    }
}

fn person(person: &DemoPerson) -> Person {
    let shows = AUTHORITY.shows(person, format::now());
    let (city, latin) = person.city();
    Person {
        group: match shows {
            Shows::Green => Group::Green,
            Shows::Amber => Group::Amber,
            Shows::Red => Group::Red,
            Shows::Photo => Group::Photo,
            Shows::Refused => Group::Refused,
            Shows::NotOpen { .. } => Group::NotOpen,
        },
        opens: match shows {
            Shows::NotOpen { from } => Some((city, latin, from)),
            _ => None,
        },
        reference: person.id,
        name: person.name_zh(),
        name_latin: person.name_latin(),
        classes: person.classes(),
        story: person.story_key(),
        office: person.office_name(),
        drawing: person.portrait_path(),
        photo: person.photo_on_file.then(|| person.portrait_path()),
    }
}

/// The facts of a person's licence on the day on which it is claimed by who chooses it now.
fn facts(person: &DemoPerson) -> LicenceFacts {
    let day = AUTHORITY.claim_day(person, format::now());
    // The portraits are no part of what is shown before a claim.
    let none = Portraits { large: &[], small: &[] };
    AUTHORITY.facts(person, day, none, day.start_at(SHANGHAI_OFFSET_SECONDS))
}

fn on_record(demo: &DemoPerson) -> OnRecord {
    let facts = facts(demo);
    OnRecord {
        person: person(demo),
        number: facts.document_number,
        first_issue: facts.first_issue_date,
        until: (!facts.long_term).then_some(facts.expiry_date),
        letters: facts.status.letters.text(),
        office_latin: facts.issuing_authority,
        refused: AUTHORITY.start(demo.id, format::now()).err().map(Problem::from),
    }
}

impl From<ClaimError> for Problem {
    fn from(error: ClaimError) -> Self {
        let mut args = Vec::new();
        if let Some(letters) = error.letters() {
            args.push(("letters", Arg::Letters(letters.text())));
        }
        if let ClaimError::NotRolledOut { from } = &error {
            args.push(("date", Arg::Date(*from)));
        }
        Self::Coded(error.kind().info(), args)
    }
}

impl Issuer for BuiltInIssuer {
    fn people(&self) -> Vec<Person> {
        AUTHORITY.people().iter().map(person).collect()
    }

    fn on_record(&self, reference: &str) -> Option<OnRecord> {
        AUTHORITY.person(reference).map(on_record)
    }

    fn log_in(&self, number: &str, name: &str) -> Result<OnRecord, LoginError> {
        let number = LicenceNumber::read(number)?;
        if name.trim().is_empty() {
            return Err(LoginError::NameMissing);
        }
        let mut people = AUTHORITY.people().iter();
        let found = people.find(|person| facts(person).document_number == number.as_str());
        let person = found.ok_or(LoginError::NumberUnknown)?;
        if !login::is_name(name, &person.name_zh(), &person.name_latin()) {
            return Err(LoginError::NameOther);
        }
        Ok(on_record(person))
    }

    async fn apply(&self, reference: &str) -> Result<Application, Problem> {
        Ok(AUTHORITY.start(reference, format::now())?)
    }

    async fn confirm_photo(&self, on_file: PhotoOnFile) -> Result<(Approved, PortraitFiles), Problem> {
        let reference = on_file.claim().reference();
        let person = AUTHORITY.person(reference).ok_or(Problem::coded(ClaimCode::PersonUnknown.info()))?;
        let large = fetch::bytes(&person.portrait_path()).await.ok_or(Problem::Own(Own::PhotoFetch))?;
        let small = AUTHORITY.small_portrait(person.id).ok_or(Problem::Unexpected)?.to_vec();
        let approved = AUTHORITY
            .confirm_photo(on_file, &large, format::now())
            .map_err(|(_, error)| Problem::coded(error.kind().info()))?;
        Ok((approved, PortraitFiles { large, small }))
    }

    async fn submit_photo(
        &self,
        needed: PhotoNeeded,
        PortraitFiles { large, small }: &PortraitFiles,
        source: PhotoSource,
    ) -> Result<PhotoSubmitted, Problem> {
        AUTHORITY
            .submit_photo(needed, Portraits { large, small }, source, format::now())
            .map_err(|(_, error)| Problem::coded(error.kind().info()))
    }

    async fn review(
        &self,
        submitted: PhotoSubmitted,
        rejected: Option<RejectReason>,
    ) -> Result<Application, Problem> {
        let answer = rejected.map_or(ReviewAnswer::Approve, ReviewAnswer::Reject);
        Ok(AUTHORITY.review(submitted, answer, format::now()))
    }

    async fn issue(
        &self,
        record: &Record,
        PortraitFiles { large, small }: &PortraitFiles,
        device: CoseKey,
    ) -> Result<(Vec<u8>, Record), Problem> {
        let mut lacking = false;
        let mut random = |buffer: &mut [u8]| lacking |= !key::random(buffer);
        let issued = AUTHORITY
            .refresh(record, Portraits { large, small }, device, format::now(), &mut random)
            .map_err(|error| Problem::coded(error.kind().info()))?;
        if lacking {
            return Err(Problem::Own(Own::NoRandom));
        }
        Ok((issued.credential, issued.record))
    }
}
