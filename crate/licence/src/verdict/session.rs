//! The whole way of an answer in a session: DeviceResponse and transcript in, verdict out.

use mdoc::one_way::{EnvelopeError, MAX_INFLATED};
use mdoc::reader_key::ReaderKey;
use mdoc::session_transcript::SessionTranscript;
use mdoc::verify::{UnverifiedPresentation, VerifyContext, verify};

use super::one_way::VerifierContext;
use super::{Verdict, judge};
use crate::checked::check;

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
    let VerifierContext { now, terms, .. } = *context;
    if device_response.len() > MAX_INFLATED {
        return judge::not_a_code(&EnvelopeError::Size, terms, now);
    }
    let unverified = UnverifiedPresentation::in_own_session(device_response.to_vec(), transcript);
    let verify_context = VerifyContext { trust: context.trust, freshness: context.freshness(), reader_key };
    match verify(&unverified, &verify_context) {
        Ok(presentation) => match check(presentation, context.status_lists, terms.purpose, now) {
            Ok(licence) => judge::judge(&licence, terms, now),
            Err(other) => judge::another_document(other, terms, now),
        },
        Err(error) => judge::unproven(&error, terms, now),
    }
}
