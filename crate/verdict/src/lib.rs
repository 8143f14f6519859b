//! Judges a verified driving licence for a purpose: policy, five layers and one colour.
//!
//! Pure: no clock, randomness, browser or network. Time, trust and status lists are arguments.
//!
//! | module | content |
//! |---|---|
//! | [`Purpose`], [`drive`] | the four purposes, their elements and their rules; may this holder drive this vehicle |
//! | [`checked`] | a proven document with its two outcomes |
//! | [`verify_one_way`], [`verify_in_session`], [`verify_issuer_data`] | from received bytes to a [`Verdict`] |
//! | [`card`] | what the wallet's card says |
//! | [`Code`], [`Reason`], [`Headline`], [`Message`] | what is found and said, as values; text comes with crate `strings` |

pub mod card;
pub mod checked;
pub mod demo_anchor;
pub mod words;

mod check;
mod code;
mod context;
mod face;
mod headline;
mod issuer_data;
mod judge;
mod layer;
mod message;
mod one_way;
mod policy;
mod purpose;
mod reason;
mod row;
mod session;
mod verdict;

pub use check::{Check, CheckState, Finding};
pub use code::{AnswerCode, Cause, Code};
pub use context::VerifierContext;
pub use face::{Band, FaceAnswer};
pub use issuer_data::verify_issuer_data;
pub use layer::LayerId;
pub use message::{Arg, Element, Message};
pub use one_way::{OneWayPresentation, one_way_refused, verify_one_way};
pub use policy::drive;
pub use purpose::{Purpose, Terms};
pub use reason::{Reason, ReasonCode};
pub use session::{answer_refused, verify_answer, verify_in_session};
pub use verdict::{Colour, Face, Issuer, IssuerVerdict, Layer, Presenter, Replay, Verdict};
