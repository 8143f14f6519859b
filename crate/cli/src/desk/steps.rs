//! A desk that is open for steps: each with the answer that follows from it, all of it saved or nothing.

use std::fs::File;
use std::path::Path;

use anyhow::Result;
use authority::desk::{Action, Answer, ApplicationId, Desk, Effects, Outcome, PhotoWanted, Queued, Stage};
use authority::error::DeskError;
use authority::photo::{Portraits, Sha256Digest};
use authority::post::{
    AgreementSecret, AnswerError, ApplicationError, PendingApplication, ReceivedApplication, seal_answer,
};
use cbor::Timestamp;
use native::Ring;
use verdict::Message;

use super::folder::{Folder, Sealed, State};
use super::on_file;
use crate::clock::Randomness;

/// A large and a small portrait.
type Photo = (Vec<u8>, Vec<u8>);

/// Why the desk did not do something.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) message: Message,
}

macro_rules! refused_by {
    ($($error:ty),+) => { $(
        impl From<$error> for Refused {
            fn from(error: $error) -> Self {
                Self { code: error.code(), message: error.message() }
            }
        }
    )+ };
}

refused_by!(DeskError, ApplicationError, AnswerError);

/// What was done with an application.
pub(super) struct Done {
    pub(super) id: ApplicationId,
    /// The application; none if it was answered and not queued.
    pub(super) queued: Option<Queued>,
    /// The answer, if there is one already.
    pub(super) outcome: Option<Outcome>,
    /// How many steps the journal has.
    pub(super) steps: usize,
    /// Whether the status list is to be published again.
    pub(super) status_changed: bool,
}

/// A desk that no other command writes to.
pub(super) struct OpenDesk {
    pub(super) folder: Folder,
    pub(super) desk: Desk,
    state: State,
    key: AgreementSecret,
    _lock: File,
}

impl OpenDesk {
    /// Opens the desk of a folder; waits for the command that writes to it.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let folder = Folder::new(path);
        let key = folder.key()?;
        let lock = folder.lock()?;
        let state = folder.read()?;
        folder.finish(&state)?;
        let desk = state.desk(&folder)?;
        Ok(Self { folder, desk, state, key, _lock: lock })
    }

    /// Opens an application and verifies it.
    pub(super) fn open_application(
        &self,
        payload: &[u8],
        now: Timestamp,
    ) -> Result<ReceivedApplication, ApplicationError> {
        let pending = PendingApplication::decode(payload, &self.key.public())?;
        let shared = self.key.agree(pending.point());
        let known = |id: &[u8; 16]| self.desk.application(ApplicationId::new(*id)).is_some();
        pending.step(&shared)?.verify(now, known, &Ring::default())
    }

    /// Carries out a step of an application, makes its answer if nothing is left to review, and saves both.
    ///
    /// # Errors
    /// The outer error is of the folder, the inner one the desk's. Nothing has changed then.
    pub(super) fn carry_out(
        &mut self,
        id: ApplicationId,
        action: Action<'_>,
        clerk: &str,
        now: Timestamp,
    ) -> Result<Result<Done, Refused>> {
        let done = self.try_out(id, action, clerk, now);
        if !matches!(done, Ok(Ok(_))) {
            // The step was taken in memory alone: what is stored counts.
            self.desk = self.state.desk(&self.folder)?;
        }
        done
    }

    fn try_out(
        &mut self,
        id: ApplicationId,
        action: Action<'_>,
        clerk: &str,
        now: Timestamp,
    ) -> Result<Result<Done, Refused>> {
        let mut random = Randomness::default();
        let made = self.act(id, action, clerk, now, &mut |buffer| random.fill(buffer));
        let (steps, sealed) = match random.end(made)? {
            Ok(made) => made,
            Err(refused) => return Ok(Err(refused)),
        };
        self.state = self.folder.save(&self.state, &steps, &sealed)?;
        let status_changed = steps.iter().any(|effects| effects.status_changed);
        let answer = steps.into_iter().rev().find_map(|effects| effects.answer);
        Ok(Ok(Done {
            id,
            queued: self.desk.application(id).cloned(),
            outcome: answer.map(|answer| answer.outcome),
            steps: self.desk.journal().len(),
            status_changed,
        }))
    }

    /// Takes the step and the answer in memory; returns what follows, and what is sealed for the wallet.
    fn act(
        &mut self,
        id: ApplicationId,
        action: Action<'_>,
        clerk: &str,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(Vec<Effects>, Vec<Sealed>), Refused> {
        let mut steps = vec![self.desk.act(action, clerk, now, random)?];
        if self.desk.application(id).is_some_and(|queued| queued.stage() == Stage::ToAnswer) {
            let photo = self.photo(id, &steps)?;
            let portraits = photo.as_ref().map(|(large, small)| Portraits { large, small });
            steps.push(self.desk.act(Action::Answer { id, portraits }, clerk, now, random)?);
        }
        let mut sealed = Vec::new();
        for answer in steps.iter().filter_map(|effects| effects.answer.as_ref()) {
            sealed.push(self.seal(answer, random)?);
        }
        Ok((steps, sealed))
    }

    fn seal(&self, answer: &Answer, random: &mut dyn FnMut(&mut [u8])) -> Result<Sealed, AnswerError> {
        let payload = seal_answer(answer, &self.key.public(), random)?;
        Ok(Sealed { id: answer.id, payload, receipt: format!("{}\n", answer.receipt.to_json()) })
    }

    /// Returns the large and the small photo with which an application is answered; `None` if its answer needs none.
    fn photo(&self, id: ApplicationId, steps: &[Effects]) -> Result<Option<Photo>, DeskError> {
        let sent = |digest: Sha256Digest| {
            let new = steps.iter().flat_map(|effects| &effects.photos).find(|photo| photo.sha256 == digest);
            new.map(|photo| photo.bytes.clone()).or_else(|| self.folder.read_photo(digest))
        };
        let found = match self.desk.photo_wanted(id) {
            None => return Ok(None),
            Some(PhotoWanted::OnFile(file)) => {
                on_file::large(&file.address).map(|large| (large.to_vec(), file.small))
            }
            Some(PhotoWanted::Stored { large, small }) => sent(large).zip(sent(small)),
        };
        found.map(Some).ok_or(DeskError::PhotoMissing)
    }
}
