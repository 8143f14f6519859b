//! Light: whether anything is bright, whether the face is blown out, and how far dark and bright are apart.

use crate::head::Head;
use crate::picture::{HEIGHT, Histogram, Picture, WIDTH, luma, percent};

/// The brightness of a picture.
pub(crate) struct Tone {
    /// What the brightest twentieth reaches.
    pub(crate) bright: u8,
    /// Between the darkest and the brightest hundredth.
    pub(crate) contrast: u8,
    /// White without any detail, in percent of the middle of the face.
    pub(crate) blown: i32,
}

impl Tone {
    pub(crate) fn of(picture: &Picture, head: Option<&Head>) -> Self {
        let histogram = Histogram::of(picture.sample.cells.iter().map(|cell| luma(*cell)));
        Self {
            bright: histogram.percentile(95),
            contrast: histogram.percentile(99) - histogram.percentile(1),
            blown: blown(picture, head),
        }
    }
}

/// A scarf or hair is beside the middle of a face, and so is the ground.
fn blown(picture: &Picture, head: Option<&Head>) -> i32 {
    let (middle, top, size) = match head {
        Some(head) => (head.middle(), head.top, head.height()),
        None => (WIDTH / 2, HEIGHT / 10, HEIGHT / 2),
    };
    let rows = picture.sample.rows().skip(top + size * 2 / 5).take(size * 2 / 5);
    let (left, across) = (middle.saturating_sub(size / 8), size / 4);
    let cells = rows.flat_map(|row| row.iter().skip(left).take(across));
    let (mut all, mut white) = (0, 0);
    for cell in cells {
        all += 1;
        white += usize::from(cell.iter().all(|channel| *channel >= 252));
    }
    percent(white, all)
}
