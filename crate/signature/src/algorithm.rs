//! Signature algorithms, by their COSE identifiers.

use crate::curve::Curve;

/// The hash of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// A supported signature algorithm of COSE: ECDSA on one curve with one hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: COSE -7, or -9 by its fully specified name.
    Es256,
    /// ECDSA on P-384 with SHA-384: COSE -35, or -51.
    Es384,
    /// ECDSA on P-521 with SHA-512: COSE -36, or -52.
    Es512,
}

impl Algorithm {
    /// Returns the algorithm with this COSE identifier (RFC 9053, 2.1; RFC 9864, 2.1).
    #[must_use]
    pub const fn from_cose(identifier: i64) -> Option<Self> {
        match identifier {
            -7 | -9 => Some(Self::Es256),
            -35 | -51 => Some(Self::Es384),
            -36 | -52 => Some(Self::Es512),
            _ => None,
        }
    }

    /// Returns the COSE identifier that is written: -7, -35 or -36, as in ISO/IEC 18013-5.
    #[must_use]
    pub const fn cose(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Es384 => -35,
            Self::Es512 => -36,
        }
    }

    /// Returns the algorithm for keys on this curve; `None` if the curve is not supported.
    #[must_use]
    pub const fn for_curve(curve: Curve) -> Option<Self> {
        match curve {
            Curve::P256 => Some(Self::Es256),
            Curve::P384 => Some(Self::Es384),
            Curve::P521 => Some(Self::Es512),
            Curve::Brainpool | Curve::Other => None,
        }
    }

    /// Returns its hash.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Es256 => HashAlgorithm::Sha256,
            Self::Es384 => HashAlgorithm::Sha384,
            Self::Es512 => HashAlgorithm::Sha512,
        }
    }

    /// Returns the length of a raw signature r ‖ s in bytes: 64, 96 or 132.
    #[must_use]
    pub const fn signature_length(self) -> usize {
        match self {
            Self::Es256 => 64,
            Self::Es384 => 96,
            Self::Es512 => 132,
        }
    }
}
