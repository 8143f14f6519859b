//! The table of all codes of this crate and of those below it.

use cbor::CodeInfo;

use crate::error::EnvelopeError;
use crate::freshness;

/// Returns every code of the Envelope, of freshness by its Info, and of [`mdoc::codes`], with step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    mdoc::codes().chain(EnvelopeError::CODES).chain(freshness::CODES)
}
