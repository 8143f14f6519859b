//! Judges a DeviceResponse in a session: response and transcript in, verdict out.

use envelope::{EnvelopeError, MAX_INFLATED};
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::{OwnSession, UnverifiedPresentation, VerifyContext, VerifyError, verify};

use crate::checked::check;
use crate::code::AnswerCode;
use crate::context::VerifierContext;
use crate::judge::{self, Session};
use crate::verdict::Verdict;

/// Judges a DeviceResponse in the verifier's own session. Any bytes give a verdict.
///
/// The caller must ensure that the transcript is that of its own session, and that it accepted no other response in it:
/// freshness rests on that alone, which the verdict says (`fresh-by-session`).
/// `reader_key` is needed for a device MAC, which only a session with a reader key can have.
/// Otherwise as [`verify_one_way`](super::verify_one_way); memory and audience of the context are not used.
pub fn verify_in_session(
    device_response: &[u8],
    transcript: SessionTranscript,
    reader_key: Option<&ReaderKey>,
    context: &VerifierContext<'_>,
) -> Verdict {
    of_session(device_response, transcript, reader_key, Session::Given, context)
}

/// Judges the first answer to a question of this verifier, opened by crate `protocol`. The verdict says that it is fresh
/// (`fresh-by-answer`).
pub fn verify_answer(
    device_response: &[u8],
    transcript: SessionTranscript,
    context: &VerifierContext<'_>,
) -> Verdict {
    of_session(device_response, transcript, None, Session::Answered, context)
}

/// Returns the verdict on an answer that was refused before its presentation was verified.
pub fn answer_refused(code: AnswerCode, context: &VerifierContext<'_>) -> Verdict {
    judge::refused(code, context.terms, context.now)
}

fn of_session(
    device_response: &[u8],
    transcript: SessionTranscript,
    reader_key: Option<&ReaderKey>,
    session: Session,
    context: &VerifierContext<'_>,
) -> Verdict {
    let VerifierContext { now, terms, .. } = *context;
    if device_response.len() > MAX_INFLATED {
        return judge::not_a_code(&EnvelopeError::Size, terms, now);
    }
    let &VerifierContext { trust, clock_floor, signatures, strict, .. } = context;
    let verify_context =
        VerifyContext { trust, now, clock_floor, freshness: &OwnSession, reader_key, signatures, strict };
    let unverified = UnverifiedPresentation::decode(device_response, transcript).map_err(VerifyError::from);
    match unverified.and_then(|unverified| verify(&unverified, &verify_context)) {
        Ok(presentation) => match check(presentation, context.status_lists, terms, now) {
            Ok(licence) => judge::judge(&licence, session, terms, now),
            Err(other) => judge::another_document(other, terms, now),
        },
        Err(error) => judge::unproven(&error, terms, now),
    }
}
