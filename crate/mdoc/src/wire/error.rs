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
    /// A time that RFC 3339 does not allow; the name of the field. In a strict verification also a time with a fraction or an
    /// offset, a `tdate` where a `full-date` belongs, and a `signed` after `validFrom`; the name of the field or element.
    Time(String),
    /// The DeviceResponse is not of version 1.x.
    Version,
    /// The DeviceResponse's status is not 0, beside documents.
    Status,
    /// No document, or more than are read: one in a one-way presentation, otherwise
    /// [`MAX_DOCUMENTS`](crate::wire::MAX_DOCUMENTS).
    Documents,
    /// No document, and status 10: the wallet's general error.
    WalletGeneralError,
    /// No document, and status 11: the wallet could not decode the request.
    WalletCborDecodingError,
    /// No document, and status 12: the wallet refused the request's CBOR.
    WalletCborValidationError,
    /// No document, and another status than those of the standard.
    WalletError,
    /// No document, but `zkDocuments` or `encryptedDocuments`.
    ProofNotRead,
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
    Time => "profile-time", "profile", "ISO/IEC 18013-5, 9.1.2.4";
    Version => "profile-version", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    Status => "profile-status", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    Documents => "profile-documents", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.2";
    WalletGeneralError => "wallet-error-10", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.3";
    WalletCborDecodingError => "wallet-error-11", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.3";
    WalletCborValidationError => "wallet-error-12", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.3";
    WalletError => "wallet-error", "profile", "ISO/IEC 18013-5, 8.3.2.1.2.3";
    ProofNotRead => "proof-not-read", "profile", "ISO/IEC 18013-5, second edition";
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

impl ProfileError {
    /// Returns whether no document was received, and the response says so itself: nothing was checked, and nothing failed.
    pub const fn is_undetermined(&self) -> bool {
        matches!(
            self,
            Self::DocumentErrors(_)
                | Self::WalletGeneralError
                | Self::WalletCborDecodingError
                | Self::WalletCborValidationError
                | Self::WalletError
                | Self::ProofNotRead
        )
    }
}
