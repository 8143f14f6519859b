//! Verification of received messages.

pub(crate) mod elements;
pub(crate) mod error;
pub(crate) mod freshness;
pub(crate) mod issuer_verified;
pub(crate) mod outcome;
pub(crate) mod presentation;
pub(crate) mod proof;
pub(crate) mod revocation;
pub mod step;
pub(crate) mod trust;
pub(crate) mod vouch;
