//! Records from the first line to the receipt: what a partner, a driver and an auditor see.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod export;
mod hostile;
mod journal;
mod kept;
mod note;
mod replay;
mod support;
mod tree;
mod vectors;
