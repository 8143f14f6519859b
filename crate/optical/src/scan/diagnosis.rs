//! Why a picture could not be read: what can be measured cheaply in its luma.

use super::Examination;
use super::picture::{Area, Picture};

/// Every so many rows and columns are measured.
const STEP: usize = 4;
/// Side of the squares that count for glare, in pixels.
const SQUARE: usize = 16;
/// Luma from which a pixel is saturated.
const SATURATED: u8 = 245;
/// Columns and rows of the small picture by which motion is seen.
const SMALL: (usize, usize) = (32, 18);

/// What was measured in one picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnosis {
    /// Whether a symbol was read.
    pub read: bool,
    /// Finder patterns that were seen.
    pub patterns: usize,
    /// How wide a module of the likeliest symbol is, in pixels.
    pub module: Option<f32>,
    /// How wide the sharpest edges are, in pixels, where the code is or seems to be: 1 to 2 is sharp.
    pub edge: f32,
    /// Luma that 95 % of the picture's pixels do not reach, 0 to 255.
    pub light: u8,
    /// How much darkest and lightest luma differ where the code is or seems to be, 0 to 255.
    pub contrast: u8,
    /// Share of the place of the code that is nothing but white, 0 to 1.
    pub glare: f32,
    /// How much the picture differs from the one before it, as a share of its contrast, 0 to 1; 0 for
    /// the first one.
    pub change: f32,
    small: Vec<u8>,
}

impl Diagnosis {
    pub(super) fn of(picture: &Picture<'_>, seen: &Examination, before: &Self) -> Self {
        let corners = seen.found.iter().flat_map(|f| f.corners);
        let found = Area::around(corners.map(|(x, y)| rxing::Point { x, y }), 0.0);
        let area = found.or(seen.likely).unwrap_or(Area {
            // Where a person holds a code: the middle.
            left: picture.width / 4,
            top: picture.height / 8,
            width: picture.width / 2,
            height: picture.height * 3 / 4,
        });
        let area = area.within(picture.width, picture.height, super::MIN_SIDE.max(2 * SQUARE));
        let part = picture.part(area);
        let (low, high) = part.as_ref().map_or((0, 0), |part| (percentile(part, 5), percentile(part, 95)));
        let small = small(picture);
        let (all_low, all_high) = (percentile(picture, 5), percentile(picture, 95));
        Self {
            read: !seen.found.is_empty(),
            patterns: seen.patterns,
            module: seen.found.first().map(|found| found.module).or(seen.module),
            edge: part.as_ref().map_or(0.0, |part| edge(part, high - low)),
            light: all_high,
            contrast: high - low,
            glare: part.as_ref().map_or(0.0, glare),
            change: change(&small, &before.small, all_high - all_low),
            small,
        }
    }
}

/// The luma that so many of a hundred pixels do not exceed.
fn percentile(picture: &Picture<'_>, share: usize) -> u8 {
    let mut counts = [0usize; 256];
    let mut all = 0;
    for &value in picture.rows().step_by(STEP).flat_map(|row| row.iter().step_by(STEP)) {
        if let Some(count) = counts.get_mut(usize::from(value)) {
            *count += 1;
            all += 1;
        }
    }
    let mut below = 0;
    let reached = counts.iter().position(|count| {
        below += count;
        below * 100 > all * share
    });
    reached.and_then(|value| u8::try_from(value).ok()).unwrap_or(u8::MAX)
}

/// Contrast by the steepest slopes along rows: how many pixels an edge takes.
fn edge(part: &Picture<'_>, contrast: u8) -> f32 {
    let mut slopes = [0usize; 256];
    let mut all = 0;
    for row in part.rows().step_by(STEP) {
        for (left, right) in row.iter().zip(row.iter().skip(2)) {
            if let Some(count) = slopes.get_mut(usize::from(left.abs_diff(*right))) {
                *count += 1;
                all += 1;
            }
        }
    }
    let mut above = 0;
    // The steepest two of a hundred.
    let steep = slopes.iter().rposition(|count| {
        above += count;
        above * 50 > all
    });
    // A slope is taken over two pixels.
    2.0 * f32::from(contrast) / steep.unwrap_or(0).max(1) as f32
}

/// Share of squares in which every pixel is saturated: a code has none of them inside.
fn glare(part: &Picture<'_>) -> f32 {
    let (mut white, mut all) = (0, 0);
    let rows: Vec<&[u8]> = part.rows().collect();
    for band in rows.chunks_exact(SQUARE) {
        for column in 0..part.width / SQUARE {
            let pixels = band
                .iter()
                .step_by(2)
                .flat_map(|row| row.iter().skip(column * SQUARE).take(SQUARE).step_by(2));
            all += 1;
            white += usize::from(pixels.copied().all(|value| value >= SATURATED));
        }
    }
    white as f32 / all.max(1) as f32
}

/// The picture in a few hundred squares.
fn small(picture: &Picture<'_>) -> Vec<u8> {
    let (columns, rows) = SMALL;
    let (wide, tall) = (picture.width / columns, picture.height / rows);
    let lines: Vec<&[u8]> = picture.rows().collect();
    let mut out = Vec::with_capacity(columns * rows);
    for band in lines.chunks_exact(tall.max(1)).take(rows) {
        for column in 0..columns {
            let (mut sum, mut count) = (0u32, 0u32);
            for row in band.iter().step_by(STEP) {
                for &value in row.iter().skip(column * wide).take(wide).step_by(STEP) {
                    sum += u32::from(value);
                    count += 1;
                }
            }
            out.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
        }
    }
    out
}

/// Mean difference of two small pictures, as a share of the contrast.
fn change(small: &[u8], before: &[u8], contrast: u8) -> f32 {
    if small.len() != before.len() || small.is_empty() {
        return 0.0;
    }
    let sum: u32 = small.iter().zip(before).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
    (sum as f32 / small.len() as f32 / f32::from(contrast.max(16))).min(1.0)
}
