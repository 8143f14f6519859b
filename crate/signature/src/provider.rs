//! Who verifies signatures: the curve crates, or a faster implementation of the caller's, in the manner of rustls.
//!
//! A provider is given well-formed signatures only, so that its answer is yes or no without a reason.

use core::fmt;

use super::UnverifiedSignature;

/// Verifies ECDSA signatures.
pub trait VerifySignature: fmt::Debug {
    /// Returns whether the signature is its key's over its message; `None` where this provider cannot say, such as for a
    /// curve that it does not have.
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool>;
}
