//! The verifier's context for what an issuer signed.

use cbor::Timestamp;
use signature::VerifySignature;

use crate::verify::trust::TrustAnchors;

/// The verifier's context for what an issuer signed.
#[derive(Clone, Copy, Debug)]
pub struct IssuerContext<'a> {
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The current time, from a true clock.
    pub now: Timestamp,
    /// A time that is certainly past; see [`VerifyContext::clock_floor`](crate::VerifyContext::clock_floor).
    pub clock_floor: Timestamp,
    /// The implementation that verifies signatures: `RustCrypto`, or another.
    pub signatures: &'a dyn VerifySignature,
    /// Whether every departure of the issuer's certificates from Annex B is refused.
    pub strict: bool,
}
