//! Where each module of a symbol lies in the picture.
//!
//! Three finder patterns give a first guess of the perspective. Alignment patterns are then looked
//! for in the luma itself, the nearest to what is known first, each found one making the guess
//! better. What is left over at each of them, from a lens or a rolling shutter, is spread over the
//! modules between them.

use super::geometry::{Fit, Perspective, Point};
use super::order::order;
use super::picture::Picture;
use super::sets::Set;
use crate::qr::layout::Layout;
use crate::qr::version::Version;

/// How far from its expected place an alignment pattern is looked for, in halves of a module.
const REACH: usize = 5;
/// How far at first.
const NEAR: usize = 2;
/// Likeness from which it is not looked for any further away.
const SURE: f32 = 0.75;
/// By how much the likeness can grow between two steps of the search.
const ROUGH: f32 = 0.2;
/// Likeness from which a place counts as an alignment pattern (1 is the pattern itself).
const ALIKE: f32 = 0.6;
/// How clearly a timing pattern must alternate (1 is a clean one): what does not is no symbol.
const TIMED: f32 = 0.3;
/// How clearly, where each of its modules is compared with the two beside it: noise does so more easily.
const TIMED_BESIDE: f32 = 0.5;
/// Modules that a found pattern may lie off the perspective of all.
const STRAY: f32 = 1.5;

/// The places of all modules.
pub(crate) struct Grid {
    perspective: Perspective,
    /// Columns and rows (modules) at which `offsets` are given; empty for a flat symbol.
    nodes: Vec<f32>,
    /// Pixels to add to the perspective, row by row of nodes.
    offsets: Vec<Point>,
}

/// The three finder patterns of a symbol, with what their shape says.
struct Anchors {
    points: Vec<((f32, f32), Point)>,
    centre: Point,
    width: f32,
}

/// A symbol that three finder patterns may belong to.
pub(crate) struct Guess {
    /// How clearly its timing patterns alternate in the light of the whole symbol, at most 1: what is no symbol has
    /// little.
    pub(crate) score: f32,
    layout: Layout,
    fit: Fit,
}

impl Guess {
    /// The likeliest symbol; nothing where the timing patterns say that there is none.
    /// `corners` are those of the set's patterns, as far as they are known.
    pub(crate) fn new(picture: &Picture<'_>, set: &Set, corners: &[Option<[Point; 4]>; 3]) -> Option<Self> {
        let estimate = side(set, corners)?;
        // The timing patterns tell which of the likely sizes it is; of those that tell the same, the likeliest.
        let guesses = candidates(estimate).filter_map(|side| {
            let fit = Anchors::new(set, corners, side).fit(side);
            Some((Timing::of(picture, &fit.solve()?, side), side, fit))
        });
        let (timing, side, fit) =
            guesses.reduce(|best, next| if next.0.whole > best.0.whole { next } else { best })?;
        if timing.whole < TIMED && timing.beside < TIMED_BESIDE {
            return None;
        }
        Some(Self { score: timing.whole, layout: Layout::of(Version::of_side(side)?), fit })
    }

    /// Modules on a side.
    pub(crate) fn side(&self) -> usize {
        self.layout.side
    }

    /// The symbol and its grid.
    pub(crate) fn locate(self, picture: &Picture<'_>) -> Option<(Layout, Grid)> {
        let grid = Grid::align(picture, &self.layout, self.fit)?;
        Some((self.layout, grid))
    }
}

impl Grid {
    /// Looks for the alignment patterns and fits everything to them.
    fn align(picture: &Picture<'_>, layout: &Layout, mut fit: Fit) -> Option<Self> {
        let mut perspective = fit.solve()?;
        let far = layout.side as f32 - 3.5;
        let finders = [(3.5, 3.5), (far, 3.5), (3.5, far)];
        let places: Vec<(f32, f32)> =
            layout.alignments().map(|(x, y)| (x as f32 + 0.5, y as f32 + 0.5)).collect();
        let nearest_first = order(places.iter().map(|place| {
            let near = finders.iter().map(|f| (f.0 - place.0).hypot(f.1 - place.1));
            near.fold(f32::MAX, f32::min)
        }));
        let mut found: Vec<((f32, f32), Point)> = Vec::with_capacity(places.len());
        for place in nearest_first.into_iter().filter_map(|index| places.get(index).copied()) {
            if let Some(point) = alignment(picture, &perspective, place) {
                found.push((place, point));
                fit.add(place, point, 4.0);
                perspective = fit.solve().unwrap_or(perspective);
            }
        }
        let expected = perspective;
        let off = |(place, point): &((f32, f32), Point)| {
            let is = expected.at(place.0, place.1);
            let beside = expected.at(place.0 + 1.0, place.1);
            (is.x - point.x).hypot(is.y - point.y) / (is.x - beside.x).hypot(is.y - beside.y).max(0.1)
        };
        found.retain(|pair| off(pair) < STRAY);
        Some(Self::bent(perspective, layout, &found))
    }

    /// The perspective with the offsets of what was found.
    fn bent(perspective: Perspective, layout: &Layout, found: &[((f32, f32), Point)]) -> Self {
        let nodes: Vec<f32> = layout.centres.iter().map(|&c| c as f32 + 0.5).collect();
        if found.is_empty() || nodes.len() < 2 {
            return Self { perspective, nodes: Vec::new(), offsets: Vec::new() };
        }
        let mut offsets = Vec::with_capacity(nodes.len() * nodes.len());
        for &v in &nodes {
            for &u in &nodes {
                // What was found here, else the mean of what was found around, the nearer the more.
                let mut sum = (0.0, Point { x: 0.0, y: 0.0 });
                for &((x, y), point) in found {
                    let distance = (x - u).powi(2) + (y - v).powi(2);
                    let weight = if distance < 1.0 { 1e6 } else { 1.0 / (distance * distance) };
                    sum.0 += weight;
                    sum.1 += (point - perspective.at(x, y)) * weight;
                }
                offsets.push(sum.1 / sum.0.max(f32::MIN_POSITIVE));
            }
        }
        Self { perspective, nodes, offsets }
    }

    /// The pixels of the modules of row `v` from column `from` on, in modules.
    pub(crate) fn row(&self, v: f32, columns: impl Iterator<Item = f32>, mut take: impl FnMut(Point)) {
        let line = self.line(v);
        for u in columns {
            let mut point = self.perspective.at(u, v);
            if let Some((cell, along)) = cell(&self.nodes, u)
                && let (Some(left), Some(right)) = (line.get(cell), line.get(cell + 1))
            {
                point += *left + (*right - *left) * along;
            }
            take(point);
        }
    }

    /// The pixel of one point.
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        let mut point = Point { x: 0.0, y: 0.0 };
        self.row(v, std::iter::once(u), |at| point = at);
        point
    }

    /// The offsets of the nodes, between the rows around `v`.
    fn line(&self, v: f32) -> Vec<Point> {
        let Some((cell, along)) = cell(&self.nodes, v) else {
            return Vec::new();
        };
        let mut rows = self.offsets.chunks_exact(self.nodes.len()).skip(cell);
        let (Some(upper), Some(lower)) = (rows.next(), rows.next()) else {
            return Vec::new();
        };
        upper.iter().zip(lower).map(|(upper, lower)| *upper + (*lower - *upper) * along).collect()
    }
}

/// The nodes around a place, and how far it is between them; beyond the last ones nothing changes.
fn cell(nodes: &[f32], at: f32) -> Option<(usize, f32)> {
    let last = nodes.len().checked_sub(2)?;
    let index = nodes.iter().skip(1).take(last).filter(|&&node| node <= at).count();
    let (from, to) = (nodes.get(index)?, nodes.get(index + 1)?);
    Some((index, ((at - from) / (to - from)).clamp(0.0, 1.0)))
}

/// Modules on a side, not yet one that exists.
fn side(set: &Set, corners: &[Option<[Point; 4]>; 3]) -> Option<f32> {
    let patterns = set.all();
    // How wide a module is at a pattern along a direction: its square has six modules a side.
    let module = |index: usize, along: Point| -> Option<f32> {
        let pattern = patterns.get(index)?;
        let fallback = pattern.size / 7.0;
        let Some(square) = corners.get(index)? else {
            return Some(fallback);
        };
        let [a, b, c, d] = *square;
        let edges = [(b - a + c - d) / 12.0, (c - b + d - a) / 12.0];
        // In units of the two edges, the direction is this long.
        let [e, f] = edges;
        let area = e.x * f.y - e.y * f.x;
        if area.abs() < 0.5 {
            return Some(fallback);
        }
        let (p, q) = ((along.x * f.y - along.y * f.x) / area, (e.x * along.y - e.y * along.x) / area);
        Some(1.0 / p.hypot(q).max(1e-3))
    };
    let between = |one: usize, two: usize| -> Option<f32> {
        let way = patterns.get(two)?.centre - patterns.get(one)?.centre;
        let length = way.x.hypot(way.y);
        let along = way / length.max(1.0);
        let width = (module(one, along)? + module(two, along)?) / 2.0;
        Some(length / width.max(0.5) + 7.0)
    };
    Some((between(0, 1)? + between(0, 2)?) / 2.0)
}

/// The sizes that exist around an estimate, the likeliest first.
fn candidates(estimate: f32) -> impl Iterator<Item = usize> {
    let version = ((estimate.clamp(10.0, 200.0) - 17.0) / 4.0).round();
    [0.0, 1.0, -1.0, 2.0, -2.0].into_iter().filter_map(move |step| {
        let version = version + step;
        (1.0..=40.0).contains(&version).then(|| 17 + 4 * version as usize)
    })
}

impl Anchors {
    fn new(set: &Set, corners: &[Option<[Point; 4]>; 3], side: usize) -> Self {
        let far = side as f32 - 3.5;
        let [tl, tr, bl] = set.all().map(|finder| finder.centre);
        let places = [(3.5, 3.5), (far, 3.5), (3.5, far)];
        let across = (tr - tl) / (far - 3.5);
        let down = (bl - tl) / (far - 3.5);
        let mut points = Vec::with_capacity(15);
        for ((place, pattern), square) in places.into_iter().zip([tl, tr, bl]).zip(corners) {
            points.push((place, pattern));
            for corner in square.iter().flatten() {
                // Which corner it is shows in where it lies.
                let way = *corner - pattern;
                let area = across.x * down.y - across.y * down.x;
                let (p, q) =
                    ((way.x * down.y - way.y * down.x) / area, (across.x * way.y - across.y * way.x) / area);
                if p.abs().min(q.abs()) > 1.0 && p.abs().max(q.abs()) < 6.0 {
                    points.push(((place.0 + 3.0 * p.signum(), place.1 + 3.0 * q.signum()), *corner));
                }
            }
        }
        let width = (tr - tl).x.hypot((tr - tl).y).max((bl - tl).x.hypot((bl - tl).y));
        Self { points, centre: (tr + bl) / 2.0, width }
    }

    fn fit(&self, side: usize) -> Fit {
        let mut fit = Fit::new(side as f32, self.centre, self.width);
        for &(place, point) in &self.points {
            fit.add(place, point, 1.0);
        }
        // A weak belief that the symbol is seen from the front, for where the corners say nothing.
        if let Some(&(_, tl)) = self.points.first() {
            let far = side as f32 - 3.5;
            fit.add((far, far), self.centre * 2.0 - tl, 1e-5);
        }
        fit
    }
}

/// How clearly light and dark alternate between the finder patterns, -1 to 1.
struct Timing {
    /// Each module compared with the mean of all.
    whole: f32,
    /// Each module compared with the two beside it: a flash, a shadow or a glare may begin within the symbol.
    beside: f32,
}

impl Timing {
    fn of(picture: &Picture<'_>, perspective: &Perspective, side: usize) -> Self {
        let modules = 8..side.saturating_sub(8);
        let luma = |point: Point| picture.at(point).unwrap_or(0.0);
        let across = modules.clone().map(|at| luma(perspective.at(at as f32 + 0.5, 6.5)));
        let down = modules.map(|at| luma(perspective.at(6.5, at as f32 + 0.5)));
        let lines: [Vec<f32>; 2] = [across.collect(), down.collect()];
        let all = lines.iter().flatten();
        let mean = all.clone().sum::<f32>() / all.count().max(1) as f32;
        // The first module is dark, and the first one with a module on either side is light.
        let whole = lines.iter().map(|line| line.iter().map(|value| mean - value));
        let beside = lines
            .iter()
            .map(|line| line.array_windows().map(|[left, middle, right]| middle - (left + right) / 2.0));
        Self { whole: alternation(whole), beside: alternation(beside) }
    }
}

/// Of differences in lines, the share of those that are above and below zero by turns, less the share of the others.
fn alternation<Line: Iterator<Item = f32>>(lines: impl Iterator<Item = Line>) -> f32 {
    let signed = lines.flat_map(|line| line.zip([1.0, -1.0].into_iter().cycle()));
    let (signal, all) =
        signed.fold((0.0, 0.0), |(signal, all), (off, sign)| (signal + off * sign, all + f32::abs(off)));
    signal / all.max(1.0)
}

/// The alignment pattern near a place, by its likeness in luma: first as near as the patterns before it
/// let one expect it, then further away.
fn alignment(picture: &Picture<'_>, perspective: &Perspective, (u, v): (f32, f32)) -> Option<Point> {
    let centre = perspective.at(u, v);
    let right = perspective.at(u + 1.0, v) - centre;
    let down = perspective.at(u, v + 1.0) - centre;
    let place = |p: f32, q: f32| centre + right * p + down * q;
    let near = |reach| Patch::new(picture, reach, place).best();
    let mut best = near(NEAR);
    if best.0 < SURE {
        best = near(REACH);
    }
    if best.0 < ALIKE - ROUGH {
        return None;
    }
    let likeness = |p: f32, q: f32| {
        let steps = (-2i8..=2).map(f32::from);
        let cells = steps.clone().flat_map(|y| steps.clone().map(move |x| (x, y)));
        likeness(cells.map(|(x, y)| picture.at(place(p + x, q + y)).unwrap_or(f32::NAN)))
    };
    for step in [0.25, 0.125] {
        let (_, p, q) = best;
        for (dp, dq) in [(-step, 0.0), (step, 0.0), (0.0, -step), (0.0, step)] {
            let score = likeness(p + dp, q + dq);
            if score > best.0 {
                best = (score, p + dp, q + dq);
            }
        }
    }
    let (score, p, q) = best;
    (score > ALIKE).then(|| place(p, q))
}

/// Luma around a place, twice a module along both axes.
struct Patch {
    /// Steps of half a module that a pattern may be away.
    reach: usize,
    values: Vec<f32>,
}

impl Patch {
    /// Half the steps that a pattern is wide.
    const HALF: usize = 4;

    fn new(picture: &Picture<'_>, reach: usize, place: impl Fn(f32, f32) -> Point) -> Self {
        let half = (reach + Self::HALF) as i16;
        let steps = (-half..=half).map(|step| f32::from(step) / 2.0);
        let places = steps.clone().flat_map(|q| steps.clone().map(move |p| (p, q)));
        let values = places.map(|(p, q)| picture.at(place(p, q)).unwrap_or(f32::NAN)).collect();
        Self { reach, values }
    }

    /// Where the likeness is largest, in modules from the middle, and how large.
    fn best(&self) -> (f32, f32, f32) {
        let width = 2 * (self.reach + Self::HALF) + 1;
        let mut best = (f32::MIN, 0.0, 0.0);
        for y in 0..=2 * self.reach {
            for x in 0..=2 * self.reach {
                let rows = self.values.chunks_exact(width).skip(y).step_by(2).take(5);
                let cells = rows.flat_map(|row| row.iter().skip(x).step_by(2).take(5).copied());
                let away = |step: usize| (step as f32 - self.reach as f32) / 2.0;
                let (p, q) = (away(x), away(y));
                // Of two that are as alike, the nearer one.
                let score = likeness(cells) - 0.02 * p.hypot(q);
                if score > best.0 {
                    best = (score, p, q);
                }
            }
        }
        best
    }
}

/// Correlation of 25 modules, row by row, with an alignment pattern, -1 to 1.
fn likeness(cells: impl Iterator<Item = f32>) -> f32 {
    const LIGHT: u32 = 0b00000_01110_01010_01110_00000;
    let (mut dark, mut light, mut squares) = (0.0, 0.0, 0.0);
    for (index, value) in cells.enumerate() {
        squares += value * value;
        if LIGHT >> index & 1 == 1 { light += value } else { dark += value }
    }
    // Partly outside of the picture.
    if squares.is_nan() {
        return -1.0;
    }
    let (darks, lights) = (17.0, 8.0);
    let mean = (dark + light) / (darks + lights);
    let spread = squares / (darks + lights) - mean * mean;
    // A flat place is like nothing.
    if spread < 4.0 {
        return 0.0;
    }
    let share = f32::sqrt(darks * lights) / (darks + lights);
    (light / lights - dark / darks) * share / spread.sqrt()
}
