//! The holder: keeps a verified credential, and presents elements of it.
//!
//! ```text
//! bytes -> UnverifiedCredential -> verify_credential -> VerifiedCredential
//!       -> Disclosure -> PreparedPresentation -> (the device key signs) -> DeviceResponse
//! ```
//!
//! A credential that is loaded from storage is unverified again, and verified before it is shown or presented.
//! Presenting has two phases, so that the device key may sign asynchronously (WebCrypto, secure hardware).

pub(crate) mod credential;
pub(crate) mod present;

pub use credential::{UnverifiedCredential, VerifiedCredential, verify_credential};
pub use present::{Disclosure, PreparedPresentation, PresentError};
