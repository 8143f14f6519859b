//! The table of all codes of this crate and of those below it.

use cbor::CodeInfo;

use crate::error::EnvelopeError;

/// Returns every code of the Envelope and of [`mdoc::codes`], with step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    mdoc::codes::all().chain(EnvelopeError::CODES)
}
