//! ISO/IEC 18013-5 mdoc: bytes to types to verified; issuing; two-phase device signing.

pub mod cbor;
pub mod code;
pub mod cose;
pub mod credential;
pub mod device_request;
pub mod device_response;
pub mod digest;
pub mod elements;
pub mod error;
pub mod freshness;
pub mod issue;
pub mod issuer_data;
pub mod issuer_signed;
pub mod mso;
pub mod one_way;
pub mod outcome;
pub mod present;
pub mod proof;
pub mod reader_auth;
pub mod reader_key;
pub mod revocation;
pub mod session_transcript;
pub mod signature;
pub mod status_list;
pub mod time;
pub mod trust;
pub mod verify;
pub mod vical;
pub mod vouch;
mod wire;
pub mod x509;

pub use elements::Elements;
