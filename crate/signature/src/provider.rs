//! ECDSA by other code than this crate's own: a program may bring a faster one, in the manner of rustls.
//!
//! Which signatures are well-formed is decided before a provider is asked, so that its answer is yes or no and never a
//! reason of its own.

use std::sync::OnceLock;

use super::UnverifiedSignature;

/// Verifies signatures in the place of this crate's own code.
pub trait Provider: Send + Sync {
    /// Whether the signature is its key's over its message; `None` where the provider cannot say: then this crate's own
    /// code does.
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool>;
}

static INSTALLED: OnceLock<&'static dyn Provider> = OnceLock::new();

/// Has every signature of this process verified by `provider`, from now on and for good.
///
/// # Errors
/// The provider comes back where one was installed before.
pub fn install(provider: &'static dyn Provider) -> Result<(), &'static dyn Provider> {
    INSTALLED.set(provider)
}

/// What the installed provider says; `None` without one, or where it cannot say.
pub(super) fn ask(signature: &UnverifiedSignature) -> Option<bool> {
    INSTALLED.get()?.verify(signature)
}
