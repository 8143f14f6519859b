//! Judges a one-way presentation: payload in, verdict out.

use envelope::{Envelope, OneWayError, UnverifiedOneWay};
use licence::ShownText;
use mdoc::TrustAnchors;
use signature::UnverifiedSignature;

use crate::checked::check;
use crate::context::VerifierContext;
use crate::judge::{self, Session};
use crate::policy::SignedPurpose;
use crate::several::Beside;
use crate::verdict::{Replay, Verdict};

/// Most characters of the purpose in Info.
const PURPOSE_MAX: usize = 64;

/// A one-way presentation as received and decoded, not yet judged: for callers that have its signatures verified by an
/// asynchronous provider first. Others call [`verify_one_way`].
#[derive(Debug, Clone)]
pub struct OneWayPresentation(UnverifiedOneWay);

impl OneWayPresentation {
    /// Decodes the payload of a QR link.
    ///
    /// # Errors
    /// Fails if the payload is no Envelope of a presentation. [`one_way_refused`] gives the verdict.
    pub fn decode(payload: &[u8]) -> Result<Self, OneWayError> {
        UnverifiedOneWay::decode(payload).map(Self)
    }

    /// Decodes an Envelope that is not deflated.
    ///
    /// # Errors
    /// As [`OneWayPresentation::decode`].
    pub fn decode_inflated(envelope: &[u8]) -> Result<Self, OneWayError> {
        UnverifiedOneWay::from_envelope(&Envelope::decode_inflated(envelope)?).map(Self)
    }

    /// Returns the signatures that [`OneWayPresentation::verify`] depends on, as [`mdoc::signatures`], without verifying
    /// them.
    pub fn signatures(&self, trust: &TrustAnchors) -> Vec<UnverifiedSignature> {
        self.0.signatures(trust)
    }

    /// Judges it.
    ///
    /// It checks what [`mdoc::verify`] checks, the document's type, the licence's validity and status, and the rules of
    /// the purpose. The caller must remember [`Verdict::replay`], and let a person compare the face.
    pub fn verify(&self, context: &VerifierContext<'_>) -> Verdict {
        let VerifierContext { now, terms, .. } = *context;
        let verified = match self.0.verify(&context.one_way()) {
            Ok(verified) => verified,
            Err(error) => return one_way_refused(&error, context),
        };
        let replay = Replay { key: verified.replay_key(), exp: verified.info().exp };
        let signed = verified.info().purpose.as_deref();
        let purpose = SignedPurpose::of(signed);
        let signed_purpose = signed.map(|text| ShownText::new(text, PURPOSE_MAX));
        match check(verified.into_presentation(), context.status_lists, terms, now) {
            Ok(licence) => {
                let session = Session::OneWay(replay, purpose);
                let verdict = judge::judge(&licence, session, &Beside::default(), terms, now);
                Verdict { signed_purpose, ..verdict }
            }
            Err(other) => judge::another_document(other, terms, now),
        }
    }
}

/// Returns the verdict on a payload that could not be decoded or whose proofs failed.
pub fn one_way_refused(error: &OneWayError, context: &VerifierContext<'_>) -> Verdict {
    match error {
        OneWayError::Envelope(error) => judge::not_a_code(error, context.terms, context.now),
        OneWayError::Verify(error) => judge::unproven(error, context.terms, context.now),
    }
}

/// Judges the payload of a QR link, as [`OneWayPresentation::verify`]. Any bytes give a verdict.
pub fn verify_one_way(payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
    match OneWayPresentation::decode(payload) {
        Ok(presentation) => presentation.verify(context),
        Err(error) => one_way_refused(&error, context),
    }
}
