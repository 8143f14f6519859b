//! Versions of a symbol: size, alignment patterns, blocks and format information.

use super::symbol::Level;

/// The largest version.
const LAST: u8 = 40;

/// Check codewords a block, by version, at the levels L, M, Q and H (ISO/IEC 18004, Table 9).
const CHECKS: [[u8; LAST as usize]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26,
        28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30,
        28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks of a symbol, by version, at the levels L, M, Q and H (ISO/IEC 18004, Table 9).
const BLOCKS: [[u8; LAST as usize]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16,
        17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28,
        29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35,
        38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42,
        45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// The second row and column of alignment patterns of the versions 2 to 40; the first is 6, the last is
/// as far from the other side, and the others divide what is between the last two evenly (ISO/IEC 18004, Annex E).
const SECOND: [u8; LAST as usize - 1] = [
    18, 22, 26, 30, 34, 22, 24, 26, 28, 30, 32, 34, 26, 26, 26, 30, 30, 30, 34, 28, 26, 30, 28, 32, 30, 34,
    26, 30, 26, 30, 34, 30, 34, 30, 24, 28, 32, 26, 30,
];

/// A version, 1 to 40.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version(u8);

/// Codewords of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) data: usize,
    pub(crate) checks: usize,
}

impl Version {
    /// Returns nothing for a number that is not from 1 to 40.
    pub(crate) fn new(number: u8) -> Option<Self> {
        (1..=LAST).contains(&number).then_some(Self(number))
    }

    /// Returns the version with this many modules on a side.
    pub(crate) fn of_side(side: usize) -> Option<Self> {
        let number = side.checked_sub(17).filter(|rest| rest.is_multiple_of(4))? / 4;
        Self::new(u8::try_from(number).ok()?)
    }

    /// Returns its number, 1 to 40.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// Returns the modules on a side.
    pub(crate) const fn side(self) -> usize {
        17 + 4 * self.0 as usize
    }

    /// Returns the rows, and columns, in whose crossings alignment patterns have their centres.
    pub(crate) fn alignment_centres(self) -> Vec<usize> {
        let Some(second) = SECOND.get(usize::from(self.0).wrapping_sub(2)) else {
            return Vec::new();
        };
        let (second, last) = (usize::from(*second), self.side() - 7);
        let gaps = usize::from(self.0 / 7);
        // Up to version 6 the second one is the last one.
        let others = (0..=gaps).map(|at| second + (at * (last - second)).checked_div(gaps).unwrap_or(0));
        std::iter::once(6).chain(others).collect()
    }

    /// Returns the blocks of a symbol with this number of codewords, in order: those with one more data codeword are
    /// last.
    pub(crate) fn blocks(self, level: Level, codewords: usize) -> Vec<Block> {
        let of = |table: &[[u8; LAST as usize]; 4]| {
            let row = table.get(level as usize)?;
            row.get(usize::from(self.0).checked_sub(1)?).copied().map(usize::from)
        };
        let (Some(checks), Some(count)) = (of(&CHECKS), of(&BLOCKS)) else {
            return Vec::new();
        };
        let data = codewords.saturating_sub(count * checks);
        let shorter = count - data % count;
        let block = |at: usize| Block { data: data / count + usize::from(at >= shorter), checks };
        (0..count).map(block).collect()
    }
}

/// The generator of the format information's BCH code (15, 5), and what it is masked with
/// (ISO/IEC 18004, 7.9.1).
const FORMAT_GENERATOR: u16 = 0b101_0011_0111;
const FORMAT_MASK: u16 = 0b101_0100_0001_0010;

/// Returns the 32 values of the format information, each with its level and mask pattern reference.
pub(crate) fn formats() -> impl Iterator<Item = (u16, Level, u8)> {
    (0..32u16).map(|data| {
        let divided = (10..15).rev().fold(data << 10, |rest, bit| {
            if rest >> bit & 1 == 1 { rest ^ FORMAT_GENERATOR << (bit - 10) } else { rest }
        });
        let level = match data >> 3 {
            0b00 => Level::M,
            0b01 => Level::L,
            0b10 => Level::H,
            _ => Level::Q,
        };
        // Three bits are a byte.
        (((data << 10) | divided) ^ FORMAT_MASK, level, (data & 7) as u8)
    })
}

#[cfg(test)]
mod tests {
    use qrcode::EcLevel;
    use qrcode::bits::Bits;

    use super::*;
    use crate::qr::layout::Layout;

    #[test]
    fn data_codewords_are_those_of_another_crate() {
        let levels = Level::ALL.into_iter().zip([EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H]);
        for (number, (level, theirs)) in (1..=40).flat_map(|n| levels.clone().map(move |level| (n, level))) {
            let version = Version::new(number).unwrap();
            let blocks = version.blocks(level, Layout::of(version).codewords());
            let data: usize = blocks.iter().map(|block| block.data).sum();
            let bits = Bits::new(qrcode::Version::Normal(i16::from(number))).max_len(theirs).unwrap();
            assert_eq!(data * 8, bits, "version {number}, {level:?}");
            let lengths = blocks.iter().map(|block| block.data);
            assert!(lengths.clone().is_sorted() && lengths.clone().max() <= lengths.min().map(|l| l + 1));
        }
    }

    #[test]
    fn format_information_is_that_of_the_standard() {
        // ISO/IEC 18004, 7.9.1: level M, mask pattern 101 is 100000011001110 before, and after masking
        // what Annex C gives.
        let all: Vec<_> = formats().collect();
        let (bits, level, mask) = all[0b00101];
        assert_eq!((bits, level, mask), (0b100_0000_1100_1110, Level::M, 5));
        let distance = |a: u16, b: u16| (a ^ b).count_ones();
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| distance(one.0, other.0) >= 7));
        }
    }

    #[test]
    fn sides_that_no_version_has_are_refused() {
        for side in [0, 20, 22, 181] {
            assert_eq!(Version::of_side(side), None, "{side}");
        }
        assert_eq!(Version::of_side(117), Version::new(25));
        assert_eq!((Version::new(0), Version::new(41)), (None, None));
    }
}
