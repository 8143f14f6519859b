//! Finder patterns in a picture, and which three of them belong together; all of it bounded.

use rxing::Point;
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::qrcode::cpp_port::detector::{FinderPatternSet, GenerateFinderPatternSets};

use super::binary::binarise;
use super::filter::View;
use super::find::find;
use super::grid::Guess;
use super::order::order;
use super::picture::Picture;
use super::read::read;
use super::{Examination, Found, MAX_MODULES, MAX_PATTERNS, MAX_SAMPLED, MAX_SETS};

/// Sets that are looked at in one view.
const SETS: usize = 24;
/// Symbols that are sampled and decoded in one view in vain.
const SAMPLED: usize = 4;
/// Finder patterns among which every three are tried in every order: there may be a symbol that is seen at a slant.
const FEW: usize = 6;
/// Finder patterns that lie no further apart, in modules, are the same in another view.
const SAME: f32 = 0.3;
/// Sine of the least angle between the two sides of a symbol that meet in its first pattern: 30 degrees.
const SINE: f32 = 0.5;
/// Where the timing patterns alternate so clearly there is a symbol: what cannot be read there is torn or
/// hidden, and no other view changes that.
const CLEAR: f32 = 0.9;

/// Where finder patterns were in the picture before, and how large, in pixels of the original.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) finders: [Point; 3],
    pub(crate) size: f32,
}

/// Looks at a picture in one view and adds what is there to an examination. When that is nothing and
/// some of the `expected` patterns are there, the others are taken to be where they should be: a
/// finger or a glare may hide them.
pub(crate) fn search(
    picture: &Picture<'_>,
    view: View,
    thorough: bool,
    expected: Option<&Expected>,
    seen: &mut Examination,
) {
    seen.views += 1;
    seen.pixels += picture.width * picture.height;
    let filtered = view.of(picture);
    let Some(matrix) = binarise(filtered.as_ref().unwrap_or(picture), view.flat()) else {
        return;
    };
    let all = find(&matrix, thorough);
    seen.patterns = seen.patterns.max(all.len());
    // The largest are the least likely to be noise.
    let largest_first = order(all.iter().map(|pattern| -(pattern.size as f32)));
    let mut patterns: Vec<ConcentricPattern> =
        largest_first.into_iter().take(MAX_PATTERNS).filter_map(|index| all.get(index).copied()).collect();

    // rxing puts the set that lies closest together first, which among many small patterns (text,
    // noise) is never the code. So larger patterns go first, and rxing's order holds among equals.
    let mut sets = GenerateFinderPatternSets(&mut patterns);
    if patterns.len() <= FEW {
        let turned = turned(&patterns, &sets);
        sets.extend(turned);
    }
    let larger_first = order(sets.iter().map(|set| {
        let smallest = set.bl.size.min(set.tl.size).min(set.tr.size);
        -(smallest.checked_ilog2().unwrap_or(0) as f32)
    }));
    let mut sets = larger_first.into_iter().filter_map(|index| sets.get(index)).peekable();
    if let Some(set) = sets.peek().filter(|_| seen.module.is_none()) {
        seen.module = Some(module(set) * picture.scale());
    }
    let mut used: Vec<ConcentricPattern> = Vec::new();
    loop {
        let found = seen.found.len();
        let free = |set: &&FinderPatternSet| ![set.bl, set.tl, set.tr].iter().any(|p| used.contains(p));
        let most = SETS.min(MAX_SETS.saturating_sub(seen.sets_tried));
        let some: Vec<&FinderPatternSet> = sets.by_ref().filter(free).take(most).collect();
        used.extend(try_sets(picture, &matrix, &some, seen));
        // Codes of others that can be read must not keep this link's from being looked at.
        if seen.found.len() == found || seen.found.iter().any(Found::is_frame) {
            break;
        }
    }
    if seen.found.is_empty()
        && let Some(set) = expected.and_then(|expected| complete(picture, &patterns, expected))
        && let Some(guess) = Guess::new(picture, &matrix, &set)
    {
        attempt(picture, &set, guess, seen);
    }
}

/// Reads what is a symbol among some sets, and gives the patterns of those that were read.
fn try_sets(
    picture: &Picture<'_>,
    matrix: &BitMatrix,
    sets: &[&FinderPatternSet],
    seen: &mut Examination,
) -> Vec<ConcentricPattern> {
    let mut guesses = Vec::new();
    for &set in sets {
        seen.sets_tried += 1;
        guesses.extend(Guess::new(picture, matrix, set).map(|guess| Some((set, guess))));
    }
    // What alternates most clearly between its patterns is most likely a symbol.
    let clearest_first = order(guesses.iter().flatten().map(|(_, guess)| -guess.score));
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut in_vain = 0;
    for (set, guess) in clearest_first.into_iter().filter_map(|index| guesses.get_mut(index)?.take()) {
        let three = [set.bl, set.tl, set.tr];
        if in_vain == SAMPLED || three.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        let found = seen.found.len();
        let tried = attempt(picture, set, guess, seen);
        if seen.found.len() > found {
            used.extend(three);
        } else {
            in_vain += usize::from(tried);
        }
    }
    used
}

/// A symbol that was sampled and could not be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attempt {
    finders: [Point; 3],
    side: usize,
}

/// Samples and decodes what may be a symbol, unless that was done or would be too much work; tells
/// whether it was sampled. Modules come from the luma as it is, whatever view shows the patterns.
fn attempt(picture: &Picture<'_>, set: &FinderPatternSet, guess: Guess, seen: &mut Examination) -> bool {
    let side = guess.side();
    let finders = [set.tl, set.tr, set.bl].map(|pattern| picture.in_original(pattern.p));
    let near = module(set) * picture.scale() * SAME;
    let again = seen.failed.iter().any(|failed| {
        let same = |(one, two): (&Point, &Point)| (one.x - two.x).hypot(one.y - two.y) < near;
        failed.side == side && failed.finders.iter().zip(&finders).all(same)
    });
    if again || seen.sampled == MAX_SAMPLED || seen.modules + side * side > MAX_MODULES {
        return false;
    }
    seen.sampled += 1;
    seen.modules += side * side;
    let clear = guess.score > CLEAR;
    match read(picture, guess) {
        Some(found) => seen.found.push(found),
        None => {
            seen.failed.push(Attempt { finders, side });
            seen.torn |= clear;
        }
    }
    true
}

/// The patterns that are where they should be, with those that are not seen.
fn complete(
    picture: &Picture<'_>,
    patterns: &[ConcentricPattern],
    expected: &Expected,
) -> Option<FinderPatternSet> {
    let finders = expected.finders.map(|point| picture.of_original(point));
    let size = expected.size / picture.scale();
    let near = finders.map(|point| {
        let near = patterns.iter().filter(|pattern| {
            let way = pattern.p - point;
            way.x.hypot(way.y) < size && (0.5..2.0).contains(&(pattern.size as f32 / size))
        });
        near.copied().next()
    });
    let shifts: Vec<Point> =
        near.iter().zip(finders).filter_map(|(is, was)| Some(is.as_ref()?.p - was)).collect();
    // Three were tried already; with none, nothing says that there still is a code.
    if shifts.is_empty() || shifts.len() == 3 {
        return None;
    }
    let shift = shifts.iter().fold(Point { x: 0.0, y: 0.0 }, |sum, shift| sum + *shift) / shifts.len() as f32;
    let mut all = near
        .into_iter()
        .zip(finders)
        .map(|(is, was)| is.unwrap_or(ConcentricPattern { p: was + shift, size: size.round() as i32 }));
    let (tl, tr, bl) = (all.next()?, all.next()?, all.next()?);
    Some(FinderPatternSet { bl, tl, tr })
}

/// The sets of all patterns in every order that are not among `sets`, nor absurd. At a slant of 40 degrees or more the
/// longest way between two patterns may be a side of the symbol and no diagonal; then the timing patterns tell.
fn turned(patterns: &[ConcentricPattern], sets: &[FinderPatternSet]) -> Vec<FinderPatternSet> {
    let mut turned = Vec::new();
    for (at, tl) in patterns.iter().enumerate() {
        for (index, one) in patterns.iter().enumerate() {
            for other in patterns.iter().skip(index + 1) {
                let (across, down) = (one.p - tl.p, other.p - tl.p);
                let (long, short) = (across.x.hypot(across.y), down.x.hypot(down.y));
                let sine = (across.x * down.y - across.y * down.x) / (long * short).max(1.0);
                let sizes = [tl.size, one.size, other.size];
                let (least, most) = (sizes.iter().min(), sizes.iter().max());
                let alike = least.zip(most).is_some_and(|(least, most)| *most <= 2 * *least);
                if at == index || sine.abs() < SINE || long > 3.0 * short || short > 3.0 * long || !alike {
                    continue;
                }
                let (tr, bl) = if sine > 0.0 { (*one, *other) } else { (*other, *one) };
                let known = |set: &FinderPatternSet| set.tl == *tl && set.tr == tr && set.bl == bl;
                if !sets.iter().any(known) {
                    turned.push(FinderPatternSet { bl, tl: *tl, tr });
                }
            }
        }
    }
    turned
}

/// Pixels a module, by the size of the patterns.
fn module(set: &FinderPatternSet) -> f32 {
    (set.bl.size + set.tl.size + set.tr.size) as f32 / 21.0
}
