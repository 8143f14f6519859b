//! Answers are sealed for the wallet, before the step that hands them over is stored.

use authority::desk::{ApplicationId, Effects};
use authority::post::seal_answer;

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
    let sealed = answers.map(|answer| match seal_answer(answer, desk.public(), random) {
        Ok(payload) => Ok((answer.id, payload)),
        Err(error) => Err(Problem::Refused(error.code(), error.message())),
    });
    sealed.collect()
}
