//! Why a file is not imported.

use core::fmt;

use mdoc::TrustError;
use mdoc::vical::VicalError;
use x509::CrlError;

/// Why a file, or a list in it, is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// Neither a list nor a certificate; the code of the last decoder.
    NeitherOfThem(&'static str),
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

impl ImportError {
    /// Returns the stable code; `None` if the file itself is valid.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::NeitherOfThem(code) => code,
            Self::List(error) => error.code(),
            Self::ListAhead => "trust-list-ahead",
            Self::NameTaken => VicalError::SignerUnknown.code(),
            Self::Certificate(error) => error.code(),
            Self::Crl(error) => error.code(),
            Self::CrlAhead => "ds-revocation-ahead",
            Self::CrlOlder | Self::Mixed | Self::TooMany => return None,
        })
    }
}

impl From<VicalError> for ImportError {
    fn from(error: VicalError) -> Self {
        match error {
            VicalError::Cbor(_) | VicalError::Cose(_) => Self::NeitherOfThem(error.code()),
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
