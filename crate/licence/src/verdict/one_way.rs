//! The whole way of a one-way presentation: payload in, verdict out.

use mdoc::freshness::{FreshnessContext, ReplayMemory};
use mdoc::one_way::{Envelope, EnvelopeError};
use mdoc::status_list::StatusLists;
use mdoc::time::Timestamp;
use mdoc::trust::TrustAnchors;
use mdoc::verify::{UnverifiedPresentation, VerifyContext, verify};

use super::{Verdict, judge};
use crate::checked::check;
use crate::purpose::Terms;

/// What the verifier brings along.
#[derive(Debug, Clone, Copy)]
pub struct VerifierContext<'a> {
    /// The time of the verdict.
    pub now: Timestamp,
    /// The true time is not before this: the build, or the newest list at hand.
    pub clock_floor: Timestamp,
    /// Who may issue.
    pub trust: &'a TrustAnchors,
    /// What was seen before.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, where it has one.
    pub audience: Option<&'a str>,
    /// The status lists at hand.
    pub status_lists: &'a StatusLists,
    /// What is asked.
    pub terms: &'a Terms,
}

impl<'a> VerifierContext<'a> {
    /// What counts for freshness.
    pub(super) fn freshness(&self) -> FreshnessContext<'a> {
        FreshnessContext {
            now: self.now,
            clock_floor: self.clock_floor,
            memory: self.memory,
            audience: self.audience,
        }
    }
}

/// Judges the payload of a QR link; whatever the bytes are, the answer is a verdict.
///
/// It checks what `mdoc::verify` checks, the document's type, the licence's validity and status,
/// and the rules of the purpose. It leaves to the caller: to remember [`Verdict::replay`], and to
/// let a person compare the face.
pub fn verify_one_way(payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
    of_envelope(Envelope::decode(payload), context)
}

/// As [`verify_one_way`], of an Envelope that was not deflated.
pub fn verify_inflated(envelope: &[u8], context: &VerifierContext<'_>) -> Verdict {
    of_envelope(Envelope::decode_inflated(envelope), context)
}

fn of_envelope(envelope: Result<Envelope, EnvelopeError>, context: &VerifierContext<'_>) -> Verdict {
    let VerifierContext { now, terms, .. } = *context;
    let envelope = match envelope {
        Ok(envelope) => envelope,
        Err(error) => return judge::not_a_code(&error, terms, now),
    };
    let unverified = UnverifiedPresentation::from_envelope(&envelope);
    let verify_context =
        VerifyContext { trust: context.trust, freshness: context.freshness(), reader_key: None };
    let presentation = match verify(&unverified, &verify_context) {
        Ok(presentation) => presentation,
        Err(error) => return judge::unproven(&error, terms, now),
    };
    match check(presentation, context.status_lists, terms.purpose, now) {
        Ok(licence) => judge::judge(&licence, terms, now),
        Err(other) => judge::another_document(other, terms, now),
    }
}
