//! Why a sealed message is refused.

use cbor::{CborError, coded, stage_error};

use crate::error::{EnvelopeCode, EnvelopeError};

/// Why a sealed message is refused or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealedError {
    /// Not a payload of the QR link, not deterministic CBOR, or a payload of another kind.
    Envelope(EnvelopeError),
    /// The items are not those of its kind.
    Form,
    /// It has more items than this program knows: a newer program made it.
    Newer,
    /// A public key is not an uncompressed point on P-256.
    Point,
    /// An application that is sealed for another desk.
    OtherDesk,
    /// An answer to another application.
    OtherApplication,
    /// It cannot be opened: it was altered, or it is sealed for another key.
    Opening,
    /// The content has no room in a payload.
    Length,
    /// The random bytes make no key.
    Random,
}

coded!(SealedError as SealedCode {
    Form => "sealed-form", "sealed", "claim messages, 2";
    Newer => "sealed-newer", "sealed", "claim messages, 2";
    Point => "sealed-point", "sealed", "RFC 9180, 7.1.4";
    OtherDesk => "sealed-other-desk", "sealed", "claim messages, 2";
    OtherApplication => "sealed-other-application", "sealed", "claim messages, 2";
    Opening => "sealed-opening", "sealed", "RFC 9180, 6.1";
    Length => "sealed-length", "sealed", "claim messages, 2";
    Random => "sealed-random", "sealed", "RFC 9180, 4.1";
} via [Envelope(EnvelopeCode)]);
stage_error!(SealedError);

impl From<EnvelopeError> for SealedError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<CborError> for SealedError {
    fn from(error: CborError) -> Self {
        Self::Envelope(error.into())
    }
}
