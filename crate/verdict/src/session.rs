//! Judges a DeviceResponse in a session: response and transcript in, verdict out.

use envelope::{EnvelopeError, MAX_INFLATED};
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::{OwnSession, UnverifiedAnswer, VerifyContext, VerifyError};

use crate::code::AnswerCode;
use crate::context::VerifierContext;
use crate::judge::{self, Session};
use crate::several::{Choice, choose, decisive};
use crate::verdict::Verdict;

/// Judges a DeviceResponse in the verifier's own session. Any bytes give a verdict.
///
/// Of several documents the one that the purpose is about is judged: the licence, if there is one. Each document is verified
/// by itself; one that is false makes the verdict red, and two of one type make it undetermined. Of the others the notes say
/// type, issuer and whether they are valid.
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
    let answer = UnverifiedAnswer::decode(device_response, &transcript).map_err(VerifyError::from);
    let answer = match answer.and_then(|answer| answer.verify(&verify_context)) {
        Ok(answer) => answer,
        Err(error) if session == Session::Given => {
            return judge::unproven_in_given_session(&error, terms, now);
        }
        Err(error) => return judge::unproven(&error, terms, now),
    };
    match choose(answer, context) {
        Choice::Documents(documents) => {
            let verdicts = documents
                .iter()
                .map(|(licence, beside)| judge::judge(licence, session, beside, terms, now))
                .collect();
            decisive(verdicts, terms.purpose, |verdict: &Verdict| &verdict.layers)
                .unwrap_or_else(|| judge::several(terms, now))
        }
        Choice::Several => judge::several(terms, now),
        Choice::NotALicence(other) => judge::another_document(other, terms, now),
        Choice::Unknown(error) => judge::unproven(&error, terms, now),
    }
}
