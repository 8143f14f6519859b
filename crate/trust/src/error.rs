//! Why a file is not imported.

use core::fmt;

use cbor::CodeInfo;
use mdoc::codes::TrustCode;
use mdoc::vical::{VicalCode, VicalError};
use mdoc::{OutcomeCode, TrustError};
use x509::{CrlCode, CrlError};

/// Why a file, or a list in it, is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// It is neither a list nor a certificate; the code of the last decoder.
    NeitherOfThem(VicalCode),
    /// The trust list is refused.
    List(VicalError),
    /// The trust list is dated in the future.
    ListAhead,
    /// The provider's name is taken by another root.
    NameTaken,
    /// The certificate is refused.
    Certificate(TrustError),
    /// The revocation list is refused.
    Crl(CrlError),
    /// The revocation list is dated in the future.
    CrlAhead,
    /// The revocation list is older than the stored one of the same authority.
    CrlOlder,
    /// There are certificates and revocation lists in one text.
    Mixed,
    /// [`MAX_LISTS`](crate::MAX_LISTS) lists are stored already.
    TooMany,
}

/// The code of an [`ImportError`], by the stage that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportCode {
    /// A trust list.
    List(VicalCode),
    /// A certificate.
    Certificate(TrustCode),
    /// A revocation list.
    Crl(CrlCode),
    /// The date of a list.
    Date(OutcomeCode),
}

impl ImportCode {
    /// Returns the row of this code in the table of its stage.
    #[must_use]
    pub const fn info(self) -> CodeInfo {
        match self {
            Self::List(code) => code.info(),
            Self::Certificate(code) => code.info(),
            Self::Crl(code) => code.info(),
            Self::Date(code) => code.info(),
        }
    }

    /// Returns the stable code in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.info().code
    }
}

impl ImportError {
    /// Returns the code as a value to match on; `None` if the file itself is valid.
    #[must_use]
    pub const fn kind(&self) -> Option<ImportCode> {
        Some(match self {
            Self::NeitherOfThem(code) => ImportCode::List(*code),
            Self::List(error) => ImportCode::List(error.kind()),
            Self::ListAhead => ImportCode::Date(OutcomeCode::TrustListAhead),
            Self::NameTaken => ImportCode::List(VicalCode::SignerUnknown),
            Self::Certificate(error) => ImportCode::Certificate(error.kind()),
            Self::Crl(error) => ImportCode::Crl(error.kind()),
            Self::CrlAhead => ImportCode::Date(OutcomeCode::DsRevocationAhead),
            Self::CrlOlder | Self::Mixed | Self::TooMany => return None,
        })
    }

    /// Returns the stable code in kebab case; `None` if the file itself is valid.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        match self.kind() {
            Some(code) => Some(code.code()),
            None => None,
        }
    }
}

impl From<VicalError> for ImportError {
    fn from(error: VicalError) -> Self {
        match error {
            VicalError::Cbor(_) | VicalError::Cose(_) => Self::NeitherOfThem(error.kind()),
            other => Self::List(other),
        }
    }
}

impl From<TrustError> for ImportError {
    fn from(error: TrustError) -> Self {
        Self::Certificate(error)
    }
}

impl From<CrlError> for ImportError {
    fn from(error: CrlError) -> Self {
        Self::Crl(error)
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().unwrap_or(match self {
            Self::CrlOlder => "an older revocation list",
            Self::Mixed => "certificates and revocation lists in one text",
            _ => "too many lists",
        }))
    }
}

impl core::error::Error for ImportError {}
