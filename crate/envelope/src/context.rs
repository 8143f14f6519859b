//! What the verifier of a one-way presentation brings along.

use cbor::Timestamp;
use mdoc::TrustAnchors;
use signature::VerifySignature;

use crate::replay::ReplayMemory;

/// What the verifier brings along.
#[derive(Clone, Copy, Debug)]
pub struct OneWayContext<'a> {
    /// Who may issue.
    pub trust: &'a TrustAnchors,
    /// The time of the verdict.
    pub now: Timestamp,
    /// The true time is not before this: the build, or the newest list at hand.
    pub clock_floor: Timestamp,
    /// What was seen before.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, where it has one.
    pub audience: Option<&'a str>,
    /// Who verifies the signatures: `RustCrypto`, or a faster implementation.
    pub signatures: &'a dyn VerifySignature,
}
