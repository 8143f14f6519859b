//! What is where in a symbol of a version (ISO/IEC 18004, 6.3): the modules that are the same in
//! every symbol, and the places of the others.

use rxing::common::BitMatrix;
use rxing::qrcode::common::VersionRef;
use rxing::qrcode::cpp_port::Type;

/// A symbol's modules by their use.
pub(crate) struct Layout {
    pub(crate) version: VersionRef,
    /// Modules on a side.
    pub(crate) side: usize,
    /// Row and column numbers in whose crossings alignment patterns stand.
    pub(crate) centres: Vec<usize>,
    /// Modules that carry no codewords.
    function: BitMatrix,
}

impl Layout {
    /// Of a version from 1 to 40.
    pub(crate) fn of(version: u32) -> Option<Self> {
        let version = rxing::qrcode::common::Version::Model2(version).ok()?;
        let side = 17 + 4 * version.getVersionNumber() as usize;
        let centres = version.getAlignmentPatternCenters().iter().map(|&c| c as usize).collect();
        let function = version.buildFunctionPattern().ok()?;
        Some(Self { version, side, centres, function })
    }

    /// Of the version whose side has so many modules.
    pub(crate) fn of_side(side: usize) -> Option<Self> {
        let size = rxing::PointI { x: i32::try_from(side).ok()?, y: i32::try_from(side).ok()? };
        if !rxing::qrcode::common::Version::IsValidSize(size, Type::Model2) {
            return None;
        }
        Self::of(u32::try_from(side.checked_sub(17)? / 4).ok()?)
    }

    /// Whether a module carries a bit of a codeword.
    pub(crate) fn is_data(&self, x: usize, y: usize) -> bool {
        !self.function.get(x as u32, y as u32)
    }

    /// The alignment patterns: column and row of their centres.
    pub(crate) fn alignments(&self) -> impl Iterator<Item = (usize, usize)> {
        let last = self.centres.last().copied().unwrap_or(0);
        let pairs = self.centres.iter().flat_map(|&y| self.centres.iter().map(move |&x| (x, y)));
        // Three corners hold finder patterns.
        pairs.filter(move |&(x, y)| !(x == 6 && (y == 6 || y == last)) && !(y == 6 && x == last))
    }

    /// The modules that every symbol of this version has alike, and whether they are dark.
    pub(crate) fn known(&self) -> Vec<(usize, usize, bool)> {
        let mut known = Vec::new();
        let far = self.side - 7;
        for (left, top) in [(0, 0), (far, 0), (0, far)] {
            // With the light line around it, as far as that is inside.
            for y in top.saturating_sub(1)..(top + 8).min(self.side) {
                for x in left.saturating_sub(1)..(left + 8).min(self.side) {
                    let ring = ((x + 4).abs_diff(left + 7)).max((y + 4).abs_diff(top + 7));
                    known.push((x, y, ring != 2 && ring != 4));
                }
            }
        }
        for (column, row) in self.alignments() {
            for y in row - 2..=row + 2 {
                for x in column - 2..=column + 2 {
                    known.push((x, y, x.abs_diff(column).max(y.abs_diff(row)) != 1));
                }
            }
        }
        for at in 8..self.side - 8 {
            let crossed = self.centres.iter().any(|c| at.abs_diff(*c) <= 2) && self.centres.len() > 2;
            if !crossed {
                known.push((at, 6, at % 2 == 0));
                known.push((6, at, at % 2 == 0));
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::symbol::{Symbol, capacity};

    #[test]
    fn known_modules_are_those_of_drawn_symbols() {
        for version in 1..=40u8 {
            let layout = Layout::of(u32::from(version)).unwrap();
            let symbol = Symbol::encode(&vec![0xA5; capacity(version).unwrap()], version).unwrap();
            assert_eq!(layout.side, symbol.size());
            assert_eq!(Layout::of_side(layout.side).unwrap().centres, layout.centres);
            let known = layout.known();
            assert!(known.len() > 190, "version {version}");
            for (x, y, dark) in known {
                assert_eq!(symbol.is_dark(x, y), dark, "version {version}, {x}, {y}");
                assert!(!layout.is_data(x, y), "version {version}, {x}, {y}");
            }
        }
        for side in [0, 20, 22, 181] {
            assert!(Layout::of_side(side).is_none(), "{side}");
        }
    }
}
