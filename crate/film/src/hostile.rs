//! Pictures that are expensive for a decoder, as an attacker could show them to a verifier's camera.

use optical::Symbol;

use crate::chance::Chance;

const DARK: u8 = 16;
const LIGHT: u8 = 235;

/// A picture without a readable code.
#[derive(Debug, Clone)]
pub struct StillPicture {
    /// The name of its file.
    pub name: &'static str,
    /// Its width and stride in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// Its luma, row by row.
    pub luma: Vec<u8>,
}

impl StillPicture {
    /// Draws a picture that is dark where a function of column and row returns true.
    fn drawn(
        name: &'static str,
        (width, height): (usize, usize),
        dark: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let luma = pixels.map(|(x, y)| if dark(x, y) { DARK } else { LIGHT }).collect();
        Self { name, width, height, luma }
    }

    fn noise(name: &'static str, (width, height): (usize, usize), cell: usize) -> Self {
        let mut chance = Chance::new(1, name);
        let columns = width.div_ceil(cell);
        let cells = chance.bytes(columns * height.div_ceil(cell));
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let luma = pixels.map(|(x, y)| cells[y / cell * columns + x / cell]).collect();
        Self { name, width, height, luma }
    }

    /// Symbols that are valid except for their content: every second data module is random.
    fn false_symbols(name: &'static str, size: (usize, usize), version: u8, module: usize) -> Self {
        let mut chance = Chance::new(1, name);
        let bytes = vec![0x5A; optical::capacity(version).unwrap_or(0)];
        let Ok(symbol) = Symbol::encode(&bytes, version) else {
            return Self::drawn(name, size, |_, _| false);
        };
        let side = symbol.size();
        let wrong = chance.bytes(side * side);
        let pitch = (side + 5) * module;
        Self::drawn(name, size, |x, y| {
            let (column, row) = ((x % pitch) / module, (y % pitch) / module);
            if x / pitch * pitch + pitch > size.0 || y / pitch * pitch + pitch > size.1 {
                return false;
            }
            let (Some(column), Some(row)) = (column.checked_sub(3), row.checked_sub(3)) else {
                return false;
            };
            if column >= side || row >= side {
                return false;
            }
            let edge = column < 9 && (row < 9 || row >= side - 9) || column >= side - 9 && row < 9;
            let crossing = column % 2 == 0 || row % 2 == 0;
            let lie = wrong[row * side + column] & 1 == 1;
            symbol.is_dark(column, row) != (lie && !edge && crossing && column != 6 && row != 6)
        })
    }
}

/// Whether a place along a stripe of finder patterns is dark: 1, 1, 3, 1, 1 modules and one between.
fn striped(at: usize, module: usize) -> bool {
    ![1, 5, 7].contains(&(at / module % 8))
}

/// Whether a pixel is dark in a grid of finder patterns `pitch` pixels apart.
fn pattern(x: usize, y: usize, pitch: usize, module: usize) -> bool {
    let (u, v) = (x % pitch / module, y % pitch / module);
    u < 7 && v < 7 && u.min(6 - u).min(v.min(6 - v)) != 1
}

/// Returns the most expensive pictures known, at a camera's usual size and at the largest that a decoder accepts.
#[must_use]
pub fn hostile_pictures() -> Vec<StillPicture> {
    let usual = (1280, 720);
    let large = (optical::MAX_SIDE, optical::MAX_SIDE);
    let rings = |x: usize, y: usize, width: usize| {
        ((x % 64).abs_diff(32).max((y % 64).abs_diff(32)) / width) & 1 == 0
    };
    vec![
        StillPicture::noise("noise", usual, 1),
        StillPicture::noise("noise in squares of 3", usual, 3),
        StillPicture::noise("noise in squares of 8", usual, 8),
        StillPicture::drawn("a thousand patterns", usual, |x, y| pattern(x, y, 25, 2)),
        StillPicture::drawn("patterns, touching", usual, |x, y| pattern(x, y, 16, 2)),
        StillPicture::drawn("patterns of one pixel", usual, |x, y| pattern(x, y, 8, 1)),
        StillPicture::drawn("large patterns", usual, |x, y| pattern(x, y, 90, 10)),
        StillPicture::drawn("stripes across", usual, |_, y| striped(y, 3)),
        StillPicture::drawn("stripes down", usual, |x, _| striped(x, 3)),
        StillPicture::drawn("thin stripes down", usual, |x, _| striped(x, 1)),
        StillPicture::drawn("stripes both ways", usual, |x, y| striped(x, 2) && striped(y, 2)),
        StillPicture::drawn("stripes either way", usual, |x, y| striped(x, 2) || striped(y, 2)),
        StillPicture::drawn("stripes, crossed", usual, |x, y| striped(x, 3) != striped(y, 3)),
        StillPicture::drawn("chequers of 1", usual, |x, y| (x + y) % 2 == 0),
        StillPicture::drawn("chequers of 4", usual, |x, y| (x / 4 + y / 4) % 2 == 0),
        StillPicture::drawn("nested squares", usual, |x, y| rings(x, y, 3)),
        StillPicture::drawn("one set of nested squares", usual, |x, y| {
            x.abs_diff(640).max(y.abs_diff(360)) / 4 % 2 == 0
        }),
        StillPicture::false_symbols("false symbols, version 2", usual, 2, 3),
        StillPicture::false_symbols("false symbols, version 10", usual, 10, 3),
        StillPicture::false_symbols("false symbols, version 25", usual, 25, 5),
        StillPicture::false_symbols("false symbols, version 40", usual, 40, 3),
        StillPicture::noise("noise, large", large, 2),
        StillPicture::drawn("patterns, large", large, |x, y| pattern(x, y, 25, 2)),
        StillPicture::drawn("patterns of four pixels, large", large, |x, y| pattern(x, y, 36, 4)),
        StillPicture::drawn("stripes both ways, large", large, |x, y| striped(x, 2) && striped(y, 2)),
        StillPicture::false_symbols("false symbols, version 40, large", large, 40, 6),
    ]
}

#[cfg(test)]
mod tests {
    use optical::{Examination, MAX_MODULES, MAX_PIXELS, MAX_SAMPLED, MAX_SETS, Reader};

    use super::*;

    fn worst(picture: &StillPicture) -> Examination {
        let StillPicture { name, width, height, luma } = picture;
        let mut reader = Reader::new();
        let mut worst = Examination::default();
        // As many times as there are views, and once more.
        for _ in 0..4 {
            let seen = reader.read(luma, *width, *height, *width);
            assert_eq!(seen.found, [], "{name}");
            assert!(seen.pixels <= MAX_PIXELS, "{name}: {seen:?}");
            assert!(seen.patterns <= 1_200, "{name}: {seen:?}");
            assert!(seen.sets_tried <= MAX_SETS && seen.sampled <= MAX_SAMPLED, "{name}: {seen:?}");
            assert!(seen.modules <= MAX_MODULES, "{name}: {seen:?}");
            worst.patterns = worst.patterns.max(seen.patterns);
            worst.sets_tried = worst.sets_tried.max(seen.sets_tried);
            worst.modules = worst.modules.max(seen.modules);
            worst.pixels = worst.pixels.max(seen.pixels);
        }
        worst
    }

    // Work is counted, not timed; `cargo xtask bench decode` gives the time of the same pictures.
    #[test]
    fn hostile_pictures_cost_no_more_than_the_bounds() {
        let mut most = Examination::default();
        for picture in hostile_pictures() {
            let seen = worst(&picture);
            most.patterns = most.patterns.max(seen.patterns);
            most.sets_tried = most.sets_tried.max(seen.sets_tried);
            most.modules = most.modules.max(seen.modules);
            most.pixels = most.pixels.max(seen.pixels);
        }
        // The bounds are reached, or these would not be the worst pictures.
        assert_eq!(most.patterns, 1_200);
        assert!(most.sets_tried >= 24, "{most:?}");
        assert!(most.modules > MAX_MODULES * 8 / 10, "{most:?}");
        assert!(most.pixels > MAX_PIXELS / 2, "{most:?}");
    }
}
