//! From an application that was opened to a step of the desk, and from an answer to the message that is sealed.

use verdict::Arg;

use super::action::{Answer, Outcome, Received, ReceivedPhoto};
use super::queue::ApplicationId;
use crate::application::Occasion;
use crate::photo::Sha256Digest;
use crate::post::{
    AnswerBody, ApplicationBody, Asks, DeskOutcome, JournalReceipt, Office, ReceivedApplication,
};
use crate::rollout::IssuingOffice;

impl From<&ReceivedApplication> for Received {
    fn from(application: &ReceivedApplication) -> Self {
        let ApplicationBody { id, made_at, asks, number, name, device_key, answer_key, photo, held, record } =
            application.body().clone();
        let photo =
            photo.map(|photo| ReceivedPhoto { source: photo.source, large: photo.large, small: photo.small });
        Self {
            id: ApplicationId::new(id),
            occasion: asks.into(),
            number,
            name,
            device_key,
            answer_key,
            made_at,
            photo,
            held: held.map(Sha256Digest::from_bytes),
            // One that cannot be read is none.
            record: record.and_then(|record| serde_json::from_str(&record).ok()),
        }
    }
}

impl From<Asks> for Occasion {
    fn from(asks: Asks) -> Self {
        match asks {
            Asks::FirstClaim => Self::FirstClaim,
            Asks::Replacement => Self::Replacement,
            Asks::Reclaim => Self::Reclaim,
            Asks::Refresh => Self::Refresh,
        }
    }
}

impl From<Occasion> for Asks {
    fn from(occasion: Occasion) -> Self {
        match occasion {
            Occasion::FirstClaim => Self::FirstClaim,
            Occasion::Replacement => Self::Replacement,
            Occasion::Reclaim => Self::Reclaim,
            Occasion::Refresh => Self::Refresh,
        }
    }
}

impl Answer {
    /// Returns the body of the message, to be sealed for [`Answer::answer_key`].
    pub fn body(&self) -> AnswerBody {
        let receipt = JournalReceipt { size: self.receipt.size, root: self.receipt.root.0 };
        AnswerBody { answered_at: self.at, receipt, outcome: self.outcome.message() }
    }
}

impl Outcome {
    fn message(&self) -> DeskOutcome {
        match self {
            Self::Issued(issued) => DeskOutcome::Issued {
                credential: issued.credential.clone(),
                record: serde_json::to_string(&issued.record).unwrap_or_default(),
            },
            Self::Rejected { reason, note, rejections } => {
                DeskOutcome::Rejected { reason: *reason, note: note.clone(), rejections: *rejections }
            }
            Self::Counter { reason, note, office } => {
                DeskOutcome::Counter { reason: *reason, note: note.clone(), office: office.into() }
            }
            Self::Refused { code, message, office } => {
                let mut args: Vec<_> =
                    message.args().iter().map(|(name, arg)| (name.to_string(), arg.clone())).collect();
                // A wallet reads texts, numbers, days and letters; the name of a fact is the desk's own.
                args.retain(|(_, arg)| !matches!(arg, Arg::Key(_)));
                args.sort_by(|(one, _), (other, _)| one.cmp(other));
                let office = office.as_ref().map(Office::from);
                DeskOutcome::Refused { code: (*code).to_owned(), args, office }
            }
        }
    }
}

impl From<&IssuingOffice> for Office {
    fn from(office: &IssuingOffice) -> Self {
        Self { name: office.name.clone(), name_latin: office.name_latin.clone() }
    }
}
