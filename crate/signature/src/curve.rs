//! Elliptic curves, by their COSE identifiers.

/// An elliptic curve: one that ISO/IEC 18013-5 lists, or any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-256 (COSE 1, 1.2.840.10045.3.1.7).
    P256,
    /// NIST P-384 (COSE 2, 1.3.132.0.34).
    P384,
    /// NIST P-521 (COSE 3, 1.3.132.0.35).
    P521,
    /// brainpoolP256r1 (COSE 256, 1.3.36.3.3.2.8.1.1.7; RFC 5639, 3.4).
    BrainpoolP256r1,
    /// brainpoolP384r1 (COSE 258, 1.3.36.3.3.2.8.1.1.11; RFC 5639, 3.6).
    BrainpoolP384r1,
    /// brainpoolP320r1 or P512r1 (COSE 257 and 259, 1.3.36.3.3.2.8.1.1.9 and 13); not supported.
    Brainpool,
    /// Another curve.
    Other,
}

impl Curve {
    /// Returns the curve with this COSE identifier (RFC 9053, 7.1; the IANA registry for brainpool).
    #[must_use]
    pub const fn from_cose(identifier: i64) -> Self {
        match identifier {
            1 => Self::P256,
            2 => Self::P384,
            3 => Self::P521,
            256 => Self::BrainpoolP256r1,
            258 => Self::BrainpoolP384r1,
            257 | 259 => Self::Brainpool,
            _ => Self::Other,
        }
    }

    /// Returns the COSE identifier of a supported curve; `None` for any other.
    #[must_use]
    pub const fn cose(self) -> Option<i64> {
        match self {
            Self::P256 => Some(1),
            Self::P384 => Some(2),
            Self::P521 => Some(3),
            Self::BrainpoolP256r1 => Some(256),
            Self::BrainpoolP384r1 => Some(258),
            Self::Brainpool | Self::Other => None,
        }
    }

    /// Returns the length of a coordinate in bytes, 32, 48 or 66; `None` for a curve that is not supported.
    #[must_use]
    pub const fn coordinate_length(self) -> Option<usize> {
        match self {
            Self::P256 | Self::BrainpoolP256r1 => Some(32),
            Self::P384 | Self::BrainpoolP384r1 => Some(48),
            Self::P521 => Some(66),
            Self::Brainpool | Self::Other => None,
        }
    }
}
