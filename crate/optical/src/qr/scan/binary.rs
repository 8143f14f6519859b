//! Luma to black and white, by a threshold that follows the light.
//!
//! Each block of 8 x 8 pixels has a middle between its darkest and its lightest pixel, and the
//! threshold of a block is the mean of the 5 x 5 middles around it: of those blocks that hold both dark and light, and
//! where they are few, of all. A flat block says little of where dark ends: under a bright sky the dark of a screen is
//! lighter than the half of its white.

use super::picture::Picture;

/// Pixels whose darkness one word says.
const WORD: usize = 64;
/// Side of a block in pixels.
const BLOCK: usize = 8;
/// Blocks on either side whose middles are averaged.
const REACH: usize = 2;
/// This many of these blocks must contain both dark and light to be averaged alone.
const ENOUGH: u32 = 4;

/// A picture whose pixels are dark or light. No pixel is compared with its threshold before it is asked for: where
/// nothing looks like a finder pattern, a few rows are.
pub(crate) struct Binary<'a> {
    picture: &'a Picture<'a>,
    /// Blocks in a row.
    columns: usize,
    /// The lightest luma that is dark, for each block.
    thresholds: Vec<u8>,
    /// Whether light is taken for dark.
    negative: bool,
}

impl<'a> Binary<'a> {
    /// A block whose luma varies by no more than `flat` is all light or all dark.
    /// One of `every` rows of a block is measured: two find a pattern, all of them show best where its edges are.
    pub(crate) fn new(picture: &'a Picture<'a>, flat: u8, every: usize) -> Self {
        let columns = picture.width.div_ceil(BLOCK);
        let thresholds = thresholds(&middles(picture, columns, flat, every), columns);
        Self { picture, columns, thresholds, negative: false }
    }

    /// The same with light for dark.
    pub(crate) fn negative(self) -> Self {
        Self { negative: !self.negative, ..self }
    }

    pub(crate) fn width(&self) -> usize {
        self.picture.width
    }

    pub(crate) fn height(&self) -> usize {
        self.picture.height
    }

    /// Whether a pixel is dark; nothing outside of the picture.
    #[inline]
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> Option<bool> {
        let luma = self.picture.pixel(x, y)?;
        let threshold = self.thresholds.get(y / BLOCK * self.columns + x / BLOCK)?;
        Some((luma <= *threshold) != self.negative)
    }

    /// Gives the columns of a row at which light becomes dark and dark light, by turns; the row begins light and ends
    /// light.
    pub(crate) fn edges(&self, y: usize, edges: &mut Vec<u16>) {
        edges.clear();
        let (Some(row), Some(line)) =
            (self.picture.row(y), self.thresholds.chunks_exact(self.columns).nth(y / BLOCK))
        else {
            return;
        };
        let mut last = 0u64;
        let mut from = 0u16;
        for (pixels, line) in row.chunks(WORD).zip(line.chunks(WORD / BLOCK)) {
            let mut word = 0u64;
            for (index, (block, &threshold)) in pixels.chunks(BLOCK).zip(line).enumerate() {
                let byte = match block.first_chunk::<BLOCK>() {
                    Some(&eight) => not_above(eight, threshold),
                    None => block.iter().rev().fold(0, |byte, &v| byte << 1 | u8::from(v <= threshold)),
                };
                word |= u64::from(byte) << (index * BLOCK);
            }
            if self.negative {
                word = !word & u64::MAX >> (WORD - pixels.len());
            }
            // A bit for each pixel that differs from the one before it.
            let mut changes = word ^ (word << 1 | last);
            last = word >> (WORD - 1);
            while changes != 0 {
                // A picture is narrower than a u16 counts.
                edges.push(from + changes.trailing_zeros() as u16);
                changes &= changes - 1;
            }
            from += WORD as u16;
        }
        if edges.len() % 2 == 1 {
            edges.push(row.len() as u16);
        }
    }
}

/// Which of eight pixels are not above a threshold, the first one in the lowest bit.
fn not_above(pixels: [u8; BLOCK], threshold: u8) -> u8 {
    let dark = flags_not_above(u64::from_le_bytes(pixels), u64::from_le_bytes([threshold; BLOCK]));
    // Moves the eight flags side by side into the highest byte.
    ((dark >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
}

/// All bits of each byte of `v` that is not above that of `t`.
fn bytes_not_above(v: u64, t: u64) -> u64 {
    (flags_not_above(v, t) >> 7) * 0xFF
}

/// The highest bit of each byte of `v` that is not above that of `t`, all eight at once.
fn flags_not_above(v: u64, t: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Without the highest bits a difference borrows nothing from the next byte; then they decide.
    let low = (t | HIGH) - (v & !HIGH);
    ((t & !v) | (!(t ^ v) & low)) & HIGH
}

/// The middle of a block, and whether it holds both dark and light.
#[derive(Clone, Copy)]
struct Middle {
    value: u8,
    mixed: bool,
}

fn middles(picture: &Picture<'_>, columns: usize, flat: u8, every: usize) -> Vec<Middle> {
    let mut all: Vec<Middle> = Vec::with_capacity(columns * picture.height.div_ceil(BLOCK));
    let mut blocks = vec![(u64::MAX, 0u64); columns];
    let mut above: Vec<Middle> = Vec::new();
    let mut rows = picture.rows().peekable();
    while rows.peek().is_some() {
        blocks.fill((u64::MAX, 0));
        let block = rows.by_ref().take(BLOCK).enumerate();
        for row in block.filter_map(|(at, row)| at.is_multiple_of(every).then_some(row)) {
            for ((dark, light), pixels) in blocks.iter_mut().zip(row.chunks(BLOCK)) {
                let eight = pixels.first_chunk::<BLOCK>().copied().unwrap_or_else(|| {
                    // At the end of a row there may be fewer: the others are like the first.
                    let mut eight = [pixels.first().copied().unwrap_or(0); BLOCK];
                    eight.iter_mut().zip(pixels).for_each(|(out, pixel)| *out = *pixel);
                    eight
                });
                let eight = u64::from_le_bytes(eight);
                let darker = bytes_not_above(eight, *dark);
                *dark = (eight & darker) | (*dark & !darker);
                let darker = bytes_not_above(eight, *light);
                *light = (*light & darker) | (eight & !darker);
            }
        }
        let mut line = Vec::with_capacity(columns);
        let (mut left, mut corner) = (None, None);
        for (index, &(dark, light)) in blocks.iter().enumerate() {
            let dark = dark.to_le_bytes().into_iter().fold(u8::MAX, u8::min);
            let light = light.to_le_bytes().into_iter().fold(0, u8::max);
            let top = above.get(index).map(|top| top.value);
            let mixed = light - dark > flat;
            let middle = if mixed {
                dark.midpoint(light)
            } else {
                // Flat: light, unless the blocks before it say that so much luma is still dark.
                let around = match (left, top, corner) {
                    (Some(left), Some(top), Some(corner)) => {
                        Some(u8::midpoint(left, u8::midpoint(top, corner)))
                    }
                    _ => None,
                };
                around.filter(|&around| dark < around).unwrap_or(dark / 2)
            };
            line.push(Middle { value: middle, mixed });
            (left, corner) = (Some(middle), top);
        }
        all.extend_from_slice(&line);
        above = line;
    }
    all
}

/// For each block the mean of the middles around it; at an edge of those that are nearest.
fn thresholds(middles: &[Middle], columns: usize) -> Vec<u8> {
    let rows: Vec<&[Middle]> = middles.chunks_exact(columns).collect();
    let span = 2 * REACH + 1;
    let window = |at: usize, of: usize| {
        let from = at.saturating_sub(REACH).min(of.saturating_sub(span));
        (from, span.min(of - from))
    };
    let mut out = Vec::with_capacity(middles.len());
    // Of all blocks; of the mixed ones; and how many these are.
    let mut sums = vec![[0u32; 3]; columns];
    for y in 0..rows.len() {
        let (from, tall) = window(y, rows.len());
        sums.fill([0; 3]);
        for row in rows.iter().skip(from).take(tall) {
            for ([all, mixed, count], middle) in sums.iter_mut().zip(*row) {
                let (value, is_mixed) = (u32::from(middle.value), u32::from(middle.mixed));
                *all += value;
                *mixed += value * is_mixed;
                *count += is_mixed;
            }
        }
        for x in 0..columns {
            let (from, wide) = window(x, columns);
            let near = sums.iter().skip(from).take(wide);
            let [all, mixed, count] =
                near.fold([0; 3], |[a, b, c], [all, mixed, count]| [a + all, b + mixed, c + count]);
            let mean = if count >= ENOUGH { mixed / count } else { all / (wide * tall).max(1) as u32 };
            out.push(u8::try_from(mean).unwrap_or(u8::MAX));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_line_of_little_contrast_is_dark_in_whichever_row_it_is() {
        const SIDE: usize = 40;
        for line in 0..SIDE {
            let luma: Vec<u8> = (0..SIDE * SIDE).map(|at| if at / SIDE == line { 70 } else { 100 }).collect();
            let picture = Picture::new(&luma, SIDE, SIDE, SIDE).unwrap();
            let binary = Binary::new(&picture, 24, 1);
            let dark: Vec<usize> = (0..SIDE).filter(|&y| binary.is_dark(20, y) == Some(true)).collect();
            assert_eq!(dark, [line]);
        }
    }

    #[test]
    fn eight_pixels_at_once_are_as_one_by_one() {
        let mut random = Random(11);
        for _ in 0..20_000 {
            let pixels = random.next().to_le_bytes();
            let threshold = if random.below(2) == 0 { random.next() as u8 } else { pixels[random.below(8)] };
            let expected = pixels.iter().rev().fold(0u8, |byte, &v| byte << 1 | u8::from(v <= threshold));
            assert_eq!(not_above(pixels, threshold), expected, "{pixels:?} {threshold}");
        }
    }
}
