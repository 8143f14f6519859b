//! Bounded CBOR (RFC 8949) for hostile input.
//!
//! Two readers share one parser. [`decode_foreign`] takes what other issuers and wallets send: indefinite lengths, unsorted keys
//! and longer heads than needed occur in ISO's own Annex D. [`decode_own`] takes this project's formats, which are
//! deterministic (RFC 8949, 4.2.1) or refused. Both refuse more than [`MAX_DEPTH`] levels, more than [`MAX_ITEMS`] items,
//! lengths beyond the input, duplicate keys, bad UTF-8 and trailing bytes, and take no memory because a length asks for it.
//!
//! An [`Item`] keeps the bytes it was read from, because digests and signatures are over received bytes and never over
//! bytes encoded again. A [`Value`] is what this project writes, and what elements become once they are proven.

mod code;
pub mod cose;
mod encode;
mod error;
mod item;
mod read;
mod time;
mod value;

pub use code::CodeInfo;
pub use encode::encode;
pub use error::{Breach, CborError};
pub use item::{Item, Kind};
pub use read::{MAX_DEPTH, MAX_ITEMS};
pub use time::{Date, Timestamp};
pub use value::{Map, TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value};

/// Reads one whole item of someone else's format and keeps the received bytes of every part.
///
/// # Errors
/// A [`CborError`] where the input breaks a bound or a rule that holds for every format.
pub fn decode_foreign(bytes: &[u8]) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Foreign, MAX_ITEMS)
}

/// As [`decode_foreign`] with another bound than [`MAX_ITEMS`], for a format that has many small items.
///
/// # Errors
/// As [`decode_foreign`].
pub fn decode_foreign_within(bytes: &[u8], max_items: usize) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Foreign, max_items)
}

/// Reads one whole item of this project's own formats: deterministic encoding or an error.
///
/// # Errors
/// A [`CborError`] as for [`decode_foreign`], and for every departure from RFC 8949, 4.2.1.
pub fn decode_own(bytes: &[u8]) -> Result<Item<'_>, CborError> {
    read::read(bytes, read::Rules::Own, MAX_ITEMS)
}
