//! Errors of Envelopes and one-way presentations.

use cbor::{CborError, coded, stage_error};
use mdoc::{ElementName, ProfileError, VerifyError};

/// Why an Envelope is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// More than 64 KiB deflated or 128 KiB inflated.
    Size,
    /// It is not one complete raw deflate stream, or has more than 256 blocks.
    Deflate,
    /// Not deterministic CBOR.
    Cbor(CborError),
    /// An Envelope of another kind, or no Envelope at all.
    Kind,
    /// The Envelope's items are not those of a presentation.
    Shape,
    /// Info is neither `[iat, exp, nonce, aud]` nor `[iat, exp, nonce, aud, purpose]`.
    Info,
    /// Info has more than five items: a newer wallet made it.
    InfoNewer,
    /// Info's lifetime is negative or longer than 60 s.
    Life,
}

coded!(EnvelopeError as EnvelopeCode {
    Size => "size", "envelope", "org.liangzheng.QrPresentation";
    Deflate => "envelope-deflate", "envelope", "org.liangzheng.QrPresentation";
    Kind => "envelope-kind", "envelope", "org.liangzheng.QrPresentation";
    Shape => "envelope-shape", "envelope", "org.liangzheng.QrPresentation";
    Info => "envelope-info", "envelope", "org.liangzheng.QrPresentation";
    InfoNewer => "envelope-info-newer", "envelope", "org.liangzheng.QrPresentation";
    Life => "envelope-life", "envelope", "org.liangzheng.QrPresentation";
} via [Cbor(cbor::CborCode)]);
stage_error!(EnvelopeError);

impl From<CborError> for EnvelopeError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

/// Why a one-way presentation is refused. No element is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneWayError {
    /// The Envelope is refused.
    Envelope(EnvelopeError),
    /// The presentation in it is refused.
    Verify(VerifyError),
}

coded!(OneWayError as OneWayCode {} via [Envelope(EnvelopeCode), Verify(mdoc::codes::VerifyCode)]);
stage_error!(OneWayError);

impl OneWayError {
    /// Returns the element concerned, if there is one.
    pub const fn element(&self) -> Option<&ElementName> {
        match self {
            Self::Envelope(_) => None,
            Self::Verify(error) => error.element(),
        }
    }
}

impl From<EnvelopeError> for OneWayError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<VerifyError> for OneWayError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl From<ProfileError> for OneWayError {
    fn from(error: ProfileError) -> Self {
        Self::Verify(error.into())
    }
}
