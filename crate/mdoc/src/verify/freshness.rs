//! Freshness: whether a presentation is one of now, which its transport decides.

use core::fmt;

use cbor::CodeInfo;
use cbor::cose::CoseKey;

use crate::verify::outcome::{Outcome, Reason};
use crate::verify::step;

const UNPROVEN: CodeInfo = CodeInfo::new("freshness-unproven", step::FRESHNESS, "ISO/IEC 18013-5, 9.1.3");

/// Judges the freshness of a presentation, for the transport that it came by.
///
/// [`verify`](crate::verify()) asks it once, after every proof holds.
pub trait JudgeFreshness: fmt::Debug {
    /// Returns the outcome for a presentation that `device_key` is proven to have signed.
    fn judge(&self, device_key: &CoseKey) -> Outcome;
}

/// A session of the verifier's own: its freshness is a pass.
///
/// The caller vouches that the transcript holds a nonce or a key that it made for this session, and that it took no
/// answer in it yet.
#[derive(Clone, Copy, Debug)]
pub struct OwnSession;

impl JudgeFreshness for OwnSession {
    fn judge(&self, _device_key: &CoseKey) -> Outcome {
        Outcome::Pass
    }
}

/// A session of which nothing is known here: its freshness is undetermined (`freshness-unproven`), since no signed time
/// is in it and the transport's challenge decides.
#[derive(Clone, Copy, Debug)]
pub struct UnknownSession;

impl JudgeFreshness for UnknownSession {
    fn judge(&self, _device_key: &CoseKey) -> Outcome {
        Outcome::Undetermined(Reason::new(UNPROVEN))
    }
}

/// The outcome of the freshness of a presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness(Outcome);

impl Freshness {
    /// The codes of this outcome in this crate; a transport has its own.
    pub(crate) const CODES: &'static [CodeInfo] = &[Reason::CLOCK_FLOOR.info(), UNPROVEN];

    pub(crate) fn judge(by: &dyn JudgeFreshness, device_key: &CoseKey) -> Self {
        Self(by.judge(device_key))
    }

    /// The outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}
