//! A valid presentation with the context that verifies it, and the content of a verified one.

use cbor::Timestamp;
use envelope::{Envelope, Info, OneWayContext, ReplayKey, ReplayMemory, UnverifiedOneWay};
use mdoc::Elements;
use mdoc::MobileSecurityObject;
use mdoc::Outcome;
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::TrustAnchors;
use mdoc::{IssuerInfo, OwnSession, UnverifiedPresentation, VerifiedPresentation, VerifyContext, verify};

/// The format of a presentation's bytes.
#[derive(Clone, Debug)]
pub enum Form {
    /// An inflated Envelope of the one-way profile.
    Envelope,
    /// A DeviceResponse for this transcript; the reader's key if it has a MAC.
    DeviceResponse(SessionTranscript, Option<ReaderKey>),
}

/// A valid presentation, and the verifier that accepts it.
#[derive(Clone, Debug)]
pub struct Presentation {
    /// A name for a report.
    pub name: String,
    /// Its source, by which a report groups.
    pub source: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their format.
    pub form: Form,
    /// The verifier's trust anchors.
    pub trust: TrustAnchors,
    /// The verifier's clock.
    pub now: Timestamp,
    /// The verifier's name.
    pub audience: Option<String>,
}

/// Everything that a verified presentation states, and its issuer. Equal content means an equal presentation.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    elements: Elements,
    doc_type: String,
    mso: MobileSecurityObject,
    device_key: cbor::cose::CoseKey,
    info: Option<Info>,
    replay_key: Option<ReplayKey>,
    issuer: IssuerInfo,
    mso_validity: Outcome,
    freshness: Outcome,
}

impl Said {
    fn new(verified: &VerifiedPresentation, one_way: Option<(&Info, ReplayKey)>) -> Self {
        Self {
            elements: verified.issued().elements().clone(),
            doc_type: verified.issued().doc_type().to_owned(),
            mso: verified.issued().mso().clone(),
            device_key: *verified.device_key(),
            info: one_way.map(|(info, _)| info.clone()),
            replay_key: one_way.map(|(_, key)| key),
            issuer: verified.issued().issuer(),
            mso_validity: verified.issued().mso_validity().clone(),
            freshness: verified.freshness().clone(),
        }
    }
}

impl Said {
    /// Whether there are any elements.
    pub fn shows_elements(&self) -> bool {
        !self.elements.is_empty()
    }
}

impl Presentation {
    /// Verifies other bytes in this presentation's context; returns their content.
    ///
    /// # Errors
    /// The code of the first check that fails.
    pub fn verify(&self, bytes: &[u8]) -> Result<Said, &'static str> {
        let (trust, now, clock_floor) = (&self.trust, self.now, self.now.plus_seconds(-86_400));
        match &self.form {
            Form::Envelope => {
                let envelope = Envelope::decode_inflated(bytes).map_err(|error| error.code())?;
                let (memory, audience) = (ReplayMemory::new(), self.audience.as_deref());
                let context = OneWayContext {
                    trust,
                    now,
                    clock_floor,
                    memory: &memory,
                    audience,
                    signatures: &signature::RustCrypto,
                    strict: false,
                };
                let verified = UnverifiedOneWay::from_envelope(&envelope).and_then(|of| of.verify(&context));
                let verified = verified.map_err(|error| error.code())?;
                let one_way = Some((verified.info(), verified.replay_key()));
                Ok(Said::new(verified.presentation(), one_way))
            }
            Form::DeviceResponse(transcript, key) => {
                let (freshness, reader_key) = (&OwnSession, key.as_ref());
                let context = VerifyContext {
                    trust,
                    now,
                    clock_floor,
                    freshness,
                    reader_key,
                    signatures: &signature::RustCrypto,
                    strict: false,
                };
                let unverified = UnverifiedPresentation::decode(bytes, transcript.clone());
                let unverified = unverified.map_err(|error| error.code())?;
                let verified = verify(&unverified, &context).map_err(|error| error.code())?;
                Ok(Said::new(&verified, None))
            }
        }
    }
}
