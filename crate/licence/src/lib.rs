//! The driving licence as facts: fields, classes, status, dates, portrait. It knows no policy and no verdict.
//!
//! Pure: no clock, no randomness, no browser, no network. The time is passed in.
//!
//! | module | what it knows |
//! |---|---|
//! | [`class`], [`status`], [`number`], [`novice`], [`calendar`], [`validity`] | the domain, as tables with the mark of their source |
//! | [`elements`], [`jpeg`], [`text`] | facts to signed elements and back, safe against hostile ones |
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
