//! What the verifier of a one-way presentation brings along.

use cbor::Timestamp;
use mdoc::TrustAnchors;
use signature::VerifySignature;

use crate::replay::ReplayMemory;

/// The verifier's context.
#[derive(Clone, Copy, Debug)]
pub struct OneWayContext<'a> {
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The time of the verdict.
    pub now: Timestamp,
    /// A lower bound of the true time: that of the build, or of the newest verified list.
    pub clock_floor: Timestamp,
    /// The presentations seen before.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, if it has one.
    pub audience: Option<&'a str>,
    /// Who verifies the signatures: `RustCrypto`, or a faster implementation.
    pub signatures: &'a dyn VerifySignature,
}
