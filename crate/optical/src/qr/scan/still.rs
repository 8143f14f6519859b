//! One picture alone: from a camera, a file or a screenshot.

use super::examination::{Examination, Found};
use super::filter::View;
use super::picture::Picture;
use super::search::search;

/// Pixels up to which a still picture is also searched line by line.
const MAX_THOROUGH_PIXELS: usize = 2_100_000;

/// Reads the symbols in one camera picture: `height` rows of `width` bytes of luma, the starts of
/// two rows `stride` bytes apart. Nothing for a picture out of bounds or shorter than it says.
#[must_use]
pub fn scan_luma(luma: &[u8], width: usize, height: usize, stride: usize) -> Vec<Found> {
    examine(luma, width, height, stride).found
}

/// As [`scan_luma`], with the work that was done.
#[must_use]
pub fn examine(luma: &[u8], width: usize, height: usize, stride: usize) -> Examination {
    let mut seen = Examination::default();
    if let Some(picture) = Picture::new(luma, width, height, stride) {
        for view in View::ALL {
            if seen.found.is_empty() {
                search(&picture, view, false, None, &mut seen);
            }
        }
    }
    seen
}

/// As [`scan_luma`] for a still picture (a file, a screenshot): where the quick search finds
/// nothing, it looks line by line, at the negative, and then at the picture in half its size, down to 200
/// pixels.
#[must_use]
pub fn scan_still(luma: &[u8], width: usize, height: usize, stride: usize) -> Vec<Found> {
    let mut next = Picture::new(luma, width, height, stride);
    // A clean picture shows its codes in the first view.
    let mut first = true;
    while let Some(picture) = next {
        for (view, thorough) in View::ALL.into_iter().map(|view| (view, false)).chain([(View::Plain, true)]) {
            if thorough && picture.width * picture.height > MAX_THOROUGH_PIXELS {
                continue;
            }
            let mut seen = Examination { still: first, ..Examination::default() };
            first = false;
            search(&picture, view, thorough, None, &mut seen);
            if !seen.found.is_empty() {
                return seen.found;
            }
        }
        let mut seen = Examination::default();
        search(&picture.negative(), View::Plain, false, None, &mut seen);
        if !seen.found.is_empty() {
            return seen.found;
        }
        next = picture.halved();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::frame_set::FrameSet;
    use crate::qr::scan::examination::{MAX_SAMPLED, MAX_SETS};
    use crate::qr::symbol::{QUIET_ZONE, Symbol, capacity};
    use crate::random::Random;

    /// A picture in the making: grey ground, codes painted onto it.
    struct Canvas {
        luma: Vec<u8>,
        width: usize,
        height: usize,
    }

    impl Canvas {
        fn new(width: usize, height: usize) -> Self {
            let luma = vec![128; width * height];
            Self { luma, width, height }
        }

        fn paint(&mut self, symbol: &Symbol, left: usize, top: usize, module: usize) {
            let side = (symbol.size() + 2 * QUIET_ZONE) * module;
            for y in 0..side {
                for x in 0..side {
                    let cell = |v: usize| (v / module).wrapping_sub(QUIET_ZONE);
                    let dark = symbol.is_dark(cell(x), cell(y));
                    self.luma[(top + y) * self.width + left + x] = if dark { 16 } else { 235 };
                }
            }
        }

        /// One module of a finder pattern.
        fn ring(&mut self, left: usize, top: usize, module: usize, x: usize, y: usize) {
            if x.min(6 - x).min(y.min(6 - y)) == 1 {
                return;
            }
            for row in 0..module {
                let start = (top + y * module + row) * self.width + left + x * module;
                self.luma[start..start + module].fill(16);
            }
        }

        fn examine(&self) -> Examination {
            examine(&self.luma, self.width, self.height, self.width)
        }
    }

    /// In the data of large symbols there are patterns like those in their corners, and the sets of those come first.
    #[test]
    fn two_large_symbols_beside_each_other_are_read_whatever_their_data_looks_like() {
        for seed in [1, 2, 3, 5, 43] {
            let Canvas { luma, width, height } = pair(seed);
            assert_eq!(scan_still(&luma, width, height, width).len(), 2, "{seed}");
        }
    }

    /// Two large symbols of random data, side by side.
    fn pair(seed: u64) -> Canvas {
        let symbols =
            [2 * seed, 2 * seed + 1].map(|seed| Symbol::encode_smallest(&noise(seed, 2_440), 40).unwrap());
        let side = (symbols[0].size() + 2 * QUIET_ZONE) * 4;
        let mut canvas = Canvas::new(2 * side, side);
        canvas.paint(&symbols[0], 0, 0, 4);
        canvas.paint(&symbols[1], side, 0, 4);
        canvas
    }

    fn noise(seed: u64, length: usize) -> Vec<u8> {
        Random(seed).payload(length)
    }

    fn near(corner: (f32, f32), x: usize, y: usize) -> bool {
        (corner.0 - x as f32).abs() < 4.0 && (corner.1 - y as f32).abs() < 4.0
    }

    #[test]
    fn every_version_is_read_back_with_its_corners() {
        for version in 1..=40 {
            let full = capacity(version).unwrap();
            for bytes in [noise(u64::from(version), full), vec![0; full], vec![0xFF; full / 2]] {
                let symbol = Symbol::encode(&bytes, version).unwrap();
                let side = (symbol.size() + 2 * QUIET_ZONE) * 4;
                let mut canvas = Canvas::new(side + 40, side + 30);
                canvas.paint(&symbol, 20, 10, 4);
                let Examination { found, .. } = canvas.examine();
                assert_eq!(found.len(), 1, "version {version}, {} bytes", bytes.len());
                assert!(found[0].bytes == bytes, "version {version}: other bytes");
                let (left, top) = (20 + 4 * QUIET_ZONE, 10 + 4 * QUIET_ZONE);
                let (right, bottom) = (left + symbol.size() * 4, top + symbol.size() * 4);
                let [tl, tr, br, bl] = found[0].corners;
                assert!(
                    near(tl, left, top)
                        && near(tr, right, top)
                        && near(br, right, bottom)
                        && near(bl, left, bottom),
                    "version {version}: {:?}",
                    found[0].corners
                );
            }
        }
    }

    #[test]
    fn rows_may_be_further_apart_than_they_are_wide() {
        let symbol = Symbol::encode(b"stride", 2).unwrap();
        let mut canvas = Canvas::new(200, 200);
        canvas.paint(&symbol, 10, 10, 4);
        let mut padded = Vec::new();
        for row in canvas.luma.chunks(200) {
            padded.extend_from_slice(row);
            padded.extend_from_slice(&[0; 56]);
        }
        // The last row of a plane may end with the picture.
        padded.truncate(256 * 199 + 200);
        let found = scan_luma(&padded, 200, 200, 256);
        assert_eq!(found[0].bytes, b"stride");
        // One byte less is a picture that is not there.
        assert!(scan_luma(&padded[..padded.len() - 1], 200, 200, 256).is_empty());
    }

    #[test]
    fn pictures_out_of_bounds_are_not_looked_at() {
        let luma = vec![0; 5000 * 50];
        for (width, height, stride) in [
            (0, 0, 0),
            (39, 100, 39),
            (100, 39, 100),
            (4097, 50, 4097),
            (50, 4097, 50),
            (100, 100, 99),
            (100, 100, usize::MAX),
            (5000, 50, 5000),
        ] {
            assert_eq!(
                examine(&luma, width, height, stride),
                Examination::default(),
                "{width} x {height}, {stride}"
            );
        }
    }

    #[test]
    fn two_codes_in_one_picture_are_both_read() {
        let mut canvas = Canvas::new(640, 360);
        canvas.paint(&Symbol::encode(b"one", 3).unwrap(), 20, 60, 5);
        canvas.paint(&Symbol::encode(b"https://example.org/", 3).unwrap(), 360, 90, 5);
        let mut found: Vec<_> = canvas.examine().found.into_iter().map(|f| f.bytes).collect();
        found.sort();
        assert_eq!(found, [b"https://example.org/".to_vec(), b"one".to_vec()]);
    }

    #[test]
    fn the_frame_of_this_link_is_read_among_the_codes_of_a_poster() {
        let frame = FrameSet::for_version(&noise(4, 3_000), 20).unwrap().frame(0).unwrap();
        let mut canvas = Canvas::new(1280, 720);
        canvas.paint(&Symbol::encode_smallest(&frame, 20).unwrap(), 400, 100, 4);
        let poster = Symbol::encode(b"https://example.org/a/menu/of/a/restaurant?table=4711", 4).unwrap();
        for (left, top) in [(20, 20), (200, 20), (20, 220), (200, 220), (20, 480), (1_100, 20), (1_100, 500)]
        {
            canvas.paint(&poster, left, top, 4);
        }
        let examination = canvas.examine();
        assert!(examination.found.iter().any(|found| found.bytes == frame), "{examination:?}");
        assert!(examination.sets_tried <= MAX_SETS && examination.sampled <= MAX_SAMPLED);
    }

    #[test]
    fn dark_that_is_lighter_than_half_of_white_is_dark() {
        let bytes = noise(6, 600);
        let mut canvas = Canvas::new(640, 480);
        canvas.paint(&Symbol::encode_smallest(&bytes, 25).unwrap(), 40, 20, 4);
        for (dark, light) in [(190, 250), (150, 240), (100, 140)] {
            let change = |value: &u8| match *value {
                16 => dark,
                235 => light,
                other => other,
            };
            let luma: Vec<u8> = canvas.luma.iter().map(change).collect();
            let found = scan_luma(&luma, 640, 480, 640);
            assert!(found.iter().any(|found| found.bytes == bytes), "{dark} on {light}");
        }
    }

    #[test]
    fn a_code_of_which_one_half_lies_in_a_bright_light_is_read() {
        let bytes = noise(8, 300);
        let symbol = Symbol::encode_smallest(&bytes, 25).unwrap();
        let mut canvas = Canvas::new(480, 480);
        canvas.paint(&symbol, 40, 20, 6);
        let middle = 40 + 6 * (QUIET_ZONE + symbol.size() / 2);
        for row in canvas.luma.chunks_exact_mut(480) {
            let (dim, bright) = row.split_at_mut(middle);
            dim.iter_mut().for_each(|value| *value = 10 + *value / 6);
            bright.iter_mut().for_each(|value| *value = 180 + *value / 4);
        }
        let found = canvas.examine().found;
        assert!(found.iter().any(|found| found.bytes == bytes));
    }

    /// Finder patterns without a code, one every 20 pixels, one in `large` of them half as large
    /// again.
    fn field_of_finder_patterns(large: u64) -> Canvas {
        let mut canvas = Canvas::new(1280, 720);
        canvas.luma.fill(235);
        let mut random = Random(7);
        for top in (4..680).step_by(25) {
            for left in (4..1240).step_by(25) {
                let module = if random.next().is_multiple_of(large) { 3 } else { 2 };
                for (x, y) in (0..49).map(|i| (i % 7, i / 7)) {
                    canvas.ring(left, top, module, x, y);
                }
            }
        }
        canvas
    }

    // Work is counted, not timed.
    #[test]
    fn a_thousand_finder_patterns_cost_a_few_sets() {
        for large in [2, 10, 1_000_000] {
            let examination = field_of_finder_patterns(large).examine();
            assert!(examination.patterns > 1_000, "{examination:?}");
            assert!(examination.found.is_empty());
            assert!(examination.sets_tried <= MAX_SETS && examination.sampled <= MAX_SAMPLED);
            if large == 10 {
                assert_eq!(examination.sets_tried, MAX_SETS);
            }
        }
    }

    #[test]
    fn a_code_among_a_thousand_small_finder_patterns_is_read() {
        let bytes = noise(3, 700);
        let mut canvas = field_of_finder_patterns(1_000_000);
        canvas.paint(&Symbol::encode_smallest(&bytes, 25).unwrap(), 300, 100, 5);
        let examination = canvas.examine();
        assert!(examination.patterns > 500, "{examination:?}");
        assert_eq!(examination.found.len(), 1);
        assert!(examination.found[0].bytes == bytes);
    }

    #[test]
    fn noise_and_flat_pictures_hold_nothing() {
        for seed in 1..12 {
            let luma = noise(seed, 640 * 360);
            let examination = examine(&luma, 640, 360, 640);
            assert!(examination.found.is_empty());
            assert!(examination.sets_tried <= MAX_SETS);
        }
        for level in [0, 16, 128, 255] {
            assert!(scan_luma(&vec![level; 640 * 360], 640, 360, 640).is_empty());
        }
    }

    #[test]
    fn a_large_photograph_with_a_code_is_read() {
        let bytes = noise(5, 800);
        let symbol = Symbol::encode_smallest(&bytes, 25).unwrap();
        let mut canvas = Canvas::new(4000, 3000);
        canvas.paint(&symbol, 1200, 900, 7);
        let found = scan_still(&canvas.luma, 4000, 3000, 4000);
        assert_eq!(found.len(), 1);
        assert!(found[0].bytes == bytes);
        let left = 1200 + 7 * QUIET_ZONE;
        let [tl, ..] = found[0].corners;
        assert!((tl.0 - left as f32).abs() < 14.0, "{tl:?}");
    }

    /// A clean version 2-L of `wxp://f2f0abcdEFGH1234567890` with mask 5, by another encoder.
    const PAYMENT: [&str; 25] = [
        "#######..###..##..#######",
        "#.....#....##...#.#.....#",
        "#.###.#..###....#.#.###.#",
        "#.###.#.#.#####.#.#.###.#",
        "#.###.#.#.#.#.###.#.###.#",
        "#.....#..##.#.....#.....#",
        "#######.#.#.#.#.#.#######",
        ".........#..#.###........",
        "##...###.##..#.#....##...",
        ".##....##.###....#..#.##.",
        "...#######...#.##.#.##.##",
        "##.###..#.#.#...#.##....#",
        "....#.##.##...###.##...#.",
        "##...#....###.#.#..#..##.",
        "#.#..###....##.#..#.#####",
        "#...#.....#.#....##.#.##.",
        "#....###...#.#.##########",
        "........##.##.#.#...####.",
        "#######.#.##.#..#.#.#...#",
        "#.....#.####...##...#...#",
        "#.###.#...#..#.#########.",
        "#.###.#..#.##..#.###.#.##",
        "#.###.#..#..#.##......#.#",
        "#.....#.####..#.#.#.##..#",
        "#######.##.#..#.##..##..#",
    ];

    #[test]
    fn a_clean_symbol_of_another_encoder_is_read_at_every_size() {
        for module in [2, 3, 4, 8] {
            let side = (PAYMENT.len() + 2 * QUIET_ZONE) * module;
            let mut luma = vec![255; side * side];
            for (y, row) in PAYMENT.iter().enumerate() {
                for (x, _) in row.bytes().enumerate().filter(|(_, cell)| *cell == b'#') {
                    for line in 0..module {
                        let start = ((y + QUIET_ZONE) * module + line) * side + (x + QUIET_ZONE) * module;
                        luma[start..start + module].fill(0);
                    }
                }
            }
            let seen = examine(&luma, side, side, side);
            let texts: Vec<_> =
                seen.found.iter().map(|found| String::from_utf8_lossy(&found.bytes)).collect();
            assert_eq!(texts, ["wxp://f2f0abcdEFGH1234567890"], "{module} pixels a module: {seen:?}");
        }
    }
}
