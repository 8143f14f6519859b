//! Sealing an answer of the desk of this crate.

use envelope::sealed::{AgreementKey, AnswerBinding, Random};
use sha2::{Digest as _, Sha256};

use super::error::AnswerError;
use crate::desk::Answer;

/// Seals an answer of the desk for its wallet; `desk` is the key for which the application was sealed. Returns the payload of the
/// QR link, which is a file as well.
///
/// # Errors
/// `sealed-point`, `sealed-random`, or `sealed-length` if the payload has no room for it.
pub fn seal_answer(answer: &Answer, desk: &AgreementKey, random: Random<'_>) -> Result<Vec<u8>, AnswerError> {
    let binding = AnswerBinding {
        application_id: *answer.id.as_bytes(),
        desk_spki_sha256: desk.spki_sha256(),
        device_key_sha256: Sha256::digest(answer.device_key).into(),
    };
    answer.body().seal(&AgreementKey::from_sec1(&answer.answer_key)?, &binding, random)
}
