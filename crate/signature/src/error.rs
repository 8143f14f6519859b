//! Errors of signatures.

use core::fmt;

/// Why a signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The key's curve does not belong to the algorithm.
    Curve,
    /// The key is on a brainpool curve that is not supported.
    Brainpool,
    /// The signature does not have the length of its algorithm, or r or s is outside 1 to n - 1.
    Format,
    /// The signature does not verify with this key over these bytes.
    Mismatch,
    /// The provider cannot verify the signature: it may be right or wrong.
    NotChecked,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Curve => "key on another curve than the algorithm's",
            Self::Brainpool => "key on a brainpool curve that is not supported",
            Self::Format => "malformed signature",
            Self::Mismatch => "signature does not match",
            Self::NotChecked => "signature not checked",
        })
    }
}

impl core::error::Error for SignatureError {}
