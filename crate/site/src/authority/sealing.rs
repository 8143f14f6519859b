//! Answers are sealed for the wallet, before the step that hands them over is stored.

use authority::desk::{Answer, ApplicationId, Effects, Outcome};
use authority::post::{AgreementKey, AnswerBinding, AnswerBody, DeskOutcome, JournalReceipt, Office};
use authority::rollout::IssuingOffice;
use sha2::{Digest as _, Sha256};

use super::problem::Problem;
use crate::browser::agreement::OpeningKey;

/// Seals the answers of steps. Those of practice applications have nobody to read them.
pub(super) fn seal(
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
