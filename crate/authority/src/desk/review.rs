//! The review of a photo: approve, reject, undo.

use cbor::Timestamp;
use licence::shanghai_day;

use super::queue::{ApplicationId, Closed, Decided, Queued, UNDO_SECONDS};
use super::state::{Desk, Plan, check_text};
use crate::application::{Application, NOTE_MAX, PhotoSubmitted};
use crate::error::DeskError;
use crate::journal::{Details, StepKind, without_numbers};
use crate::photo::{RejectReason, Sha256Digest};

impl Desk {
    /// Returns an application that is not done.
    pub(super) fn open_application(&self, id: ApplicationId) -> Result<&Queued, DeskError> {
        let queued = self.queued.get(&id).ok_or(DeskError::ApplicationUnknown)?;
        match queued.closed {
            None => Ok(queued),
            Some(Closed::Withdrawn { .. }) => Err(DeskError::Withdrawn),
            Some(Closed::Answered { .. }) => Err(DeskError::Step),
        }
    }

    fn submitted(&self, id: ApplicationId) -> Result<(&Queued, &PhotoSubmitted), DeskError> {
        let queued = self.open_application(id)?;
        match &queued.state {
            Application::PhotoSubmitted(submitted) => Ok((queued, submitted)),
            _ => Err(DeskError::Step),
        }
    }

    /// Approves a photo.
    pub(super) fn approve(&self, id: ApplicationId, clerk: &str, now: Timestamp) -> Result<Plan, DeskError> {
        let (queued, submitted) = self.submitted(id)?;
        let details = self.details_of(queued, Some(submitted.photo().large_sha256), now);
        let decided = self.decided(queued, clerk, now);
        let state = submitted.clone().approve(shanghai_day(now)).into();
        let mut plan = Plan::new(StepKind::Approved, details);
        plan.queued.push(Queued { state, decided, ..queued.clone() });
        Ok(plan)
    }

    /// Rejects a photo. The count of rejections is kept in the driver's file.
    pub(super) fn reject(
        &self,
        id: ApplicationId,
        reason: RejectReason,
        note: Option<String>,
        clerk: &str,
        now: Timestamp,
    ) -> Result<Plan, DeskError> {
        let (queued, submitted) = self.submitted(id)?;
        let note = checked_note(note)?;
        let state: Application = submitted.clone().reject(reason, note.as_deref(), shanghai_day(now)).into();
        let details = Details {
            reason: Some(reason),
            note: note.as_deref().map(without_numbers),
            ..self.details_of(queued, Some(submitted.photo().large_sha256), now)
        };
        let mut file = self.file(&queued.reference);
        file.claim = Some(state.clone());
        let mut plan = Plan::new(StepKind::Rejected, details);
        plan.queued.push(Queued { state, decided: self.decided(queued, clerk, now), ..queued.clone() });
        plan.files.push(file);
        Ok(plan)
    }

    /// Takes a decision back: by the same clerk, within [`UNDO_SECONDS`], while nothing was handed over.
    pub(super) fn undo(&self, id: ApplicationId, clerk: &str, now: Timestamp) -> Result<Plan, DeskError> {
        let queued = self.queued.get(&id).ok_or(DeskError::ApplicationUnknown)?;
        let decided = queued.decided.as_ref().ok_or(DeskError::Step)?;
        match queued.closed {
            None => {}
            Some(Closed::Answered { .. }) => return Err(DeskError::UndoAnswered),
            Some(Closed::Withdrawn { .. }) => return Err(DeskError::Withdrawn),
        }
        if decided.by != clerk {
            return Err(DeskError::UndoOther);
        }
        if !(0..=UNDO_SECONDS).contains(&now.seconds_since(decided.at)) {
            return Err(DeskError::UndoLate);
        }
        let approved = matches!(queued.state, Application::Approved(_));
        let undid = if approved { StepKind::Approved } else { StepKind::Rejected };
        let details = Details { undid: Some(undid), ..self.details_of(queued, None, now) };
        let mut plan = Plan::new(StepKind::Undone, details);
        let mut file = self.file(&queued.reference);
        if file.claim != decided.claim_before {
            file.claim.clone_from(&decided.claim_before);
            plan.files.push(file);
        }
        plan.queued.push(Queued { state: decided.before.clone(), decided: None, ..queued.clone() });
        Ok(plan)
    }

    fn decided(&self, queued: &Queued, clerk: &str, now: Timestamp) -> Option<Decided> {
        let claim_before = self.file(&queued.reference).claim;
        Some(Decided { by: clerk.into(), at: now, before: queued.state.clone(), claim_before })
    }

    /// What a step of an application says of it.
    pub(super) fn details_of(&self, queued: &Queued, photo: Option<Sha256Digest>, now: Timestamp) -> Details {
        let facts = self.facts(&self.file(&queued.reference), now);
        Details {
            application: Some(queued.id),
            driver: Some(queued.reference.clone()),
            number_last4: facts.map(|facts| facts.number_last4()),
            occasion: Some(queued.occasion),
            photo_sha256: photo,
            ..Details::default()
        }
    }
}

/// Returns a clerk's note; nothing for one that is empty.
pub(super) fn checked_note(note: Option<String>) -> Result<Option<String>, DeskError> {
    match note.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => check_text(text, NOTE_MAX).map(|text| Some(text.to_owned())).ok_or(DeskError::Note),
    }
}
