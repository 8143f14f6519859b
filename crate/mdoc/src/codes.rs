//! The table of all codes of this crate.

use cbor::cose::CoseError;
use cbor::{CborError, CodeInfo, SignatureNotChecked};
use x509::{CertificateError, CrlError};

use crate::holder::present::PresentError;
use crate::issuer::issue::IssueError;
use crate::reader::auth::ReaderAuthError;
use crate::session::transcript::TranscriptError;
use crate::status_list::StatusListError;
use crate::verify::error::VerifyError;
use crate::verify::freshness::Freshness;
use crate::verify::outcome::MsoValidity;
use crate::verify::revocation::DsRevocation;
use crate::verify::trust::TrustError;
use crate::vical::{self, VicalEntryError, VicalError, VicalIssueError};
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
    MsoValidity::CODES,
    vical::AGE_CODES,
    DsRevocation::CODES,
    Freshness::CODES,
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
