//! The arguments of a verification: time, trust, memory, status lists, terms.

use cbor::Timestamp;
use envelope::{OneWayContext, ReplayMemory};
use mdoc::TrustAnchors;
use mdoc::status_list::StatusLists;
#[cfg(feature = "rustcrypto")]
use signature::RustCrypto;
use signature::VerifySignature;

use crate::purpose::Terms;

/// The arguments of a verification.
///
/// [`VerifierContext::new`] fills in what not every verifier has; set the other fields by name:
///
/// ```
/// # use liangzheng_verdict::*;
/// # let (now, trust) = (Timestamp::from_unix(0), TrustAnchors::new());
/// # let terms = Terms::default_for(Purpose::Rental, shanghai_day(now));
/// let memory = ReplayMemory::new();
/// let context = VerifierContext {
///     memory: &memory,
///     audience: Some("rental.example"),
///     ..VerifierContext::new(now, &trust, &terms)
/// };
/// ```
#[derive(Debug, Clone, Copy)]
pub struct VerifierContext<'a> {
    /// The time of the verdict.
    pub now: Timestamp,
    /// A lower bound of the true time: that of the build, or of the newest verified list.
    pub clock_floor: Timestamp,
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The presentations seen before. The caller adds [`Verdict::replay`](crate::Verdict::replay) of each verdict.
    pub memory: &'a ReplayMemory,
    /// The name by which holders may address this verifier, if it has one.
    pub audience: Option<&'a str>,
    /// The status lists that the verifier has.
    pub status_lists: &'a StatusLists,
    /// What the verifier asks.
    pub terms: &'a Terms,
    /// The implementation that verifies signatures.
    pub signatures: &'a dyn VerifySignature,
    /// Whether every departure of the issuer's certificates from Annex B is refused, and every doubt about them.
    pub strict: bool,
}

#[cfg(feature = "rustcrypto")]
const EMPTY_MEMORY: &ReplayMemory = &ReplayMemory::new();
#[cfg(feature = "rustcrypto")]
const NO_STATUS_LISTS: &StatusLists = &StatusLists::new();

impl<'a> VerifierContext<'a> {
    /// Creates a context without memory, name and status lists, whose signatures are verified by [`RustCrypto`] and whose
    /// clock is trusted: `clock_floor` is `now`. It is not strict.
    ///
    /// Without memory, a code that is shown twice is not recognised. Without status lists, the status of a licence that
    /// names one is undetermined.
    #[cfg(feature = "rustcrypto")]
    #[must_use]
    pub const fn new(now: Timestamp, trust: &'a TrustAnchors, terms: &'a Terms) -> Self {
        Self {
            now,
            clock_floor: now,
            trust,
            memory: EMPTY_MEMORY,
            audience: None,
            status_lists: NO_STATUS_LISTS,
            terms,
            signatures: &RustCrypto,
            strict: false,
        }
    }

    /// Returns the arguments of a one-way presentation's verification.
    pub(crate) fn one_way(&self) -> OneWayContext<'a> {
        let Self { trust, now, clock_floor, memory, audience, signatures, strict, .. } = *self;
        OneWayContext { trust, now, clock_floor, memory, audience, signatures, strict }
    }
}
