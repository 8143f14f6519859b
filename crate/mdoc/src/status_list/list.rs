//! `StatusList`: the entries themselves, by index.

use super::error::StatusListError;
use super::windows::Windows;
use cbor::Item;

/// The value of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// 0: valid.
    Valid,
    /// 1: permanently invalid, or replaced by a newer document.
    Invalid,
    /// 2: temporarily suspended.
    Suspended,
    /// Another value, with a meaning known to the issuer only.
    Other(u8),
}

impl Status {
    /// Returns the status with this value.
    #[must_use]
    pub const fn from_value(value: u8) -> Self {
        match value {
            0 => Self::Valid,
            1 => Self::Invalid,
            2 => Self::Suspended,
            other => Self::Other(other),
        }
    }

    /// Returns its value.
    #[must_use]
    pub const fn value(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Invalid => 1,
            Self::Suspended => 2,
            Self::Other(value) => value,
        }
    }
}

/// The width of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bits {
    /// One bit: valid or invalid.
    One,
    /// Two bits: valid, invalid, suspended, and one more value.
    Two,
    /// Four bits.
    Four,
    /// Eight bits.
    Eight,
}

impl Bits {
    /// Returns the width of this many bits.
    #[must_use]
    pub const fn from_width(width: u64) -> Option<Self> {
        match width {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            4 => Some(Self::Four),
            8 => Some(Self::Eight),
            _ => None,
        }
    }

    /// Returns the number of bits.
    #[must_use]
    pub const fn width(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }

    /// Entries in a byte.
    #[must_use]
    pub const fn per_byte(self) -> u8 {
        8 / self.width()
    }

    /// Returns the lowest bits of a byte that belong to one entry.
    pub(super) const fn mask(self) -> u8 {
        0xff >> (8 - self.width())
    }

    /// Returns the byte of an entry, and the shift of its bits.
    pub(super) fn place(self, index: u64) -> Option<(usize, u8)> {
        let per_byte = u64::from(self.per_byte());
        let shift = u8::try_from(index % per_byte).ok()? * self.width();
        Some((usize::try_from(index / per_byte).ok()?, shift))
    }
}

/// Inflated entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    bits: Bits,
    entries: Windows,
}

impl StatusList {
    /// Decodes a stand-alone `{"bits", "lst"}`.
    ///
    /// # Errors
    /// A CBOR code, `status-claims`, `status-bits`, `status-zlib` or `status-size`.
    pub fn decode(bytes: &[u8]) -> Result<Self, StatusListError> {
        if bytes.len() > super::MAX_TOKEN {
            return Err(StatusListError::Size);
        }
        Self::from_item(&cbor::decode_foreign(bytes)?)
    }

    /// Inflates the entries out of a larger structure.
    pub(super) fn from_item(item: &Item<'_>) -> Result<Self, StatusListError> {
        let (bits, stream) = parts(item)?;
        Ok(Self { bits, entries: Windows::inflate(stream)? })
    }

    /// Returns the width of its entries.
    #[must_use]
    pub const fn bits(&self) -> Bits {
        self.bits
    }

    /// Returns the number of entries; the last byte counts in full.
    #[must_use]
    pub fn entries(&self) -> u64 {
        (self.entries.length() as u64).saturating_mul(u64::from(self.bits.per_byte()))
    }

    /// Returns the entry of an index.
    ///
    /// # Errors
    /// `status-index` if there is no such entry.
    pub fn get(&self, index: u64) -> Result<Status, StatusListError> {
        let (at, shift) = self.bits.place(index).ok_or(StatusListError::Index)?;
        let byte = self.entries.byte(at).ok_or(StatusListError::Index)?;
        Ok(Status::from_value((byte >> shift) & self.bits.mask()))
    }
}

/// Returns the width and the deflated entries.
pub(super) fn parts<'i>(item: &'i Item<'_>) -> Result<(Bits, &'i [u8]), StatusListError> {
    let width = item.get_text("bits").ok_or(StatusListError::Claims)?;
    let bits = width.as_unsigned().and_then(Bits::from_width).ok_or(StatusListError::Bits)?;
    let stream = item.get_text("lst").and_then(Item::as_bytes).ok_or(StatusListError::Claims)?;
    Ok((bits, stream))
}
