//! Tests and measurements with hostile inputs; not shipped.
//!
//! - [`tamper`]: verifies every small change of a valid presentation.
//! - [`shape`]: the most expensive inputs, and their cost in memory and time.
//! - [`entry`]: the entry points for hostile bytes, for fuzzing and for replaying a corpus.

pub mod archive;
pub mod entry;
pub mod presentation;
pub mod seed;
pub mod shape;
pub mod source;
pub mod tamper;
pub mod wasm;
