//! ECDSA public keys and signatures, for COSE (RFC 9053) and X.509 (RFC 5480) alike.
//!
//! A key and a signature are checked when they are read, and kept as bytes. Who computes is the caller's choice: the curve
//! crates of RustCrypto, or another implementation such as ring or WebCrypto.
//!
//! ```text
//! point (SEC 1)                 -> PublicKey
//! signature (r ‖ s, or DER)     -> UnverifiedSignature -> VerifySignature -> SignatureValid
//! ```
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "rustcrypto")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use liangzheng_signature::{Algorithm, Curve, PublicKey, RustCrypto, SignatureError, Signer, verify};
//!
//! // A private key for this example only.
//! let key = p256::ecdsa::SigningKey::from_slice(&[7; 32])?;
//! let signature = key.sign(b"a message");
//! assert_eq!(signature.len(), Algorithm::Es256.signature_length());
//!
//! // What a verifier receives: the key's point, the message, the signature.
//! let point = key.public_key().to_sec1().ok_or("a key on a supported curve")?;
//! let public = PublicKey::from_sec1(Curve::P256, &point).ok_or("a point on P-256")?;
//! let _valid = verify(Algorithm::Es256, &public, b"a message", &signature, &RustCrypto)?;
//!
//! let altered = verify(Algorithm::Es256, &public, b"another message", &signature, &RustCrypto);
//! assert_eq!(altered, Err(SignatureError::Mismatch));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rustcrypto"))]
//! # fn main() {}
//! ```
//!
//! # Curves and algorithms
//!
//! In COSE each curve has one hash ([`Algorithm::for_curve`]); a key of one curve with the algorithm of another is refused
//! ([`Algorithm::from_cose`]). In
//! certificates hash and curve are independent ([`UnverifiedSignature::der`], [`HashAlgorithm`]).
//!
//! | [`Curve`] | [`Algorithm`] | hash | COSE curve | COSE algorithm | bytes of a raw signature |
//! |---|---|---|---|---|---|
//! | P-256 | ES256 | SHA-256 | 1 | -7, or -9 | 64 |
//! | P-384 | ES384 | SHA-384 | 2 | -35, or -51 | 96 |
//! | P-521 | ES512 | SHA-512 | 3 | -36, or -52 | 132 |
//! | brainpoolP256r1 | ESB256 | SHA-256 | 256 | -7, or -265 | 64 |
//! | brainpoolP384r1 | ESB384 | SHA-384 | 258 | -35, or -267 | 96 |
//! | brainpoolP320r1, P512r1 | none | | 257, 259 | | |
//!
//! ISO/IEC 18013-5 lists four brainpool curves, and uses ES256 and ES384 for them. Two are recognised, so that the reason can
//! be given ([`SignatureError::Brainpool`]), and not verified: there is no maintained implementation in Rust. A key on any
//! curve without support can be held ([`PublicKey::unsupported`]), so that the certificate around it can still be read.
//!
//! # Providers
//!
//! [`VerifySignature`] is the one interface to an implementation. It returns yes, no, or `None` where it cannot answer;
//! nothing is known then, and the result is [`SignatureError::NotChecked`], never a refusal.
//!
//! ```
//! use liangzheng_signature::{Algorithm, UnverifiedSignature, VerifySignature};
//!
//! /// Verifies ES256 by some other library.
//! #[derive(Debug)]
//! struct Other;
//!
//! impl VerifySignature for Other {
//!     fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
//!         match signature.cose_algorithm() {
//!             Some(Algorithm::Es256) => Some(es256(&signature.key(), signature.message(), signature.signature())),
//!             _ => None,
//!         }
//!     }
//! }
//! # fn es256(_point: &[u8], _message: &[u8], _signature: &[u8]) -> bool { false }
//! ```
//!
//! A provider is synchronous. Where the implementation is not (WebCrypto), list the signatures first
//! (`mdoc::signatures` does so for a presentation), have all of them verified, and pass a provider that looks up the
//! answers: two [`UnverifiedSignature`] are equal if curve, hash, key, message and signature are.
//! [`VerifiedSignatureCache`] keeps signatures of certificates that were verified before.
//!
//! # What is checked
//!
//! - **A point** has the length and the form of its curve: compressed or uncompressed, neither the point at infinity nor a
//!   hybrid form (RFC 5480, 2.2). With the feature `rustcrypto` it is on its curve.
//! - **A signature** has exactly the length of its algorithm, or is one `ECDSA-Sig-Value` in DER (RFC 3279, 2.2.3); r and s
//!   are in 1 to n - 1. A high s is legal (FIPS 186-5). This is checked before a provider sees the signature.
//! - **Key and algorithm** belong together.
//! - [`SignatureValid`] can be made by [`UnverifiedSignature::verify`] only: a function that holds one was given a verified
//!   signature.
//!
//! # What is left to the caller
//!
//! - **Whose key it is**: the crates `x509` and `mdoc` lead it back to a trust anchor.
//! - **The point**, without the feature `rustcrypto`: the provider checks that it is on its curve.
//! - **Private keys.** [`Signer`] is implemented for the signing keys of `p256`, `p384`, `p521`, `bp256` and `bp384`;
//!   keeping them is not the task of this crate.
//! - **Replays.** ECDSA signatures can be altered without the key (s to n - s), so do not identify a message by its
//!   signature.
//!
//! # Errors
//!
//! [`SignatureError`] says which check failed. It holds no byte of key, message or signature. The crates above give it a
//! code and the step of the verification.
//!
//! # Features and platforms
//!
//! | feature | default | |
//! |---|---|---|
//! | `rustcrypto` | yes | [`RustCrypto`], checked points, [`Signer`] for keys of the curve crates (`p256`, `p384`, `p521`, `bp256`, `bp384`) |
//!
//! Without features the crate depends on `der` only and holds no code of a curve: keys stay bytes, and only a provider of
//! the caller verifies. No I/O, clock, randomness, global state or `unsafe`; `wasm32-unknown-unknown` is supported.

mod algorithm;
#[cfg(feature = "rustcrypto")]
mod brainpool;
mod cache;
mod curve;
mod ecdsa;
mod error;
mod key;
#[cfg(feature = "rustcrypto")]
mod point;
mod provider;
#[cfg(feature = "rustcrypto")]
mod rustcrypto;
mod signer;
mod unverified;
mod verify;

pub use algorithm::{Algorithm, HashAlgorithm};
pub use cache::VerifiedSignatureCache;
pub use curve::Curve;
pub use ecdsa::to_der;
pub use error::SignatureError;
pub use key::PublicKey;
pub use provider::VerifySignature;
#[cfg(feature = "rustcrypto")]
pub use rustcrypto::{RustCrypto, sign_es256};
pub use signer::Signer;
pub use unverified::UnverifiedSignature;
pub use verify::{SignatureValid, verify};
