//! What is refused in a trust list, in one of its entries, and in making one.

use crate::verify::trust_error::TrustError;
use cbor::CborError;
use cbor::coded;
use cbor::cose::CoseError;
use cbor::stage_error;
use x509::CertificateError;

/// Why a trust list is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VicalError {
    /// Longer than [`MAX_VICAL`](super::MAX_VICAL).
    Size,
    /// Not CBOR, or not within its bounds.
    Cbor(CborError),
    /// Not COSE of this profile.
    Cose(CoseError),
    /// A field is missing or has another type; its name.
    Shape(&'static str),
    /// Not of version 1.x.
    Version,
    /// No certificate, or more than [`MAX_VICAL_CERTIFICATES`](super::MAX_VICAL_CERTIFICATES).
    Certificates,
    /// The signer's certificate does not fit the profile of a list signer.
    SignerProfile(CertificateError),
    /// The certificates of the message do not form a chain.
    SignerChain,
    /// The chain ends at no root that is trusted for this: the wrong signer.
    SignerUnknown,
    /// A certificate of the chain did not hold on the list's date.
    SignerDates,
    /// The signature is not the signer's.
    Signature,
    /// Older than a version of the same provider that was seen.
    Rollback,
}

coded!(VicalError as VicalCode {
    Size => "vical-size", "trust-list", "project limit: 1 MiB";
    Shape => "vical-shape", "trust-list", "ISO/IEC 18013-5, C.1.7";
    Version => "vical-version", "trust-list", "ISO/IEC 18013-5, C.1.7";
    Certificates => "vical-certificates", "trust-list", "ISO/IEC 18013-5, C.1.7";
    SignerProfile => "vical-signer-profile", "trust-list", "ISO/IEC 18013-5, B.1";
    SignerChain => "vical-signer-chain", "trust-list", "ISO/IEC 18013-5, C.1.7";
    SignerUnknown => "vical-signer-unknown", "trust-list", "ISO/IEC 18013-5, C.1.7";
    SignerDates => "vical-signer-dates", "trust-list", "ISO/IEC 18013-5, C.1.7";
    Signature => "vical-signature", "trust-list", "ISO/IEC 18013-5, C.1.7";
    Rollback => "vical-rollback", "trust-list", "project rule: versions only rise";
} via [Cbor(cbor::CborCode), Cose(cbor::cose::CoseCode)]);
stage_error!(VicalError);

impl From<CborError> for VicalError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

impl From<CoseError> for VicalError {
    fn from(error: CoseError) -> Self {
        match error {
            CoseError::Cbor(error) => Self::Cbor(error),
            other => Self::Cose(other),
        }
    }
}

/// Why one entry of a list is not trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VicalEntryError {
    /// A field is missing or has another type; its name.
    Shape(&'static str),
    /// The entry describes another certificate than the one in it; the field that differs.
    Mismatch(&'static str),
    /// The certificate is no IACA certificate of the profile, or did not sign itself.
    Trust(TrustError),
}

coded!(VicalEntryError as VicalEntryCode {
    Shape => "vical-entry-shape", "trust-list", "ISO/IEC 18013-5, C.1.7";
    Mismatch => "vical-entry-mismatch", "trust-list", "ISO/IEC 18013-5, C.1.7";
} via [Trust(crate::verify::trust_error::TrustCode)]);
stage_error!(VicalEntryError);

/// Why a trust list cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VicalIssueError {
    /// The next update is not after the date, or the signer's certificates do not hold on that date.
    Dates,
    /// There are no certificates, too many, one without document types, or one that cannot be trusted.
    Entries,
    /// The signer's certificates are no chain of a list's signer, or the signature is not its.
    Signer,
}

coded!(VicalIssueError as VicalIssueCode {
    Dates => "vical-issue-dates", "make", "ISO/IEC 18013-5, C.1.7";
    Entries => "vical-issue-entries", "make", "ISO/IEC 18013-5, C.1.7";
    Signer => "vical-issue-signer", "make", "ISO/IEC 18013-5, C.1.7";
});
stage_error!(VicalIssueError);
