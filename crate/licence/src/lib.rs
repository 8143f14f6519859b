//! The driving licence as facts: fields, classes, status, dates, portrait. It has no policy and no verdict.
//!
//! Pure: no clock, randomness, browser or network. The time is an argument.
//!
//! | module | content |
//! |---|---|
//! | [`class`], [`status`], [`number`], [`novice`], [`calendar`], [`validity`] | the domain, as tables that name their source |
//! | [`elements`], [`jpeg`], [`text`] | facts to signed elements and back, from hostile input |
//! | [`view`] | everything that a page may draw of a licence |

pub mod calendar;
pub mod class;
pub mod elements;
pub mod jpeg;
pub mod novice;
pub mod number;
pub mod status;
pub mod text;
pub mod validity;
pub mod view;

pub use elements::{DOC_TYPE, DOMESTIC_NAMESPACE, ISO_NAMESPACE};
