//! ECDSA by other code than this crate's own: a native program may bring a faster one, in the manner of rustls.
//!
//! A page brings none. Which signatures are well-formed is decided here before a provider is asked, so that its answer
//! is yes or no and never a reason of its own.

use std::sync::OnceLock;

use super::{Algorithm, PublicKey};

/// Verifies signatures in the place of this crate's own code.
pub trait Provider: Send + Sync {
    /// Whether `signature` (raw r ‖ s of the algorithm's length, both in 1 to n - 1) is the key's over `message`; `key`
    /// is its uncompressed point (SEC 1), on its curve. `None` where the provider has no such algorithm.
    fn verify(&self, algorithm: Algorithm, key: &[u8], message: &[u8], signature: &[u8]) -> Option<bool>;
}

static INSTALLED: OnceLock<&'static dyn Provider> = OnceLock::new();

/// Has every signature of this process verified by `provider`, from now on and for good.
///
/// # Errors
/// The provider comes back where one was installed before.
pub fn install(provider: &'static dyn Provider) -> Result<(), &'static dyn Provider> {
    INSTALLED.set(provider)
}

/// What the installed provider says; `None` without one, or where it has no such algorithm.
pub(super) fn ask(algorithm: Algorithm, key: PublicKey, message: &[u8], signature: &[u8]) -> Option<bool> {
    let provider = INSTALLED.get()?;
    provider.verify(algorithm, &key.to_sec1()?, message, signature)
}
