//! The age of a list, as an outcome.

use crate::verify::outcome::{Outcome, OutcomeCode, Reason};
use cbor::Timestamp;

/// Seconds after `nextUpdate` for which a list still counts as current: 7 days.
///
/// A verifier may be offline for days, and the lists of AAMVA name the next day.
pub const GRACE_SECONDS: i64 = 7 * 86_400;

/// Seconds after its date for which a list without `nextUpdate` counts as current: 90 days.
pub const MAX_AGE_SECONDS: i64 = 90 * 86_400;

/// Seconds that a list's date may be ahead of this device's clock.
const CLOCK_TOLERANCE_SECONDS: i64 = 60;

/// Returns the last second at which a list of these dates is current.
pub(super) const fn current_until(date: Timestamp, next_update: Option<Timestamp>) -> Timestamp {
    match next_update {
        Some(next) => next.plus_seconds(GRACE_SECONDS),
        None => date.plus_seconds(MAX_AGE_SECONDS),
    }
}

/// Judges the age of a list at `now`, whose signer's chain is valid until `signer_until`.
pub(super) fn judge(
    date: Timestamp,
    next_update: Option<Timestamp>,
    signer_until: Timestamp,
    now: Timestamp,
) -> Outcome {
    let until = current_until(date, next_update);
    if date > now.plus_seconds(CLOCK_TOLERANCE_SECONDS) {
        Outcome::Undetermined(Reason::with_seconds(OutcomeCode::TrustListAhead, date.seconds_since(now)))
    } else if now > until {
        Outcome::Undetermined(Reason::with_seconds(OutcomeCode::TrustListOld, now.seconds_since(until)))
    } else if now > signer_until {
        let late = now.seconds_since(signer_until);
        Outcome::Undetermined(Reason::with_seconds(OutcomeCode::TrustListSignerExpired, late))
    } else {
        Outcome::Pass
    }
}
