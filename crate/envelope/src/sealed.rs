//! The sealed messages of a claim: a driver's application for an authority's desk, and the desk's answer (feature `sealed`).
//!
//! ```text
//! DeskOffer   = [6, [+ bstr]]                                       the desk's certificate first, each in DER
//! Application = [4, desk_key_id: bstr .size 32, enc: bstr, ct: bstr]
//! Issued      = [5, application_id: bstr .size 16, enc: bstr, ct: bstr]
//! info        = [kind, application_id / null, desk_spki_sha256, device_key_sha256 / null]
//! ```
//!
//! All are deterministic CBOR, deflated to a payload of the QR link as every Envelope; more items than these are
//! `sealed-newer`. `enc` and `ct` are those of HPKE in base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
//! AES-128-GCM, with empty `aad`. In the `info` of an application two places are null, because the desk knows neither value
//! before it opened the application; its body has both, and is signed.
//!
//! ```text
//! wallet   body -> SealedApplication::seal -> payload                              desk   payload -> SealedApplication
//!          payload -> SealedAnswer -> pending -> (the answer key agrees) -> body          -> pending -> (the desk's key agrees) -> body
//! ```
//!
//! Base mode authenticates no sender. An application is therefore signed by its device key; an answer can only be made by
//! who opened the application, because its answer key is nowhere else. The bodies, and who checks what, are the crate
//! `authority`'s; `docs/claim-messages.md` specifies them.

mod error;
mod hpke;
mod key;
mod message;

pub use error::{SealedCode, SealedError};
pub use hpke::{Hpke, PendingOpen};
pub use key::{AgreementKey, AgreementSecret, Random};
pub use message::{AnswerBinding, DeskOffer, MAX_CERTIFICATES, SealedAnswer, SealedApplication};
