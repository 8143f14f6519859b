//! Every code of this crate, as values to match on and as one table.
//!
//! An error's `kind()` returns a value of one of these enums, its `code()` the text.

use cbor::cose::CoseError;
use cbor::{CborError, CodeInfo, SignatureNotChecked};
use x509::{CertificateError, CrlError, DeviationCode};

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
use crate::verify::trust_error::TrustError;
#[cfg(feature = "vical")]
use crate::vical::{VicalEntryError, VicalError, VicalIssueError};
use crate::wire::device_request::RequestError;
use crate::wire::error::ProfileError;

#[cfg(feature = "rustcrypto")]
pub use crate::holder::present::PresentCode;
#[cfg(feature = "issue")]
pub use crate::issuer::issue::IssueCode;
pub use crate::reader::auth::ReaderAuthCode;
pub use crate::session::transcript::TranscriptCode;
pub use crate::verify::error::VerifyCode;
pub use crate::verify::trust_error::TrustCode;
pub use crate::wire::device_request::RequestCode;
pub use crate::wire::error::ProfileCode;

const TABLES: &[&[CodeInfo]] = &[
    CborError::CODES,
    CoseError::CODES,
    SignatureNotChecked::CODES,
    CertificateError::CODES,
    DeviationCode::CODES,
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

/// Returns every code of this crate and of the crates below it, with step and clause.
pub fn all() -> impl Iterator<Item = &'static CodeInfo> {
    TABLES.iter().copied().flatten()
}
