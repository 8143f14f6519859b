//! What a verifier brings along: time, trust, memory, lists and what is asked.

use cbor::Timestamp;
use envelope::{OneWayContext, ReplayMemory};
use mdoc::TrustAnchors;
use mdoc::status_list::StatusLists;
use signature::VerifySignature;

use crate::purpose::Terms;

/// What the verifier brings along.
#[derive(Debug, Clone, Copy)]
pub struct VerifierContext<'a> {
    /// The time of the verdict.
    pub now: Timestamp,
    /// The true time is not before this: the build, or the newest list at hand.
    pub clock_floor: Timestamp,
    /// Who may issue.
    pub trust: &'a TrustAnchors,
    /// What was seen before.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, where it has one.
    pub audience: Option<&'a str>,
    /// The status lists at hand.
    pub status_lists: &'a StatusLists,
    /// What is asked.
    pub terms: &'a Terms,
    /// Who verifies the signatures: [`RustCrypto`](signature::RustCrypto), or a faster implementation.
    pub signatures: &'a dyn VerifySignature,
}

impl<'a> VerifierContext<'a> {
    /// What verifies a one-way presentation.
    pub(crate) fn one_way(&self) -> OneWayContext<'a> {
        let Self { trust, now, clock_floor, memory, audience, signatures, .. } = *self;
        OneWayContext { trust, now, clock_floor, memory, audience, signatures }
    }
}
