//! The shape of a finder pattern (ISO/IEC 18004, 6.3.3): three squares around one centre, whose sides have 3, 5 and 7
//! modules.
//!
//! Whatever direction a line has that goes through the centre, it meets 1 dark, 1 light, 3 dark, 1 light and 1 dark
//! module, as long as perspective changes little within one pattern. So a place is a finder pattern when the lines in
//! four directions say so, and the lines in many directions give its outline.

use super::binary::Binary;
use super::geometry::Point;

/// A finder pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finder {
    pub(crate) centre: Point,
    /// How wide its seven modules are, in pixels.
    pub(crate) size: f32,
}

/// Directions in which the outline is looked for, in a whole turn.
const RAYS: usize = 48;
/// Rays between two corners of a side that are not counted, next to each of the corners: they may be of the other side.
const BESIDE: usize = 2;
/// Pixels from which on a pattern is wide enough for lines in more directions than four.
const FINE: usize = 12;
/// A line through a pattern is longer than the one along its row by no more than this factor.
const LONGER: usize = 3;

/// Pixels along a line in one direction until dark becomes light, light dark, and dark light again.
#[derive(Clone, Copy)]
struct Ray([usize; 3]);

impl Ray {
    /// From a dark pixel, at most `reach` pixels far; the side of the picture ends the last dark.
    fn cast(
        binary: &Binary<'_>,
        reach: usize,
        mut step: impl FnMut(usize) -> Option<(usize, usize)>,
    ) -> Option<Self> {
        let mut ends = [0; 3];
        let mut dark = true;
        let mut found = 0;
        for at in 1..=reach {
            let here = step(at).and_then(|(x, y)| binary.is_dark(x, y));
            if here.is_none() && found < 2 {
                return None;
            }
            if here.unwrap_or(false) != dark {
                *ends.get_mut(found)? = at;
                found += 1;
                dark = !dark;
                if found == ends.len() {
                    return Some(Self(ends));
                }
            }
        }
        None
    }

    fn end(self) -> usize {
        let [.., end] = self.0;
        end
    }
}

/// A line through a pattern along whole pixels.
struct Line {
    before: Ray,
    after: Ray,
}

impl Line {
    fn through(
        binary: &Binary<'_>,
        (x, y): (usize, usize),
        (dx, dy): (isize, isize),
        reach: usize,
    ) -> Option<Self> {
        if binary.is_dark(x, y) != Some(true) {
            return None;
        }
        let cast = |dx: isize, dy: isize| {
            Ray::cast(binary, reach, |at| {
                let at = at as isize;
                Some((x.checked_add_signed(dx * at)?, y.checked_add_signed(dy * at)?))
            })
        };
        Some(Self { before: cast(-dx, -dy)?, after: cast(dx, dy)? })
    }

    /// Pixels on it from side to side.
    fn length(&self) -> usize {
        self.before.end() + self.after.end() - 1
    }

    /// How far the middle of its middle dark is from where it was taken.
    fn shift(&self) -> isize {
        let ([before, ..], [after, ..]) = (self.before.0, self.after.0);
        (after as isize - before as isize) / 2
    }

    /// Whether its parts are as those of a pattern, in so far as so few pixels can tell.
    fn is_alike(&self) -> bool {
        let (Ray([core_b, light_b, end_b]), Ray([core_a, light_a, end_a])) = (self.before, self.after);
        let core = (core_b + core_a - 1) as f32;
        let lights = [light_b - core_b, light_a - core_a].map(|pixels| pixels as f32);
        let darks = [end_b - light_b, end_a - light_a].map(|pixels| pixels as f32);
        let module = self.length() as f32 / 7.0;
        // An edge lies within one pixel; ink, blur and exposure make all of one colour wider.
        let near = |pixels: f32| (0.3 * module - 0.7..=1.9 * module + 0.7).contains(&pixels);
        (1.7 * module - 0.7..=4.3 * module + 0.7).contains(&core)
            && lights.into_iter().chain(darks).all(near)
            && core + 0.5 > darks.into_iter().fold(0.0, f32::max)
    }
}

impl Finder {
    /// The pattern whose middle is about at a pixel, and which is `width` pixels wide there.
    pub(crate) fn at(binary: &Binary<'_>, (x, y): (usize, usize), width: usize) -> Option<Self> {
        let reach = LONGER * width / 2 + 2;
        let line = |place: (usize, usize), way: (isize, isize)| {
            let line = Line::through(binary, place, way, reach)?;
            line.is_alike().then_some(line)
        };
        let y = y.checked_add_signed(line((x, y), (0, 1))?.shift())?;
        let x = x.checked_add_signed(line((x, y), (1, 0))?.shift())?;
        let [across, down, falling, rising] = [(1, 0), (0, 1), (1, 1), (1, -1)].map(|way| line((x, y), way));
        // Between these, where there are pixels enough: what has the lines of a pattern in data is no square, as a rule.
        let between = [(2, 1), (1, 2), (2, -1), (1, -2)].into_iter().filter(|_| width >= FINE);
        for way in between {
            line((x, y), way)?;
        }
        let lengths = |one: Line, other: Line| ((one.length() * other.length()) as f32).sqrt();
        // Of a square that is turned the lines along rows and columns are longer than its side.
        let upright = lengths(across?, down?);
        let turned = lengths(falling?, rising?) * std::f32::consts::SQRT_2;
        let size = upright.min(turned);
        Some(Self { centre: middle(binary, (x, y), width)?, size })
    }

    /// The middles of its four corner modules, in their order around it.
    pub(crate) fn corners(&self, binary: &Binary<'_>) -> Option<[Point; 4]> {
        let ring = self.ring(binary)?;
        let at = |index: usize| ring.get(index % RAYS).copied();
        let half = RAYS / 2;
        // Through the centre, from side to side.
        let through = |index: usize| Some(at(index)? - at(index + half)?);
        let farthest = |from: usize, to: usize, how_far: &dyn Fn(Point) -> f32| {
            let all = (from..to).filter_map(|index| Some((index, how_far(through(index)?))));
            all.max_by(|one, two| one.1.total_cmp(&two.1)).map(|(index, _)| index)
        };
        // The longest way through it is a diagonal, and the other one ends farthest from it.
        let first = farthest(0, half, &Point::length)?;
        let diagonal = through(first)?;
        let second = farthest(first + BESIDE, first + half - BESIDE, &|way| diagonal.cross(way).abs())?;
        let corners = [first, second, first + half, second + half, first + RAYS];
        let mut sides = [None; 4];
        for (side, (from, to)) in sides.iter_mut().zip(corners.iter().zip(corners.iter().skip(1))) {
            let points: Vec<Point> =
                (from + BESIDE..(to + 1).saturating_sub(BESIDE)).filter_map(at).collect();
            *side = Some(Side::along(&points)?);
        }
        let [Some(a), Some(b), Some(c), Some(d)] = sides else {
            return None;
        };
        let found = [d.crossing(&a)?, a.crossing(&b)?, b.crossing(&c)?, c.crossing(&d)?];
        let near = |corner: &Point| {
            let away = (*corner - self.centre).length();
            (0.25 * self.size..1.3 * self.size).contains(&away)
        };
        found.iter().all(near).then_some(found)
    }

    /// Points in the middle of the outer ring, one a ray.
    fn ring(&self, binary: &Binary<'_>) -> Option<Vec<Point>> {
        let reach = self.size as usize + 2;
        let rays: Vec<Option<Point>> = (0..RAYS)
            .map(|index| {
                let (sine, cosine) = (index as f32 * std::f32::consts::TAU / RAYS as f32).sin_cos();
                // One pixel further along the axis that it is nearer to.
                let step = Point { x: cosine, y: sine } / cosine.abs().max(sine.abs());
                let ray = Ray::cast(binary, reach, |at| {
                    let point = self.centre + step * at as f32;
                    (point.x >= 0.0 && point.y >= 0.0).then_some((point.x as usize, point.y as usize))
                })?;
                let [_, inner, outer] = ray.0;
                // An edge lies between the pixel where it is seen and the one before.
                Some(step * ((inner + outer) as f32 / 2.0 - 0.5))
            })
            .collect();
        // Where one side is hidden it is taken to be as the other one.
        let opposite = rays.iter().cycle().skip(RAYS / 2);
        let both = rays.iter().zip(opposite).map(|(here, there)| here.or(there.map(|there| there * -1.0)));
        both.map(|way| way.map(|way| self.centre + way)).collect()
    }
}

/// The centre of gravity of the dark square around a pixel.
fn middle(binary: &Binary<'_>, (x, y): (usize, usize), width: usize) -> Option<Point> {
    let (mut count, mut sum_x, mut sum_y) = (0usize, 0usize, 0usize);
    let mut rows = |x: usize, rows: &mut dyn Iterator<Item = usize>| {
        let mut x = x;
        for y in rows.take(width) {
            if binary.is_dark(x, y) != Some(true) {
                break;
            }
            let is_dark = |x: &usize| binary.is_dark(*x, y) == Some(true);
            let left = (x.saturating_sub(width)..x).rev().take_while(is_dark).last().unwrap_or(x);
            let right = (x..x + width).take_while(is_dark).last().unwrap_or(x);
            let wide = right + 1 - left;
            count += wide;
            sum_x += (left + right + 1) * wide;
            sum_y += (2 * y + 1) * wide;
            x = left.midpoint(right);
        }
    };
    rows(x, &mut (0..=y).rev());
    rows(x, &mut (y + 1..binary.height()));
    let mean = |sum: usize| sum as f32 / (2 * count) as f32;
    (count > 0).then(|| Point { x: mean(sum_x), y: mean(sum_y) })
}

/// A straight line.
#[derive(Clone, Copy)]
struct Side {
    point: Point,
    way: Point,
}

impl Side {
    /// The line with the least squares of distances from the points.
    fn along(points: &[Point]) -> Option<Self> {
        if points.len() < 2 {
            return None;
        }
        let sum = points.iter().fold(Point::default(), |sum, point| sum + *point);
        let point = sum / points.len() as f32;
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for off in points.iter().map(|other| *other - point) {
            xx += off.x * off.x;
            xy += off.x * off.y;
            yy += off.y * off.y;
        }
        // The direction in which they are spread most has this angle.
        let (sine, cosine) = ((2.0 * xy).atan2(xx - yy) / 2.0).sin_cos();
        Some(Self { point, way: Point { x: cosine, y: sine } })
    }

    /// Where two lines cross, unless they are nearly parallel.
    fn crossing(&self, other: &Self) -> Option<Point> {
        let area = self.way.cross(other.way);
        if area.abs() < 0.2 {
            return None;
        }
        Some(self.point + self.way * ((other.point - self.point).cross(other.way) / area))
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Picture;
    use super::*;

    /// A finder pattern whose two sides, of seven modules, are these ways, around a place.
    fn drawn(centre: Point, across: Point, down: Point) -> Vec<u8> {
        let area = across.cross(down);
        let pixels = (0..SIDE * SIDE).map(|at| {
            let way = Point { x: (at % SIDE) as f32 + 0.5, y: (at / SIDE) as f32 + 0.5 } - centre;
            let ring = (way.cross(down) / area).abs().max((across.cross(way) / area).abs()) * 7.0;
            if ring < 1.5 || (2.5..3.5).contains(&ring) { 20 } else { 230 }
        });
        pixels.collect()
    }

    const SIDE: usize = 120;

    #[test]
    fn a_pattern_is_found_turned_and_slanted_with_its_corners() {
        let centre = Point { x: 61.3, y: 58.6 };
        for turn in 0..18u8 {
            let (sine, cosine) = (f32::from(turn) * 5.0_f32).to_radians().sin_cos();
            for (wide, high) in [(14.0, 14.0), (21.0, 21.0), (49.0, 49.0), (42.0, 30.0), (24.0, 33.0)] {
                let across = Point { x: cosine, y: sine } * wide;
                let down = Point { x: -sine, y: cosine } * high;
                let luma = drawn(centre, across, down);
                let picture = Picture::new(&luma, SIDE, SIDE, SIDE).unwrap();
                let binary = Binary::new(&picture, 24, 2);
                let found = Finder::at(&binary, (61, 58), wide as usize)
                    .unwrap_or_else(|| panic!("{turn}, {wide}, {high}"));
                assert!((found.centre - centre).length() < 0.6, "{found:?}");
                assert!((found.size / f32::sqrt(wide * high) - 1.0).abs() < 0.2, "{found:?}, {wide}, {high}");
                let corners = found.corners(&binary).unwrap_or_else(|| panic!("{turn}, {wide}, {high}"));
                for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                    let corner = centre + (across * x + down * y) * (3.0 / 7.0);
                    let off = corners.iter().map(|c| (*c - corner).length()).fold(f32::MAX, f32::min);
                    assert!(off < 1.3, "{turn}, {wide}, {high}: {corner:?} {corners:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_pattern_is_none() {
        let stripes: Vec<u8> = (0..SIDE * SIDE).map(|at| if at / 4 % 2 == 0 { 20 } else { 230 }).collect();
        let square: Vec<u8> = (0..SIDE * SIDE)
            .map(|at| {
                let inside = (40..80).contains(&(at % SIDE)) && (40..80).contains(&(at / SIDE));
                if inside { 20 } else { 230 }
            })
            .collect();
        for luma in [stripes, square, vec![20; SIDE * SIDE]] {
            let picture = Picture::new(&luma, SIDE, SIDE, SIDE).unwrap();
            let binary = Binary::new(&picture, 24, 2);
            for (x, y) in (30..90).flat_map(|x| (30..90).map(move |y| (x, y))) {
                assert_eq!(Finder::at(&binary, (x, y), 40), None);
            }
        }
    }
}
