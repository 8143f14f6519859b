//! The one place that reads this machine's clock and its randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use batch::{CLOCK_FLOOR, offset_seconds};
use cbor::Timestamp;

use crate::exit::{Wrong, wrong};

/// Returns the time of an argument, or now.
pub(crate) fn moment(argument: Option<&str>) -> Result<Timestamp> {
    match argument {
        Some(text) => Ok(parse(text)?),
        None => Ok(now()),
    }
}

/// Returns the lower bound of the clock: the argument, else [`CLOCK_FLOOR`] for this machine's clock and none for a time that was
/// given.
pub(crate) fn floor(argument: Option<&str>, given: bool) -> Result<Timestamp> {
    match argument {
        Some(text) => Ok(parse(text)?),
        None if given => Ok(Timestamp::from_unix(0)),
        None => Ok(CLOCK_FLOOR),
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Parses RFC 3339 in whole seconds: `2026-11-22T12:00:00Z`, `2026-11-22T20:00:00+08:00`.
fn parse(text: &str) -> Result<Timestamp, Wrong> {
    let fail = || wrong("cli.wrong.moment", &[("text", text)]);
    let upper = text.to_ascii_uppercase();
    if upper.ends_with('Z') {
        return Timestamp::parse_tdate(&upper).ok_or_else(fail);
    }
    let (local, offset) = upper.split_at_checked(upper.len().saturating_sub(6)).ok_or_else(fail)?;
    let local = Timestamp::parse_tdate(&format!("{local}Z")).ok_or_else(fail)?;
    let seconds = offset_seconds(offset).ok_or_else(fail)?;
    Ok(local.plus_seconds(-seconds))
}

/// Parses an offset from UTC, such as `+08:00`, `-05:00` or `Z`: from -12 to +14 hours, the range that is in use.
pub(crate) fn utc_offset(text: &str) -> Result<i32, String> {
    let seconds = batch::utc_offset(text);
    seconds.ok_or_else(|| "expected an offset from UTC between -12:00 and +14:00, such as +08:00".to_owned())
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

fn fill(buffer: &mut [u8]) -> Result<()> {
    getrandom::fill(buffer).context("the operating system gives no random bytes")
}

/// Random bytes for an issuer, whose source cannot fail: the first failure is kept, and what was made with it must be
/// discarded.
#[derive(Default)]
pub(crate) struct Randomness {
    failed: Option<anyhow::Error>,
}

impl Randomness {
    /// Fills a buffer.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        if let Err(error) = fill(buffer) {
            self.failed.get_or_insert(error);
        }
    }

    /// Returns what was made with it, or the failure.
    pub(crate) fn end<T>(self, made: T) -> Result<T> {
        self.failed.map_or(Ok(made), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_that_are_in_use() {
        for (text, seconds) in
            [("+08:00", 28_800), ("-05:00", -18_000), ("+05:45", 20_700), ("Z", 0), ("+14:00", 50_400)]
        {
            assert_eq!(utc_offset(text), Ok(seconds), "{text}");
        }
        for text in ["", "8", "+8", "08:00", "+15:00", "-12:01", "+08:60", "Asia/Shanghai"] {
            assert!(utc_offset(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_with_and_without_an_offset() {
        let noon = Timestamp::parse_tdate("2026-11-22T12:00:00Z").unwrap();
        for text in ["2026-11-22T12:00:00Z", "2026-11-22T20:00:00+08:00", "2026-11-22t08:30:00-03:30"] {
            assert_eq!(parse(text).unwrap(), noon, "{text}");
        }
        for text in [
            "",
            "2026-11-22",
            "12:00",
            "2026-11-22T12:00:00",
            "2026-11-22T12:00:00+8",
            "2026-11-22T12:00:00+24:00",
            "驾驶证",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
