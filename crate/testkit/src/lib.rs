//! Test people, a test authority and hostile files; never published.

// A test says at once what it needs: this crate panics where a test would.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

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
pub mod sample;
pub mod vical;
