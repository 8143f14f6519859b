//! The verifier's context.

use cbor::Timestamp;
use mdoc::TrustAnchors;
use signature::VerifySignature;

use crate::replay::ReplayMemory;

/// The verifier's context.
#[derive(Clone, Copy, Debug)]
pub struct OneWayContext<'a> {
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The current time, from a true clock.
    pub now: Timestamp,
    /// A time that is certainly past, such as that of the build or of the newest verified list.
    pub clock_floor: Timestamp,
    /// The presentations seen before.
    pub memory: &'a ReplayMemory,
    /// This verifier's name, which holders may set as the audience.
    pub audience: Option<&'a str>,
    /// The implementation that verifies signatures: `RustCrypto`, or another.
    pub signatures: &'a dyn VerifySignature,
    /// Whether every departure of the issuer's certificates from Annex B is refused.
    pub strict: bool,
}
