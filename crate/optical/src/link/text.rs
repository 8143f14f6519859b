//! A small payload as digits, for scanner guns that type what they read like a keyboard.
//!
//! ```text
//! 0-3    7601     what this is, and its version
//! 4-7    length   of the payload in bytes, 0001 to 2911
//! 8-     payload  each 7 bytes, a big-endian number, as 17 digits; the last 1 to 6 bytes as 3, 5, 8, 10, 13 or 15
//! last 10  check  so that all digits, read as one number, are a multiple of 9,999,999,967
//! ```
//!
//! A digit that is lost or comes twice changes how many there are, and no two lengths differ by one digit.
//! The check's modulus is a prime, and the tests of this module show that neither one nor two changed
//! digits, nor two neighbours that changed places, leave a multiple of it.

use core::fmt;

/// The first four digits: 4C, the magic of a frame, as a decimal number, and the version.
pub const PREFIX: &str = "7601";
/// Longest payload in bytes: more does not fit the largest symbol.
pub const MAX_PAYLOAD: usize = 2_911;

/// Digits before the payload.
const HEAD: usize = 8;
/// Digits of the check.
const CHECK: usize = 10;
/// Digits of 0 to 7 bytes.
const DIGITS: [usize; 8] = [0, 3, 5, 8, 10, 13, 15, 17];
/// Bytes in a group.
const GROUP: usize = 7;
/// The largest prime number of ten digits.
const MODULUS: u64 = 9_999_999_967;

/// Why a text is not the text form of a payload, or a payload has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextError {
    /// It begins with something else.
    Prefix,
    /// It contains a character that is not a digit.
    Character,
    /// The payload's length is 0 or more than 2,911 bytes.
    Length,
    /// Fewer digits than the length needs: some were lost.
    Short,
    /// More digits than the length needs.
    Long,
    /// The check does not fit: a digit was changed.
    Check,
    /// A group of digits is a larger number than its bytes hold.
    Value,
}

impl TextError {
    /// Every error, for tables and their tests.
    pub const ALL: [Self; 7] =
        [Self::Prefix, Self::Character, Self::Length, Self::Short, Self::Long, Self::Check, Self::Value];

    /// The stable code of this error.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prefix => "text-prefix",
            Self::Character => "text-character",
            Self::Length => "text-length",
            Self::Short => "text-short",
            Self::Long => "text-long",
            Self::Check => "text-check",
            Self::Value => "text-value",
        }
    }

    /// Returns the step that failed.
    #[must_use]
    pub const fn step(self) -> &'static str {
        "optical-text"
    }

    /// Returns the section that contains the rule.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        "docs/optical-link.md, The text form"
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for TextError {}

/// Digits of the text form of a payload of `length` bytes.
#[must_use]
pub fn digits_of(length: usize) -> usize {
    let rest = DIGITS.get(length % GROUP).copied().unwrap_or_default();
    HEAD + length / GROUP * 17 + rest + CHECK
}

/// The text form of a payload of at most 2,911 bytes.
///
/// # Errors
/// [`TextError::Length`] for an empty payload or a longer one.
pub fn encode(payload: &[u8]) -> Result<String, TextError> {
    if payload.is_empty() || payload.len() > MAX_PAYLOAD {
        return Err(TextError::Length);
    }
    let mut text = String::with_capacity(digits_of(payload.len()));
    text.push_str(PREFIX);
    text.push_str(&format!("{:04}", payload.len()));
    for group in payload.chunks(GROUP) {
        let value = group.iter().fold(0, |value: u64, byte| value << 8 | u64::from(*byte));
        let width = DIGITS.get(group.len()).copied().unwrap_or_default();
        text.push_str(&format!("{value:0width$}"));
    }
    // With ten zeros for the check it leaves a remainder; what is missing then is the check.
    let remainder = remainder(text.bytes().chain([b'0'; CHECK]));
    text.push_str(&format!("{:0CHECK$}", (MODULUS - remainder) % MODULUS));
    Ok(text)
}

/// Decodes the text form of a payload, as typed by a scanner gun; ignores line breaks and tabs at its end. Allocates only
/// after everything but the check is verified.
///
/// # Errors
/// Returns the first rule that is broken. Every change of a single digit is detected.
pub fn decode(text: &str) -> Result<Vec<u8>, TextError> {
    let text = text.trim_end_matches(['\r', '\n', '\t']);
    let rest = text.strip_prefix(PREFIX).ok_or(TextError::Prefix)?;
    if text.len() > digits_of(MAX_PAYLOAD) {
        return Err(TextError::Long);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TextError::Character);
    }
    let (length, rest) = rest.split_at_checked(HEAD - PREFIX.len()).ok_or(TextError::Short)?;
    let length = usize::try_from(number(length)).unwrap_or_default();
    if length == 0 || length > MAX_PAYLOAD {
        return Err(TextError::Length);
    }
    match text.len().cmp(&digits_of(length)) {
        core::cmp::Ordering::Less => return Err(TextError::Short),
        core::cmp::Ordering::Greater => return Err(TextError::Long),
        core::cmp::Ordering::Equal => {}
    }
    if remainder(text.bytes()) != 0 {
        return Err(TextError::Check);
    }
    let mut payload = Vec::with_capacity(length);
    let mut rest = rest;
    while payload.len() < length {
        let bytes = GROUP.min(length - payload.len());
        let width = DIGITS.get(bytes).copied().unwrap_or_default();
        let (group, behind) = rest.split_at_checked(width).ok_or(TextError::Short)?;
        rest = behind;
        let value = number(group);
        if value >> (8 * bytes) != 0 {
            return Err(TextError::Value);
        }
        payload.extend(value.to_be_bytes().iter().skip(8 - bytes));
    }
    Ok(payload)
}

/// Parses at most 17 digits.
fn number(digits: &str) -> u64 {
    digits.bytes().fold(0, |value, digit| value * 10 + u64::from(digit.wrapping_sub(b'0')))
}

fn remainder(digits: impl Iterator<Item = u8>) -> u64 {
    digits.fold(0, |value, digit| (value * 10 + u64::from(digit.wrapping_sub(b'0'))) % MODULUS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::qr::scan::scan_luma;
    use crate::qr::symbol::{QUIET_ZONE, Symbol};
    use crate::random::Random;

    fn noise(length: usize) -> Vec<u8> {
        Random(length as u64 + 1).payload(length)
    }

    #[test]
    fn every_length_comes_back() {
        for length in 1..=MAX_PAYLOAD {
            for payload in [noise(length), vec![0xFF; length], vec![0; length]] {
                let text = encode(&payload).unwrap();
                assert_eq!(text.len(), digits_of(length));
                assert!(decode(&text).unwrap() == payload, "{length} bytes");
            }
        }
        assert_eq!(encode(&[]), Err(TextError::Length));
        assert_eq!(encode(&[0; MAX_PAYLOAD + 1]), Err(TextError::Length));
    }

    #[test]
    fn the_longest_fills_the_largest_symbol_and_is_read_from_it() {
        let payload = noise(MAX_PAYLOAD);
        let text = encode(&payload).unwrap();
        let symbol = Symbol::encode_digits(&text, 40).unwrap();
        assert_eq!(symbol.version(), 40);
        assert!(digits_of(MAX_PAYLOAD + 1) > 7_089);
        let side = (symbol.size() + 2 * QUIET_ZONE) * 4;
        let dark =
            |at: usize| symbol.is_dark((at % side / 4).wrapping_sub(4), (at / side / 4).wrapping_sub(4));
        let luma: Vec<u8> = (0..side * side).map(|at| if dark(at) { 16 } else { 235 }).collect();
        let found = scan_luma(&luma, side, side, side);
        assert_eq!(found.len(), 1);
        assert!(found[0].bytes == text.as_bytes());
    }

    #[test]
    fn what_ends_a_line_is_no_part_of_it() {
        let text = encode(b"abc").unwrap();
        for end in ["\r", "\n", "\r\n", "\t", "\t\r\n"] {
            assert_eq!(decode(&format!("{text}{end}")).unwrap(), b"abc");
        }
        for (bad, error) in [
            (format!(" {text}"), TextError::Prefix),
            (format!("\n{text}"), TextError::Prefix),
            (format!("{text} "), TextError::Character),
            (format!("{}\n{}", &text[..12], &text[12..]), TextError::Character),
        ] {
            assert_eq!(decode(&bad), Err(error), "{bad:?}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_code() {
        let text = encode(&noise(20)).unwrap();
        let replaced = |at: usize, with: &str| [&text[..at], with, &text[at + 1..]].concat();
        // A number too large for its bytes, and the check that fits it.
        let mut large = format!("{PREFIX}0001256");
        let missing = MODULUS - remainder(large.bytes().chain([b'0'; CHECK]));
        large.push_str(&format!("{missing:010}"));
        let cases = [
            (String::new(), "text-prefix"),
            ("https://example.org".to_owned(), "text-prefix"),
            ("4006381333931".to_owned(), "text-prefix"),
            (PREFIX[..3].to_owned(), "text-prefix"),
            (PREFIX.to_owned(), "text-short"),
            (format!("{PREFIX}000"), "text-short"),
            (format!("{PREFIX}00001234567890"), "text-length"),
            (format!("{PREFIX}29121234567890"), "text-length"),
            (text[..text.len() - 1].to_owned(), "text-short"),
            (format!("{text}7"), "text-long"),
            (format!("{PREFIX}{}", "1".repeat(100_000)), "text-long"),
            (replaced(30, "x"), "text-character"),
            (replaced(30, "７"), "text-character"),
            (large, "text-value"),
        ];
        for (bad, code) in cases {
            let shown: String = bad.chars().take(40).collect();
            assert_eq!(decode(&bad).unwrap_err().code(), code, "{shown:?}");
        }
    }

    #[test]
    fn every_lost_doubled_changed_or_exchanged_digit_is_noticed() {
        for length in [1, 6, 7, 8, 50, 99, 100, 1_000] {
            let text = encode(&noise(length)).unwrap();
            for at in 0..text.len() {
                let (before, digit, after) = (&text[..at], &text[at..=at], &text[at + 1..]);
                assert!(decode(&format!("{before}{after}")).is_err(), "{at} lost");
                assert!(decode(&format!("{before}{digit}{digit}{after}")).is_err(), "{at} doubled");
                for other in '0'..='9' {
                    let changed = format!("{before}{other}{after}");
                    assert_eq!(decode(&changed).is_ok(), changed == text, "{at} changed");
                }
                if let Some(next) = after.chars().next() {
                    let exchanged = format!("{before}{next}{digit}{}", &after[1..]);
                    assert_eq!(decode(&exchanged).is_ok(), exchanged == text, "{at} exchanged");
                }
            }
        }
    }

    #[test]
    fn the_number_of_digits_never_differs_by_one() {
        for length in 1..=MAX_PAYLOAD {
            assert!(digits_of(length) >= digits_of(length - 1) + 2);
        }
    }

    #[test]
    fn no_two_changed_digits_leave_a_multiple_of_the_modulus() {
        assert!((2..100_000u64).all(|divisor| !MODULUS.is_multiple_of(divisor)), "a prime");
        // a times 10^n is not b or -b for any digits a and b and any distance n in the longest text.
        let mut power = 1;
        for distance in 1..digits_of(MAX_PAYLOAD) {
            power = power * 10 % MODULUS;
            for a in 1..=9u64 {
                let changed = a * power % MODULUS;
                assert!(changed > 9 && changed < MODULUS - 9, "{a} at a distance of {distance}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_decoded_or_refused(text in "(7601)?[0-9]{0,60}.{0,3}[\\r\\n\\t]{0,2}") {
            if let Ok(payload) = decode(&text) {
                prop_assert_eq!(encode(&payload).unwrap(), text.trim_end());
            }
        }
    }
}
