//! Errors of verifying a presentation or a credential.

use cbor::{SignatureNotChecked, coded, stage_error};

use crate::verify::trust_error::TrustError;
use crate::wire::element_name::ElementName;
use crate::wire::error::ProfileError;

/// Why a presentation or a credential is refused. No element is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The mdoc is malformed or outside the profile.
    Profile(ProfileError),
    /// The issuer's certificate is refused.
    Trust(TrustError),
    /// The MSO was signed outside the DS certificate's validity.
    MsoSignedOutsideDs,
    /// `issuing_country` is not the DS certificate's country.
    IssuingCountry,
    /// `issuing_jurisdiction` is not the DS certificate's state or province.
    IssuingJurisdiction,
    /// The issuer's signature does not verify.
    IssuerSignature,
    /// The provider could not verify the issuer's signature.
    IssuerNotChecked(SignatureNotChecked),
    /// The document's docType is not the MSO's.
    DocType,
    /// The digest of an element does not match.
    DigestMismatch(ElementName),
    /// The MSO has no such digestID or namespace.
    DigestMissing(ElementName),
    /// The device signature does not verify.
    DeviceSignature,
    /// The device MAC does not verify.
    DeviceMac,
    /// The provider could not verify the device signature, or this build cannot verify the device MAC.
    DeviceNotChecked(SignatureNotChecked),
    /// A device MAC, and the verifier has no reader key for this session.
    DeviceMacUnexpected,
    /// The device signed an element that the issuer did not authorise.
    DeviceElements(ElementName),
}

coded!(VerifyError as VerifyCode {
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
} via [
    Profile(crate::wire::error::ProfileCode),
    Trust(crate::verify::trust_error::TrustCode),
    IssuerNotChecked(cbor::NotCheckedCode),
    DeviceNotChecked(cbor::NotCheckedCode),
]);
stage_error!(VerifyError);

impl VerifyError {
    /// Returns whether no check failed: a signature could not be verified, or the response has no document and says why.
    pub const fn is_undetermined(&self) -> bool {
        match self {
            Self::Profile(error) => error.is_undetermined(),
            Self::Trust(TrustError::NotChecked(_))
            | Self::IssuerNotChecked(_)
            | Self::DeviceNotChecked(_) => true,
            _ => false,
        }
    }

    /// Returns whether the authority is unknown here, or trusted for other documents only: the document may be genuine.
    pub const fn is_unknown_issuer(&self) -> bool {
        matches!(self, Self::Trust(TrustError::IssuerUnknown | TrustError::DocType))
    }

    /// Returns the element concerned, if there is one.
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
