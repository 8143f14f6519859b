//! The driving licence: fields, classes, status, the card's view and the verdict of a purpose.
//!
//! Pure: no clock, no randomness, no browser, no network. The time and the trust are passed in.
//!
//! | module | what it knows |
//! |---|---|
//! | [`class`], [`status`], [`number`], [`novice`], [`calendar`] | the domain, as tables with the mark of their source |
//! | [`elements`], [`jpeg`], [`text`] | facts to signed elements and back, safe against hostile ones |
//! | [`drive`] | may this holder drive this vehicle on this day: an answer with reasons |
//! | [`purpose`], [`policy`] | the four purposes, their elements and their rules |
//! | [`proven`], [`checked`], [`verdict`] | proofs and outcomes to a verdict of five layers |
//! | [`view`], [`card`] | what the pages draw |
//! | [`message`], [`codes`], [`catalogue`] | every sentence by its key, every code by its clause |

pub mod calendar;
pub mod card;
pub mod catalogue;
pub mod check;
pub mod checked;
pub mod class;
pub mod codes;
pub mod demo_anchor;
pub mod drive;
pub mod elements;
pub mod jpeg;
pub mod message;
pub mod novice;
pub mod number;
pub mod policy;
pub mod proven;
pub mod purpose;
pub mod status;
pub mod text;
pub mod validity;
pub mod verdict;
pub mod view;

pub use elements::{DOC_TYPE, DOMESTIC_NAMESPACE, ISO_NAMESPACE};

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
