//! Finder patterns in a picture, and which three of them belong together; all of it bounded.

use super::binary::Binary;
use super::examination::{Attempt, Examination, Found, MAX_MODULES, MAX_PATTERNS, MAX_SAMPLED, MAX_SETS};
use super::filter::View;
use super::find::find;
use super::finder::Finder;
use super::geometry::Point;
use super::grid::Guess;
use super::order::order;
use super::picture::Picture;
use super::read::read;
use super::sets::{Set, sets};

/// Sets that are looked at in one view.
const SETS: usize = 24;
/// Symbols that are sampled and decoded in one view in vain.
const SAMPLED: usize = 4;
/// Finder patterns that lie no further apart, in modules, are the same in another view.
const SAME: f32 = 0.3;
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
    // Where a code was a moment ago the picture is small, and edges count.
    let every = if expected.is_some() { 1 } else { 2 };
    let binary = Binary::new(filtered.as_ref().unwrap_or(picture), view.flat(), every);
    let all = find(&binary, thorough);
    seen.patterns = seen.patterns.max(all.len());
    // The largest are the least likely to be noise.
    let largest_first = order(all.iter().map(|finder| -finder.size));
    let finders: Vec<Finder> =
        largest_first.into_iter().take(MAX_PATTERNS).filter_map(|index| all.get(index).copied()).collect();
    let sets = sets(&finders);
    let mut sets = sets.iter().peekable();
    if let Some(set) = sets.peek().filter(|_| seen.module.is_none()) {
        seen.module = Some(set.module() * picture.scale());
    }
    let mut outlines = Outlines { binary: &binary, known: Vec::new() };
    let mut used: Vec<Finder> = Vec::new();
    loop {
        let found = seen.found.len();
        let free = |set: &&Set| !set.all().iter().any(|finder| used.contains(finder));
        let most = SETS.min((seen.times() * MAX_SETS).saturating_sub(seen.sets_tried));
        let some: Vec<&Set> = sets.by_ref().filter(free).take(most).collect();
        used.extend(try_sets(picture, &mut outlines, &some, seen));
        // Codes of others that can be read must not keep this link's from being looked at. Nor must patterns in the data of
        // large symbols, which make many sets that are none; of a camera there is a next picture.
        let may_go_on = seen.found.len() > found || (seen.still && !some.is_empty());
        if !may_go_on || seen.found.iter().any(Found::is_frame) {
            break;
        }
    }
    if seen.found.is_empty()
        && let Some(set) = expected.and_then(|expected| complete(picture, &finders, expected))
        && let Some(guess) = Guess::new(picture, &set, &outlines.of(&set))
    {
        attempt(picture, &set, guess, seen);
    }
}

/// Whether a picture shows finder patterns enough for a symbol that is light on dark.
pub(crate) fn shows_negative(picture: &Picture<'_>, seen: &mut Examination) -> bool {
    seen.views += 1;
    seen.pixels += picture.width * picture.height;
    find(&Binary::new(picture, View::Plain.flat(), 2).negative(), false).len() >= 3
}

/// The corners of finder patterns, each looked for once: among many patterns each belongs to many sets.
struct Outlines<'a> {
    binary: &'a Binary<'a>,
    known: Vec<(Finder, Option<[Point; 4]>)>,
}

impl Outlines<'_> {
    /// The corners of the patterns of a set, in their order.
    fn of(&mut self, set: &Set) -> [Option<[Point; 4]>; 3] {
        set.all().map(|finder| {
            if let Some((_, corners)) = self.known.iter().find(|(known, _)| *known == finder) {
                return *corners;
            }
            let corners = finder.corners(self.binary);
            self.known.push((finder, corners));
            corners
        })
    }
}

/// Reads what is a symbol among some sets, and gives the patterns of those that were read.
fn try_sets(
    picture: &Picture<'_>,
    outlines: &mut Outlines<'_>,
    sets: &[&Set],
    seen: &mut Examination,
) -> Vec<Finder> {
    let mut guesses = Vec::new();
    for &set in sets {
        seen.sets_tried += 1;
        guesses.extend(Guess::new(picture, set, &outlines.of(set)).map(|guess| Some((set, guess))));
    }
    // What alternates most clearly between its patterns is most likely a symbol.
    let clearest_first = order(guesses.iter().flatten().map(|(_, guess)| -guess.score));
    let mut used: Vec<Finder> = Vec::new();
    let mut in_vain = 0;
    for (set, guess) in clearest_first.into_iter().filter_map(|index| guesses.get_mut(index)?.take()) {
        let three = set.all();
        if in_vain == SAMPLED || three.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        let (found, clear) = (seen.found.len(), guess.score > CLEAR);
        let tried = attempt(picture, set, guess, seen);
        let read = seen.found.len() > found;
        // Patterns of what is a symbol for certain belong to no other one, even where it cannot be read.
        if read || clear {
            used.extend(three);
        }
        in_vain += usize::from(tried && !read);
    }
    used
}

/// Samples and decodes what may be a symbol, unless that was done or would be too much work; tells
/// whether it was sampled. Modules come from the luma as it is, whatever view shows the patterns.
fn attempt(picture: &Picture<'_>, set: &Set, guess: Guess, seen: &mut Examination) -> bool {
    let side = guess.side();
    let finders = set.all().map(|finder| picture.in_original(finder.centre));
    let near = set.module() * picture.scale() * SAME;
    let again = seen.failed.iter().any(|failed| {
        let same = |(one, two): (&Point, &Point)| (*one - *two).length() < near;
        failed.side == side && failed.finders.iter().zip(&finders).all(same)
    });
    let times = seen.times();
    if again || seen.sampled >= times * MAX_SAMPLED || seen.modules + side * side > times * MAX_MODULES {
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
fn complete(picture: &Picture<'_>, finders: &[Finder], expected: &Expected) -> Option<Set> {
    let places = expected.finders.map(|point| picture.of_original(point));
    let size = expected.size / picture.scale();
    let near = places.map(|place| {
        let is_near = |finder: &&Finder| {
            (finder.centre - place).length() < size && (0.5..2.0).contains(&(finder.size / size))
        };
        finders.iter().find(is_near).copied()
    });
    let shifts: Vec<Point> =
        near.iter().zip(places).filter_map(|(is, was)| Some(is.as_ref()?.centre - was)).collect();
    // Three were tried already; with none, nothing says that there still is a code.
    if shifts.is_empty() || shifts.len() == 3 {
        return None;
    }
    let shift = shifts.iter().fold(Point::default(), |sum, shift| sum + *shift) / shifts.len() as f32;
    let mut all =
        near.into_iter().zip(places).map(|(is, was)| is.unwrap_or(Finder { centre: was + shift, size }));
    let (tl, tr, bl) = (all.next()?, all.next()?, all.next()?);
    Some(Set { tl, tr, bl })
}
