//! What a verifier brings along: time, trust, memory, lists and what is asked.

use cbor::Timestamp;
use envelope::{OneWayContext, ReplayMemory};
use mdoc::TrustAnchors;
use mdoc::status_list::StatusLists;
use signature::VerifySignature;

use crate::purpose::Terms;

/// The verifier's context.
#[derive(Debug, Clone, Copy)]
pub struct VerifierContext<'a> {
    /// The time of the verdict.
    pub now: Timestamp,
    /// A lower bound of the true time: that of the build, or of the newest verified list.
    pub clock_floor: Timestamp,
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The presentations seen before.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, if it has one.
    pub audience: Option<&'a str>,
    /// The verifier's status lists.
    pub status_lists: &'a StatusLists,
    /// The verifier's terms.
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
