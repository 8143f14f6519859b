//! Judges an answer: payload in, verdict out.

use verdict::{Verdict, VerifierContext, answer_refused, verify_answer};

use crate::challenge::Challenge;

/// Judges an answer to this verifier's question. Any bytes give a verdict.
///
/// As [`verdict::verify_one_way`], except that an answer is fresh if it is the first to this question. The caller must
/// let a person compare the face, since a live relay is possible here too.
pub fn judge_answer(challenge: &mut Challenge, payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
    match challenge.open(payload, context.now) {
        Ok(opened) => verify_answer(opened.device_response(), opened.transcript().clone(), context),
        Err(error) => answer_refused(error.kind(), context),
    }
}
