//! Readers: requests and reader authentication.

pub(crate) mod auth;
