//! A picture within bounds, a part of it, and half of its size.

use std::borrow::Cow;

use super::examination::{MAX_SIDE, MIN_SIDE};
use super::geometry::Point;

/// A rectangle of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Area {
    /// The rectangle around points, larger by `more` on every side; it may reach out of a picture
    /// on the right and below.
    pub(crate) fn around(points: impl Iterator<Item = Point>, more: f32) -> Option<Self> {
        let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for Point { x, y } in points {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        let (left, top) = ((low.0 - more).max(0.0), (low.1 - more).max(0.0));
        let (width, height) = (high.0 + more - left, high.1 + more - top);
        // Nothing and what is no number end here; the rest fits a picture's bounds.
        (width > 0.0 && height > 0.0 && width < 1e5 && height < 1e5).then_some(Self {
            left: left as usize,
            top: top as usize,
            width: width as usize,
            height: height as usize,
        })
    }

    /// What of it lies inside a picture, at least `least` wide and high where the picture is.
    pub(crate) fn within(self, width: usize, height: usize, least: usize) -> Self {
        let fit = |from: usize, length: usize, all: usize| {
            let length = length.max(least).min(all);
            (from.min(all - length), length)
        };
        let (left, width) = fit(self.left, self.width, width);
        let (top, height) = fit(self.top, self.height, height);
        Self { left, top, width, height }
    }
}

/// Luma within bounds; knows where it lies in the picture that the camera gave.
pub(crate) struct Picture<'a> {
    luma: Cow<'a, [u8]>,
    pub(crate) width: usize,
    pub(crate) height: usize,
    stride: usize,
    /// Of the first pixel, in pixels of the original.
    origin: Point,
    /// How many pixels of the original one of these is wide.
    scale: f32,
}

impl<'a> Picture<'a> {
    /// Nothing for a picture out of bounds or shorter than it says.
    pub(crate) fn new(luma: &'a [u8], width: usize, height: usize, stride: usize) -> Option<Self> {
        let sides = MIN_SIDE..=MAX_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) || stride < width {
            return None;
        }
        let needed = stride.checked_mul(height - 1)?.checked_add(width)?;
        let luma = luma.get(..needed)?.into();
        Some(Self { luma, width, height, stride, origin: Point { x: 0.0, y: 0.0 }, scale: 1.0 })
    }

    /// The rows from the top, `width` bytes each.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.luma.chunks(self.stride).filter_map(|row| row.get(..self.width))
    }

    /// One row, `width` bytes; nothing below the last one.
    pub(crate) fn row(&self, y: usize) -> Option<&[u8]> {
        let start = y.checked_mul(self.stride)?;
        self.luma.get(start..start.checked_add(self.width)?)
    }

    /// The luma of one pixel; nothing outside of the picture.
    #[inline]
    pub(crate) fn pixel(&self, x: usize, y: usize) -> Option<u8> {
        if x < self.width { self.luma.get(y * self.stride + x).copied() } else { None }
    }

    /// All of it, without a copy.
    pub(crate) fn all(&self) -> Picture<'_> {
        let &Self { width, height, stride, origin, scale, .. } = self;
        Picture { luma: Cow::Borrowed(&self.luma), width, height, stride, origin, scale }
    }

    /// A part of it, without a copy; nothing when it is not inside or too small.
    pub(crate) fn part(&self, area: Area) -> Option<Picture<'_>> {
        let inside = area.left.checked_add(area.width)? <= self.width
            && area.top.checked_add(area.height)? <= self.height;
        if !inside || area.width < MIN_SIDE || area.height < MIN_SIDE {
            return None;
        }
        let start = area.top * self.stride + area.left;
        let length = self.stride * (area.height - 1) + area.width;
        let luma = self.luma.get(start..start + length)?;
        Some(Picture {
            luma: luma.into(),
            width: area.width,
            height: area.height,
            stride: self.stride,
            origin: self.in_original(Point { x: area.left as f32, y: area.top as f32 }),
            scale: self.scale,
        })
    }

    /// The same picture with half the side; nothing when that is too small to read.
    pub(crate) fn halved(&self) -> Option<Picture<'static>> {
        let (width, height) = (self.width / 2, self.height / 2);
        if width < 200 || height < 200 {
            return None;
        }
        let mut luma = Vec::with_capacity(width * height);
        let mut rows = self.rows();
        while let (Some(upper), Some(lower)) = (rows.next(), rows.next()) {
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            luma.extend(pairs.map(|(&[a, b], &[c, d])| {
                let sum = u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d);
                // The mean of four bytes is a byte.
                ((sum + 2) >> 2) as u8
            }));
        }
        let (origin, scale) = (self.origin, self.scale * 2.0);
        Some(Picture { luma: luma.into(), width, height, stride: width, origin, scale })
    }

    /// The same picture with light for dark.
    pub(crate) fn negative(&self) -> Picture<'static> {
        let mut luma = Vec::with_capacity(self.width * self.height);
        self.rows().for_each(|row| luma.extend_from_slice(row));
        // Eight pixels at once.
        let (eights, rest) = luma.as_chunks_mut();
        eights.iter_mut().for_each(|eight| *eight = (!u64::from_le_bytes(*eight)).to_le_bytes());
        rest.iter_mut().for_each(|value| *value = !*value);
        self.with_luma(luma)
    }

    /// Other luma for the same pixels, without gaps between its rows.
    pub(crate) fn with_luma(&self, luma: Vec<u8>) -> Picture<'static> {
        let &Self { width, height, origin, scale, .. } = self;
        Picture { luma: luma.into(), width, height, stride: width, origin, scale }
    }

    /// How many pixels of the original one of these is wide.
    pub(crate) fn scale(&self) -> f32 {
        self.scale
    }

    /// Where a point of this picture lies in the original.
    pub(crate) fn in_original(&self, point: Point) -> Point {
        Point { x: self.origin.x + point.x * self.scale, y: self.origin.y + point.y * self.scale }
    }

    /// Where a point of the original lies in this picture.
    pub(crate) fn of_original(&self, point: Point) -> Point {
        (point - self.origin) / self.scale
    }

    /// The luma at a point, between the centres of the four pixels around it; nothing outside.
    #[inline]
    pub(crate) fn at(&self, point: Point) -> Option<f32> {
        let (x, y) = (point.x - 0.5, point.y - 0.5);
        if !(x >= 0.0 && y >= 0.0) {
            return None;
        }
        let (column, row) = (x as usize, y as usize);
        if column + 1 >= self.width || row + 1 >= self.height {
            return None;
        }
        let start = row * self.stride + column;
        let (&[a, b], &[c, d]) =
            (self.luma.get(start..)?.first_chunk()?, self.luma.get(start + self.stride..)?.first_chunk()?);
        let (right, down) = (x - column as f32, y - row as f32);
        let [a, b, c, d] = [a, b, c, d].map(f32::from);
        let upper = a + (b - a) * right;
        let lower = c + (d - c) * right;
        Some(upper + (lower - upper) * down)
    }
}
