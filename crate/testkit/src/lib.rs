//! Test people, a test authority and hostile files; never published.

// This crate is for tests only: it panics instead of returning errors.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod abroad;
#[cfg(feature = "judge")]
pub mod challenge;
pub mod draft;
#[cfg(feature = "guide")]
pub mod guide;
pub mod holder;
pub mod hostile;
pub mod issuer;
#[cfg(feature = "judge")]
pub mod json;
pub mod random;
pub mod reader;
pub mod real;
pub mod sample;
pub mod untidy;
pub mod vical;
