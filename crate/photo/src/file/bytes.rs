//! Numbers and parts of a file that may be cut off.

use super::error::FileError;

/// The number of up to four bytes, most significant first.
pub(super) fn big(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The number of up to four bytes, least significant first.
pub(super) fn little(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).rev().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// A part of the file, which is cut off if it is not there.
pub(super) fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], FileError> {
    let end = at.checked_add(length).ok_or(FileError::Truncated)?;
    bytes.get(at..end).ok_or(FileError::Truncated)
}

pub(super) fn to_usize(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
