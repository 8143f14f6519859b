//! A desk over the demo's register, as its page uses it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the whole file is a test, its helpers too"
)]

mod claims;
mod counter;
mod facts;
mod journal;
mod messages;
mod review;
mod support;
