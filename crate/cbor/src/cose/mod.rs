//! COSE as mdoc uses it (RFC 9052, RFC 9053; ISO/IEC 18013-5, 9.1): untagged `COSE_Sign1` and `COSE_Mac0`, and `COSE_Key`.
//!
//! `alg` is read from the protected header only, the certificates from the unprotected one (label 33), as the standard
//! requires. Other unprotected labels, such as `kid`, are ignored. The protected header keeps its received bytes, because
//! they are signed.

mod error;
mod header;
mod key;
mod mac0;
mod sign1;

pub use error::{CoseCode, CoseError};
pub use header::{MAX_CHAIN, Protected};
pub use key::CoseKey;
#[cfg(feature = "rustcrypto")]
pub use mac0::emac_key;
pub use mac0::{CoseMac0, MacValid, derive_emac_key, derive_session_key, mac_structure};
pub use sign1::{CoseSign1, PROTECTED_ES256, protected_header, sig_structure};
