//! Errors of COSE.

use core::fmt;

use crate::coded;
use crate::{CborError, SignatureNotChecked};
use signature::SignatureError;

/// Why a COSE message or key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoseError {
    /// The bytes are not CBOR, or not within its bounds.
    Cbor(CborError),
    /// Not an untagged array of the four parts of the right types.
    Structure,
    /// The protected header is not a byte string with a map of integer and text labels.
    Protected,
    /// No header names an algorithm.
    AlgMissing,
    /// The unprotected header names an algorithm, alone or in addition to the protected one.
    AlgUnprotected,
    /// The algorithm is not supported.
    AlgUnsupported,
    /// The key is not on the algorithm's curve.
    AlgCurve,
    /// The algorithm or the key is on brainpoolP320r1 or P512r1, which the standard lists and this crate does not support.
    Brainpool,
    /// There is a `crit` header: no critical parameter is supported.
    Critical,
    /// The same label twice, in one header or in both.
    HeaderDuplicate,
    /// The certificates are in the protected header, where the standard does not allow them.
    X5ChainProtected,
    /// Certificates are required, and there are none.
    X5ChainMissing,
    /// The certificates are neither one byte string nor an array of one to [`MAX_CHAIN`](super::MAX_CHAIN) of them.
    X5ChainForm,
    /// The payload is attached where it must be detached, or the reverse.
    Payload,
    /// The signature is not r ‖ s in the length of its algorithm, each within 1 to n - 1.
    SignatureForm,
    /// The signature does not verify under this key over these bytes.
    Signature,
    /// The provider could not verify the signature.
    NotChecked(SignatureNotChecked),
    /// The MAC is not 32 bytes, or does not verify under this key over these bytes.
    Mac,
    /// The key is not a public EC2 key of two coordinates in the length of its curve.
    KeyForm,
    /// The key is on a curve that is not supported.
    KeyCurve,
    /// The key's point is not on its curve.
    KeyPoint,
}

coded!(CoseError as CoseCode {
    Structure => "cose-structure", "cose", "RFC 9052, 4.2";
    Protected => "cose-protected", "cose", "RFC 9052, 3";
    AlgMissing => "cose-alg-missing", "cose", "ISO/IEC 18013-5, 9.1.2.4";
    AlgUnprotected => "cose-alg-unprotected", "cose", "ISO/IEC 18013-5, 9.1.2.4";
    AlgUnsupported => "cose-alg-unsupported", "cose", "ISO/IEC 18013-5, 9.1.2.4";
    AlgCurve => "cose-alg-curve", "cose", "RFC 9053, 2.1";
    Brainpool => "cose-brainpool", "cose", "ISO/IEC 18013-5, 9.1.5.2";
    Critical => "cose-crit", "cose", "RFC 9052, 3.1";
    HeaderDuplicate => "cose-header-duplicate", "cose", "RFC 9052, 3";
    X5ChainProtected => "cose-x5chain-protected", "cose", "ISO/IEC 18013-5, 9.1.2.4";
    X5ChainMissing => "cose-x5chain-missing", "cose", "ISO/IEC 18013-5, 9.1.2.4";
    X5ChainForm => "cose-x5chain-form", "cose", "RFC 9360, 2";
    Payload => "cose-payload", "cose", "RFC 9052, 4.1";
    SignatureForm => "cose-signature-form", "cose", "RFC 9053, 2.1";
    Signature => "cose-signature", "cose", "RFC 9052, 4.4";
    Mac => "cose-mac", "cose", "RFC 9052, 6.3";
    KeyForm => "cose-key-form", "cose", "RFC 9053, 7.1.1";
    KeyCurve => "cose-key-curve", "cose", "ISO/IEC 18013-5, 9.1.5.2";
    KeyPoint => "cose-key-point", "cose", "RFC 9053, 7.1.1";
} via [Cbor(crate::CborCode), NotChecked(crate::NotCheckedCode)]);

impl CoseError {
    /// Returns this error with the step of the verification, if it says that a signature could not be verified.
    #[must_use]
    pub const fn at(self, step: &'static str) -> Self {
        match self {
            Self::NotChecked(_) => Self::NotChecked(SignatureNotChecked::at(step)),
            other => other,
        }
    }
}

impl From<CborError> for CoseError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

impl From<SignatureError> for CoseError {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::Curve => Self::AlgCurve,
            SignatureError::Brainpool => Self::Brainpool,
            SignatureError::Format => Self::SignatureForm,
            SignatureError::Mismatch => Self::Signature,
            SignatureError::NotChecked => Self::NotChecked(SignatureNotChecked::at("cose")),
        }
    }
}

impl fmt::Display for CoseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cbor(error) => error.fmt(f),
            other => f.write_str(other.code()),
        }
    }
}

impl core::error::Error for CoseError {}
