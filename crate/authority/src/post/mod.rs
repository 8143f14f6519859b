//! What travels between an applicant and an authority's desk: the bodies of the sealed messages, made and checked.
//!
//! ```text
//! wallet   DeskOffer -> DeskAnchors::verify -> VerifiedDesk
//!          ApplicationBody -> PreparedApplication -> (the device key signs) -> SentApplication
//! desk     payload -> PendingApplication -> (the desk's key agrees) -> UnverifiedApplication -> verify -> ReceivedApplication
//!          AnswerBody -> seal (its answer key) -> payload
//! wallet   payload -> PendingAnswer -> (the answer key agrees) -> UnverifiedAnswer -> verify -> VerifiedAnswer
//! ```
//!
//! Private keys stay where they are: a key store signs what [`PreparedApplication::to_be_signed`] returns, and answers a
//! `point()` with the 32 bytes that its key and the point agree on (WebCrypto's `deriveBits`).
//!
//! | attack | found by |
//! |---|---|
//! | a desk that is not the authority's, or whose certificate expired | [`DeskAnchors::verify`] |
//! | a document signer that acts as a desk | [`DeskAnchors::verify`]; the reverse: `x509::check_document_signer` |
//! | an application read or altered on its way | HPKE: `sealed-opening` |
//! | an application that another device signed, or whose body was changed | [`UnverifiedApplication::verify`] |
//! | an application passed on from one desk to another | the desk's key is in what is sealed and in what is signed |
//! | an application handed in twice | [`UnverifiedApplication::verify`], by what the desk knows |
//! | an answer to another application, or two answers swapped | [`PendingAnswer::decode`], and the binding of the answer |
//! | an answer applied twice | [`PendingAnswer::decode`], by what the wallet knows |
//! | an answer of somebody else | the answer key is in the sealed application and nowhere else |
//! | a licence for another device, or for another person | [`UnverifiedAnswer::verify`] |
//!
//! `docs/claim-messages.md` specifies the formats.

mod answer;
mod application;
mod at_desk;
mod desk;
mod error;

pub use answer::{
    AnswerBody, Awaited, DeskOutcome, JournalReceipt, Office, PendingAnswer, ReceivedLicence,
    UnverifiedAnswer, VerifiedAnswer,
};
pub use application::{
    APPLICATION_DAYS, ApplicationBody, Asks, PHOTO_MAX, PendingApplication, PreparedApplication,
    ReceivedApplication, SentApplication, SentPhoto, UnverifiedApplication,
};
pub use at_desk::seal_answer;
pub use desk::{DeskAnchor, DeskAnchors, VerifiedDesk};
pub use envelope::sealed::{AgreementKey, AgreementSecret, AnswerBinding, DeskOffer, Random};
pub use error::{
    AnswerCode, AnswerError, ApplicationCode, ApplicationError, DeskCertificateCode, DeskCertificateError,
};
