//! Bounded CBOR (RFC 8949) for hostile input.
//!
//! Two readers share one parser. [`decode_foreign`] accepts what other issuers and wallets send: indefinite lengths,
//! unsorted keys and long heads occur in ISO/IEC 18013-5, Annex D. [`decode_own`] accepts only the deterministic encoding
//! (RFC 8949, 4.2.1) of this project's formats. Both refuse more than [`MAX_DEPTH`] levels, more than [`MAX_ITEMS`] items,
//! lengths beyond the input, duplicate keys, invalid UTF-8 and trailing bytes, and never allocate by an announced length.
//!
//! An [`Item`] keeps the bytes that it was read from, because digests and signatures are over received bytes, never over
//! re-encoded ones. A [`Value`] is owned: what is written, and what elements become once they are verified.

mod code;
pub mod cose;
mod encode;
mod error;
mod item;
mod read;
mod time;
mod value;

pub use code::{CodeInfo, SignatureNotChecked};
pub use encode::encode;
pub use error::{Breach, CborError};
pub use item::{Item, Kind};
pub use read::{MAX_DEPTH, MAX_ITEMS};
pub use time::{Date, Timestamp};
pub use value::{Map, TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value};

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
