//! An application arrives: who it is about, whether it is allowed, and what happens next.

use cbor::Timestamp;
use licence::shanghai_day;

use super::action::{Outcome, Received};
use super::driver::{DriverFile, HeldLicence};
use super::queue::{Closed, Queued, Stage};
use super::state::{Desk, Plan, Reply};
use crate::application::{Applicant, Application, Occasion, Opened, PhotoNeeded, Record, SCHEMA};
use crate::driver::DriverFacts;
use crate::error::{ClaimError, DeskError, ReplaceError};
use crate::journal::{Details, StepKind};
use crate::photo::{Photo, PhotoSource, Portraits, REPLACE_MONTHS, Sha256Digest};
use crate::rollout::IssuingOffice;

/// Most seconds that an application travels: 30 days.
const TRAVEL_SECONDS: i64 = 30 * 86_400;
/// Most seconds by which the wallet's clock may be ahead.
const AHEAD_SECONDS: i64 = 86_400;
/// Most bytes of a number and of a name that are compared.
const WHO_MAX: usize = 200;

/// The driver that an application is about.
struct Who {
    file: DriverFile,
    facts: DriverFacts,
}

impl Desk {
    /// Receives an application: it is queued, or answered at once with a refusal or the way to the counter.
    pub(super) fn receive(&self, received: Received, now: Timestamp) -> Result<Plan, DeskError> {
        if self.queued.contains_key(&received.id) {
            return Err(DeskError::Replayed);
        }
        let age = now.seconds_since(received.made_at);
        if !(-AHEAD_SECONDS..=TRAVEL_SECONDS).contains(&age) {
            return Ok(refused(&received, None, &DeskError::Time));
        }
        let Some(who) = self.find(&received, now) else {
            return Ok(refused(&received, None, &ClaimError::NumberName.into()));
        };
        match self.open(&received, &who, now) {
            Ok((file, state)) => Ok(self.enqueue(received, &who, file, state, now)),
            Err(error) => Ok(refused(&received, Some(&who), &error)),
        }
    }

    /// Finds the driver with this number and this name.
    fn find(&self, received: &Received, now: Timestamp) -> Option<Who> {
        if received.number.len() > WHO_MAX || received.name.len() > WHO_MAX {
            return None;
        }
        let number = received.number.trim().to_uppercase();
        let name: String = received.name.split_whitespace().collect();
        let is = |facts: &DriverFacts| facts.number == number && facts.name_zh() == name;
        self.register.references().into_iter().find_map(|reference| {
            let file = self.file(&reference);
            let facts = self.facts(&file, now)?;
            // The number as it was when the application was made, or on the day of the claim that the wallet holds.
            let record = received.record.as_ref().filter(|record| record.reference() == reference);
            let at = |claimed_on| self.register.facts(&reference, claimed_on, received.made_at);
            let same = is(&facts)
                || at(None).is_some_and(|facts| is(&facts))
                || record.is_some_and(|record| at(Some(record.claimed_on())).is_some_and(|facts| is(&facts)));
            same.then_some(Who { file, facts })
        })
    }

    /// Opens the application, and takes the photo if one is needed. Returns the file of the driver as it is then.
    fn open(
        &self,
        received: &Received,
        who: &Who,
        now: Timestamp,
    ) -> Result<(DriverFile, Application), DeskError> {
        cbor::cose::CoseKey::from_sec1(&received.device_key).map_err(|_| DeskError::DeviceKeyForm)?;
        cbor::cose::CoseKey::from_sec1(&received.answer_key).map_err(|_| DeskError::DeviceKeyForm)?;
        match received.occasion {
            Occasion::FirstClaim => self.open_first(received, who, now),
            Occasion::Replacement => {
                let (file, held) = self.held(received, who)?;
                if held.ended.is_some() {
                    return Err(DeskError::LicenceEnded);
                }
                let from = who.file.own_photo_on.map(|day| day.plus_months(REPLACE_MONTHS));
                if let Some(from) = from.filter(|from| shanghai_day(now) < *from) {
                    return Err(ReplaceError::TooEarly { from }.into());
                }
                let needed = match &who.file.claim {
                    Some(Application::AtCounter(counter)) if counter.is(Occasion::Replacement) => {
                        return Ok((file, counter.clone().into()));
                    }
                    Some(Application::PhotoNeeded(needed)) if needed.is(Occasion::Replacement) => {
                        needed.clone()
                    }
                    _ => held.record.replace_photo(shanghai_day(now))?,
                };
                Ok((file, submit(needed, received, now)?))
            }
            Occasion::Reclaim => {
                let (file, held) = self.held(received, who)?;
                if held.ended.is_none() && held.basis.changed(&who.facts.basis()).is_empty() {
                    return Err(DeskError::NothingChanged);
                }
                self.check_eligible(&who.facts, now)?;
                self.renew(received, &held.record, file, true)
            }
            Occasion::Refresh => {
                let (file, held) = self.held(received, who)?;
                if held.ended.is_some() || !held.basis.changed(&who.facts.basis()).is_empty() {
                    return Err(DeskError::LicenceEnded);
                }
                self.renew(received, &held.record, file, false)
            }
        }
    }

    fn open_first(
        &self,
        received: &Received,
        who: &Who,
        now: Timestamp,
    ) -> Result<(DriverFile, Application), DeskError> {
        let reference = who.file.reference.clone();
        let applicant = Applicant {
            office: who.facts.office.clone(),
            letters: who.facts.letters.clone(),
            extension_until: who.facts.extension_until,
            photo_on_file: self.register.photo_on_file(&reference).is_some(),
            reference,
        };
        let claimed_on = self.register.claim_day(&who.file.reference, now);
        let opened = applicant.apply_by(&self.rollout, shanghai_day(now), claimed_on)?;
        let file = who.file.clone();
        let needed = match (opened, &who.file.claim) {
            (Opened::PhotoOnFile(_), _) if received.photo.is_some() => {
                return Err(ClaimError::PhotoOnFile.into());
            }
            (Opened::PhotoOnFile(on_file), _) => return Ok((file, on_file.into())),
            (Opened::PhotoNeeded(_), Some(Application::AtCounter(counter)))
                if counter.is(Occasion::FirstClaim) =>
            {
                return Ok((file, counter.clone().into()));
            }
            (Opened::PhotoNeeded(_), Some(Application::PhotoNeeded(needed)))
                if needed.is(Occasion::FirstClaim) =>
            {
                needed.clone()
            }
            (Opened::PhotoNeeded(needed), _) => needed,
        };
        Ok((file, submit(needed, received, now)?))
    }

    /// Opens a re-claim or a refresh: the photo in use stays, and nothing is reviewed.
    fn renew(
        &self,
        received: &Received,
        record: &Record,
        file: DriverFile,
        reclaim: bool,
    ) -> Result<(DriverFile, Application), DeskError> {
        // The wallet sends the photo that is in use, where only it has that; another one is replaced by its own application.
        let photo = record.photo();
        let other = received
            .photo
            .as_ref()
            .is_some_and(|sent| !photo.is_of(Portraits { large: &sent.large, small: &sent.small }));
        if other {
            return Err(DeskError::Photo(crate::error::PhotoError::NotOnFile));
        }
        let known = photo.source == PhotoSource::OnFile || received.photo.is_some() || self.has_photo(&file);
        if !known {
            return Err(DeskError::PhotoMissing);
        }
        Ok((file, record.renew(reclaim).into()))
    }

    /// Whether the photo in use went through this desk.
    fn has_photo(&self, file: &DriverFile) -> bool {
        file.licence.as_ref().is_some_and(|held| held.application.is_some())
    }

    /// Returns the licence that an application is about, and the file with it.
    fn held(&self, received: &Received, who: &Who) -> Result<(DriverFile, HeldLicence), DeskError> {
        let key = Sha256Digest::of(&received.device_key);
        let known = who.file.licence.clone();
        if let Some(held) = &known
            && held.device_key_sha256.is_none_or(|bound| bound == key)
        {
            return Ok((who.file.clone(), held.clone()));
        }
        // A licence of another issuer, which only the wallet's record tells of. One that a desk issued is in the file.
        let record = received.record.as_ref().filter(|_| self.register.accepts_records());
        let record = record.filter(|record| record.desk().is_none() && record.schema() == SCHEMA);
        let record = record.filter(|record| record.reference() == who.file.reference);
        let record = match record {
            Some(record) => record.clone(),
            None if known.is_some() => return Err(DeskError::DeviceKey),
            // The message names the licence by its hash alone.
            None => self.record_elsewhere(received, who).ok_or(DeskError::NoLicence)?,
        };
        let held = self.licence_of(&record, key, received.made_at, &who.file).ok_or(DeskError::NoLicence)?;
        let mut file = who.file.clone();
        file.licence = Some(held.clone());
        Ok((file, held))
    }

    /// Returns the record of a licence of another issuer that the wallet names by its hash alone: as if it was claimed when the
    /// application was made, with the photo on file, or with the one that comes with a re-claim.
    fn record_elsewhere(&self, received: &Received, who: &Who) -> Option<Record> {
        let _named = received.held.filter(|_| self.register.accepts_records())?;
        let reference = &who.file.reference;
        let claimed_on = self.register.claim_day(reference, received.made_at);
        let sent = received.photo.as_ref().filter(|_| received.occasion == Occasion::Reclaim);
        let photo = match (sent, self.register.photo_on_file(reference)) {
            (Some(sent), _) => {
                let portraits = Portraits { large: &sent.large, small: &sent.small };
                Photo::check(portraits, sent.source, claimed_on).ok()?
            }
            (None, Some(on_file)) => Photo {
                source: PhotoSource::OnFile,
                large_sha256: on_file.large_sha256,
                small_sha256: Sha256Digest::of(&on_file.small),
                submitted_on: claimed_on,
            },
            // A photo of the holder's own, of which only its own wallet knows the day.
            (None, None) => {
                let sent = received.photo.as_ref()?;
                let portraits = Portraits { large: &sent.large, small: &sent.small };
                Photo::check(portraits, PhotoSource::OnFile, claimed_on).ok()?
            }
        };
        Some(Record::elsewhere(reference, claimed_on, photo))
    }

    /// Returns the licence of a record.
    fn licence_of(
        &self,
        record: &Record,
        key: Sha256Digest,
        at: Timestamp,
        file: &DriverFile,
    ) -> Option<HeldLicence> {
        let claimed_on = record.claimed_on();
        let facts = self.register.facts(&file.reference, Some(claimed_on), at)?;
        // Whenever it was claimed: its issuer does not know what the desk changed.
        let ended = file.elsewhere_ended.is_some();
        Some(HeldLicence {
            record: record.clone(),
            entry: self.register.entry_elsewhere(&file.reference, claimed_on)?,
            device_key_sha256: Some(key),
            application: None,
            issued_at: at,
            basis: facts.basis(),
            ended: ended.then_some(super::driver::Ended::Changed { at }),
        })
    }

    /// Checks roll-out and letters.
    pub(super) fn check_eligible(&self, facts: &DriverFacts, now: Timestamp) -> Result<(), ClaimError> {
        let day = shanghai_day(now);
        let _rolled_out = self.rollout.check(&facts.office, day)?;
        let _eligible = crate::eligibility::check(&facts.letters, facts.extension_until, day)?;
        Ok(())
    }

    /// Puts an application into the queue; an older one of the same driver that is not answered is withdrawn.
    fn enqueue(
        &self,
        received: Received,
        who: &Who,
        file: DriverFile,
        state: Application,
        now: Timestamp,
    ) -> Plan {
        let details = details(&received, Some(who));
        // A driver who was sent to the counter is sent there again, and the application is kept: the licence that follows from the
        // visit answers the newest one.
        let counter = match &state {
            Application::AtCounter(counter) => {
                Some(reply(&received, counter_outcome(counter.rejections(), &who.facts.office)))
            }
            _ => None,
        };
        let at_counter = counter.is_some();
        let mut plan = Plan::new(if at_counter { StepKind::Refused } else { StepKind::Received }, details);
        plan.reply = counter;
        for older in self.queued.values() {
            if older.reference == who.file.reference && older.stage() != Stage::Done {
                let closed = Some(Closed::Withdrawn { at: now });
                plan.queued.push(Queued { closed, ..older.clone() });
                plan.erased.extend(own_photo(older));
                let details = Details {
                    application: Some(older.id),
                    driver: Some(older.reference.clone()),
                    ..Details::default()
                };
                plan.steps.insert(0, (StepKind::Withdrawn, details));
            }
        }
        plan.queued.push(Queued {
            id: received.id,
            reference: who.file.reference.clone(),
            occasion: received.occasion,
            made_at: received.made_at,
            received_at: now,
            device_key: received.device_key,
            answer_key: received.answer_key,
            held: received.held,
            state,
            decided: None,
            closed: at_counter.then_some(Closed::Answered { at: now }),
        });
        if file != who.file {
            plan.files.push(file);
        }
        if let Some(photo) = received.photo.filter(|_| !at_counter) {
            plan.photos = photo.into_bytes();
        }
        let kept: Vec<_> = plan.photos.iter().map(|photo| photo.sha256).collect();
        plan.erased.retain(|digest| !kept.contains(digest) && !self.is_in_use(*digest, &who.file));
        plan
    }

    /// Whether a photo is the one of the driver's licence.
    pub(super) fn is_in_use(&self, digest: Sha256Digest, file: &DriverFile) -> bool {
        file.licence.as_ref().is_some_and(|held| {
            let photo = held.record.photo();
            [photo.large_sha256, photo.small_sha256].contains(&digest)
        })
    }
}

/// Hands in the photo of an application.
fn submit(needed: PhotoNeeded, received: &Received, now: Timestamp) -> Result<Application, DeskError> {
    let photo = received.photo.as_ref().ok_or(ClaimError::PhotoNeeded)?;
    let portraits = Portraits { large: &photo.large, small: &photo.small };
    match needed.submit(portraits, photo.source, now) {
        Ok(submitted) => Ok(submitted.into()),
        Err((_, error)) => Err(error.into()),
    }
}

/// The digests of a photo of the applicant's own.
pub(super) fn own_photo(queued: &Queued) -> Vec<Sha256Digest> {
    queued.photo().map(|(large, small)| vec![large, small]).unwrap_or_default()
}

fn details(received: &Received, who: Option<&Who>) -> Details {
    Details {
        application: Some(received.id),
        driver: who.map(|who| who.file.reference.clone()),
        number_last4: Some(match who {
            Some(who) => who.facts.number_last4(),
            None => {
                let last: Vec<char> = received.number.trim().chars().rev().take(4).collect();
                last.into_iter().rev().filter(|c| !c.is_control()).collect()
            }
        }),
        occasion: Some(received.occasion),
        photo_sha256: received.photo.as_ref().map(|photo| Sha256Digest::of(&photo.large)),
        ..Details::default()
    }
}

fn reply(received: &Received, outcome: Outcome) -> Reply {
    let (id, device_key, answer_key) = (received.id, received.device_key, received.answer_key);
    Reply { id, device_key, answer_key, outcome }
}

/// The way to the counter, with the last rejection.
pub(super) fn counter_outcome(
    rejections: &[crate::application::Rejection],
    office: &IssuingOffice,
) -> Outcome {
    let last = rejections.last();
    Outcome::Counter {
        reason: last.map(|last| last.reason),
        note: last.and_then(|last| last.note.clone()),
        office: office.clone(),
    }
}

/// Returns the outcome of a refusal.
pub(super) fn refusal(error: &DeskError, office: Option<&IssuingOffice>) -> Outcome {
    Outcome::Refused { code: error.code(), message: error.message(), office: office.cloned() }
}

/// Answers an application at once, and does not queue it.
fn refused(received: &Received, who: Option<&Who>, error: &DeskError) -> Plan {
    let details = Details { code: Some(error.code().into()), ..details(received, who) };
    let mut plan = Plan::new(StepKind::Refused, details);
    plan.reply = Some(reply(received, refusal(error, who.map(|who| &who.facts.office))));
    plan
}
