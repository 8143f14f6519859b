//! Freshness by the signed Info: audience, life, this clock, and whether the presentation was seen before.
//!
//! The signed times prove that the holder's key signed *for* this moment. A cooperating holder can sign ahead or
//! relay, so a person must compare the portrait.

use cbor::Timestamp;
use cbor::cose::CoseKey;
use mdoc::{JudgeFreshness, Outcome, OutcomeCode, Reason};

use crate::context::OneWayContext;
use crate::info::{CLOCK_TOLERANCE_SECONDS, Info};
use crate::replay::ReplayKey;

/// The signed Info, and the verifier's context.
#[derive(Debug)]
pub(crate) struct SignedMoment<'a> {
    pub(crate) info: &'a Info,
    pub(crate) info_bytes: &'a [u8],
    pub(crate) context: &'a OneWayContext<'a>,
}

impl JudgeFreshness for SignedMoment<'_> {
    fn judge(&self, device_key: &CoseKey) -> Outcome {
        let Self { info, context, .. } = self;
        let OneWayContext { now, clock_floor, .. } = **context;
        let latest = now.max(clock_floor);
        let seconds = |from: Timestamp, to: Timestamp| to.unix().saturating_sub(from.unix());

        // Failures come before doubts.
        if let Some(addressed) = &info.aud
            && context.audience != Some(addressed.as_str())
        {
            return Outcome::Fail(Reason::new(OutcomeCode::Audience));
        }
        if info.exp < latest {
            return Outcome::Fail(Reason::with_seconds(OutcomeCode::Stale, seconds(info.exp, latest)));
        }
        if now < clock_floor {
            return Outcome::Undetermined(Reason::new(OutcomeCode::ClockFloor));
        }
        if info.iat > now.plus_seconds(CLOCK_TOLERANCE_SECONDS) {
            return Outcome::Undetermined(Reason::with_seconds(
                OutcomeCode::ClockAhead,
                seconds(now, info.iat),
            ));
        }
        if let Some(first) = context.memory.seen(&ReplayKey::new(device_key, self.info_bytes)) {
            return Outcome::Undetermined(Reason::with_seconds(
                OutcomeCode::Seen,
                seconds(first, now).max(0),
            ));
        }
        Outcome::Pass
    }
}
