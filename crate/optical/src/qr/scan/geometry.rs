//! Where modules lie in a picture: points, least squares, and perspective.

use std::ops::{Add, AddAssign, Div, Mul, Sub};

/// A point of a picture, or the way between two: columns to the right, rows down, in pixels. The centre of the
/// first pixel is (0.5, 0.5).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    pub(crate) fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Twice the area of the triangle that two ways span; positive where the second turns towards rows further down.
    pub(crate) fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl AddAssign for Point {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, by: f32) -> Self {
        Self { x: self.x * by, y: self.y * by }
    }
}

impl Div<f32> for Point {
    type Output = Self;

    fn div(self, by: f32) -> Self {
        Self { x: self.x / by, y: self.y / by }
    }
}

/// Solves `a x = b` for a symmetric positive `a`; nothing when it is singular.
pub(crate) fn solve<const N: usize>(a: [[f64; N]; N], b: [f64; N]) -> Option<[f64; N]> {
    let mut rows: Vec<([f64; N], f64)> = a.into_iter().zip(b).collect();
    for column in 0..N {
        let pick = |row: &([f64; N], f64)| row.0.get(column).copied().unwrap_or(0.0);
        let (best, _) = rows
            .iter()
            .enumerate()
            .skip(column)
            .max_by(|(_, one), (_, two)| pick(one).abs().total_cmp(&pick(two).abs()))?;
        rows.swap(column, best);
        let mut pivot = *rows.get(column)?;
        let scale = pick(&pivot);
        if scale.abs() < 1e-12 {
            return None;
        }
        pivot.0.iter_mut().for_each(|value| *value /= scale);
        pivot.1 /= scale;
        for (index, row) in rows.iter_mut().enumerate() {
            if index == column {
                *row = pivot;
                continue;
            }
            let factor = pick(row);
            if factor != 0.0 {
                row.0.iter_mut().zip(&pivot.0).for_each(|(value, p)| *value -= factor * p);
                row.1 -= factor * pivot.1;
            }
        }
    }
    let mut x = [0.0; N];
    x.iter_mut().zip(&rows).for_each(|(value, row)| *value = row.1);
    x.iter().all(|value| value.is_finite()).then_some(x)
}

/// Sums of a least squares problem with `N` unknowns.
#[derive(Clone)]
pub(crate) struct Normal<const N: usize> {
    /// Symmetric; only what is right of the diagonal, and on it, is kept.
    a: [[f64; N]; N],
    b: [f64; N],
}

impl<const N: usize> Normal<N> {
    pub(crate) fn new() -> Self {
        Self { a: [[0.0; N]; N], b: [0.0; N] }
    }

    /// One equation: the unknowns times `row` should be `value`.
    pub(crate) fn add(&mut self, row: &[f64; N], value: f64, weight: f64) {
        for (at, ((line, sum), &left)) in self.a.iter_mut().zip(self.b.iter_mut()).zip(row).enumerate() {
            let left = left * weight;
            if left == 0.0 {
                continue;
            }
            // The other half is the same, and made when all equations are there.
            line.iter_mut().zip(row).skip(at).for_each(|(cell, right)| *cell += left * right);
            *sum += left * value;
        }
    }

    /// Draws the unknowns towards these values.
    pub(crate) fn draw_towards(&mut self, values: &[f64; N], weight: f64) {
        for (index, ((line, sum), value)) in self.a.iter_mut().zip(self.b.iter_mut()).zip(values).enumerate()
        {
            if let Some(cell) = line.get_mut(index) {
                *cell += weight;
            }
            *sum += weight * value;
        }
    }

    pub(crate) fn solve(&self) -> Option<[f64; N]> {
        let mut whole = self.a;
        for (at, line) in self.a.iter().enumerate() {
            for (row, value) in whole.iter_mut().zip(line).skip(at + 1) {
                if let Some(cell) = row.get_mut(at) {
                    *cell = *value;
                }
            }
        }
        solve(whole, self.b)
    }
}

/// How both planes are brought near to the unit square, without which the sums lose their digits.
#[derive(Debug, Clone, Copy)]
struct Frame {
    module: f64,
    centre: Point,
    pixel: f64,
}

/// A plane seen by a camera: modules to pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Perspective {
    h: [f64; 8],
    frame: Frame,
}

impl Perspective {
    /// The pixel of a point of the symbol, in modules from its top left corner.
    #[inline]
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        let half = self.frame.module;
        let (u, v) = (f64::from(u) / half - 1.0, f64::from(v) / half - 1.0);
        let [a, b, c, d, e, f, g, h] = self.h;
        let w = g * u + h * v + 1.0;
        let (x, y) = ((a * u + b * v + c) / w, (d * u + e * v + f) / w);
        Point {
            x: (x * self.frame.pixel) as f32 + self.frame.centre.x,
            y: (y * self.frame.pixel) as f32 + self.frame.centre.y,
        }
    }
}

/// Finds a [`Perspective`] from points whose place is known in both planes.
#[derive(Clone)]
pub(crate) struct Fit {
    normal: Normal<8>,
    frame: Frame,
}

impl Fit {
    /// For a symbol of `side` modules around `centre` that is about `width` pixels wide.
    pub(crate) fn new(side: f32, centre: Point, width: f32) -> Self {
        let frame = Frame { module: f64::from(side) / 2.0, centre, pixel: f64::from(width.max(1.0)) / 2.0 };
        Self { normal: Normal::new(), frame }
    }

    pub(crate) fn add(&mut self, (u, v): (f32, f32), pixel: Point, weight: f64) {
        let half = self.frame.module;
        let (u, v) = (f64::from(u) / half - 1.0, f64::from(v) / half - 1.0);
        let x = f64::from(pixel.x - self.frame.centre.x) / self.frame.pixel;
        let y = f64::from(pixel.y - self.frame.centre.y) / self.frame.pixel;
        self.normal.add(&[u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x], x, weight);
        self.normal.add(&[0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y], y, weight);
    }

    pub(crate) fn solve(&self) -> Option<Perspective> {
        Some(Perspective { h: self.normal.solve()?, frame: self.frame })
    }
}

/// Mean length of the sides of a quadrilateral.
pub(crate) fn mean_side(corners: &[Point; 4]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(a, b)| (*b - *a).x.hypot((*b - *a).y)).sum::<f32>() / 4.0
}
