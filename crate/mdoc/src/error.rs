//! Codes, steps and clauses: the one table, and the errors of the credential's stages.
//!
//! Every failure has a stable `code()`, the `step()` of the way where it happened and the
//! `clause()` that asks for the check. They name namespaces and elements, never values: an error
//! may be logged, a licence may not.

use core::fmt;

use crate::cbor::CborError;
use crate::code::{CodeInfo, coded};
use crate::cose::CoseError;
use crate::device_request::RequestError;
use crate::device_response::DocumentError;
use crate::issue::IssueError;
use crate::one_way::EnvelopeError;
use crate::present::PresentError;
use crate::reader_auth::ReaderAuthError;
use crate::session_transcript::TranscriptError;
use crate::status_list::StatusListError;
use crate::trust::TrustError;
use crate::vical::{VicalEntryError, VicalError, VicalIssueError};
use crate::x509::{CertificateError, CrlError};

/// The steps of the way from received bytes to a verified presentation, as `step()` names them.
/// Reading CBOR and COSE, and certificates, have the steps that [`crate::cbor`], [`crate::cose`]
/// and [`crate::x509`] name.
pub mod step {
    /// Opening the one-way Envelope.
    pub const ENVELOPE: &str = "envelope";
    /// The shape and the pinned fields of the mdoc.
    pub const PROFILE: &str = "profile";
    /// Proof: the issuer's certificate comes from a trusted authority.
    pub const ISSUER_TRUSTED: &str = "issuer-trusted";
    /// Proof: the issuer signed the MSO.
    pub const ISSUER_SIGNED: &str = "issuer-signed";
    /// Proof: every element has the digest that the issuer signed.
    pub const DIGESTS_MATCH: &str = "digests-match";
    /// Proof: the holder's device key signed this presentation.
    pub const DEVICE_SIGNED: &str = "device-signed";
    /// Outcome: the MSO's own validity.
    pub const MSO_VALIDITY: &str = "mso-validity";
    /// Outcome: freshness.
    pub const FRESHNESS: &str = "freshness";
    /// Putting the transcript of a session together.
    pub const SESSION_TRANSCRIPT: &str = "session-transcript";
    /// Reading what a reader asks for, and proving which reader asks.
    pub const READER: &str = "reader";
    /// Making a credential or a presentation.
    pub const MAKE: &str = "make";
}

/// The clauses that ask for the checks.
pub(crate) mod clause {
    pub(crate) const ISSUER_AUTH: &str = "ISO/IEC 18013-5, 9.3.1";
    pub(crate) const DEVICE_AUTH: &str = "ISO/IEC 18013-5, 9.1.3";
    pub(crate) const TRUST_LIST: &str = "ISO/IEC 18013-5, C.1.7";
    pub(crate) const REVOCATION: &str = "RFC 5280, 6.3.3";
    pub(crate) const ONE_WAY: &str = "org.liangzheng.QrPresentation.v1";
}

/// The codes of outcomes, which are no errors.
const OUTCOMES: &[CodeInfo] = &[
    CodeInfo::new("mso-expired", step::MSO_VALIDITY, clause::ISSUER_AUTH),
    CodeInfo::new("mso-not-yet", step::MSO_VALIDITY, clause::ISSUER_AUTH),
    CodeInfo::new("trust-list-old", step::ISSUER_TRUSTED, clause::TRUST_LIST),
    CodeInfo::new("trust-list-signer-expired", step::ISSUER_TRUSTED, clause::TRUST_LIST),
    CodeInfo::new("trust-list-ahead", step::ISSUER_TRUSTED, clause::TRUST_LIST),
    CodeInfo::new("ds-revocation-old", step::ISSUER_TRUSTED, clause::REVOCATION),
    CodeInfo::new("ds-revocation-ahead", step::ISSUER_TRUSTED, clause::REVOCATION),
    CodeInfo::new("stale", step::FRESHNESS, clause::ONE_WAY),
    CodeInfo::new("clock-ahead", step::FRESHNESS, clause::ONE_WAY),
    CodeInfo::new("clock-floor", step::FRESHNESS, clause::ONE_WAY),
    CodeInfo::new("seen", step::FRESHNESS, clause::ONE_WAY),
    CodeInfo::new("audience", step::FRESHNESS, clause::ONE_WAY),
    CodeInfo::new("freshness-unproven", step::FRESHNESS, clause::DEVICE_AUTH),
];

const TABLES: &[&[CodeInfo]] = &[
    CborError::CODES,
    CoseError::CODES,
    CertificateError::CODES,
    CrlError::CODES,
    TrustError::CODES,
    EnvelopeError::CODES,
    ProfileError::CODES,
    VerifyError::CODES,
    TranscriptError::CODES,
    RequestError::CODES,
    ReaderAuthError::CODES,
    OUTCOMES,
    IssueError::CODES,
    PresentError::CODES,
    StatusListError::CODES,
    VicalError::CODES,
    VicalEntryError::CODES,
    VicalIssueError::CODES,
];

/// Every code of this crate, with its step and clause: the one table.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    TABLES.iter().copied().flatten()
}

const UNKNOWN: CodeInfo = CodeInfo::new("unknown", "", "");

/// The line of an outcome's code; an empty one for what is not in the table.
pub(crate) fn outcome_info(code: &str) -> &'static CodeInfo {
    OUTCOMES.iter().find(|line| line.code == code).unwrap_or(&UNKNOWN)
}

/// `Display` and `Error` for an error with `code()`, `step()` and `clause()`.
#[macro_export]
macro_rules! stage_error {
    ($error:ty) => {
        impl core::fmt::Display for $error {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{} ({}; {})", self.code(), self.step(), self.clause())
            }
        }

        impl core::error::Error for $error {}
    };
}
pub(crate) use stage_error;

/// The name of an element, for errors and lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementName {
    /// The namespace.
    pub namespace: String,
    /// The element's identifier.
    pub identifier: String,
}

impl ElementName {
    /// The name of an element.
    pub fn new(namespace: &str, identifier: &str) -> Self {
        Self { namespace: namespace.to_owned(), identifier: identifier.to_owned() }
    }
}

impl fmt::Display for ElementName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.namespace, self.identifier)
    }
}

/// Why bytes are not an mdoc of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileError {
    /// Not CBOR as accepted here.
    Cbor(CborError),
    /// Not COSE as accepted here.
    Cose(CoseError),
    /// A field is missing or has another type; the name of the structure or field.
    Shape(&'static str),
    /// The DeviceResponse is not of version 1.x.
    Version,
    /// The DeviceResponse's status is not 0.
    Status,
    /// Not exactly one document.
    Documents,
    /// A document that shows no element; nobody signs that there are none.
    NoElements,
    /// The MSO is not of version 1.x.
    MsoVersion,
    /// No document, and the holder's device says why: which it did not return.
    DocumentErrors(Vec<DocumentError>),
    /// A digest algorithm other than SHA-256, SHA-384 and SHA-512.
    DigestAlgorithm,
    /// A digest that has not the length of its algorithm; its namespace.
    DigestLength(String),
    /// A namespace that the device may sign as a whole and in parts.
    KeyAuthorizations(String),
    /// A digestID that is used twice or over 2^31 - 1; its namespace.
    DigestId(String),
    /// A salt of fewer than 16 bytes.
    RandomShort(ElementName),
    /// An element that is there twice.
    DuplicateElement(ElementName),
    /// The MSO's device key is no point of P-256, P-384 or P-521.
    DeviceKey,
}

coded!(ProfileError {
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
} via [Cbor, Cose]);
stage_error!(ProfileError);

impl From<CborError> for ProfileError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

/// Why a presentation or a credential is not proven: no element of it is let out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The Envelope is refused.
    Envelope(EnvelopeError),
    /// The mdoc is refused.
    Profile(ProfileError),
    /// The issuer's certificate is refused.
    Trust(TrustError),
    /// The MSO was signed outside the DS certificate's validity.
    MsoSignedOutsideDs,
    /// `issuing_country` is not the DS certificate's country.
    IssuingCountry,
    /// `issuing_jurisdiction` is not the DS certificate's state or province.
    IssuingJurisdiction,
    /// The issuer's signature is wrong.
    IssuerSignature,
    /// The document's docType is not the MSO's.
    DocType,
    /// An element is not the one that the issuer signed.
    DigestMismatch(ElementName),
    /// The issuer signed no such digestID or namespace.
    DigestMissing(ElementName),
    /// The device signature is wrong.
    DeviceSignature,
    /// The device MAC is wrong.
    DeviceMac,
    /// A device MAC where this verifier gave no reader key.
    DeviceMacUnexpected,
    /// An element signed by the device that the issuer did not authorise.
    DeviceElements(ElementName),
}

coded!(VerifyError {
    MsoSignedOutsideDs => "mso-signed-outside-ds", "issuer-trusted", "ISO/IEC 18013-5, 9.3.1";
    IssuingCountry => "issuing-country", "issuer-trusted", "ISO/IEC 18013-5, 9.3.1";
    IssuingJurisdiction => "issuing-jurisdiction", "issuer-trusted", "ISO/IEC 18013-5, 9.3.1";
    IssuerSignature => "issuer-signature", "issuer-signed", "ISO/IEC 18013-5, 9.3.1";
    DigestMismatch => "digest-mismatch", "digests-match", "ISO/IEC 18013-5, 9.3.1";
    DigestMissing => "digest-missing", "digests-match", "ISO/IEC 18013-5, 9.3.1";
    DocType => "doc-type", "device-signed", "ISO/IEC 18013-5, 9.3.1";
    DeviceSignature => "device-signature", "device-signed", "ISO/IEC 18013-5, 9.1.3";
    DeviceMac => "device-mac", "device-signed", "ISO/IEC 18013-5, 9.1.3";
    DeviceMacUnexpected => "device-mac-unexpected", "device-signed", "ISO/IEC 18013-5, 9.1.3";
    DeviceElements => "device-elements", "device-signed", "ISO/IEC 18013-5, 9.1.2.4";
} via [Envelope, Profile, Trust]);
stage_error!(VerifyError);

impl VerifyError {
    /// The element that it is about, where it is about one.
    pub const fn element(&self) -> Option<&ElementName> {
        match self {
            Self::DigestMismatch(name) | Self::DigestMissing(name) | Self::DeviceElements(name) => Some(name),
            Self::Profile(ProfileError::RandomShort(name) | ProfileError::DuplicateElement(name)) => {
                Some(name)
            }
            _ => None,
        }
    }
}

impl From<EnvelopeError> for VerifyError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<ProfileError> for VerifyError {
    fn from(error: ProfileError) -> Self {
        Self::Profile(error)
    }
}

impl From<TrustError> for VerifyError {
    fn from(error: TrustError) -> Self {
        Self::Trust(error)
    }
}
