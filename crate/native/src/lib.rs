//! What native programs verify signatures with, and a page cannot: the command line and the Python wheel.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "tests"
    )
)]

mod ring;

pub use ring::{Ring, verify_ed25519};
