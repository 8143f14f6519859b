//! Private keys that sign.

use crate::algorithm::Algorithm;
use crate::key::PublicKey;

/// A private key that signs synchronously, with the algorithm of its curve.
///
/// The keys of the crates `p256`, `p384`, `p521`, `bp256` and `bp384` are such keys; they sign deterministically (RFC 6979).
pub trait Signer {
    /// Returns the public key.
    fn public_key(&self) -> PublicKey;

    /// Returns the algorithm of the key's curve.
    fn algorithm(&self) -> Algorithm;

    /// Returns a raw signature r ‖ s of [`Algorithm::signature_length`] bytes.
    fn sign(&self, message: &[u8]) -> Vec<u8>;
}
