//! What the project's claims are measured with; nothing here is shipped.
//!
//! - [`tamper`]: every small change of a right presentation, and how the verifier takes it.
//! - [`shape`]: hostile inputs that cost as much as an input can, with their price in memory and time.
//! - [`entry`]: the entry points that take hostile bytes, for the fuzz targets and for replaying what they found.

pub mod archive;
pub mod entry;
pub mod presentation;
pub mod seed;
pub mod shape;
pub mod source;
pub mod tamper;
pub mod wasm;
