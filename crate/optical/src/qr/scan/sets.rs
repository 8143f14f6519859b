//! Which three finder patterns may belong to one symbol.

use super::finder::Finder;
use super::order::order;

/// The finder patterns of what may be a symbol.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Set {
    pub(crate) tl: Finder,
    pub(crate) tr: Finder,
    pub(crate) bl: Finder,
}

/// Finder patterns among which a symbol may be seen at so great a slant that its sides are no longer alike.
const FEW: usize = 6;
/// Greatest ratio of the sizes of the three patterns of a symbol.
const SIZES: f32 = 2.0;
/// Modules between the centres of two patterns along a side: 14 in version 1, 170 in version 40, and what a slant
/// takes away or adds.
const MODULES: core::ops::Range<f32> = 7.0..270.0;

/// How far the shape of three patterns may be from two sides of a square.
struct Slant {
    /// Cosine of the angle between the two sides, at most.
    cosine: f32,
    /// How many times as long as the other one a side is, at most.
    ratio: f32,
}

/// What it counts against three patterns that they are not alike or not the corners of a square, beside their distance.
const ODD: f32 = 8.0;

const USUAL: Slant = Slant { cosine: 0.5, ratio: 2.0 };
/// At a slant of 40 degrees or more; then the timing patterns tell which of the orders is right.
const GREAT: Slant = Slant { cosine: 0.87, ratio: 3.0 };

impl Set {
    /// Pixels a module, by the size of the patterns.
    pub(crate) fn module(&self) -> f32 {
        (self.tl.size + self.tr.size + self.bl.size) / 21.0
    }

    /// Its patterns: top left, top right, bottom left.
    pub(crate) fn all(&self) -> [Finder; 3] {
        [self.tl, self.tr, self.bl]
    }
}

/// The sets of three patterns that may be a symbol's, the likeliest first.
///
/// Large patterns are less likely to be noise than small ones. Of patterns about as large, those go first that lie near
/// each other and like the corners of a square: what lies between the codes of a poster is farther away.
pub(crate) fn sets(finders: &[Finder]) -> Vec<Set> {
    let slant = if finders.len() <= FEW { GREAT } else { USUAL };
    let mut all = Vec::new();
    for tl in finders {
        let near: Vec<&Finder> = finders.iter().filter(|other| may_be_beside(tl, other)).collect();
        for (index, one) in near.iter().enumerate() {
            for other in near.iter().skip(index + 1) {
                all.extend(set(tl, one, other, &slant));
            }
        }
    }
    let likeliest_first = order(all.iter().map(|(rank, _)| *rank));
    likeliest_first.into_iter().filter_map(|index| all.get(index).map(|(_, set)| *set)).collect()
}

fn may_be_beside(one: &Finder, other: &Finder) -> bool {
    let (small, large) = (one.size.min(other.size), one.size.max(other.size));
    let modules = (other.centre - one.centre).length() * 14.0 / (small + large);
    one != other && large <= SIZES * small && MODULES.contains(&modules)
}

/// The set of a pattern in the corner with two others, and its rank: the smaller, the likelier.
fn set(tl: &Finder, one: &Finder, other: &Finder, slant: &Slant) -> Option<(f32, Set)> {
    let (across, down) = (one.centre - tl.centre, other.centre - tl.centre);
    let (long, short) = (across.length(), down.length());
    let (long, short) = (long.max(short), long.min(short));
    let cosine = across.dot(down).abs() / (long * short);
    let smallest = tl.size.min(one.size).min(other.size);
    let largest = tl.size.max(one.size).max(other.size);
    if cosine > slant.cosine || long > slant.ratio * short || largest > SIZES * smallest {
        return None;
    }
    let (tr, bl) = if across.cross(down) > 0.0 { (*one, *other) } else { (*other, *one) };
    let odd = cosine + (long / short).ln() + (largest / smallest).ln();
    let apart = (across.length() + down.length()) / smallest;
    // Classes of size are a factor of two apart; within one, a rank stays below the next class.
    let class = -smallest.max(1.0).log2().floor();
    let rank = class * 1e4 + apart * (1.0 + ODD * odd);
    Some((rank, Set { tl: *tl, tr, bl }))
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Point;
    use super::*;

    fn finder(x: f32, y: f32, size: f32) -> Finder {
        Finder { centre: Point { x, y }, size }
    }

    #[test]
    fn a_symbol_is_the_first_set_whichever_way_it_is_turned() {
        for turn in 0..36u8 {
            let (sine, cosine) = (f32::from(turn) * 10.0_f32).to_radians().sin_cos();
            let place =
                |u: f32, v: f32| finder(300.0 + u * cosine - v * sine, 300.0 + u * sine + v * cosine, 28.0);
            let (tl, tr, bl) = (place(0.0, 0.0), place(200.0, 0.0), place(0.0, 200.0));
            for patterns in [[tl, tr, bl], [bl, tl, tr], [tr, bl, tl]] {
                assert_eq!(sets(&patterns).first(), Some(&Set { tl, tr, bl }), "{turn}");
            }
        }
    }

    #[test]
    fn patterns_of_two_symbols_are_not_mixed_and_larger_ones_go_first() {
        let symbol = |x: f32, size: f32, side: f32| {
            [finder(x, 100.0, size), finder(x + side, 100.0, size), finder(x, 100.0 + side, size)]
        };
        let all = [symbol(100.0, 30.0, 90.0), symbol(400.0, 30.0, 90.0), symbol(700.0, 70.0, 200.0)].concat();
        let sets = sets(&all);
        let corners: Vec<f32> = sets.iter().take(3).map(|set| set.tl.centre.x).collect();
        assert_eq!(corners.first(), Some(&700.0));
        assert!(corners.contains(&100.0) && corners.contains(&400.0), "{corners:?}");
    }

    #[test]
    fn at_a_great_slant_every_order_is_tried() {
        // The diagonal is shorter than a side.
        let (tl, tr, bl) =
            (finder(100.0, 100.0, 30.0), finder(400.0, 100.0, 30.0), finder(300.0, 220.0, 30.0));
        assert!(sets(&[tl, tr, bl]).contains(&Set { tl, tr, bl }));
        assert!(sets(&[tl, tr]).is_empty());
        assert!(sets(&[tl, tl, tl]).is_empty());
    }
}
