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
                let (fine, wide) = (smooth::<1>(picture), smooth::<3>(picture));
                let luma = fine.into_iter().zip(wide).map(|(fine, wide)| {
                    let sharp = 3 * i16::from(fine) - 2 * i16::from(wide);
                    u8::try_from(sharp.clamp(0, 255)).unwrap_or(0)
                });
                Some(picture.with_luma(luma.collect()))
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
        let lefts = row.iter();
        let middles = row.iter().skip(STEP);
        let rights = row.iter().skip(2 * STEP);
        let inner = across.iter_mut().skip(start + STEP);
        for (((out, &left), &middle), &right) in inner.zip(lefts).zip(middles).zip(rights) {
            *out = mean(left, middle, right);
        }
    }
    let mut out = across.clone();
    let above = across.chunks_exact(width);
    let middles = above.clone().skip(STEP);
    let below = above.clone().skip(2 * STEP);
    let inner = out.chunks_exact_mut(width).skip(STEP);
    for (((out, above), middle), below) in inner.zip(above).zip(middles).zip(below) {
        for (((out, &above), &middle), &below) in out.iter_mut().zip(above).zip(middle).zip(below) {
            *out = mean(above, middle, below);
        }
    }
    out
}

fn mean(one: u8, middle: u8, other: u8) -> u8 {
    let sum = u16::from(one) + 2 * u16::from(middle) + u16::from(other);
    // A quarter of four bytes is a byte.
    ((sum + 2) >> 2) as u8
}
