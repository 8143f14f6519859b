//! Answers: made, sealed for the wallet, and stored with the step that hands them over.

use std::rc::Rc;

use authority::desk::{Action, Answer, ApplicationId, Effects, Outcome, PhotoWanted, Queued, Stage};
use authority::photo::Portraits;
use authority::post::{AgreementKey, AnswerBinding, AnswerBody, DeskOutcome, JournalReceipt, Office};
use authority::rollout::IssuingOffice;
use cbor::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::register::practice_index;
use crate::browser::agreement::OpeningKey;
use crate::browser::fetch;

/// Seals the answers of steps. Those of practice applications have nobody to read them.
pub(in crate::authority) fn seal(
    steps: &[Effects],
    desk: Option<&OpeningKey>,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<(ApplicationId, Vec<u8>)>, Problem> {
    let Some(desk) = desk else {
        return Ok(Vec::new());
    };
    let answers = steps.iter().filter_map(|effects| effects.answer.as_ref());
    answers.map(|answer| Ok((answer.id, sealed(answer, desk.public(), random)?))).collect()
}

fn sealed(
    answer: &Answer,
    desk: &AgreementKey,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, Problem> {
    let body = AnswerBody {
        answered_at: answer.at,
        receipt: JournalReceipt { size: answer.receipt.size, root: answer.receipt.root.0 },
        outcome: outcome(&answer.outcome),
    };
    let binding = AnswerBinding {
        application_id: *answer.id.as_bytes(),
        desk_spki_sha256: desk.spki_sha256(),
        device_key_sha256: Sha256::digest(answer.device_key).into(),
    };
    let key = AgreementKey::from_sec1(&answer.answer_key).map_err(|_| Problem::Own("not-sealed"))?;
    body.seal(&key, &binding, random).map_err(|error| Problem::Refused(error.code(), error.message()))
}

fn outcome(outcome: &Outcome) -> DeskOutcome {
    let of =
        |office: &IssuingOffice| Office { name: office.name.clone(), name_latin: office.name_latin.clone() };
    match outcome {
        Outcome::Issued(issued) => DeskOutcome::Issued {
            credential: issued.credential.clone(),
            record: serde_json::to_string(&issued.record).unwrap_or_default(),
        },
        Outcome::Rejected { reason, note, rejections } => {
            DeskOutcome::Rejected { reason: *reason, note: note.clone(), rejections: *rejections }
        }
        Outcome::Counter { reason, note, office } => {
            DeskOutcome::Counter { reason: *reason, note: note.clone(), office: of(office) }
        }
        Outcome::Refused { code, message, office } => DeskOutcome::Refused {
            code: (*code).to_owned(),
            args: message.args().iter().map(|(name, arg)| (name.to_string(), arg.clone())).collect(),
            office: office.as_ref().map(of),
        },
    }
}

/// Whether an answer can leave by itself: nothing is left to decide or to undo, and a wallet waits for it.
pub(super) fn is_due(queued: &Queued, now: Timestamp) -> bool {
    queued.stage() == Stage::ToAnswer
        && practice_index(&queued.reference).is_none()
        && queued
            .decided
            .as_ref()
            .is_none_or(|decided| now.seconds_since(decided.at) > authority::desk::UNDO_SECONDS)
}

/// Makes the answer of an application, and stores it.
pub(super) async fn answer(app: &Rc<App>, id: ApplicationId) -> Result<(), Problem> {
    let wanted = app.desk().photo_wanted(id);
    let photo = match wanted {
        None => None,
        Some(PhotoWanted::OnFile(file)) => {
            let large = fetch::bytes(&file.address).await.ok_or(Problem::Own("photo-fetch"))?;
            Some((large, file.small))
        }
        Some(PhotoWanted::Stored { large, small }) => match app.store.photos([large, small]).await? {
            [Some(large), Some(small)] => Some((large, small)),
            _ => return Err(Problem::Own("photo-gone")),
        },
    };
    let portraits = photo.as_ref().map(|(large, small)| Portraits { large, small });
    app.act(Action::Answer { id, portraits }).await.map(|_| ())
}
