//! The layout of a version (ISO/IEC 18004, 6.3): function patterns, and the modules that carry codewords.

use std::ops::Range;

use super::version::Version;

/// The layout of a symbol.
pub(crate) struct Layout {
    pub(crate) version: Version,
    /// Modules on a side.
    pub(crate) side: usize,
    /// Rows, and columns, of the centres of alignment patterns.
    pub(crate) centres: Vec<usize>,
    /// For each module, row by row, whether it belongs to a function pattern.
    function: Vec<bool>,
}

impl Layout {
    /// Returns the layout of a version.
    pub(crate) fn of(version: Version) -> Self {
        let (side, centres) = (version.side(), version.alignment_centres());
        let mut layout = Self { version, side, centres, function: vec![false; side * side] };
        // Finder patterns with their separators, format information and the one module that is always dark.
        layout.reserve(0..9, 0..9);
        layout.reserve(side - 8..side, 0..9);
        layout.reserve(0..9, side - 8..side);
        // Timing patterns.
        layout.reserve(0..side, 6..7);
        layout.reserve(6..7, 0..side);
        let alignments: Vec<_> = layout.alignments().collect();
        for (x, y) in alignments {
            layout.reserve(x - 2..x + 3, y - 2..y + 3);
        }
        if version.number() >= 7 {
            // Version information.
            layout.reserve(side - 11..side - 8, 0..6);
            layout.reserve(0..6, side - 11..side - 8);
        }
        layout
    }

    fn reserve(&mut self, columns: Range<usize>, rows: Range<usize>) {
        for row in self.function.chunks_exact_mut(self.side).take(rows.end).skip(rows.start) {
            row.get_mut(columns.clone()).unwrap_or_default().fill(true);
        }
    }

    /// Whether a module carries a bit of a codeword.
    pub(crate) fn is_data(&self, x: usize, y: usize) -> bool {
        self.function.get(y * self.side + x).is_some_and(|function| !function)
    }

    /// Returns the number of codewords, data and checks.
    pub(crate) fn codewords(&self) -> usize {
        self.function.iter().filter(|function| !**function).count() / 8
    }

    /// Returns column and row of the centres of the alignment patterns.
    pub(crate) fn alignments(&self) -> impl Iterator<Item = (usize, usize)> {
        let last = self.centres.last().copied().unwrap_or(0);
        let pairs = self.centres.iter().flat_map(|&y| self.centres.iter().map(move |&x| (x, y)));
        // The other three corners have finder patterns.
        pairs.filter(move |&(x, y)| !(x == 6 && (y == 6 || y == last)) && !(y == 6 && x == last))
    }

    /// Returns the modules that are the same in every symbol of this version, and whether they are dark.
    pub(crate) fn known(&self) -> Vec<(usize, usize, bool)> {
        let mut known = Vec::new();
        let far = self.side - 7;
        for (left, top) in [(0, 0), (far, 0), (0, far)] {
            // With the light separator around it, as far as it is inside.
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
        for number in 1..=40u8 {
            let version = Version::new(number).unwrap();
            let layout = Layout::of(version);
            let symbol = Symbol::encode(&vec![0xA5; capacity(number).unwrap()], number).unwrap();
            assert_eq!(layout.side, symbol.size());
            assert_eq!(Version::of_side(layout.side), Some(version));
            let known = layout.known();
            assert!(known.len() > 190, "version {number}");
            for (x, y, dark) in known {
                assert_eq!(symbol.is_dark(x, y), dark, "version {number}, {x}, {y}");
                assert!(!layout.is_data(x, y), "version {number}, {x}, {y}");
            }
        }
    }
}
