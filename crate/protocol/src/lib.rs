//! OpenID4VP 1.0 messages as values: a verifier's request by value, the holder's encrypted answer. No network.
//!
//! ```text
//! verifier   Question -> Challenge (or PreparedChallenge -> (reader key signs) -> Challenge) -> payload -> QR link
//! wallet     payload -> UnverifiedRequest -> CheckedRequest {Requester, AskedElement…} -> (a person chooses) -> Consent
//!            -> PreparedAnswer -> (device key signs) -> Answer -> payload -> QR link
//! verifier   payload -> Challenge::open -> OpenedAnswer -> Verdict
//! ```
//! Time, random bytes and trust are arguments. The messages are those of the standard; that they travel by light, with a
//! response mode of this project's own, is not. The formats are written down in `docs/challenge.md`.
//!
//! What it proves: this answer was signed by the holder's key *for this question*, and only its verifier can read it. An old
//! answer cannot be used again. A holder who helps can still relay a question to somebody else's device, so the portrait
//! is compared here too.

mod answer;
mod base64url;
pub mod challenge;
pub mod consent;
pub mod error;
mod json;
mod jwe;
mod jws;
mod key;
pub mod message;
mod query;
pub mod request;
pub mod response_uri;
pub mod verdict;

pub use challenge::{Challenge, OpenedAnswer, PreparedChallenge, Question};
pub use consent::{Answer, Consent, PreparedAnswer};
pub use key::Random;
pub use message::{AskedPurpose, RESPONSE_MODE};
pub use query::MAX_ELEMENTS;
pub use request::{
    AskedElement, CheckedRequest, ElementLabel, Requester, UnprovenRequester, UnverifiedRequest,
    VerifiedRequester, WhyNotVerified,
};
pub use response_uri::ResponseUri;
pub use verdict::judge_answer;
