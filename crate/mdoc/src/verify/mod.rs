//! Verification of received messages.

pub(crate) mod answer;
mod element_times;
pub(crate) mod elements;
pub(crate) mod error;
pub(crate) mod freshness;
pub(crate) mod issuer_context;
pub(crate) mod issuer_verified;
mod issuing_place;
pub(crate) mod outcome;
pub(crate) mod presentation;
pub(crate) mod proof;
pub(crate) mod revocation;
pub(crate) mod signer_purpose;
pub mod step;
pub(crate) mod trust;
pub(crate) mod trust_error;
pub(crate) mod vouch;
