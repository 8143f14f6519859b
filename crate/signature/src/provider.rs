//! Providers: who computes whether a signature is right.

use core::fmt;

use crate::unverified::UnverifiedSignature;

/// Verifies ECDSA signatures.
///
/// Implementations are given well-formed signatures only: the key is on the algorithm's curve, r and s are in range.
pub trait VerifySignature: fmt::Debug {
    /// Returns whether the signature is its key's over its message; `None` if this provider cannot answer, for example for
    /// a curve that it does not support.
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool>;
}
