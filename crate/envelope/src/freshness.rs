//! Freshness by the signed Info: audience, life, this clock, and whether the presentation was seen before.
//!
//! The signed times prove that the holder's key signed *for* this moment. A cooperating holder can sign ahead or
//! relay, so a person must compare the portrait.

use cbor::cose::CoseKey;
use cbor::{CodeInfo, Timestamp};
use mdoc::{JudgeFreshness, Outcome, Reason, step};

use crate::context::OneWayContext;
use crate::info::{CLOCK_TOLERANCE_SECONDS, Info};
use crate::replay::ReplayKey;

const CLAUSE: &str = "org.liangzheng.QrPresentation.v1";
const STALE: CodeInfo = CodeInfo::new("stale", step::FRESHNESS, CLAUSE);
const CLOCK_AHEAD: CodeInfo = CodeInfo::new("clock-ahead", step::FRESHNESS, CLAUSE);
const SEEN: CodeInfo = CodeInfo::new("seen", step::FRESHNESS, CLAUSE);
const AUDIENCE: CodeInfo = CodeInfo::new("audience", step::FRESHNESS, CLAUSE);

/// The codes of this outcome.
pub(crate) const CODES: &[CodeInfo] = &[STALE, CLOCK_AHEAD, SEEN, AUDIENCE];

/// The signed Info with the verifier's context.
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
            return Outcome::Fail(Reason::new(AUDIENCE));
        }
        if info.exp < latest {
            return Outcome::Fail(Reason::with_seconds(STALE, seconds(info.exp, latest)));
        }
        if now < clock_floor {
            return Outcome::Undetermined(Reason::CLOCK_FLOOR);
        }
        if info.iat > now.plus_seconds(CLOCK_TOLERANCE_SECONDS) {
            return Outcome::Undetermined(Reason::with_seconds(CLOCK_AHEAD, seconds(now, info.iat)));
        }
        if let Some(first) = context.memory.seen(&ReplayKey::new(device_key, self.info_bytes)) {
            return Outcome::Undetermined(Reason::with_seconds(SEEN, seconds(first, now).max(0)));
        }
        Outcome::Pass
    }
}
