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
///
/// ES256 and ES384 are names for several curves (ISO/IEC 18013-5, 9.1.2.4), so an identifier means an algorithm only with
/// the curve of its key ([`Algorithm::from_cose`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: COSE -7, or -9 by its fully specified name.
    Es256,
    /// ECDSA on P-384 with SHA-384: COSE -35, or -51.
    Es384,
    /// ECDSA on P-521 with SHA-512: COSE -36, or -52.
    Es512,
    /// ECDSA on brainpoolP256r1 with SHA-256: COSE -7, or -265.
    Esb256,
    /// ECDSA on brainpoolP384r1 with SHA-384: COSE -35, or -267.
    Esb384,
}

impl Algorithm {
    /// Returns the algorithm that this COSE identifier means with a key on a curve; `None` if the two do not belong
    /// together.
    ///
    /// -7 and -35 are for a brainpool curve too (ISO/IEC 18013-5, 9.1.2.4; RFC 9053, 2.1). The fully specified identifiers
    /// are for one curve (RFC 9864, 2.1).
    #[must_use]
    pub const fn from_cose(identifier: i64, curve: Curve) -> Option<Self> {
        match (identifier, curve) {
            (-7 | -9, Curve::P256) => Some(Self::Es256),
            (-35 | -51, Curve::P384) => Some(Self::Es384),
            (-36 | -52, Curve::P521) => Some(Self::Es512),
            (-7 | -265, Curve::BrainpoolP256r1) => Some(Self::Esb256),
            (-35 | -267, Curve::BrainpoolP384r1) => Some(Self::Esb384),
            _ => None,
        }
    }

    /// Returns whether a COSE identifier means an algorithm with some key ([`Algorithm::from_cose`]).
    #[must_use]
    pub const fn is_supported(identifier: i64) -> bool {
        matches!(identifier, -7 | -9 | -35 | -51 | -36 | -52 | -265 | -267)
    }

    /// Returns the COSE identifier that is written: -7, -35 or -36, as in ISO/IEC 18013-5.
    #[must_use]
    pub const fn cose(self) -> i64 {
        match self {
            Self::Es256 | Self::Esb256 => -7,
            Self::Es384 | Self::Esb384 => -35,
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
            Curve::BrainpoolP256r1 => Some(Self::Esb256),
            Curve::BrainpoolP384r1 => Some(Self::Esb384),
            Curve::Brainpool | Curve::Other => None,
        }
    }

    /// Returns its hash.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Es256 | Self::Esb256 => HashAlgorithm::Sha256,
            Self::Es384 | Self::Esb384 => HashAlgorithm::Sha384,
            Self::Es512 => HashAlgorithm::Sha512,
        }
    }

    /// Returns the length of a raw signature r ‖ s in bytes: 64, 96 or 132.
    #[must_use]
    pub const fn signature_length(self) -> usize {
        match self {
            Self::Es256 | Self::Esb256 => 64,
            Self::Es384 | Self::Esb384 => 96,
            Self::Es512 => 132,
        }
    }
}
