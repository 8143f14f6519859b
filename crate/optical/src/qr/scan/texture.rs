//! What looks like a code though no pattern is seen: where the picture is busy in both directions, and
//! where it is nothing but white.

use super::picture::{Area, Picture};

/// Squares of a picture along its longer side, about.
const SQUARES: usize = 80;
/// Rows of a square that are measured, and pixels of each of these, about.
const ROWS: usize = 4;
const PIXELS: usize = 16;
/// Luma between which a busy square's darkest and lightest pixel lie at least: more than noise does.
const BUSY: u16 = 36;
/// Luma from which a pixel is white. Video has its white at 235, pictures at 255.
const WHITE: u8 = 230;
/// By how much noise darkens the darkest of them.
const NOISE: u8 = 20;
/// A square belongs to a place if this many of the nine around it are busy: edges and lines of text
/// do not.
const MOST: usize = 6;
/// Squares that the place of a code is wide and high, at least.
const LEAST: usize = 5;
/// A busy square is washed when its darkest pixel is above this share of the picture's contrast.
const WASHED: f32 = 0.4;
/// A square is sharp when its edges take fewer pixels than this.
const SHARP: f32 = 5.0;

/// What one square of the picture is like.
#[derive(Debug, Clone, Copy)]
struct Square {
    dark: u8,
    light: u8,
    mean: u8,
    /// The largest difference of two pixels with one between them.
    slope: u8,
}

impl Square {
    const NOTHING: Self = Self { dark: u8::MAX, light: 0, mean: 0, slope: 0 };

    /// As a code is: dark and light share it about equally.
    fn is_busy(self) -> bool {
        let range = self.light.saturating_sub(self.dark);
        let share = u16::from(self.mean.saturating_sub(self.dark)) * 4;
        let range = u16::from(range);
        range >= BUSY && (range * 4 / 5..=range * 16 / 5).contains(&share)
    }

    fn is_white(self) -> bool {
        self.mean >= WHITE && self.dark >= WHITE - NOISE
    }

    /// How many pixels an edge takes; a slope is taken over two of them.
    fn edge(self) -> f32 {
        2.0 * f32::from(self.light.saturating_sub(self.dark)) / f32::from(self.slope.max(1))
    }
}

/// Where a code may be, by its texture.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Texture {
    /// The largest place that is busy all over.
    pub(super) place: Option<Area>,
    /// How many pixels an edge takes there, at the median.
    pub(super) edge: f32,
    /// Share of that place that is nothing but white.
    pub(super) white: f32,
    /// Share of the picture that is nothing but white.
    pub(super) white_all: f32,
    /// Squares of a code whose dark modules a light has washed out, though they are sharp.
    pub(super) washed: usize,
}

impl Texture {
    /// Of a picture whose darkest and lightest luma are these.
    pub(super) fn of(picture: &Picture<'_>, (low, high): (u8, u8)) -> Self {
        let side = (picture.width.max(picture.height) / SQUARES).max(8);
        let (columns, squares) = squares(picture, side);
        let busy: Vec<bool> = squares.iter().map(|square| square.is_busy()).collect();
        let dense = dense(&busy, columns);
        let washed_from = f32::from(low) + f32::from(high.saturating_sub(low)) * WASHED;
        let washed = squares
            .iter()
            .filter(|square| {
                square.is_busy() && f32::from(square.dark) > washed_from && square.edge() < SHARP
            })
            .count();
        let white = squares.iter().filter(|square| square.is_white()).count();
        let mut texture =
            Self { washed, white_all: white as f32 / squares.len().max(1) as f32, ..Self::default() };
        if let Some((left, top, right, bottom)) = largest(&dense, columns) {
            let inside = |at: usize| {
                (left..=right).contains(&(at % columns)) && (top..=bottom).contains(&(at / columns))
            };
            let within: Vec<Square> =
                squares.iter().enumerate().filter(|(at, _)| inside(*at)).map(|(_, square)| *square).collect();
            let white = within.iter().filter(|square| square.is_white()).count();
            texture.white = white as f32 / within.len().max(1) as f32;
            let mut edges: Vec<f32> = within.iter().filter(|s| s.is_busy()).map(|s| s.edge()).collect();
            edges.sort_by(f32::total_cmp);
            texture.edge = edges.get(edges.len() / 2).copied().unwrap_or(0.0);
            texture.place = Some(Area {
                left: left * side,
                top: top * side,
                width: (right + 1 - left) * side,
                height: (bottom + 1 - top) * side,
            });
        }
        texture
    }
}

/// The squares of a picture, row by row, and how many a row has.
fn squares(picture: &Picture<'_>, side: usize) -> (usize, Vec<Square>) {
    let columns = (picture.width / side).max(1);
    let step = (side / PIXELS).max(1);
    let mut all = Vec::with_capacity(columns * (picture.height / side));
    let rows: Vec<&[u8]> = picture.rows().collect();
    for band in rows.chunks_exact(side) {
        let mut line = vec![(Square::NOTHING, 0u32, 0u32); columns];
        for row in band.iter().step_by(side / ROWS) {
            for ((square, sum, count), pixels) in line.iter_mut().zip(row.chunks_exact(side)) {
                for &pixel in pixels.iter().step_by(step) {
                    square.dark = square.dark.min(pixel);
                    square.light = square.light.max(pixel);
                    *sum += u32::from(pixel);
                    *count += 1;
                }
                for (left, right) in pixels.iter().zip(pixels.iter().skip(2)).step_by(step) {
                    square.slope = square.slope.max(left.abs_diff(*right));
                }
            }
        }
        all.extend(line.into_iter().map(|(square, sum, count)| {
            // A mean of bytes is a byte.
            Square { mean: u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX), ..square }
        }));
    }
    (columns, all)
}

/// The squares around which most are busy, none at a side of the picture.
fn dense(busy: &[bool], columns: usize) -> Vec<bool> {
    let count = |middle: Option<usize>| {
        let from = middle.and_then(|middle| middle.checked_sub(1));
        let three = from.and_then(|from| busy.get(from..from + 3)).unwrap_or_default();
        three.iter().filter(|busy| **busy).count()
    };
    (0..busy.len())
        .map(|at| {
            let inner = at % columns > 0 && at % columns + 1 < columns;
            inner && count(at.checked_sub(columns)) + count(Some(at)) + count(Some(at + columns)) >= MOST
        })
        .collect()
}

/// The largest connected part: first column and row, last column and row.
fn largest(dense: &[bool], columns: usize) -> Option<(usize, usize, usize, usize)> {
    let mut left_over = dense.to_vec();
    let mut best: Option<(usize, (usize, usize, usize, usize))> = None;
    let mut waiting = Vec::new();
    for start in 0..dense.len() {
        let mut count = 0;
        let (mut low, mut high) = ((usize::MAX, usize::MAX), (0, 0));
        waiting.push(start);
        while let Some(at) = waiting.pop() {
            let Some(here) = left_over.get_mut(at).filter(|here| **here) else {
                continue;
            };
            *here = false;
            count += 1;
            let (column, row) = (at % columns, at / columns);
            low = (low.0.min(column), low.1.min(row));
            high = (high.0.max(column), high.1.max(row));
            // None of them touches the left or right side.
            waiting.extend([at + 1, at + columns]);
            waiting.extend([at.checked_sub(1), at.checked_sub(columns)].into_iter().flatten());
        }
        if count > best.map_or(0, |(most, _)| most) {
            best = Some((count, (low.0, low.1, high.0, high.1)));
        }
    }
    best.filter(|&(count, (left, top, right, bottom))| {
        let (width, height) = (right + 1 - left, bottom + 1 - top);
        let (short, long) = (width.min(height), width.max(height));
        // About as wide as high, and filled.
        short >= LEAST && short * 5 >= long * 3 && count * 2 >= width * height
    })
    .map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const SIZE: (usize, usize) = (640, 480);

    fn texture(luma: &[u8]) -> Texture {
        Texture::of(&Picture::new(luma, SIZE.0, SIZE.1, SIZE.0).unwrap(), (40, 220))
    }

    /// Light, with cells of `cell` pixels at random between `dark` and light in a rectangle.
    fn cells((left, top, width, height): (usize, usize, usize, usize), cell: usize, dark: u8) -> Vec<u8> {
        let mut luma = vec![220; SIZE.0 * SIZE.1];
        let drawn: Vec<bool> = Random(5).payload(SIZE.0 * SIZE.1).iter().map(|v| v % 2 == 0).collect();
        for (y, row) in luma.chunks_exact_mut(SIZE.0).skip(top).take(height).enumerate() {
            for (x, pixel) in row.iter_mut().skip(left).take(width).enumerate() {
                if drawn[y / cell * SIZE.0 + x / cell] {
                    *pixel = dark;
                }
            }
        }
        luma
    }

    #[test]
    fn a_code_is_a_place_as_large_as_it_is() {
        for (side, cell) in [(80, 2), (120, 2), (240, 3), (400, 4)] {
            let seen = texture(&cells((100, 40, side, side), cell, 40));
            let place = seen.place.unwrap_or_else(|| panic!("{side}, {cell}: {seen:?}"));
            assert!(place.width.abs_diff(side) <= 24 && place.height.abs_diff(side) <= 24, "{place:?}");
            assert!(place.left.abs_diff(100) <= 16 && place.top.abs_diff(40) <= 16, "{place:?}");
            assert!(seen.edge < 3.0 && seen.white == 0.0 && seen.washed == 0, "{seen:?}");
        }
    }

    #[test]
    fn edges_lines_of_text_noise_and_what_is_flat_are_no_place() {
        let flat = vec![128; SIZE.0 * SIZE.1];
        let edge: Vec<u8> = (0..SIZE.0 * SIZE.1).map(|at| if at % SIZE.0 < 300 { 40 } else { 220 }).collect();
        let lines = cells((20, 100, 500, 12), 3, 40);
        let noise = Random(9).payload(SIZE.0 * SIZE.1).iter().map(|v| 120 + v % 24).collect();
        for luma in [flat, edge, lines, noise] {
            assert_eq!(texture(&luma).place, None);
        }
    }

    #[test]
    fn a_glare_leaves_a_hole_and_washes_out_what_is_around_it() {
        let mut luma = cells((100, 40, 400, 400), 4, 40);
        for (y, row) in luma.chunks_exact_mut(SIZE.0).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let away = (x as f32 - 300.0).hypot(y as f32 - 240.0);
                let light = (1.0 - (away - 80.0) / 120.0).clamp(0.0, 1.0) * 220.0;
                *pixel = (f32::from(*pixel) + light).min(235.0) as u8;
            }
        }
        let seen = texture(&luma);
        assert!(seen.white > 0.05 && seen.white_all > 0.03, "{seen:?}");
        assert!(seen.washed > 10, "{seen:?}");
    }
}
