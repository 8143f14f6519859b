//! Judges a one-way presentation: payload in, verdict out.

use envelope::{Envelope, EnvelopeError, OneWayError, UnverifiedOneWay};
use mdoc::TrustAnchors;
use signature::UnverifiedSignature;

use crate::checked::check;
use crate::context::VerifierContext;
use crate::judge::{self, Session};
use crate::verdict::{Replay, Verdict};

/// A one-way presentation as received and decoded, not yet judged: for who has its signatures verified elsewhere first.
#[derive(Debug, Clone)]
pub struct OneWayPresentation(Result<UnverifiedOneWay, OneWayError>);

impl OneWayPresentation {
    /// Decodes the payload of a QR link, whatever the bytes are.
    #[must_use]
    pub fn decode(payload: &[u8]) -> Self {
        Self(UnverifiedOneWay::decode(payload))
    }

    /// Decodes an Envelope that was not deflated.
    #[must_use]
    pub fn decode_inflated(envelope: &[u8]) -> Self {
        let envelope = Envelope::decode_inflated(envelope).map_err(OneWayError::from);
        Self(envelope.and_then(|envelope| UnverifiedOneWay::from_envelope(&envelope)))
    }

    /// The signatures that [`OneWayPresentation::verify`] will look at, as [`mdoc::signatures`]: nothing is proven.
    pub fn signatures(&self, trust: &TrustAnchors) -> Vec<UnverifiedSignature> {
        self.0.as_ref().map_or_else(|_| Vec::new(), |unverified| unverified.signatures(trust))
    }

    /// Whether it is an Envelope of another kind, such as an answer to a question.
    pub fn is_of_another_kind(&self) -> bool {
        matches!(self.0, Err(OneWayError::Envelope(EnvelopeError::Kind)))
    }

    /// Judges it. There is a verdict even if nothing could be decoded.
    ///
    /// It checks what `mdoc::verify` checks, the document's type, the licence's validity and status,
    /// and the rules of the purpose. It leaves to the caller: to remember [`Verdict::replay`], and to
    /// let a person compare the face.
    pub fn verify(&self, context: &VerifierContext<'_>) -> Verdict {
        let VerifierContext { now, terms, .. } = *context;
        let unverified = self.0.as_ref().map_err(Clone::clone);
        let verified = match unverified.and_then(|unverified| unverified.verify(&context.one_way())) {
            Ok(verified) => verified,
            Err(OneWayError::Envelope(error)) => return judge::not_a_code(&error, terms, now),
            Err(OneWayError::Verify(error)) => return judge::unproven(&error, terms, now),
        };
        let replay = Replay { key: verified.replay_key(), exp: verified.info().exp };
        match check(verified.into_presentation(), context.status_lists, terms.purpose, now) {
            Ok(licence) => judge::judge(&licence, Session::OneWay(replay), terms, now),
            Err(other) => judge::another_document(other, terms, now),
        }
    }
}

/// Judges the payload of a QR link; whatever the bytes are, the answer is a verdict. As [`OneWayPresentation::verify`].
pub fn verify_one_way(payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
    OneWayPresentation::decode(payload).verify(context)
}
