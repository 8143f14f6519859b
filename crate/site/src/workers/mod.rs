//! What runs in the two workers, and in Node: reading frames and verifying presentations, without a DOM.

use cbor::Timestamp;

use crate::browser::trial;

mod browser_crypto;
pub(crate) mod link;
pub(crate) mod lists;
pub(crate) mod messages;
pub mod other;
pub mod picture;
pub(crate) mod question;
mod received;
pub mod scan;
pub mod scan_worker;
pub mod verify;
pub mod verify_worker;

/// Returns the time before which the clock is wrong: that of the build. A trial has none, as its calendar can be set to the
/// days of the roll-out.
pub(crate) fn earliest_time() -> Timestamp {
    Timestamp::from_unix(if trial::is_on() { 0 } else { build_time() })
}

/// Seconds since 1970 at which this program was built; the true time is never before it.
///
/// `LIANGZHENG_BUILD_TIME` sets it. A build without it has the day this project began.
pub fn build_time() -> i64 {
    /// 2026-11-01T00:00:00Z.
    const PROJECT_BEGAN: i64 = 1_793_491_200;
    option_env!("LIANGZHENG_BUILD_TIME").and_then(|text| text.parse().ok()).unwrap_or(PROJECT_BEGAN)
}
