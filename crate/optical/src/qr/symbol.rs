//! One QR symbol: byte mode, a fixed mask, error correction level L unless a stronger one costs nothing.
//!
//! The mask is fixed because trying all eight costs 40 times as much and none reads better.

use core::fmt;

use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, Version, ec};

/// The version shown where there is room: 117 modules, 1,273 bytes.
pub const DEFAULT_VERSION: u8 = 25;
/// The version for narrow screens: 97 modules, 858 bytes.
pub(crate) const SMALL_VERSION: u8 = 20;
/// The version for very small pictures of the code: 77 modules, 520 bytes.
pub(crate) const SMALLEST_VERSION: u8 = 15;
/// Modules of light ground that a drawn symbol needs on every side (ISO/IEC 18004, 5.3.8).
pub const QUIET_ZONE: usize = 4;

const MASK: MaskPattern = MaskPattern::Diamonds;

/// How much of a symbol may be damaged: about 7, 15, 25 or 30 per cent (ISO/IEC 18004, 7.5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Level {
    /// About 7 per cent.
    #[default]
    L,
    /// About 15 per cent.
    M,
    /// About 25 per cent.
    Q,
    /// About 30 per cent.
    H,
}

impl Level {
    /// All levels, the weakest first.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    const fn native(self) -> EcLevel {
        match self {
            Self::L => EcLevel::L,
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
            Self::H => EcLevel::H,
        }
    }
}

/// Why bytes cannot be drawn as a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SymbolError {
    /// There is no such QR version.
    Version,
    /// More bytes than the version carries.
    TooLong,
    /// A character that is not a digit, in numeric mode.
    Digits,
}

impl SymbolError {
    /// Every error, for tables and their tests.
    pub const ALL: [Self; 3] = [Self::Version, Self::TooLong, Self::Digits];

    /// The stable code of this error.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Version => "symbol-version",
            Self::TooLong => "symbol-too-long",
            Self::Digits => "symbol-digits",
        }
    }

    /// Returns the step that failed.
    #[must_use]
    pub const fn step(self) -> &'static str {
        "optical-symbol"
    }

    /// Returns the section that contains the rule.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        "ISO/IEC 18004, Table 7"
    }
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for SymbolError {}

/// Bytes that a symbol of this version (1 to 40) carries in byte mode at level L.
#[must_use]
pub fn capacity(version: u8) -> Option<usize> {
    capacity_at(version, Level::L)
}

/// Bytes that a symbol of this version (1 to 40) carries in byte mode at this level.
#[must_use]
pub(crate) fn capacity_at(version: u8, level: Level) -> Option<usize> {
    let bits = Bits::new(normal(version)?).max_len(level.native()).ok()?;
    // Mode indicator of 4 bits, then the count: 8 bits up to version 9, 16 from 10 on.
    let head = if version < 10 { 4 + 8 } else { 4 + 16 };
    Some(bits.saturating_sub(head) / 8)
}

/// Digits that a symbol of this version (1 to 40) carries in numeric mode at this level.
#[must_use]
pub fn digit_capacity_at(version: u8, level: Level) -> Option<usize> {
    let bits = Bits::new(normal(version)?).max_len(level.native()).ok()?;
    let count = match version {
        ..10 => 10,
        10..27 => 12,
        27.. => 14,
    };
    // Three digits take 10 bits, two 7, one 4.
    let left = bits.saturating_sub(4 + count);
    let rest = match left % 10 {
        ..4 => 0,
        4..7 => 1,
        7.. => 2,
    };
    Some(left / 10 * 3 + rest)
}

/// Modules on a side of a symbol of this version, with the quiet zone on both sides.
#[must_use]
pub fn modules_across(version: u8) -> usize {
    side(version) + 2 * QUIET_ZONE
}

fn side(version: u8) -> usize {
    17 + 4 * usize::from(version)
}

/// The smallest version, not above `cap`, that carries `length` bytes.
#[must_use]
pub(crate) fn smallest_version(length: usize, cap: u8) -> Option<u8> {
    (1..=cap.min(40)).find(|&version| capacity(version).is_some_and(|most| length <= most))
}

fn normal(version: u8) -> Option<Version> {
    (1..=40).contains(&version).then(|| Version::Normal(i16::from(version)))
}

/// A drawn QR symbol: dark and light modules, without the quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    version: u8,
    size: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// Draws bytes as a symbol of exactly this version (1 to 40) at level L.
    ///
    /// # Errors
    /// [`SymbolError::Version`] for another version, [`SymbolError::TooLong`] when the bytes do
    /// not fit.
    pub fn encode(bytes: &[u8], version: u8) -> Result<Self, SymbolError> {
        Self::encode_at(bytes, version, Level::L)
    }

    /// As [`Symbol::encode`], at another level.
    ///
    /// # Errors
    /// As [`Symbol::encode`].
    pub fn encode_at(bytes: &[u8], version: u8, level: Level) -> Result<Self, SymbolError> {
        let bits = Bits::new(normal(version).ok_or(SymbolError::Version)?);
        if capacity_at(version, level).is_none_or(|most| bytes.len() > most) {
            return Err(SymbolError::TooLong);
        }
        Self::draw(bits, version, level, |bits| bits.push_byte_data(bytes))
    }

    /// Draws digits in numeric mode as the smallest symbol that is not above the version `cap`, at the
    /// strongest level that it has room for.
    ///
    /// # Errors
    /// [`SymbolError::TooLong`] when none carries them, [`SymbolError::Digits`] for anything else than
    /// the digits 0 to 9.
    pub fn encode_digits(digits: &str, cap: u8) -> Result<Self, SymbolError> {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SymbolError::Digits);
        }
        let fits = |version: u8, level: Level| digit_capacity_at(version, level) >= Some(digits.len());
        let version =
            (1..=cap.min(40)).find(|version| fits(*version, Level::L)).ok_or(SymbolError::TooLong)?;
        let level = Level::ALL.into_iter().rfind(|level| fits(version, *level)).unwrap_or_default();
        let bits = Bits::new(normal(version).ok_or(SymbolError::Version)?);
        Self::draw(bits, version, level, |bits| bits.push_numeric_data(digits.as_bytes()))
    }

    fn draw(
        mut bits: Bits,
        version: u8,
        level: Level,
        push: impl FnOnce(&mut Bits) -> Result<(), QrError>,
    ) -> Result<Self, SymbolError> {
        let (native, normal) = (level.native(), bits.version());
        push(&mut bits).and_then(|()| bits.push_terminator(native)).map_err(|_| SymbolError::TooLong)?;
        let (data, correction) =
            ec::construct_codewords(&bits.into_bytes(), normal, native).map_err(|_| SymbolError::Version)?;
        let mut canvas = Canvas::new(normal, native);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        canvas.apply_mask(MASK);
        let dark = canvas.into_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Ok(Self { version, size: side(version), dark })
    }

    /// Draws bytes as the smallest symbol that is not above the version `cap`.
    ///
    /// # Errors
    /// [`SymbolError::TooLong`] when none carries them.
    pub fn encode_smallest(bytes: &[u8], cap: u8) -> Result<Self, SymbolError> {
        let version = smallest_version(bytes.len(), cap).ok_or(SymbolError::TooLong)?;
        Self::encode(bytes, version)
    }

    /// The version, 1 to 40.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// Modules on each side, 21 to 177, without the quiet zone.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Returns its modules, row after row: whether each is dark.
    pub fn modules(&self) -> impl Iterator<Item = bool> {
        self.dark.iter().copied()
    }

    /// Whether the module in column `x` and row `y` is dark; outside of the symbol all is light.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not its modules: they carry the payload.
        f.debug_struct("Symbol").field("version", &self.version).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_are_those_of_the_standard() {
        // ISO/IEC 18004, Table 7, byte mode, level L.
        for (version, bytes) in [(1, 17), (9, 230), (10, 271), (15, 520), (20, 858), (25, 1273), (40, 2953)] {
            assert_eq!(capacity(version), Some(bytes), "version {version}");
            assert_eq!(smallest_version(bytes, 40), Some(version));
            assert_eq!(smallest_version(bytes + 1, 40), (version < 40).then_some(version + 1));
        }
        assert_eq!((capacity(0), capacity(41), capacity(255)), (None, None, None));
        assert_eq!(Level::ALL.map(|level| capacity_at(25, level)), [1273, 997, 715, 535].map(Some));
        assert_eq!(modules_across(25), 125);
        // Table 7, numeric mode.
        for (version, level, digits) in [
            (1, Level::L, 41),
            (9, Level::M, 432),
            (10, Level::L, 652),
            (26, Level::H, 1_425),
            (27, Level::L, 3_517),
            (40, Level::L, 7_089),
        ] {
            assert_eq!(digit_capacity_at(version, level), Some(digits), "version {version}, {level:?}");
        }
        assert_eq!(smallest_version(1274, 25), None);
    }

    #[test]
    fn too_long_and_unknown_versions_are_refused() {
        assert!(Symbol::encode(&[0; 1273], 25).is_ok());
        assert_eq!(Symbol::encode(&[0; 1274], 25).unwrap_err(), SymbolError::TooLong);
        assert_eq!(Symbol::encode(&[], 41).unwrap_err(), SymbolError::Version);
        assert_eq!(Symbol::encode_digits(&"1".repeat(7_090), 40).unwrap_err(), SymbolError::TooLong);
        assert_eq!(Symbol::encode_digits("12a", 40).unwrap_err(), SymbolError::Digits);
        assert_eq!(Symbol::encode_smallest(&[0; 900], SMALL_VERSION).unwrap_err(), SymbolError::TooLong);
    }

    #[test]
    fn finder_patterns_are_where_they_belong() {
        let symbol = Symbol::encode_smallest(&[1; 1000], DEFAULT_VERSION).unwrap();
        assert_eq!((symbol.version(), symbol.size()), (22, 105));
        let far = symbol.size() - 7;
        for (left, top) in [(0, 0), (far, 0), (0, far)] {
            for y in 0..7 {
                for x in 0..7 {
                    let ring = x.min(6 - x).min(y.min(6 - y));
                    assert_eq!(symbol.is_dark(left + x, top + y), ring != 1);
                }
            }
        }
        assert!(!symbol.is_dark(symbol.size(), 0));
        assert!(!symbol.is_dark(0, symbol.size()));
    }
}
