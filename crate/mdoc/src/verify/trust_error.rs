//! Why a DS certificate is not trusted, or an anchor not accepted.

use core::fmt;

use cbor::{SignatureNotChecked, Timestamp, coded};
use x509::CertificateError;

/// Why a DS certificate is not trusted, or an anchor not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustError {
    /// No anchor has the issuer's name.
    IssuerUnknown,
    /// Anchors have the issuer's name, and none has its key: a name is easily copied, and an authority renews its keys before
    /// every list has the new one. With the date of the newest list that has the name, if one has a date.
    KeyUnknown(Option<Timestamp>),
    /// As [`KeyUnknown`](Self::KeyUnknown), in a strict verification: an anchor has the name, and another key identifier.
    KeyIdentifier,
    /// The anchor's key or the signature algorithm is not supported, or they do not match.
    Algorithm,
    /// The anchor's key is on brainpoolP320r1 or P512r1, which the standard lists and this crate does not support.
    Brainpool,
    /// The signature of the certificate does not verify under the anchor's key.
    Signature,
    /// The provider could not verify the signature of the certificate.
    NotChecked(SignatureNotChecked),
    /// The DS certificate is not valid yet.
    DsNotYet,
    /// The DS certificate is no longer valid.
    DsExpired,
    /// The anchor is not valid yet.
    IacaNotYet,
    /// The anchor is no longer valid.
    IacaExpired,
    /// The DS certificate is revoked, by a list of its authority or by its fingerprint.
    DsRevoked,
    /// The anchor's own signature does not verify.
    AnchorSignature,
    /// No list covers this authority for this document type.
    DocType,
    /// A line of the certificates' profile.
    Certificate(CertificateError),
}

coded!(TrustError as TrustCode {
    IssuerUnknown => "issuer-unknown", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    KeyUnknown => "issuer-key-unknown", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    KeyIdentifier => "chain-key-identifier", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    Algorithm => "chain-algorithm", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    Brainpool => "chain-brainpool", "issuer-trusted", "ISO/IEC 18013-5, B.1";
    Signature => "chain-signature", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsNotYet => "ds-not-yet", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsExpired => "ds-expired", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    IacaNotYet => "iaca-not-yet", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    IacaExpired => "iaca-expired", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsRevoked => "ds-revoked", "issuer-trusted", "RFC 5280, 6.3.3";
    AnchorSignature => "anchor-signature", "trust-list", "ISO/IEC 18013-5, B.1";
    DocType => "issuer-doc-type", "issuer-trusted", "ISO/IEC 18013-5, C.1.7";
} via [Certificate(x509::CertificateCode), NotChecked(cbor::NotCheckedCode)]);

impl TrustError {
    /// Ranks errors; when several anchors match, the one that passed most checks is reported.
    pub(super) const fn progress(&self) -> u8 {
        match self {
            Self::IssuerUnknown | Self::AnchorSignature => 0,
            Self::KeyUnknown(_) | Self::KeyIdentifier => 1,
            Self::Algorithm | Self::Brainpool => 2,
            Self::Signature => 3,
            // the signature may be right
            Self::NotChecked(_) => 4,
            Self::Certificate(_) => 5,
            Self::DsNotYet | Self::DsExpired => 6,
            Self::IacaNotYet | Self::IacaExpired => 7,
            Self::DsRevoked => 8,
            Self::DocType => 9,
        }
    }
}

impl From<CertificateError> for TrustError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for TrustError {}
