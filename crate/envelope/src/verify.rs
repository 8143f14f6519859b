//! From a received payload to a verified presentation of the one-way profile.

use mdoc::{TrustAnchors, UnverifiedPresentation, VerifiedPresentation, VerifyContext, signatures, verify};
use signature::UnverifiedSignature;

use crate::context::OneWayContext;
use crate::envelope::Envelope;
use crate::error::OneWayError;
use crate::freshness::SignedMoment;
use crate::info::Info;
use crate::replay::ReplayKey;

/// A one-way presentation as received, not verified.
#[derive(Clone, Debug)]
pub struct UnverifiedOneWay {
    info: Info,
    info_bytes: Vec<u8>,
    presentation: UnverifiedPresentation,
}

/// A one-way presentation whose proofs all hold, with its outcomes inside.
#[derive(Clone, Debug)]
pub struct VerifiedOneWay {
    info: Info,
    replay_key: ReplayKey,
    presentation: VerifiedPresentation,
}

impl UnverifiedOneWay {
    /// Inflates and decodes the payload of a QR link.
    ///
    /// # Errors
    /// As [`Envelope::decode`] and [`UnverifiedOneWay::from_envelope`].
    pub fn decode(payload: &[u8]) -> Result<Self, OneWayError> {
        Self::from_envelope(&Envelope::decode(payload)?)
    }

    /// Decodes the presentation in an Envelope; its transcript comes from the received bytes of Info.
    ///
    /// # Errors
    /// As [`UnverifiedPresentation::decode`].
    pub fn from_envelope(envelope: &Envelope) -> Result<Self, OneWayError> {
        let transcript = envelope.info().transcript(envelope.info_bytes());
        Ok(Self {
            info: envelope.info().clone(),
            info_bytes: envelope.info_bytes().to_vec(),
            presentation: UnverifiedPresentation::decode(envelope.device_response(), transcript)?,
        })
    }

    /// Returns the signatures that [`UnverifiedOneWay::verify`] depends on, as [`mdoc::signatures`], without verifying them.
    pub fn signatures(&self, trust: &TrustAnchors) -> Vec<UnverifiedSignature> {
        signatures(&self.presentation, trust)
    }

    /// Verifies the presentation as [`mdoc::verify`], and judges its freshness by the signed Info: audience, life, this
    /// clock, and whether it was seen before.
    ///
    /// The caller must do what [`mdoc::verify`] leaves to it, and add every verified presentation to the
    /// [`ReplayMemory`](crate::ReplayMemory).
    ///
    /// # Errors
    /// Returns the check that failed, and no element. Outcomes are in the result.
    pub fn verify(&self, context: &OneWayContext<'_>) -> Result<VerifiedOneWay, OneWayError> {
        let &OneWayContext { trust, now, clock_floor, signatures, strict, .. } = context;
        let moment = SignedMoment { info: &self.info, info_bytes: &self.info_bytes, context };
        let context = VerifyContext {
            trust,
            now,
            clock_floor,
            freshness: &moment,
            reader_key: None,
            signatures,
            strict,
        };
        let presentation = verify(&self.presentation, &context)?;
        Ok(VerifiedOneWay {
            info: self.info.clone(),
            replay_key: ReplayKey::new(presentation.device_key(), &self.info_bytes),
            presentation,
        })
    }
}

impl VerifiedOneWay {
    /// Returns the verified presentation.
    pub const fn presentation(&self) -> &VerifiedPresentation {
        &self.presentation
    }

    /// Returns the verified presentation by value.
    pub fn into_presentation(self) -> VerifiedPresentation {
        self.presentation
    }

    /// Returns the signed Info.
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// Returns the key by which the presentation is recognised when it is seen again.
    pub const fn replay_key(&self) -> ReplayKey {
        self.replay_key
    }
}
