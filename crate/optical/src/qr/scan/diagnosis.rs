//! Why a picture could not be read: what can be measured cheaply in its luma.

use super::examination::Examination;
use super::picture::Picture;
use super::texture::Texture;

/// Columns of a picture that are measured, about, and as many of its rows.
const COLUMNS: usize = 320;
/// Share of a picture that a light covers, if there is one.
const WHITE: f32 = 0.03;
/// Columns and rows of the small picture by which motion is seen.
const SMALL: (usize, usize) = (32, 18);

/// What was measured in one picture. Of one that was read, only how it changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnosis {
    /// Whether a symbol was read.
    pub read: bool,
    /// Finder patterns that were seen.
    pub patterns: usize,
    /// How wide a module of the likeliest symbol is, in pixels.
    pub module: Option<f32>,
    /// How wide the place is that looks like a code by its texture, in pixels of the picture.
    pub place: Option<f32>,
    /// How many pixels an edge takes where the code seems to be: 1 to 3 is sharp.
    pub edge: f32,
    /// Luma that 95 % of the picture's pixels do not reach, 0 to 255.
    pub light: u8,
    /// Share of that place that is nothing but white, 0 to 1.
    pub glare: f32,
    /// Squares (80 along the picture's longer side) in which a light has washed out the dark modules of
    /// a code; 0 where nothing is white.
    pub washed: usize,
    /// How much the picture differs from the one before it, as a share of its contrast, 0 to 1; 0 for
    /// the first one.
    pub change: f32,
    small: Vec<u8>,
    /// What looked like a code, unless one was read.
    texture: Option<Texture>,
    /// Whether that was measured in this picture, and not in the one before it: every second time is enough.
    measured: bool,
}

impl Diagnosis {
    pub(super) fn of(picture: &Picture<'_>, seen: &Examination, before: &Self) -> Self {
        let small = small(picture);
        if !seen.found.is_empty() {
            return Self { read: true, small, ..Self::default() };
        }
        let (low, high) = range(picture);
        let known = before.texture.as_ref().filter(|_| before.measured).cloned();
        let measured = known.is_none();
        let texture = known.unwrap_or_else(|| Texture::of(picture, (low, high)));
        Self {
            read: false,
            patterns: seen.patterns,
            module: seen.module,
            place: texture.place.map(|place| place.width.max(place.height) as f32),
            edge: texture.edge,
            light: high,
            glare: texture.white,
            washed: if texture.white_all > WHITE { texture.washed } else { 0 },
            change: change(&small, &before.small, high.saturating_sub(low)),
            small,
            texture: Some(texture),
            measured,
        }
    }
}

impl Diagnosis {
    /// Whether the picture held something like a code, by its texture or its patterns.
    pub(crate) fn may_hold_a_code(&self) -> bool {
        self.read || self.place.is_some() || self.patterns > 1
    }
}

/// Returns the distance between measured rows, and columns.
fn step(picture: &Picture<'_>) -> usize {
    (picture.width / COLUMNS).max(1)
}

/// Luma that 5 % and that 95 % of the pixels do not exceed.
fn range(picture: &Picture<'_>) -> (u8, u8) {
    let mut counts = [0usize; 256];
    let mut all = 0;
    let step = step(picture);
    for &value in picture.rows().step_by(step).flat_map(|row| row.iter().step_by(step)) {
        if let Some(count) = counts.get_mut(usize::from(value)) {
            *count += 1;
            all += 1;
        }
    }
    let percentile = |share: usize| {
        let mut below = 0;
        let reached = counts.iter().position(|count| {
            below += count;
            below * 100 > all * share
        });
        reached.and_then(|value| u8::try_from(value).ok()).unwrap_or(u8::MAX)
    };
    (percentile(5), percentile(95))
}

/// The picture in a few hundred squares.
fn small(picture: &Picture<'_>) -> Vec<u8> {
    let (columns, rows) = SMALL;
    let (wide, tall) = (picture.width / columns, picture.height / rows);
    let step = step(picture);
    let lines: Vec<&[u8]> = picture.rows().collect();
    let mut out = Vec::with_capacity(columns * rows);
    for band in lines.chunks_exact(tall.max(1)).take(rows) {
        for column in 0..columns {
            let (mut sum, mut count) = (0u32, 0u32);
            for row in band.iter().step_by(step) {
                for &value in row.iter().skip(column * wide).take(wide).step_by(step) {
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
