//! The messages of ISO/IEC 18013-5, as received and as written. None is verified.
//!
//! Each type keeps the received bytes of what is hashed or signed. A message is decoded here and verified elsewhere: a
//! [`DeviceResponse`] by [`verify`](crate::verify()), a [`DocRequest`] by its `verify_reader`.

pub(crate) mod device_request;
pub(crate) mod device_response;
pub(crate) mod digest;
pub(crate) mod element_name;
pub(crate) mod error;
pub(crate) mod issuer_signed;
pub(crate) mod mso;
pub(crate) mod returned;
pub(crate) mod write;

pub use device_request::{
    DeviceRequest, DocRequest, MAX_DOC_REQUESTS, MAX_REQUEST, RequestError, RequestedElement,
    encode_device_request, encode_items_request,
};
pub use device_response::{DeviceAuth, DeviceResponse, DeviceSigned, Document, MAX_DOCUMENTS, MAX_ERRORS};
pub use issuer_signed::{IssuerSigned, IssuerSignedItem, MIN_RANDOM};
pub use mso::MAX_DIGEST_ID;
