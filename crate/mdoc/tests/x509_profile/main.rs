//! Certificates and chains: one certificate a rule, with the code that it must give (`T-issuer-unknown`, `T-dates`,
//! `T-issuer-namesake`, `T-certificate-profile`). The closed profile is that of a strict verification.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod authorities;
mod chains;
mod document_signer;
mod encoding;
mod support;
