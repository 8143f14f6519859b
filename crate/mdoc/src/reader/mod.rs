//! Reader authentication: who requests a document (ISO/IEC 18013-5, 9.1.4).
//!
//! ```text
//! bytes -> DeviceRequest -> DocRequest -> verify_reader (with ReaderAnchors) -> ReaderIdentity
//! ```
//!
//! A request without a signature is not refused: its reader is not verified, and the wallet should show that. A signature
//! that does not verify is refused. The caller decides what a reader may ask for, and checks revocation.

pub(crate) mod auth;

pub use auth::{
    ReaderAnchor, ReaderAnchors, ReaderAuthError, ReaderIdentity, TrustedReader, VerifiedReader,
    reader_to_be_signed,
};
