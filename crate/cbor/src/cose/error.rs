//! What is refused in COSE.

use core::fmt;

use crate::CborError;
use crate::coded;
use signature::SignatureError;

/// Why a COSE message or key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoseError {
    /// The bytes are no CBOR that is read.
    Cbor(CborError),
    /// Not an untagged array of the four parts of the right types.
    Structure,
    /// The protected header is not a byte string with a map of integer and text labels.
    Protected,
    /// The protected header names no algorithm, and no other does.
    AlgMissing,
    /// An algorithm in the unprotected header, alone or beside the protected one.
    AlgUnprotected,
    /// An algorithm that is not accepted here.
    AlgUnsupported,
    /// The key is on another curve than the algorithm's.
    AlgCurve,
    /// The algorithm or the key is on a brainpool curve, which the standard lists and which is not verified here.
    Brainpool,
    /// A `crit` header: extensions that would have to be understood.
    Critical,
    /// The same label twice, in one header or in both.
    HeaderDuplicate,
    /// Certificates in the protected header, where the standard does not put them.
    X5ChainProtected,
    /// No certificates where some are needed.
    X5ChainMissing,
    /// The certificates are neither one byte string nor an array of one to [`MAX_CHAIN`](super::MAX_CHAIN) of them.
    X5ChainForm,
    /// A payload where it must be detached, or none where it must be there.
    Payload,
    /// The signature is not r ‖ s in the length of its algorithm, each within 1 to n - 1.
    SignatureForm,
    /// The signature is not this key's over these bytes.
    Signature,
    /// The MAC is not 32 bytes, or not this key's over these bytes.
    Mac,
    /// The key is not a public EC2 key of two coordinates in the length of its curve.
    KeyForm,
    /// The key is on a curve that is not accepted here.
    KeyCurve,
    /// The key's point is not on its curve.
    KeyPoint,
}

coded!(CoseError {
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
} via [Cbor]);

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
