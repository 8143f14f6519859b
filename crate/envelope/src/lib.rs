//! Presentations of an mdoc in a QR code: this project's own one-way profile, `org.liangzheng.QrPresentation.v1`.
//!
//! ```text
//! Info     = [iat: uint, exp: uint, nonce: bstr .size 16, aud: tstr / null]
//! Envelope = [1, bstr .cbor Info, bstr .cbor DeviceResponse]     ; then raw deflate (RFC 1951)
//! ```
//! Both are deterministic CBOR and refused otherwise.

mod codes;
mod context;
mod deflate;
mod envelope;
mod error;
mod freshness;
mod info;
mod present;
mod replay;
mod verify;

pub use codes::codes;
pub use context::OneWayContext;
pub use deflate::{MAX_DEFLATED, MAX_INFLATED, deflate, inflate};
pub use envelope::{Envelope, KIND_ANSWER, KIND_PRESENTATION, KIND_REQUEST, kind};
pub use error::{EnvelopeCode, EnvelopeError, OneWayCode, OneWayError, SealCode, SealError};
pub use info::{CLOCK_TOLERANCE_SECONDS, Info, MAX_LIFE_SECONDS};
pub use present::{CompletedOneWay, PreparedOneWay};
pub use replay::{REPLAY_CAPACITY, ReplayKey, ReplayMemory};
pub use verify::{UnverifiedOneWay, VerifiedOneWay};
