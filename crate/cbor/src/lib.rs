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
mod decode;
mod encode;
mod error;
mod item;
mod read;
mod time;
mod value;

pub use code::{CodeInfo, NotCheckedCode, SignatureNotChecked};
pub use decode::{decode_foreign, decode_foreign_within, decode_own};
pub use encode::encode;
pub use error::{Breach, CborCode, CborError};
pub use item::{Item, Kind};
pub use read::{MAX_DEPTH, MAX_ITEMS};
pub use time::{Date, Timestamp};
pub use value::{Map, TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value};
