//! Pictures made ready for finding patterns: noise taken away, or blurred edges drawn apart.
//!
//! Only the search for patterns sees them; modules are read from the luma as it came.

use super::picture::Picture;

/// How a picture is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum View {
    /// As it is.
    #[default]
    Plain,
    /// Smoothed, for noise and little light.
    Smooth,
    /// Smoothed, and then what is wide taken away, for blur and little contrast.
    Sharp,
}

impl View {
    /// In the order in which they are worth trying.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Smooth, Self::Sharp];

    /// One of the two others, by turns.
    pub(super) fn other(self, turn: usize) -> Self {
        let mut others = Self::ALL.into_iter().filter(|view| *view != self);
        others.nth(turn % 2).unwrap_or_default()
    }

    /// The picture in this view; nothing where it is the picture itself.
    pub(super) fn of(self, picture: &Picture<'_>) -> Option<Picture<'static>> {
        match self {
            Self::Plain => None,
            Self::Smooth => Some(picture.with_luma(smooth::<1>(picture))),
            Self::Sharp => {
                let (mut fine, wide) = (smooth::<1>(picture), smooth::<3>(picture));
                sharpen(&mut fine, &wide);
                Some(picture.with_luma(fine))
            }
        }
    }

    /// Luma by which a block of pixels must vary to hold both dark and light.
    pub(super) fn flat(self) -> u8 {
        match self {
            Self::Plain | Self::Sharp => 24,
            Self::Smooth => 10,
        }
    }
}

/// Each pixel becomes a quarter of those `STEP` to either side and half of itself, along both axes.
fn smooth<const STEP: usize>(picture: &Picture<'_>) -> Vec<u8> {
    let width = picture.width;
    let mut across: Vec<u8> = Vec::with_capacity(width * picture.height);
    for row in picture.rows() {
        let start = across.len();
        across.extend_from_slice(row);
        let end = across.len().saturating_sub(STEP);
        if let (Some(inner), Some(middles), Some(rights)) =
            (across.get_mut(start + STEP..end), row.get(STEP..), row.get(2 * STEP..))
        {
            mix(inner, row, middles, rights);
        }
    }
    let mut out = across.clone();
    let above = across.chunks_exact(width);
    let middles = above.clone().skip(STEP);
    let below = above.clone().skip(2 * STEP);
    let inner = out.chunks_exact_mut(width).skip(STEP);
    for (((out, above), middle), below) in inner.zip(above).zip(middles).zip(below) {
        mix(out, above, middle, below);
    }
    out
}

/// Each pixel of `out` becomes half of the middle one at its place and a quarter of the two others.
fn mix(out: &mut [u8], ones: &[u8], middles: &[u8], others: &[u8]) {
    let whole = out.len() - out.len() % EIGHT;
    let rows = eights(ones).zip(eights(middles)).zip(eights(others));
    for (out, ((one, middle), other)) in out.as_chunks_mut::<EIGHT>().0.iter_mut().zip(rows) {
        *out = mean(one, middle, other).to_le_bytes();
    }
    let rest = ones.iter().zip(middles).zip(others).skip(whole);
    for (out, ((&one, &middle), &other)) in out.iter_mut().skip(whole).zip(rest) {
        // Above the lowest byte there is nothing.
        *out = mean(one.into(), middle.into(), other.into()) as u8;
    }
}

fn eights(row: &[u8]) -> impl Iterator<Item = u64> {
    row.as_chunks::<EIGHT>().0.iter().map(|eight| u64::from_le_bytes(*eight))
}

/// Pixels that are looked at at once.
const EIGHT: usize = 8;

/// Half of the middle one and a quarter of the two others, for each of eight bytes at once.
fn mean(one: u64, middle: u64, other: u64) -> u64 {
    let half_of_difference = |a: u64, b: u64| ((a ^ b) >> 1) & 0x7F7F_7F7F_7F7F_7F7F;
    // A mean is what two have in common and half of the rest; once rounded down, once up.
    let outer = (one & other) + half_of_difference(one, other);
    (outer | middle) - half_of_difference(outer, middle)
}

/// Adds to each pixel of `fine` twice its difference from the one of `wide`, within the bounds of luma.
fn sharpen(fine: &mut [u8], wide: &[u8]) {
    let (eights, rest) = fine.as_chunks_mut::<EIGHT>();
    for (fine, wide) in eights.iter_mut().zip(self::eights(wide)) {
        let eight = u64::from_le_bytes(*fine);
        let (even, odd) =
            (sharp(eight & LANES, wide & LANES), sharp((eight >> 8) & LANES, (wide >> 8) & LANES));
        *fine = (even | (odd << 8)).to_le_bytes();
    }
    for (fine, &wide) in rest.iter_mut().zip(wide.iter().skip(eights.len() * EIGHT)) {
        // Above the lowest byte there is nothing.
        *fine = sharp(u64::from(*fine), u64::from(wide)) as u8;
    }
}

/// The low bytes of four lanes of 16 bits.
const LANES: u64 = 0x00FF_00FF_00FF_00FF;

/// Three times the one less twice the other, from 0 to 255, for each of four lanes at once.
fn sharp(fine: u64, wide: u64) -> u64 {
    const ONES: u64 = 0x0001_0001_0001_0001;
    // 512 more than that, 2 to 1277: no lane borrows from the next one.
    let sum = fine * 3 + (ONES << 9) - wide * 2;
    let positive = ((sum >> 9) | (sum >> 10)) & ONES;
    let above = (((sum >> 8) & (sum >> 9)) | (sum >> 10)) & ONES;
    ((sum & LANES) | (above * 0xFF)) & (positive * 0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn what_is_sharpened_stays_within_luma() {
        for wide in 0..=u8::MAX {
            // An odd number: eight at once, and a rest.
            let mut out: Vec<u8> = (0..=u8::MAX).chain(0..=12).collect();
            let fine = out.clone();
            sharpen(&mut out, &vec![wide; fine.len()]);
            for (fine, out) in fine.into_iter().zip(out) {
                let expected = (3 * i16::from(fine) - 2 * i16::from(wide)).clamp(0, 255);
                assert_eq!(i16::from(out), expected, "{fine} {wide}");
            }
        }
    }

    #[test]
    fn eight_pixels_at_once_are_as_one_by_one() {
        let mut random = Random(5);
        for length in 0..40 {
            let rows: [Vec<u8>; 3] = std::array::from_fn(|_| random.payload(length));
            let mut out = vec![0; length];
            mix(&mut out, &rows[0], &rows[1], &rows[2]);
            for (at, out) in out.into_iter().enumerate() {
                let [one, middle, other] = [rows[0][at], rows[1][at], rows[2][at]].map(u16::from);
                assert_eq!(
                    u16::from(out),
                    ((one + other) / 2 + middle).div_ceil(2),
                    "{one} {middle} {other}"
                );
            }
        }
    }

    #[test]
    fn a_step_is_smoothed_along_both_axes() {
        let mut luma = vec![0; 48 * 44];
        luma[20 * 48 + 30] = 160;
        let picture = Picture::new(&luma, 48, 44, 48).unwrap();
        let out = smooth::<3>(&picture);
        let at = |x: usize, y: usize| out[y * 48 + x];
        assert_eq!((at(30, 20), at(27, 20), at(30, 23), at(33, 17)), (40, 20, 20, 10));
        assert_eq!(out.iter().filter(|pixel| **pixel > 0).count(), 9);
    }
}
