//! The whole way of an answer in a session: DeviceResponse and transcript in, verdict out.

use envelope::{EnvelopeError, MAX_INFLATED};
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::{OwnSession, UnverifiedPresentation, VerifyContext, VerifyError, verify};

use crate::checked::check;
use crate::code::AnswerCode;
use crate::context::VerifierContext;
use crate::judge::{self, Session};
use crate::verdict::Verdict;

/// Judges an answer in a session of the verifier's own; whatever the bytes are, the answer is a verdict.
///
/// The caller vouches that the transcript is that of its own session and that no answer was taken in
/// it before: by that alone the answer is fresh, and the verdict says so (`fresh-by-session`).
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

/// Judges the answer to a question that this program asked, in a session that it made and took no other answer in:
/// crate `protocol` opens such answers. The verdict says that it is fresh (`fresh-by-answer`).
pub fn verify_answer(
    device_response: &[u8],
    transcript: SessionTranscript,
    context: &VerifierContext<'_>,
) -> Verdict {
    of_session(device_response, transcript, None, Session::Answered, context)
}

/// The verdict of an answer that was refused before its presentation was looked at, by the code that says why.
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
    let &VerifierContext { trust, clock_floor, signatures, .. } = context;
    let verify_context =
        VerifyContext { trust, now, clock_floor, freshness: &OwnSession, reader_key, signatures };
    let unverified = UnverifiedPresentation::decode(device_response, transcript).map_err(VerifyError::from);
    match unverified.and_then(|unverified| verify(&unverified, &verify_context)) {
        Ok(presentation) => match check(presentation, context.status_lists, terms.purpose, now) {
            Ok(licence) => judge::judge(&licence, session, terms, now),
            Err(other) => judge::another_document(other, terms, now),
        },
        Err(error) => judge::unproven(&error, terms, now),
    }
}
