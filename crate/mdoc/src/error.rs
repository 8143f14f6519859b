//! Codes, steps and clauses: the one table, and the errors of the credential's stages.
//!
//! Every failure has a stable `code()`, the `step()` of the way where it happened and the
//! `clause()` that asks for the check. They name namespaces and elements, never values: an error
//! may be logged, a licence may not.

use core::fmt;

use crate::cbor::CborError;
use crate::code::CodeInfo;
use crate::cose::CoseError;
use crate::one_way::EnvelopeError;
use crate::trust::TrustError;

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
    /// Making a credential or a presentation.
    pub const MAKE: &str = "make";
}

const fn row(code: &'static str, step: &'static str, clause: &'static str) -> CodeInfo {
    CodeInfo::new(code, step, clause)
}

const RESPONSE: &str = "ISO/IEC 18013-5, 8.3.2.1.2.2";
const MSO: &str = "ISO/IEC 18013-5, 9.1.2.4";
const ISSUER_AUTH: &str = "ISO/IEC 18013-5, 9.3.1";
const DEVICE_AUTH: &str = "ISO/IEC 18013-5, 9.1.3";
const ONE_WAY: &str = "org.liangzheng.QrPresentation.v1";

/// The codes of the credential's own stages.
const CODES: &[CodeInfo] = &[
    // The Envelope.
    row("size", step::ENVELOPE, ONE_WAY),
    row("envelope-deflate", step::ENVELOPE, ONE_WAY),
    row("envelope-kind", step::ENVELOPE, ONE_WAY),
    row("envelope-shape", step::ENVELOPE, ONE_WAY),
    row("envelope-info", step::ENVELOPE, ONE_WAY),
    row("envelope-life", step::ENVELOPE, ONE_WAY),
    // The mdoc's shape.
    row("profile-shape", step::PROFILE, RESPONSE),
    row("profile-version", step::PROFILE, RESPONSE),
    row("profile-status", step::PROFILE, RESPONSE),
    row("profile-documents", step::PROFILE, RESPONSE),
    row("doc-type", step::PROFILE, ISSUER_AUTH),
    row("mso-version", step::PROFILE, MSO),
    row("digest-algorithm", step::PROFILE, MSO),
    row("digest-id", step::PROFILE, MSO),
    row("random-short", step::PROFILE, MSO),
    row("duplicate-element", step::PROFILE, RESPONSE),
    row("device-key", step::PROFILE, MSO),
    // Proofs.
    row("mso-signed-outside-ds", step::ISSUER_TRUSTED, ISSUER_AUTH),
    row("issuing-country", step::ISSUER_TRUSTED, ISSUER_AUTH),
    row("issuing-jurisdiction", step::ISSUER_TRUSTED, ISSUER_AUTH),
    row("issuer-signature", step::ISSUER_SIGNED, ISSUER_AUTH),
    row("digest-mismatch", step::DIGESTS_MATCH, ISSUER_AUTH),
    row("digest-missing", step::DIGESTS_MATCH, ISSUER_AUTH),
    row("device-signature", step::DEVICE_SIGNED, DEVICE_AUTH),
    row("device-mac", step::DEVICE_SIGNED, DEVICE_AUTH),
    row("device-mac-unexpected", step::DEVICE_SIGNED, DEVICE_AUTH),
    row("device-elements", step::DEVICE_SIGNED, MSO),
    // Outcomes.
    row("mso-expired", step::MSO_VALIDITY, ISSUER_AUTH),
    row("mso-not-yet", step::MSO_VALIDITY, ISSUER_AUTH),
    row("stale", step::FRESHNESS, ONE_WAY),
    row("clock-ahead", step::FRESHNESS, ONE_WAY),
    row("clock-floor", step::FRESHNESS, ONE_WAY),
    row("seen", step::FRESHNESS, ONE_WAY),
    row("audience", step::FRESHNESS, ONE_WAY),
    row("freshness-unproven", step::FRESHNESS, DEVICE_AUTH),
    // Making.
    row("issue-duplicate", step::MAKE, MSO),
    row("issue-validity", step::MAKE, MSO),
    row("issue-signer", step::MAKE, MSO),
    row("sign-form", step::MAKE, DEVICE_AUTH),
    row("sign-other-key", step::MAKE, DEVICE_AUTH),
];

const TABLES: &[&[CodeInfo]] = &[CODES, CborError::CODES, CoseError::CODES, TrustError::CODES];

/// Every code of this crate, with its step and clause: the one table.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    TABLES.iter().copied().flatten()
}

const UNKNOWN: CodeInfo = row("unknown", "", "");

/// The line of a code; an empty one for what is not in the table.
pub(crate) fn info(code: &str) -> &'static CodeInfo {
    codes().find(|line| line.code == code).unwrap_or(&UNKNOWN)
}

/// Gives an error with `code()` its `step()`, `clause()`, `Display` and `Error`.
macro_rules! stage_error {
    ($error:ty) => {
        impl $error {
            /// The step of the way.
            pub fn step(&self) -> &'static str {
                $crate::error::info(self.code()).step
            }

            /// The clause that asks for the check.
            pub fn clause(&self) -> &'static str {
                $crate::error::info(self.code()).clause
            }
        }

        impl core::fmt::Display for $error {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(formatter, "{} ({}; {})", self.code(), self.step(), self.clause())
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
    /// The MSO is not of version 1.x.
    MsoVersion,
    /// A digest algorithm that is not SHA-256.
    DigestAlgorithm,
    /// A digestID that is used twice or over 2^31 - 1; its namespace.
    DigestId(String),
    /// A salt of fewer than 16 bytes.
    RandomShort(ElementName),
    /// An element that is there twice.
    DuplicateElement(ElementName),
    /// The MSO's device key is no point of P-256.
    DeviceKey,
}

impl ProfileError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cbor(error) => error.code(),
            Self::Cose(error) => error.code(),
            Self::Shape(_) => "profile-shape",
            Self::Version => "profile-version",
            Self::Status => "profile-status",
            Self::Documents => "profile-documents",
            Self::MsoVersion => "mso-version",
            Self::DigestAlgorithm => "digest-algorithm",
            Self::DigestId(_) => "digest-id",
            Self::RandomShort(_) => "random-short",
            Self::DuplicateElement(_) => "duplicate-element",
            Self::DeviceKey => "device-key",
        }
    }
}

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

impl VerifyError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Envelope(error) => error.code(),
            Self::Profile(error) => error.code(),
            Self::Trust(error) => error.code(),
            Self::MsoSignedOutsideDs => "mso-signed-outside-ds",
            Self::IssuingCountry => "issuing-country",
            Self::IssuingJurisdiction => "issuing-jurisdiction",
            Self::IssuerSignature => "issuer-signature",
            Self::DocType => "doc-type",
            Self::DigestMismatch(_) => "digest-mismatch",
            Self::DigestMissing(_) => "digest-missing",
            Self::DeviceSignature => "device-signature",
            Self::DeviceMac => "device-mac",
            Self::DeviceMacUnexpected => "device-mac-unexpected",
            Self::DeviceElements(_) => "device-elements",
        }
    }

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

stage_error!(VerifyError);

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
