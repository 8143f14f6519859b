//! Token Status List as CWT (draft-ietf-oauth-status-list-20): which documents of an issuer are valid, invalid or suspended.
//!
//! ```text
//! Token      = #6.18([protected, unprotected, payload, signature])        ; COSE_Sign1, tagged; no CWT tag 61
//! protected  = {1: alg, 16: "application/statuslist+cwt" / 279, ? 33: x5chain}
//! payload    = {2: sub, 6: iat, ? 4: exp, ? 65534: ttl, 65533: StatusList}
//! StatusList = {"bits": 1 / 2 / 4 / 8, "lst": bstr .zlib, ? "aggregation_uri": tstr}
//! ```
//! The entry of index `idx` has `bits` bits; the first entry of a byte has the lowest ones.
//!
//! # What is required
//! - The COSE tag 18. An untagged message, a `COSE_Mac0` (tag 17: a verifier shares no key with an issuer) and the CWT
//!   tag 61 are refused.
//! - A signer: either a certificate in `x5chain` (protected, as the second edition of ISO/IEC 18013-5 puts it, or
//!   unprotected) directly under a trusted IACA, or one pinned public key. The certificate is verified as
//!   [`TrustAnchors::verify`](crate::TrustAnchors::verify) does for [`Signs::StatusList`](crate::Signs::StatusList): its
//!   extended key usage names the document signer's purpose or that of status lists; its other departures from Annex B do not
//!   matter, except those that are dangerous.
//! - A list as JWT is refused by name (`status-jwt`).
//! - `sub` equal to the URI by which the list was named; `iat` not in the future; `exp` and `iat` + `ttl` not passed.
//!   The draft counts `ttl` from the moment of fetching; here it counts from `iat`, since a file has no such moment.
//! - At most [`MAX_TOKEN`] bytes in and [`MAX_LIST`] bytes out, inflated by steps after the signature was verified.
//!
//! # What is left to the caller
//! - Whether the list's signer is the document's issuer: [`VerifiedStatusList::signer`] names the authority.
//! - How old a list may be.
//! - Fetching, and keeping the received bytes; what is loaded again is unverified again.

mod error;
mod list;
mod lists;
mod reference;
mod signer;
mod token;
mod windows;
#[cfg(feature = "issue")]
mod write;

pub use error::{StatusListCode, StatusListError};
pub use list::{Bits, Status, StatusList};
pub use lists::{Inserted, StatusLists};
pub use reference::{IdentifierListInfo, StatusListInfo, StatusReference};
pub use token::{Current, ListSigner, StatusSigner, UnverifiedStatusList, VerifiedStatusList};
#[cfg(feature = "issue")]
pub use write::{PreparedStatusList, StatusListBuilder, StatusListClaims};

/// The longest token, in bytes.
pub const MAX_TOKEN: usize = 1024 * 1024;
/// The longest inflated list, in bytes: 2^24 entries of 2 bits.
pub const MAX_LIST: usize = 4 * 1024 * 1024;
/// The media type in the protected header (label 16).
pub const MEDIA_TYPE: &str = "application/statuslist+cwt";
/// The numbers of [`MEDIA_TYPE`] as CoAP content format: the registered one, and an unassigned one that is written by
/// implementations from before the registration.
pub const CONTENT_FORMATS: [u64; 2] = [279, 600];
/// The longest URI of a list, in bytes.
pub const MAX_URI: usize = 2048;

/// The COSE tag of `COSE_Sign1`.
const TAG_SIGN1: u64 = 18;
/// COSE header: the type of the whole message (RFC 9596).
const HEADER_TYPE: i64 = 16;
/// CWT claims (RFC 8392, and the draft's own).
mod claim {
    pub(super) const SUBJECT: i64 = 2;
    pub(super) const EXPIRES: i64 = 4;
    pub(super) const ISSUED_AT: i64 = 6;
    pub(super) const STATUS_LIST: i64 = 65_533;
    pub(super) const TIME_TO_LIVE: i64 = 65_534;
}
