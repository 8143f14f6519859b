//! The ground: the upper edges of the picture, where no head of the right size is.

use crate::picture::{Histogram, Picture, Rgb, WIDTH, percent};

/// Columns at each side that are looked at, down to [`DOWN`].
const SIDE: usize = 14;
/// Rows from the top in which the sides are looked at: shoulders are below.
const DOWN: usize = 150;
/// Rows at the top that are looked at in their whole width.
const TOP: usize = 4;

/// What the edges show.
pub(crate) struct Ground {
    /// The colour of most of it.
    pub(crate) colour: Rgb,
    /// How far most of it is from that colour.
    pub(crate) noise: u8,
    /// White: light and without a colour, in percent of the edges.
    pub(crate) white: i32,
    /// Of its colour, in percent of the edges.
    same: i32,
    /// How often it begins or ends on the way up one side, along the top and down the other.
    changes: usize,
    /// Nearly white, in percent of the edges.
    pub(crate) near: i32,
    /// The difference between the channels of its colour.
    pub(crate) chroma: u8,
}

impl Ground {
    pub(crate) fn of(picture: &Picture) -> Self {
        let edges = edges(picture);
        let white = edges.iter().filter(|cell| is_light(**cell, 200, 28)).count();
        let near: Vec<Rgb> = edges.iter().copied().filter(|cell| is_light(*cell, 170, 44)).collect();
        // Hair that reaches an edge is not the ground, where there is enough of a ground beside it.
        let seen = if near.len() * 2 >= edges.len() { &near } else { &edges };
        let colour = [0, 1, 2].map(|channel| {
            Histogram::of(seen.iter().filter_map(|cell| cell.get(channel).copied())).percentile(50)
        });
        let noise = Histogram::of(seen.iter().map(|cell| distance(*cell, colour))).percentile(80);
        let mut ground = Self {
            colour,
            noise,
            white: percent(white, edges.len()),
            same: 0,
            changes: 0,
            near: percent(near.len(), edges.len()),
            chroma: chroma(colour),
        };
        ground.same = percent(edges.iter().filter(|cell| ground.is(**cell)).count(), edges.len());
        ground.changes = ground.changes_along(picture);
        ground
    }

    fn changes_along(&self, picture: &Picture) -> usize {
        let side = |x: usize| (TOP..DOWN).step_by(2).map(move |y| (x, y));
        let way = side(SIDE / 2).rev().chain((0..WIDTH).step_by(2).map(|x| (x, TOP / 2)));
        let way = way.chain(side(WIDTH - SIDE / 2));
        let is: Vec<bool> =
            way.filter_map(|(x, y)| picture.sample.at(x, y)).map(|cell| self.is(cell)).collect();
        is.windows(2).filter(|pair| pair.first() != pair.last()).count()
    }

    /// Whether it is of one colour, so that an outline before it can be seen: of most of the edges, or what is left of them
    /// in a few pieces beside a head that is too near.
    pub(crate) fn is_even(&self) -> bool {
        self.noise <= 28 && (self.same >= 65 || self.same >= 25 && self.changes <= 10)
    }

    /// Whether a cell has its colour, within its noise.
    pub(crate) fn is(&self, cell: Rgb) -> bool {
        distance(cell, self.colour) <= self.noise.saturating_mul(2).clamp(18, 48)
    }
}

fn edges(picture: &Picture) -> Vec<Rgb> {
    let rows = picture.sample.rows().take(DOWN).enumerate();
    let cells = rows.flat_map(|(y, row)| {
        let at_an_edge = move |x: usize| y < TOP || x < SIDE || x + SIDE >= WIDTH;
        row.iter().copied().enumerate().filter(move |(x, _)| at_an_edge(*x)).map(|(_, cell)| cell)
    });
    cells.collect()
}

/// The largest difference of a channel.
pub(crate) fn distance(a: Rgb, b: Rgb) -> u8 {
    a.into_iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

fn chroma(cell: Rgb) -> u8 {
    let (least, most) = ends(cell);
    most - least
}

fn ends([red, green, blue]: Rgb) -> (u8, u8) {
    (red.min(green).min(blue), red.max(green).max(blue))
}

/// Whether a colour is at least this light, and its channels differ by at most this much.
fn is_light(cell: Rgb, lightness: u16, most: u8) -> bool {
    let (least, greatest) = ends(cell);
    u16::from(least) + u16::from(greatest) >= lightness * 2 && greatest - least <= most
}
