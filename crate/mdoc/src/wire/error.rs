//! Errors of decoding an mdoc.

use cbor::cose::CoseError;
use cbor::{CborError, coded, stage_error};

use crate::wire::element_name::ElementName;
use crate::wire::returned::DocumentError;

/// Why an mdoc is refused while it is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileError {
    /// Not CBOR, or not within its bounds.
    Cbor(CborError),
    /// Not COSE of this profile.
    Cose(CoseError),
    /// A field is missing or has another type; the name of the structure or field.
    Shape(&'static str),
    /// The DeviceResponse is not of version 1.x.
    Version,
    /// The DeviceResponse's status is not 0.
    Status,
    /// Not exactly one document.
    Documents,
    /// A document without any element.
    NoElements,
    /// The MSO is not of version 1.x.
    MsoVersion,
    /// No document, and the device reports which it did not return.
    DocumentErrors(Vec<DocumentError>),
    /// A digest algorithm other than SHA-256, SHA-384 and SHA-512.
    DigestAlgorithm,
    /// A digest without the length of its algorithm; its namespace.
    DigestLength(String),
    /// A namespace that the device may sign both as a whole and in parts.
    KeyAuthorizations(String),
    /// A digestID that is used twice or over 2^31 - 1; its namespace.
    DigestId(String),
    /// A salt of fewer than 16 bytes.
    RandomShort(ElementName),
    /// An element that occurs twice.
    DuplicateElement(ElementName),
    /// The MSO's device key is not a key on P-256, P-384 or P-521 that verifies signatures.
    DeviceKey,
}

coded!(ProfileError as ProfileCode {
    Shape => "profile-shape", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    Version => "profile-version", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    Status => "profile-status", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    Documents => "profile-documents", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    NoElements => "profile-elements", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    MsoVersion => "mso-version", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    DocumentErrors => "document-errors", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.3";
    DigestLength => "digest-length", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    KeyAuthorizations => "key-authorizations", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    DigestAlgorithm => "digest-algorithm", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    DigestId => "digest-id", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    RandomShort => "random-short", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    DuplicateElement => "duplicate-element", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    DeviceKey => "device-key", "profile", "ISO/IEC 18013-5, 9.1.2.4";
} via [Cbor(cbor::CborCode), Cose(cbor::cose::CoseCode)]);
stage_error!(ProfileError);

impl From<CborError> for ProfileError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}
