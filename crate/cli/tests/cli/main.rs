//! The binary as people run it: files in, exit status and JSON out.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod annex_d;
mod authority;
mod batch;
mod desk;
mod lists;
mod odd;
mod policy;
mod real;
mod received;
mod record;
mod rules;
mod stream;
mod support;
mod usage;
mod vectors;
