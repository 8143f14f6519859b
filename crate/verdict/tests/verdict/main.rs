//! The whole way of a one-way presentation: what a verifier sees.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod colour;
mod hostile;
mod listed;
mod none;
mod policy;
mod policy_cases;
mod purposes;
mod several;
mod still;
mod support;
mod time;
mod trust;
