//! An authority's desk: applications are received, reviewed, undone and answered; facts are changed; licences are suspended and
//! reinstated. Each step is one [`Action`], and is in the journal.
//!
//! ```text
//! Received ─ Receive ─┬─> queue ─ Approve | Reject (Undo for 30 s) ─ Answer ─> Outcome, to be sealed for the wallet
//!                     └─> Outcome::Refused | Outcome::Counter at once
//! ```
//!
//! Whoever was sent to the counter is photographed there ([`Action::Photograph`]); the application is answered with the licence then.
//!
//! [`Desk::act`] changes nothing if it fails. If it succeeds, the caller stores every part of [`Effects`] in one transaction, and
//! only then shows or sends anything. A desk is loaded from what was stored ([`Stored`]).
//!
//! Nothing is signed before it is handed over ([`Action::Answer`]): an approval that is undone never was a licence.
//!
//! # What is left to the caller
//!
//! - **Time and randomness** are arguments, as everywhere.
//! - **Photos** are kept beside the queue, named by their SHA-256 ([`Effects::photos`], [`Effects::erased`]).
//! - **Who the applicant is.** A number and a name are no proof; the demo takes them, since its people are invented.
//! - **The answer** is sealed for the key of [`Answer::answer_key`].

mod action;
mod answer;
mod driver;
mod facts;
mod message;
mod photograph;
mod queue;
mod receive;
mod register;
mod review;
mod state;

pub use action::{Action, Answer, Effects, Issued, Outcome, PhotoBytes, Received, ReceivedPhoto};
pub use driver::{Driver, DriverFile, Ended, HeldLicence, LicenceState};
pub use queue::{
    ApplicationId, Closed, Decided, QueueFilter, Queued, Stage, UNDO_SECONDS, due, is_working_day,
};
pub use register::{OnFile, Register};
pub use state::{Desk, PhotoWanted, Stored};
