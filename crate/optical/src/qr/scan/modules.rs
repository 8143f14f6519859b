//! Luma of each module, made comparable, and freed from its neighbours' light.
//!
//! Blur and motion mix the light of neighbouring modules, and a glare or a shadow moves the level
//! that divides light from dark. So each module is compared with the mean around it, and then a
//! linear filter over its neighbours is fitted to the modules that every symbol has alike, whose
//! colour is known (an equaliser trained on known symbols, as radio receivers have it).

use super::geometry::Normal;
use super::grid::Grid;
use super::picture::Picture;
use crate::qr::layout::Layout;

/// Modules around the symbol that are sampled too: the filter needs the neighbours of the outermost.
const MARGIN: usize = 2;
/// Modules on either side over which the light is averaged.
const AROUND: usize = 7;
/// Taps of the first filter, with its constant.
const NARROW: usize = 10;
/// Taps of the second one, which has all modules to learn from.
const WIDE: usize = 26;

/// A value for each module and the margin, row by row.
pub(crate) struct Plane {
    side: usize,
    values: Vec<f32>,
}

impl Plane {
    /// The luma of each module, or nothing when a tenth of them lies outside of the picture.
    pub(crate) fn sample(picture: &Picture<'_>, layout: &Layout, grid: &Grid) -> Option<Self> {
        let side = layout.side + 2 * MARGIN;
        let mut values = Vec::with_capacity(side * side);
        let mut outside = 0;
        let mut last = 128.0;
        for y in 0..side {
            let place = |at: usize| at as f32 - MARGIN as f32 + 0.5;
            grid.row(place(y), (0..side).map(place), |point| {
                match picture.at(point) {
                    Some(value) => last = value,
                    None => outside += 1,
                }
                values.push(last);
            });
        }
        (outside * 10 < side * side).then_some(Self { side, values })
    }

    /// The value of a module of the symbol.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.values.get((y + MARGIN) * self.side + x + MARGIN).copied().unwrap_or(0.0)
    }

    /// Luma to distance from the mean around, in units of the spread around: light is positive.
    pub(crate) fn levelled(&self) -> Self {
        let squares: Vec<f32> = self.values.iter().map(|v| v * v).collect();
        let count = self.values.len().max(1) as f32;
        let total = self.values.iter().sum::<f32>() / count;
        let spread = (squares.iter().sum::<f32>() / count - total * total).max(1.0).sqrt();
        let means = box_means(&self.values, self.side);
        let squares = box_means(&squares, self.side);
        let values = self.values.iter().zip(means).zip(squares).map(|((v, mean), square)| {
            // Where there is little contrast the values stay small, so that they count as doubtful.
            let around = (square - mean * mean).max(0.0).sqrt().max(spread * 0.2);
            (v - mean) / around
        });
        Self { side: self.side, values: values.collect() }
    }

    /// Positive for dark: a filter that is fitted to the modules that are known.
    pub(crate) fn equalised(&self, known: &[(usize, usize, bool)]) -> Option<Self> {
        let mut normal = Normal::<NARROW>::new();
        for &(x, y, dark) in known {
            let row = self.neighbours::<NARROW, 1>(x + MARGIN, y + MARGIN);
            normal.add(&row.map(f64::from), if dark { 1.0 } else { -1.0 }, 1.0);
        }
        let mut start = [0.0; NARROW];
        if let Some(centre) = start.get_mut(4) {
            *centre = -1.0;
        }
        normal.draw_towards(&start, known.len() as f64 * 0.02);
        Some(self.filtered::<NARROW, 1>(&normal.solve()?))
    }

    /// The same with a wider filter, fitted to what `first` made of all modules of which it is sure.
    pub(crate) fn equalised_again(&self, first: &Self) -> Option<Self> {
        let mut normal = Normal::<WIDE>::new();
        let inner = MARGIN..self.side - MARGIN;
        for y in inner.clone() {
            for x in inner.clone() {
                // One in six is enough to learn from.
                if (x + y * 2) % 6 != 0 {
                    continue;
                }
                let value = first.values.get(y * self.side + x).copied().unwrap_or(0.0);
                if value.abs() > 0.3 {
                    let row = self.neighbours::<WIDE, 2>(x, y);
                    normal.add(&row.map(f64::from), f64::from(value.signum()), 1.0);
                }
            }
        }
        let mut start = [0.0; WIDE];
        if let Some(centre) = start.get_mut(12) {
            *centre = -1.0;
        }
        normal.draw_towards(&start, (self.side * self.side) as f64 * 0.001);
        Some(self.filtered::<WIDE, 2>(&normal.solve()?))
    }

    /// Moved so that nothing divides dark from light: into the widest gap near the median, since a mask
    /// makes half of all modules dark. Where the next frame shines through, the mean is no middle.
    pub(crate) fn centred(&self, layout: &Layout) -> Self {
        let cells = (0..layout.side).flat_map(|y| (0..layout.side).map(move |x| (x, y)));
        let data = cells.filter(|&(x, y)| layout.is_data(x, y));
        let mut values: Vec<f32> = data.map(|(x, y)| self.at(x, y)).collect();
        let (from, to) = (values.len() * 45 / 100, values.len() * 55 / 100);
        // Only those near the median have to be in order.
        if from < to {
            values.select_nth_unstable_by(from, f32::total_cmp);
            if let Some(upper) = values.get_mut(from..) {
                upper.select_nth_unstable_by(to - from, f32::total_cmp);
            }
        }
        let near = values.get_mut(from..to).unwrap_or_default();
        near.sort_unstable_by(f32::total_cmp);
        let gaps = near.iter().zip(near.iter().skip(1));
        let widest = gaps.max_by(|(a, b), (c, d)| (*b - *a).total_cmp(&(*d - *c)));
        let middle = widest.map_or(0.0, |(low, high)| (low + high) / 2.0);
        Self { side: self.side, values: self.values.iter().map(|value| value - middle).collect() }
    }

    /// Dark for light.
    pub(crate) fn negative(&self) -> Self {
        Self { side: self.side, values: self.values.iter().map(|value| -value).collect() }
    }

    /// Rows for columns: a symbol that is seen in a mirror.
    pub(crate) fn transposed(&self) -> Self {
        let columns = (0..self.side).flat_map(|x| self.values.iter().skip(x).step_by(self.side));
        Self { side: self.side, values: columns.copied().collect() }
    }

    fn filtered<const N: usize, const REACH: usize>(&self, taps: &[f64; N]) -> Self {
        let taps = taps.map(|tap| tap as f32);
        let mut values = vec![0.0; self.values.len()];
        let inner = MARGIN..self.side - MARGIN;
        for y in inner.clone() {
            let line = values.iter_mut().skip(y * self.side).enumerate();
            for (x, value) in line.take(self.side - MARGIN).skip(MARGIN) {
                let row = self.neighbours::<N, REACH>(x, y);
                *value = row.iter().zip(&taps).map(|(a, b)| a * b).sum();
            }
        }
        Self { side: self.side, values }
    }

    /// The square of values around a module of the plane, row by row, and a one.
    fn neighbours<const N: usize, const REACH: usize>(&self, x: usize, y: usize) -> [f32; N] {
        let mut row = [1.0; N];
        let width = 2 * REACH + 1;
        for (line, dy) in row.chunks_exact_mut(width).zip(0..) {
            let start = (y + dy - REACH) * self.side + x - REACH;
            if let Some(values) = self.values.get(start..start + width) {
                line.copy_from_slice(values);
            }
        }
        row
    }
}

/// Mean of the square of values around each value.
fn box_means(values: &[f32], side: usize) -> Vec<f32> {
    let mut across = Vec::with_capacity(values.len());
    for row in values.chunks_exact(side) {
        sliding(row.iter().copied(), side, |sum| across.push(sum));
    }
    // The same downwards, all columns at once.
    let mut out = Vec::with_capacity(values.len());
    let (mut entering, mut leaving) = (across.chunks_exact(side), across.chunks_exact(side));
    let mut sums = vec![0.0; side];
    let mut count = 0;
    let mut enter = |sums: &mut [f32], count: &mut usize| {
        if let Some(row) = entering.next() {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            *count += 1;
        }
    };
    for _ in 0..AROUND {
        enter(&mut sums, &mut count);
    }
    for at in 0..values.len() / side.max(1) {
        enter(&mut sums, &mut count);
        if at > AROUND
            && let Some(row) = leaving.next()
        {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum -= value);
            count -= 1;
        }
        let share = 1.0 / count.max(1) as f32;
        out.extend(sums.iter().map(|sum| sum * share));
    }
    out
}

/// Means of windows over `length` values, shorter at the ends.
fn sliding(values: impl Iterator<Item = f32> + Clone, length: usize, mut take: impl FnMut(f32)) {
    let mut entering = values.clone();
    let mut leaving = values;
    let mut sum: f32 = entering.by_ref().take(AROUND).sum();
    let mut count = AROUND.min(length);
    for at in 0..length {
        if let Some(value) = entering.next() {
            sum += value;
            count += 1;
        }
        if at > AROUND
            && let Some(value) = leaving.next()
        {
            sum -= value;
            count -= 1;
        }
        take(sum / count.max(1) as f32);
    }
}
