//! A picture within bounds, and its sample of the size of an archive photo.

/// Width of the sample, and of an archive photo, in pixels.
pub const WIDTH: usize = 260;
/// Height of the sample, and of an archive photo, in pixels.
pub const HEIGHT: usize = 378;
/// Most pixels of a side of a picture.
pub const SIDE_MAX: u32 = 2_048;
/// Least pixels of a side of a picture.
pub const SIDE_LEAST: u32 = 32;

/// Red, green and blue.
pub(crate) type Rgb = [u8; 3];

/// A picture that is measured: its size, and its sample.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Width of what it was made from.
    pub(crate) width: u32,
    /// Height of what it was made from.
    pub(crate) height: u32,
    pub(crate) sample: Grid<Rgb>,
}

impl Picture {
    /// Makes a picture of RGBA pixels, row by row. Transparency is not looked at.
    ///
    /// Returns `None` if a side is less than [`SIDE_LEAST`] or more than [`SIDE_MAX`], or if there are not four bytes for
    /// each pixel.
    pub fn new(rgba: &[u8], width: u32, height: u32) -> Option<Self> {
        let bounded = SIDE_LEAST..=SIDE_MAX;
        let (across, down) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        if !bounded.contains(&width) || !bounded.contains(&height) || rgba.len() != across * down * 4 {
            return None;
        }
        let rows: Vec<&[u8]> = rgba.chunks_exact(across * 4).collect();
        let mut cells = Vec::with_capacity(WIDTH * HEIGHT);
        for y in 0..HEIGHT {
            let rows = rows.get(span(y, down, HEIGHT)).unwrap_or_default();
            for x in 0..WIDTH {
                let span = span(x, across, WIDTH);
                let bytes = span.start * 4..span.end * 4;
                let pixels = rows.iter().filter_map(|row| row.get(bytes.clone()));
                cells.push(mean(pixels.flat_map(|row| row.as_chunks::<4>().0)));
            }
        }
        Some(Self { width, height, sample: Grid { width: WIDTH, cells } })
    }
}

/// The source pixels of one pixel of a side that is scaled; at least one.
fn span(at: usize, from: usize, to: usize) -> std::ops::Range<usize> {
    let start = at * from / to;
    start..((at + 1) * from / to).max(start + 1)
}

fn mean<'a>(pixels: impl Iterator<Item = &'a [u8; 4]>) -> Rgb {
    let (mut sums, mut count) = ([0_u32; 3], 0_u32);
    for [red, green, blue, _] in pixels {
        let [r, g, b] = sums;
        sums = [r + u32::from(*red), g + u32::from(*green), b + u32::from(*blue)];
        count += 1;
    }
    sums.map(|sum| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX))
}

/// Brightness of a colour, 0 to 255.
pub(crate) fn luma([red, green, blue]: Rgb) -> u8 {
    let sum = u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29;
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// Values in rows of one width. Outside of it there is nothing.
#[derive(Clone, Debug)]
pub(crate) struct Grid<T> {
    pub(crate) width: usize,
    pub(crate) cells: Vec<T>,
}

impl<T: Copy> Grid<T> {
    pub(crate) fn new(width: usize, height: usize, value: T) -> Self {
        Self { width, cells: vec![value; width * height] }
    }

    pub(crate) fn height(&self) -> usize {
        self.cells.len() / self.width.max(1)
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> Option<T> {
        self.cells.get(self.place(x, y)?).copied()
    }

    pub(crate) fn put(&mut self, x: usize, y: usize, value: T) {
        if let Some(cell) = self.place(x, y).and_then(|place| self.cells.get_mut(place)) {
            *cell = value;
        }
    }

    fn place(&self, x: usize, y: usize) -> Option<usize> {
        if x < self.width { y.checked_mul(self.width)?.checked_add(x) } else { None }
    }

    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &[T]> + ExactSizeIterator {
        self.cells.chunks_exact(self.width.max(1))
    }

    pub(crate) fn map<U>(&self, change: impl Fn(T) -> U) -> Grid<U> {
        Grid { width: self.width, cells: self.cells.iter().map(|cell| change(*cell)).collect() }
    }
}

/// How often each brightness occurs.
pub(crate) struct Histogram {
    counts: [u32; 256],
    all: u32,
}

impl Histogram {
    pub(crate) fn of(values: impl IntoIterator<Item = u8>) -> Self {
        let (mut counts, mut all) = ([0; 256], 0);
        for value in values {
            if let Some(count) = counts.get_mut(usize::from(value)) {
                *count += 1;
                all += 1;
            }
        }
        Self { counts, all }
    }

    /// Returns the value that `percent` of all are at or below.
    pub(crate) fn percentile(&self, percent: u32) -> u8 {
        let wanted = (self.all * percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (value, count) in (0..=u8::MAX).zip(self.counts) {
            seen += count;
            if seen >= wanted {
                return value;
            }
        }
        u8::MAX
    }
}

/// A part of a whole in percent.
pub(crate) fn percent(part: usize, whole: usize) -> i32 {
    i32::try_from(part * 100 / whole.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_bounds() {
        let black = |width: u32, height: u32| vec![0; (width * height * 4) as usize];
        assert!(Picture::new(&black(32, 32), 32, 32).is_some());
        assert!(Picture::new(&black(31, 40), 31, 40).is_none());
        assert!(Picture::new(&black(40, 31), 40, 31).is_none());
        assert!(Picture::new(&[], 2_049, 40).is_none());
        assert!(Picture::new(&[], u32::MAX, u32::MAX).is_none());
        assert!(Picture::new(&black(40, 40)[1..], 40, 40).is_none());
        assert!(Picture::new(&black(40, 40), 40, 41).is_none());
    }

    #[test]
    fn a_sample_is_the_mean_of_what_it_covers() {
        let mut rgba = Vec::new();
        for y in 0..756 {
            for x in 0..520 {
                let white = u8::try_from((x + y) % 2 * 200).unwrap();
                rgba.extend([white, 0, 255, 255]);
            }
        }
        let picture = Picture::new(&rgba, 520, 756).unwrap();
        assert!(picture.sample.cells.iter().all(|cell| *cell == [100, 0, 255]));
        assert_eq!(picture.sample.cells.len(), WIDTH * HEIGHT);
        // Fewer pixels than the sample has are repeated.
        let small = Picture::new(&[9, 8, 7, 255].repeat(40 * 60), 40, 60).unwrap();
        assert!(small.sample.cells.iter().all(|cell| *cell == [9, 8, 7]));
    }

    #[test]
    fn percentiles() {
        let histogram = Histogram::of(0..=99);
        assert_eq!([1, 50, 95, 100].map(|percent| histogram.percentile(percent)), [0, 49, 94, 99]);
        assert_eq!(Histogram::of([]).percentile(50), u8::MAX);
    }
}
