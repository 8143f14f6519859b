//! Freshness: whether a presentation was made now, which depends on its transport.

use core::fmt;

use cbor::cose::CoseKey;

use crate::verify::outcome::{Outcome, OutcomeCode, Reason};

/// Judges the freshness of a presentation by the rules of its transport.
///
/// [`verify`](crate::verify()) calls it once, after every check has passed. `CoseKey` is [`crate::cbor::cose::CoseKey`].
pub trait JudgeFreshness: fmt::Debug {
    /// Returns the outcome for a presentation that `device_key` has signed.
    fn judge(&self, device_key: &CoseKey) -> Outcome;
}

/// The verifier's own session: freshness is a pass.
///
/// The caller guarantees that the transcript contains a nonce or a key made for this session, and that this is the first
/// answer in it.
#[derive(Clone, Copy, Debug)]
pub struct OwnSession;

impl JudgeFreshness for OwnSession {
    fn judge(&self, _device_key: &CoseKey) -> Outcome {
        Outcome::Pass
    }
}

/// The session of another party: freshness is undetermined (`freshness-unproven`), because no signed time is known and no
/// challenge was the verifier's.
#[derive(Clone, Copy, Debug)]
pub struct UnknownSession;

impl JudgeFreshness for UnknownSession {
    fn judge(&self, _device_key: &CoseKey) -> Outcome {
        Outcome::Undetermined(Reason::new(OutcomeCode::FreshnessUnproven))
    }
}

/// The outcome of the freshness of a presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness(Outcome);

impl Freshness {
    pub(crate) fn judge(by: &dyn JudgeFreshness, device_key: &CoseKey) -> Self {
        Self(by.judge(device_key))
    }

    /// Returns the outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}
