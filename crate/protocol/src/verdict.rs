//! The whole way of an answer: payload in, verdict out.

use verdict::{Verdict, VerifierContext, answer_refused, verify_answer};

use crate::challenge::Challenge;

/// Judges an answer to one's own question; whatever the bytes are, the answer is a verdict.
///
/// As [`verdict::verify_one_way`], but fresh is what answers this question, and answers it first. It leaves to
/// the caller: to let a person compare the face, since a live relay cannot be ruled out here either.
pub fn judge_answer(challenge: &mut Challenge, payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
    match challenge.open(payload, context.now) {
        Ok(opened) => verify_answer(opened.device_response(), opened.transcript().clone(), context),
        Err(error) => answer_refused(error.info(), context),
    }
}
