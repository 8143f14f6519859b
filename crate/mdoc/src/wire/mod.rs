//! The messages of ISO/IEC 18013-5, as received and as written. None is verified.

pub mod device_request;
pub(crate) mod device_response;
pub(crate) mod digest;
pub(crate) mod element_name;
pub(crate) mod error;
pub(crate) mod issuer_signed;
pub(crate) mod mso;
pub(crate) mod returned;
pub(crate) mod write;
