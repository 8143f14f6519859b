//! A question and its answer, and every way in which one of them is wrong.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

mod files;
mod flow;
mod hostile_answer;
mod hostile_request;
mod support;
mod tables;
#[path = "../../examples/challenge/vectors.rs"]
mod vectors;
