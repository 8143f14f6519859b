//! Bounded CBOR (RFC 8949) for hostile input, and COSE (RFC 9052) as ISO/IEC 18013-5 uses it.
//!
//! Two things set it apart from a general CBOR library. An [`Item`] keeps the bytes that it was read from, because digests
//! and signatures are over received bytes and never over bytes that were encoded again. And every input is bounded: depth,
//! number of items and lengths are checked before memory is allocated.
//!
//! ```text
//! bytes -> decode_foreign | decode_own -> Item (borrows the bytes) -> to_value -> Value (owned) -> encode -> bytes
//! ```
//!
//! # Example
//!
//! ```
//! use liangzheng_cbor::{Value, decode_foreign, decode_own, encode};
//!
//! // A map of indefinite length, as other implementations may send it: {_ "age_over_18": true}
//! let received = b"\xbf\x6bage_over_18\xf5\xff";
//! let item = decode_foreign(received)?;
//! assert_eq!(item.get_text("age_over_18").and_then(|age| age.as_bool()), Some(true));
//! // The received bytes are kept, for every part.
//! assert_eq!(item.raw(), received);
//!
//! // Our own formats are deterministic, and refused otherwise.
//! assert_eq!(decode_own(received).unwrap_err().code(), "cbor-profile");
//! let ours = encode(&Value::map([("age_over_18", Value::Bool(true))]));
//! assert_eq!(decode_own(&ours)?.to_value(), item.to_value());
//! # Ok::<(), liangzheng_cbor::CborError>(())
//! ```
//!
//! # Reading
//!
//! | function | for | accepts |
//! |---|---|---|
//! | [`decode_foreign`] | what other issuers, wallets and readers send | indefinite lengths, unsorted keys, long heads: all of them occur in ISO/IEC 18013-5, Annex D |
//! | [`decode_foreign_within`] | the same, with another bound on the number of items | formats with many small items |
//! | [`decode_own`] | formats of this project | only the deterministic encoding (RFC 8949, 4.2.1) |
//!
//! An [`Item`] is asked for what it should be: `as_text`, `as_bytes`, `as_array`, `get_text("key")`, …; each returns `None`
//! for an item of another type. [`Item::value`] returns the value to match on, an [`ItemValue`]. Strings borrow from the input,
//! except those of indefinite length.
//!
//! A [`Value`] is the same without the received bytes and without a lifetime: what is written, and what elements become
//! once they are verified.
//!
//! # Dates and times
//!
//! [`Timestamp`] is a time in whole seconds in UTC, `tdate` of the standard (tag 0); [`Date`] is a calendar day, `full-date`
//! (tag 1004, RFC 8943). Both are limited to the years 1 to 9999. There is no clock: a function that depends on the time
//! takes `now`.
//!
//! # COSE
//!
//! The module [`cose`] has `COSE_Sign1`, `COSE_Mac0` and `COSE_Key`. Algorithms are read from the protected header only, the
//! certificates (`x5chain`, label 33) from the unprotected one.
//!
//! ```
//! # #[cfg(feature = "rustcrypto")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use liangzheng_cbor::cose::{CoseError, CoseSign1, protected_header, sig_structure};
//! use liangzheng_cbor::encode;
//! use signature::{RustCrypto, Signer};
//!
//! // A private key for this example only.
//! let key = p256::ecdsa::SigningKey::from_slice(&[7; 32])?;
//! let payload = b"a payload".to_vec();
//! let signature = key.sign(&sig_structure(&protected_header(key.algorithm()), &payload));
//! let message = CoseSign1::signed(key.algorithm(), vec![], Some(payload), signature);
//!
//! let received = CoseSign1::decode(&encode(&message.to_value()))?;
//! let (_valid, payload) = received.verify(&key.public_key(), &RustCrypto)?;
//! assert_eq!(payload, b"a payload");
//!
//! let other = p256::ecdsa::SigningKey::from_slice(&[8; 32])?;
//! assert_eq!(received.verify(&other.public_key(), &RustCrypto), Err(CoseError::Signature));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rustcrypto"))]
//! # fn main() {}
//! ```
//!
//! # What is checked
//!
//! Both readers refuse, each with a [`CborError`]:
//!
//! - more than [`MAX_DEPTH`] levels of arrays, maps and tags, and more than [`MAX_ITEMS`] items;
//! - a length beyond the end of the input; no memory is allocated because a length announces it;
//! - the same key twice in a map, however each is encoded; keys that are neither integers nor strings;
//! - text that is not UTF-8, reserved or misplaced heads, bytes after the item.
//!
//! [`decode_own`] refuses in addition indefinite lengths, heads and floats longer than needed, and keys out of order.
//!
//! For COSE: headers have no label twice, no `crit`, an algorithm that is supported, and a chain of at most
//! [`cose::MAX_CHAIN`] certificates; a public key's point is on its curve.
//!
//! # What is left to the caller
//!
//! - **What a structure means.** Unknown keys are not refused here; a reader of a format decides.
//! - **The length of the input.** Bound it before it is read into memory.
//! - **Whose key verifies a signature.** A [`cose::CoseSign1`] with `x5chain` proves nothing by itself.
//! - **Maps that are written.** [`encode`] sorts keys; a [`Value::Map`] with one key twice is written as it is, and readers
//!   refuse it.
//!
//! # Errors and codes
//!
//! [`CborError`] and [`cose::CoseError`] have a stable `code()` in kebab case, the `step()` of the verification, the `clause()`
//! of the standard, and `kind()`, the code as a value to match on. They hold positions and no content, so they may be logged.
//! [`coded!`] declares such a table; the crates that build on this one use it for their stages. A signature that the
//! provider could not verify is [`SignatureNotChecked`] everywhere, with the step at which it is verified.
//!
//! # Features and platforms
//!
//! | feature | default | |
//! |---|---|---|
//! | `rustcrypto` | yes | ECDH for a device MAC (`cose::emac_key`); verification of signatures by the curve crates |
//!
//! No I/O, clock, randomness, global state or `unsafe`; `wasm32-unknown-unknown` is supported.

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
pub use item::{Item, ItemValue};
pub use read::{MAX_DEPTH, MAX_ITEMS};
pub use time::{Date, Timestamp};
pub use value::{Map, TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value};
