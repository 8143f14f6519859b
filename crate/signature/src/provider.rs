//! Who verifies signatures: the curve crates, or a faster implementation of the caller's, in the manner of rustls.
//!
//! Which signatures are well-formed is decided before a provider is asked, so that its answer is yes or no and never a
//! reason of its own.

use core::fmt;

use super::{PublicKey, UnverifiedSignature};

/// Verifies ECDSA signatures.
pub trait VerifySignature: fmt::Debug {
    /// Returns whether the signature is its key's over its message; `None` where this provider cannot say, such as for a
    /// curve that it does not have.
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool>;
}

/// The curve crates of RustCrypto: P-256, P-384 and P-521.
#[derive(Clone, Copy, Debug, Default)]
pub struct RustCrypto;

/// Whether a curve's own crate finds a signature right.
macro_rules! verified {
    ($curve:ident, $key:expr, $of:expr) => {{
        use $curve::ecdsa::signature::Verifier as _;
        let signature = $curve::ecdsa::Signature::from_slice($of.signature());
        signature.is_ok_and(|signature| $key.verify($of.message(), &signature).is_ok())
    }};
}

impl VerifySignature for RustCrypto {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        Some(match signature.public_key() {
            PublicKey::P256(key) => verified!(p256, key, signature),
            PublicKey::P384(key) => verified!(p384, key, signature),
            PublicKey::P521(key) => verified!(p521, key, signature),
            PublicKey::Unsupported(_) => false,
        })
    }
}
