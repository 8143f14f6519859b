//! OpenID4VP 1.0 messages as values: a verifier's request by value, the holder's encrypted answer. No network.
//!
//! ```text
//! verifier   Question -> Challenge (or PreparedChallenge -> (reader key signs) -> Challenge) -> payload -> QR link
//! wallet     payload -> UnverifiedRequest -> CheckedRequest {Requester, AskedElement…} -> (a person chooses) -> Consent
//!            -> PreparedAnswer -> (device key signs) -> Answer -> payload -> QR link
//! verifier   payload -> Challenge::open -> OpenedAnswer -> Verdict
//! ```
//! Time, random bytes and trust are arguments. The messages are the standard's; the optical transport and its response
//! mode are this project's own. `docs/challenge.md` specifies the formats.
//!
//! An answer is signed by the holder's key *for one question*, only that question's verifier can read it, and it cannot
//! be used again. A cooperating holder can still relay a question to another device, so the portrait must be compared
//! here too.

mod answer;
mod asked;
mod base64url;
mod challenge;
mod consent;
pub mod error;
mod json;
mod jwe;
mod jws;
mod key;
mod message;
mod query;
pub mod received;
mod request;
mod response_uri;
mod verdict;

pub use challenge::{
    Challenge, DEFAULT_LIFE_SECONDS, NONCE_BYTES, OpenedAnswer, PreparedChallenge, Question, policy_query,
};
pub use consent::{Answer, Consent, PreparedAnswer};
pub use key::Random;
pub use message::{AskedPurpose, MAX_LIFE_SECONDS, RESPONSE_MODE};
pub use query::{
    AskedDocument, MAX_CLAIM_SETS, MAX_CREDENTIAL_SETS, MAX_CREDENTIALS, MAX_ELEMENTS, OtherFormat,
};
pub use request::{
    AskedElement, CheckedRequest, ElementLabel, Requester, UnprovenRequester, UnverifiedRequest,
    VerifiedRequester, WhyNotVerified,
};
pub use response_uri::ResponseUri;
pub use verdict::judge_answer;
