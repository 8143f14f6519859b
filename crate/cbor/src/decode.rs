//! The three ways to read one item.

use crate::error::CborError;
use crate::item::Item;
use crate::read::{self, MAX_ITEMS};

/// Reads one item of a foreign format and keeps the received bytes of every part.
///
/// # Errors
/// Returns a [`CborError`] if the input exceeds a bound or breaks a rule of every format.
pub fn decode_foreign(bytes: &[u8]) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Foreign, MAX_ITEMS)
}

/// As [`decode_foreign`], with another bound than [`MAX_ITEMS`] for formats with many small items.
///
/// # Errors
/// As [`decode_foreign`].
pub fn decode_foreign_within(bytes: &[u8], max_items: usize) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Foreign, max_items)
}

/// Reads one item of this project's own formats, which must be encoded deterministically.
///
/// # Errors
/// As [`decode_foreign`], and for every departure from RFC 8949, 4.2.1.
pub fn decode_own(bytes: &[u8]) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Own, MAX_ITEMS)
}
