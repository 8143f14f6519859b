//! Arguments that the command line and the wheel have in common.

use cbor::Timestamp;

/// The least time of a clock that is accepted: 2026-11-01, before the first release.
pub const CLOCK_FLOOR: Timestamp = Timestamp::from_unix(1_793_491_200);

/// Returns the seconds of an offset from UTC, such as `+08:00`, `-05:00` or `Z`: from -12 to +14 hours, the range that is in
/// use.
#[must_use]
pub fn utc_offset(text: &str) -> Option<i32> {
    let seconds = if text.eq_ignore_ascii_case("z") { Some(0) } else { offset_seconds(text) };
    let in_use = seconds.filter(|seconds| (-12 * 3600..=14 * 3600).contains(seconds));
    in_use.and_then(|seconds| i32::try_from(seconds).ok())
}

/// Returns the seconds of an offset of RFC 3339, without `Z`.
#[must_use]
pub fn offset_seconds(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |digits: &str| {
        let fits = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Returns a SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> Option<[u8; 32]> {
    protocol::received::hex(text)?.try_into().ok()
}
