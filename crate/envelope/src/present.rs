//! Presenting by a QR code: prepare the bytes to sign, complete with the signature.

use mdoc::holder::{Disclosure, PreparedPresentation};

use crate::envelope::Envelope;
use crate::error::EnvelopeError;
use crate::info::Info;
use crate::seal_error::SealError;

/// A one-way presentation without the device's signature.
#[derive(Clone, Debug)]
pub struct PreparedOneWay {
    info: Info,
    presentation: PreparedPresentation,
}

impl PreparedOneWay {
    /// Prepares a presentation of the chosen elements for the time of `info`.
    ///
    /// # Errors
    /// `envelope-life` or `envelope-info` for an Info outside the profile.
    pub fn prepare(disclosure: Disclosure, info: Info) -> Result<Self, EnvelopeError> {
        let transcript = info.transcript(&info.encode()?);
        Ok(Self { presentation: PreparedPresentation::prepare(disclosure, &transcript), info })
    }

    /// Returns the bytes that the device key signs: ECDSA with the hash of its curve.
    pub fn to_be_signed(&self) -> &[u8] {
        self.presentation.to_be_signed()
    }

    /// Completes the presentation with the raw signature r ‖ s, which is verified first.
    ///
    /// # Errors
    /// `sign-form` or `sign-other-key`; `size` for an Envelope that is too large.
    pub fn complete(self, signature: &[u8]) -> Result<CompletedOneWay, SealError> {
        let device_response = self.presentation.complete(signature)?;
        let envelope = Envelope::new(self.info, device_response)?;
        Ok(CompletedOneWay { payload: envelope.encode()?, envelope })
    }
}

/// A signed one-way presentation.
#[derive(Clone, Debug)]
pub struct CompletedOneWay {
    envelope: Envelope,
    payload: Vec<u8>,
}

impl CompletedOneWay {
    /// Returns the payload of the QR link: the deflated Envelope, at most 64 KiB.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Returns the Envelope.
    pub const fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Returns the encoded DeviceResponse.
    pub fn device_response(&self) -> &[u8] {
        self.envelope.device_response()
    }
}
