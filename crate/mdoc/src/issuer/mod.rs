//! The issuer: elements, their digests, the MSO and its signature.
//!
//! ```text
//! IssueRequest + IssuerSigner (a DS certificate and its key) + random bytes -> an encoded IssuerSigned
//! ```

pub(crate) mod issue;

pub use issue::{IssueError, IssueRequest, IssuerSigner};
