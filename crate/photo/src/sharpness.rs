//! Sharpness: what a further blur takes from the edges. It is nearly nothing where they are blurred already.
//!
//! The measure is that of Crété-Roffet and others (2007), without a reference: the differences between neighbours before
//! and after a blur of the picture. It depends neither on the brightness of a picture nor on how much is in it.

use crate::picture::{Grid, Picture, luma};

/// Neighbours on each side over which the further blur takes the mean.
const REACH: usize = 4;
/// Differences between neighbours that are noise.
const NOISE: i32 = 4;

/// Returns the sharpness of a picture in percent, or `None` if there are no edges in it.
pub(crate) fn of(picture: &Picture) -> Option<i32> {
    let across = picture.sample.map(luma);
    let down = turned(&across);
    let (first, second) = (along(&across), along(&down));
    match (first, second) {
        (Some(first), Some(second)) => Some(first.min(second)),
        (one, other) => one.or(other),
    }
}

/// The part of the differences along the rows that a blur takes away.
fn along(luma: &Grid<u8>) -> Option<i32> {
    let (mut before, mut lost) = (0_i64, 0_i64);
    for row in luma.rows() {
        let blurred = blur(row);
        let pairs = row.windows(2).zip(blurred.windows(2));
        for (sharp, soft) in pairs {
            let (sharp, soft) = (difference(sharp), difference(soft));
            if sharp > NOISE {
                before += i64::from(sharp);
                lost += i64::from((sharp - soft).max(0));
            }
        }
    }
    // About one edge in each row.
    let enough = i64::try_from(luma.height()).unwrap_or(0) * 24;
    if before < enough {
        return None;
    }
    i32::try_from(lost * 100 / before).ok()
}

fn difference(pair: &[u8]) -> i32 {
    match *pair {
        [a, b] => i32::from(a.abs_diff(b)),
        _ => 0,
    }
}

/// The mean of each value and its neighbours; the ends are repeated.
fn blur(row: &[u8]) -> Vec<u8> {
    let (first, last) = (row.first().copied().unwrap_or(0), row.last().copied().unwrap_or(0));
    let ends = |value| std::iter::repeat_n(value, REACH);
    let wide: Vec<u8> = ends(first).chain(row.iter().copied()).chain(ends(last)).collect();
    let size = 2 * REACH + 1;
    let mean = |window: &[u8]| window.iter().map(|value| usize::from(*value)).sum::<usize>() / size;
    wide.windows(size).map(|window| u8::try_from(mean(window)).unwrap_or(u8::MAX)).collect()
}

/// Rows and columns exchanged.
fn turned(grid: &Grid<u8>) -> Grid<u8> {
    let height = grid.height();
    let mut turned = Grid::new(height, grid.width, 0);
    for (y, row) in grid.rows().enumerate() {
        for (x, value) in row.iter().enumerate() {
            turned.put(y, x, *value);
        }
    }
    turned
}
