//! Judges a verified driving licence for a purpose: policy, five layers and one colour.
//!
//! Pure: no clock, randomness, browser or network. Time, trust and status lists are arguments.
//!
//! | module | content |
//! |---|---|
//! | [`purpose`], [`policy`] | the four purposes, their elements and their rules; may this holder drive this vehicle |
//! | [`checked`] | a proven document with its two outcomes |
//! | [`verify_one_way`], [`verify_in_session`], [`verify_issuer_data`] | from received bytes to a [`Verdict`] |
//! | [`card`] | what the wallet's card says |
//! | [`message`], [`codes`], [`catalogue`] | every sentence by its key, every code by its clause |

pub mod card;
pub mod catalogue;
pub mod check;
pub mod checked;
pub mod codes;
pub mod demo_anchor;
pub mod message;
pub mod policy;
pub mod purpose;

mod context;
mod face;
mod headline;
mod issuer_data;
mod judge;
mod one_way;
mod session;
mod verdict;

pub use codes::LayerId;
pub use context::VerifierContext;
pub use face::{Band, FaceAnswer};
pub use issuer_data::verify_issuer_data;
pub use one_way::{OneWayPresentation, verify_one_way};
pub use session::{answer_refused, verify_answer, verify_in_session};
pub use verdict::{Colour, Face, Issuer, IssuerVerdict, Layer, Presenter, Replay, Verdict};
