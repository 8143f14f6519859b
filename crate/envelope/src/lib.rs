//! Presentations of an mdoc in a QR code, without an answer from the verifier: the profile
//! `org.liangzheng.QrPresentation`, versions 1 and 2.
//!
//! It is this project's own format around a standard DeviceResponse (ISO/IEC 18013-5), not a transport of the standard. The
//! holder's device signs the time, what the holder chose to show it for and, if it wants, the verifier's name; nothing is sent
//! back.
//!
//! ```text
//! Info     = [iat: uint, exp: uint, nonce: bstr .size 16, aud: tstr / null, purpose: tstr]      exp - iat <= 60 s
//! Envelope = [1, bstr .cbor Info, bstr .cbor DeviceResponse]                     then raw deflate (RFC 1951)
//! SessionTranscript = [null, null, ["org.liangzheng.QrPresentation.v2", SHA-256(bytes of Info)]]
//! ```
//!
//! `purpose` is a code of 1 to 64 bytes, which this crate does not interpret. Version 1 has no purpose, and its transcript the name
//! `org.liangzheng.QrPresentation.v1`; both are read. An Info of more than five items is `envelope-info-newer`: a newer wallet
//! made it.
//!
//! Both are deterministic CBOR and refused otherwise.
//!
//! ```text
//! present  Disclosure + Info -> PreparedOneWay -> (the device key signs) -> CompletedOneWay -> payload
//! verify   payload -> UnverifiedOneWay -> verify (OneWayContext) -> VerifiedOneWay
//! ```
//!
//! # Example
//!
//! A verifier reads a code, and reads the same code again half a minute later. The crate of the types in this interface is
//! re-exported ([`mdoc`]), so that one dependency is enough: `liangzheng-envelope = "0.1"`.
//!
//! ```
//! use liangzheng_envelope::mdoc::cbor::Timestamp;
//! use liangzheng_envelope::mdoc::signature::RustCrypto;
//! use liangzheng_envelope::mdoc::x509::Certificate;
//! use liangzheng_envelope::mdoc::{Anchor, Outcome, OutcomeCode, TrustAnchors};
//! use liangzheng_envelope::{OneWayContext, ReplayMemory, UnverifiedOneWay};
//!
//! fn context<'a>(trust: &'a TrustAnchors, now: Timestamp, memory: &'a ReplayMemory) -> OneWayContext<'a> {
//!     let clock_floor = Timestamp::from_unix(1_793_000_000); // when this program was built
//!     OneWayContext { trust, now, clock_floor, memory, audience: None, signatures: &RustCrypto, strict: false }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let payload: &[u8] =
//! #     include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/valid/presentation.bin"));
//! # let iaca: &[u8] =
//! #     include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/valid/iaca.der"));
//! let mut trust = TrustAnchors::new();
//! trust.add(Anchor::iaca(Certificate::decode(iaca)?, "Example authority", "my list", &RustCrypto)?);
//! let now = Timestamp::from_unix(1_795_348_800); // your clock
//! let mut memory = ReplayMemory::new();
//!
//! let received = UnverifiedOneWay::decode(payload)?;
//! let verified = received.verify(&context(&trust, now, &memory))?;
//! assert!(verified.presentation().freshness().is_pass());
//! assert!(!verified.presentation().issued().elements().is_empty());
//! memory.remember(verified.replay_key(), now, verified.info().exp);
//!
//! // The same code again: it may be a copy of the first.
//! let later = now.plus_seconds(30);
//! let again = received.verify(&context(&trust, later, &memory))?;
//! let Outcome::Undetermined(reason) = again.presentation().freshness() else { panic!("a replay") };
//! assert_eq!((reason.kind(), reason.seconds()), (OutcomeCode::Seen, Some(30)));
//! # Ok(())
//! # }
//! ```
//!
//! # What is checked
//!
//! Everything that [`mdoc::verify`] checks, for the transcript above. In addition:
//!
//! - **Bounds.** At most [`MAX_DEFLATED`] bytes in, [`MAX_INFLATED`] bytes out and 256 blocks; memory grows with what is inflated,
//!   whatever the stream announces.
//! - **Form.** One complete stream without trailing bytes, deterministic CBOR, an Envelope of kind 1, an Info whose life is
//!   between 0 and [`MAX_LIFE_SECONDS`].
//! - **Freshness**, as an outcome of [`VerifiedPresentation`](mdoc::VerifiedPresentation):
//!
//! | outcome | code | if |
//! |---|---|---|
//! | fail | `audience` | `aud` names another verifier |
//! | fail | `stale` | `exp` is past |
//! | undetermined | `clock-floor` | this clock is before `clock_floor` |
//! | undetermined | `clock-ahead` | `iat` is more than [`CLOCK_TOLERANCE_SECONDS`] in the future |
//! | undetermined | `seen` | the memory contains it; with the seconds since then |
//! | pass | | otherwise |
//!
//! A presentation is recognised by its device key and Info ([`ReplayKey`]), not by its signature: ECDSA signatures can be
//! altered without the key.
//!
//! # What is left to the caller
//!
//! - **To remember**: call [`ReplayMemory::remember`] for every verified presentation, and [`ReplayMemory::forget_before`] now and
//!   then. It holds [`REPLAY_CAPACITY`] presentations, and serialises with serde.
//! - **To compare the portrait.** The signed time proves that the device key signed for this minute. It does not prove that
//!   the holder is present: a code can be relayed by a video call.
//! - **To show no element unless freshness is a pass**, and what [`mdoc`] leaves to its caller.
//! - **Random nonces**, new for every signature, and the holder's clock for [`Info`].
//! - **The picture.** `liangzheng-optical` shows and reads the payload as one code or a sequence of codes.
//!
//! # Other kinds
//!
//! The first item of an Envelope is its kind ([`kind()`]). This crate reads [`KIND_PRESENTATION`]; a verifier's request
//! ([`KIND_REQUEST`]) and the holder's encrypted answer ([`KIND_ANSWER`]) belong to the crate `protocol` and use
//! [`deflate()`] and [`inflate()`] of this one. The messages of a claim ([`KIND_APPLICATION`], [`KIND_ISSUED`],
//! [`KIND_DESK_OFFER`]) are in the module `sealed`, with the feature of that name.
//!
//! # Errors
//!
//! [`EnvelopeError`], [`OneWayError`] (verify), [`SealError`] (present) and `SealedError` (claim) have a stable `code()`, `step()`, `clause()` and
//! `kind()`. None holds the value of an element.
//!
//! # Features and platforms
//!
//! `rustcrypto` (default) is presenting, and RustCrypto's verifying of signatures; without it no curve code is linked, and the
//! caller's provider verifies. `sealed` is the messages of a claim, with HPKE (RFC 9180) on P-256. No I/O, clock, randomness, global state or `unsafe`;
//! `wasm32-unknown-unknown` is supported.

mod codes;
mod context;
mod deflate;
mod envelope;
mod error;
mod freshness;
mod info;
#[cfg(feature = "rustcrypto")]
mod present;
mod replay;
#[cfg(feature = "rustcrypto")]
mod seal_error;
#[cfg(feature = "sealed")]
pub mod sealed;
mod verify;

pub use codes::codes;
pub use mdoc;

pub use context::OneWayContext;
pub use deflate::{MAX_DEFLATED, MAX_INFLATED, deflate, inflate};
pub use envelope::{
    Envelope, KIND_ANSWER, KIND_APPLICATION, KIND_DESK_OFFER, KIND_ISSUED, KIND_PRESENTATION, KIND_REQUEST,
    kind,
};
pub use error::{EnvelopeCode, EnvelopeError, OneWayCode, OneWayError};
pub use info::{CLOCK_TOLERANCE_SECONDS, Info, MAX_LIFE_SECONDS, MAX_PURPOSE_BYTES};
#[cfg(feature = "rustcrypto")]
pub use present::{CompletedOneWay, PreparedOneWay};
pub use replay::{REPLAY_CAPACITY, ReplayKey, ReplayMemory};
#[cfg(feature = "rustcrypto")]
pub use seal_error::{SealCode, SealError};
pub use verify::{UnverifiedOneWay, VerifiedOneWay};
