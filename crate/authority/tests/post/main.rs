//! Applications and answers between a wallet and a desk: what arrives, and what an attacker can do about it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the whole file is a test, its helpers too"
)]

mod answers;
mod applications;
mod at_desk;
mod desks;
mod support;
mod vectors;

use liangzheng_authority as authority;

type Failure = Box<dyn std::error::Error>;
