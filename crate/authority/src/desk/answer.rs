//! The answer of an application: the licence is signed when it is handed over, never before.

use cbor::Timestamp;
use cbor::cose::CoseKey;
use licence::shanghai_day;

use super::action::{Issued, Outcome};
use super::driver::{DriverFile, HeldLicence};
use super::queue::{ApplicationId, Closed, Queued};
use super::receive::{counter_outcome, own_photo, refusal};
use super::state::{Desk, Plan, Reply};
use crate::application::{Application, Approved, AtDesk, Occasion};
use crate::driver::DriverFacts;
use crate::error::{DeskError, IssueError, PhotoError};
use crate::journal::{Details, StepKind};
use crate::photo::{PhotoSource, Portraits, Sha256Digest};

impl Desk {
    /// Makes the answer of an application. One that was handed over is made again: the licence keeps its entry.
    pub(super) fn answer(
        &self,
        id: ApplicationId,
        portraits: Option<Portraits<'_>>,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Plan, DeskError> {
        let queued = self.queued.get(&id).ok_or(DeskError::ApplicationUnknown)?;
        if let Some(Closed::Withdrawn { .. }) = queued.closed {
            return Err(DeskError::Withdrawn);
        }
        match &queued.state {
            Application::PhotoOnFile(on_file) => {
                let portraits = portraits.ok_or(DeskError::PhotoMissing)?;
                let known = self.register.photo_on_file(&queued.reference);
                let same = known.is_some_and(|known| {
                    known.large_sha256 == Sha256Digest::of(portraits.large) && known.small == portraits.small
                });
                if !same {
                    return Err(PhotoError::NotOnFile.into());
                }
                let approved = on_file
                    .clone()
                    .confirm(portraits, shanghai_day(now))
                    .map_err(|(_, error)| DeskError::Photo(error))?;
                self.issue(queued, &approved, portraits, now, random)
            }
            Application::Approved(approved) => {
                let portraits = portraits.ok_or(DeskError::PhotoMissing)?;
                if !approved.photo().is_of(portraits) {
                    return Err(IssueError::PhotoMismatch.into());
                }
                self.issue(queued, approved, portraits, now, random)
            }
            Application::PhotoNeeded(needed) => {
                let last = needed.rejections().last().ok_or(DeskError::Step)?;
                let rejections = u8::try_from(needed.rejections().len()).unwrap_or(u8::MAX);
                let outcome = Outcome::Rejected { reason: last.reason, note: last.note.clone(), rejections };
                Ok(self.rejection(queued, outcome, now))
            }
            Application::AtCounter(counter) => {
                let facts = self.facts(&self.file(&queued.reference), now).ok_or(DeskError::DriverUnknown)?;
                Ok(self.rejection(queued, counter_outcome(counter.rejections(), &facts.office), now))
            }
            Application::PhotoSubmitted(_) => Err(DeskError::Step),
        }
    }

    /// Hands over that a photo was rejected; its bytes are not needed any more.
    fn rejection(&self, queued: &Queued, outcome: Outcome, now: Timestamp) -> Plan {
        let mut plan = Plan::new(StepKind::Answered, self.details_of(queued, None, now));
        let file = self.file(&queued.reference);
        plan.erased =
            own_photo(queued).into_iter().filter(|digest| !self.is_in_use(*digest, &file)).collect();
        plan.queued.push(answered(queued, queued.state.clone(), now));
        plan.reply = Some(reply(queued, outcome));
        plan
    }

    /// Checks that a licence may be issued for this, as letters, facts and the licence are now.
    pub(super) fn check_open(
        &self,
        occasion: Occasion,
        file: &DriverFile,
        facts: &DriverFacts,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        match (occasion, &file.licence) {
            (Occasion::FirstClaim | Occasion::Reclaim, _) => Ok(self.check_eligible(facts, now)?),
            (_, Some(held)) if held.ended.is_some() || !held.basis.changed(&facts.basis()).is_empty() => {
                Err(DeskError::LicenceEnded)
            }
            (_, Some(_)) => Ok(()),
            (_, None) => Err(DeskError::NoLicence),
        }
    }

    fn issue(
        &self,
        queued: &Queued,
        approved: &Approved,
        portraits: Portraits<'_>,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Plan, DeskError> {
        let file = self.file(&queued.reference);
        let facts = self.facts(&file, now).ok_or(DeskError::DriverUnknown)?;
        let again = file.licence.as_ref().filter(|held| held.application == Some(queued.id));
        if queued.closed.is_some() && again.is_none() {
            // A newer licence took its place.
            return Err(DeskError::Withdrawn);
        }
        let claims = matches!(queued.occasion, Occasion::FirstClaim | Occasion::Reclaim);
        // Letters, facts and the licence may have changed since it was received.
        if let Err(error) = self.check_open(queued.occasion, &file, &facts, now) {
            let details = Details { code: Some(error.code().into()), ..self.details_of(queued, None, now) };
            let mut plan = Plan::new(StepKind::Refused, details);
            plan.queued.push(answered(queued, queued.state.clone(), now));
            plan.reply = Some(reply(queued, refusal(&error, Some(&facts.office))));
            return Ok(plan);
        }
        let kept = again.or(file.licence.as_ref().filter(|_| !claims)).map(|held| held.entry);
        let claimed_on = approved.claim().claimed_on();
        let entry = match kept {
            Some(entry) => entry,
            None => self
                .register
                .take_entry(&queued.reference, claimed_on, &|entry| self.is_taken(entry), random)
                .ok_or(DeskError::ListFull)?,
        };
        let device_key = CoseKey::from_sec1(&queued.device_key).map_err(|_| DeskError::DeviceKeyForm)?;
        let credential =
            self.register.issue(&facts.licence(portraits, now), entry, device_key, now, random)?;
        let record = approved.record().at_desk(AtDesk { entry, changes: file.changes.clone() });
        let held = HeldLicence {
            record: record.clone(),
            entry,
            device_key_sha256: Some(Sha256Digest::of(&queued.device_key)),
            application: Some(queued.id),
            issued_at: now,
            basis: facts.basis(),
            ended: None,
        };
        let before = file.licence.as_ref().filter(|held| held.entry != entry);
        let ended: Vec<u64> = before.map(|held| held.entry).into_iter().collect();
        let changed =
            file.licence.as_ref().map(|held| held.basis.changed(&facts.basis())).unwrap_or_default();
        let details = Details {
            entry: Some(entry),
            ended: ended.clone(),
            ..self.details_of(queued, Some(approved.photo().large_sha256), now)
        };
        let mut plan = Plan::new(StepKind::Issued, details);
        plan.status_changed = !ended.is_empty();
        if let Some(photo) = file.licence.as_ref().map(|held| held.record.photo()) {
            let new = [record.photo().large_sha256, record.photo().small_sha256];
            let old = [photo.large_sha256, photo.small_sha256];
            plan.erased = old.into_iter().filter(|digest| !new.contains(digest)).collect();
        }
        let mut file = file;
        file.ended.extend(ended);
        file.claim = None;
        if record.photo().source != PhotoSource::OnFile {
            file.own_photo_on = Some(record.photo_approved_on());
        }
        file.licence = Some(held);
        plan.files.push(file);
        plan.queued.push(answered(queued, approved.clone().into(), now));
        plan.reply = Some(reply(queued, Outcome::Issued(Box::new(Issued { credential, record, changed }))));
        Ok(plan)
    }
}

fn answered(queued: &Queued, state: Application, now: Timestamp) -> Queued {
    Queued { state, closed: Some(Closed::Answered { at: now }), ..queued.clone() }
}

fn reply(queued: &Queued, outcome: Outcome) -> Reply {
    let (id, device_key, answer_key) = (queued.id, queued.device_key, queued.answer_key);
    Reply { id, device_key, answer_key, outcome }
}
