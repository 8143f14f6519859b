//! Errors of reading CBOR.

use core::fmt;

use crate::coded;

/// Why CBOR is refused. Positions are byte offsets in the input; no content is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CborError {
    /// Arrays, maps and tags are nested more than [`MAX_DEPTH`](super::MAX_DEPTH) levels deep.
    Depth {
        /// Where the first level beyond the limit begins.
        offset: usize,
    },
    /// The input ends early, or a length exceeds what remains.
    Length {
        /// Where the item with that length begins.
        offset: usize,
    },
    /// More than [`MAX_ITEMS`](super::MAX_ITEMS) items.
    Items,
    /// The bytes break a rule of the profile.
    Profile {
        /// Which rule.
        breach: Breach,
        /// Where.
        offset: usize,
    },
}

/// A rule of the profile that bytes break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Breach {
    /// The same key twice in a map, however each is written.
    DuplicateKey,
    /// A key that is neither an integer, a text nor a byte string.
    KeyType,
    /// Bytes after the item.
    TrailingBytes,
    /// A text string that is not UTF-8.
    Utf8,
    /// A reserved head, a misplaced break, a wrong chunk, or an unassigned simple value.
    Malformed,
    /// An indefinite length, in our own formats.
    Indefinite,
    /// A head or a float longer than needed, in our own formats.
    NotShortest,
    /// Keys out of order, in our own formats.
    KeyOrder,
}

coded!(CborError as CborCode {
    Depth => "cbor-depth", "decode", "RFC 8949, 10";
    Length => "cbor-length", "decode", "RFC 8949, 5.1";
    Items => "cbor-items", "decode", "RFC 8949, 10";
    Profile => "cbor-profile", "decode", "RFC 8949, 5.3 and 4.2.1";
});

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depth { offset } => write!(f, "nested too deeply at byte {offset}"),
            Self::Length { offset } => write!(f, "length beyond the input at byte {offset}"),
            Self::Items => f.write_str("too many items"),
            Self::Profile { breach, offset } => write!(f, "{breach} at byte {offset}"),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DuplicateKey => "duplicate key",
            Self::KeyType => "key of an unexpected type",
            Self::TrailingBytes => "trailing bytes",
            Self::Utf8 => "text that is not UTF-8",
            Self::Malformed => "malformed item",
            Self::Indefinite => "indefinite length",
            Self::NotShortest => "longer form than needed",
            Self::KeyOrder => "keys out of order",
        })
    }
}

impl core::error::Error for CborError {}
