//! A photo is taken in at the counter, where the clerk sees the driver.

use cbor::Timestamp;
use licence::shanghai_day;

use super::action::ReceivedPhoto;
use super::facts::once;
use super::queue::{Closed, Queued};
use super::receive::own_photo;
use super::review::checked_note;
use super::state::{Desk, Plan};
use crate::application::Application;
use crate::error::DeskError;
use crate::journal::{Details, Shown, StepKind, without_numbers};

impl Desk {
    /// Returns the application that a photo at the counter would be of: the newest one of a driver who was sent there.
    pub fn at_counter(&self, reference: &str) -> Option<&Queued> {
        let Some(Application::AtCounter(claim)) = self.file(reference).claim else {
            return None;
        };
        let of_claim = self.queued.values().filter(|queued| {
            queued.reference == reference
                && claim.is(queued.occasion)
                && matches!(queued.state, Application::AtCounter(_))
                && !matches!(queued.closed, Some(Closed::Withdrawn { .. }))
        });
        of_claim.max_by_key(|queued| (queued.received_at, queued.made_at, queued.id))
    }

    /// Takes a photo in at the counter and approves it in one go. Letters, facts and the licence must allow it: nobody is
    /// photographed in vain.
    pub(super) fn photograph(
        &self,
        reference: &str,
        shown: Vec<Shown>,
        photo: ReceivedPhoto,
        note: Option<String>,
        now: Timestamp,
    ) -> Result<Plan, DeskError> {
        let (mut file, facts) = self.known(reference, now)?;
        let Some(Application::AtCounter(claim)) = file.claim.take() else {
            return Err(DeskError::NotAtCounter);
        };
        let queued = self.at_counter(reference).ok_or(DeskError::ApplicationUnknown)?;
        if !shown.iter().any(|paper| matches!(paper, Shown::IdentityCard | Shown::Passport)) {
            return Err(DeskError::IdentityNotShown);
        }
        let note = checked_note(note)?;
        self.check_open(queued.occasion, &file, &facts, now)?;
        let approved = claim
            .photograph(photo.portraits(), photo.source, shanghai_day(now))
            .map_err(|(_, error)| DeskError::Photo(error))?;
        let details = Details {
            shown: once(shown),
            note: note.as_deref().map(without_numbers),
            ..self.details_of(queued, Some(approved.photo().large_sha256), now)
        };
        let state = Application::from(approved);
        let mut plan = Plan::new(StepKind::Photographed, details);
        plan.photos = photo.into_bytes();
        plan.erased = own_photo(queued);
        plan.erased.retain(|digest| {
            !self.is_in_use(*digest, &file) && plan.photos.iter().all(|photo| photo.sha256 != *digest)
        });
        file.claim = Some(state.clone());
        plan.files.push(file);
        plan.queued.push(Queued { state, decided: None, closed: None, ..queued.clone() });
        Ok(plan)
    }
}
