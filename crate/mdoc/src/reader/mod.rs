//! A reader: asks, and proves who asks.

pub(crate) mod auth;
