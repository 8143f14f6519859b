//! The table of all codes of this crate.

use cbor::cose::CoseError;
use cbor::{CborError, CodeInfo, SignatureNotChecked};
use x509::{CertificateError, CrlError};

#[cfg(feature = "rustcrypto")]
use crate::holder::present::PresentError;
#[cfg(feature = "issue")]
use crate::issuer::issue::IssueError;
use crate::reader::auth::ReaderAuthError;
use crate::session::transcript::TranscriptError;
#[cfg(feature = "status-list")]
use crate::status_list::StatusListError;
use crate::verify::error::VerifyError;
use crate::verify::outcome::OutcomeCode;
use crate::verify::trust::TrustError;
#[cfg(feature = "vical")]
use crate::vical::{VicalEntryError, VicalError, VicalIssueError};
use crate::wire::device_request::RequestError;
use crate::wire::error::ProfileError;

const TABLES: &[&[CodeInfo]] = &[
    CborError::CODES,
    CoseError::CODES,
    SignatureNotChecked::CODES,
    CertificateError::CODES,
    CrlError::CODES,
    TrustError::CODES,
    ProfileError::CODES,
    VerifyError::CODES,
    TranscriptError::CODES,
    RequestError::CODES,
    ReaderAuthError::CODES,
    OutcomeCode::CODES,
    #[cfg(feature = "issue")]
    IssueError::CODES,
    #[cfg(feature = "rustcrypto")]
    PresentError::CODES,
    #[cfg(feature = "status-list")]
    StatusListError::CODES,
    #[cfg(feature = "vical")]
    VicalError::CODES,
    #[cfg(feature = "vical")]
    VicalEntryError::CODES,
    #[cfg(feature = "vical")]
    VicalIssueError::CODES,
];

/// Every code of this crate, with its step and clause: the one table.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    TABLES.iter().copied().flatten()
}
