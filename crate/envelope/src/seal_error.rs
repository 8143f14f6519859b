//! Why a one-way presentation cannot be made.

use cbor::{coded, stage_error};
use mdoc::holder::PresentError;

use crate::error::{EnvelopeCode, EnvelopeError};

/// Why a one-way presentation cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// Info or Envelope cannot be encoded.
    Envelope(EnvelopeError),
    /// The presentation in it cannot be made.
    Present(PresentError),
}

coded!(SealError as SealCode {} via [Envelope(EnvelopeCode), Present(mdoc::codes::PresentCode)]);
stage_error!(SealError);

impl From<EnvelopeError> for SealError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<PresentError> for SealError {
    fn from(error: PresentError) -> Self {
        Self::Present(error)
    }
}
