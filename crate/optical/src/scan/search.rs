//! Finder patterns in a picture, and which three of them belong together; all of it bounded.

use core::cmp::Reverse;

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets};

use super::binary::binarise;
use super::filter::View;
use super::grid::Guess;
use super::picture::{Area, Picture};
use super::read::read;
use super::{Examination, MAX_PATTERNS, MAX_SAMPLED, MAX_SETS};

/// Sets that are looked at in one view.
const SETS: usize = 24;
/// Symbols that are sampled and decoded in one view.
const SAMPLED: usize = 4;

/// Looks at a picture in one view and adds what is there to an examination.
pub(super) fn search(picture: &Picture<'_>, view: View, thorough: bool, seen: &mut Examination) {
    seen.views += 1;
    let filtered = view.of(picture);
    let Some(matrix) = binarise(filtered.as_ref().unwrap_or(picture), view.flat()) else {
        return;
    };
    let mut patterns = FindFinderPatterns(&matrix, thorough, 0);
    let count = patterns.len();
    // The largest are the least likely to be noise.
    patterns.sort_by_key(|pattern| Reverse(pattern.size));
    patterns.truncate(MAX_PATTERNS);
    if count >= seen.patterns {
        seen.patterns = count;
        seen.likely = around(picture, &patterns);
    }

    // rxing puts the set that lies closest together first, which among many small patterns (text,
    // noise) is never the code. So larger patterns go first, and rxing's order holds among equals.
    let mut sets = GenerateFinderPatternSets(&mut patterns);
    sets.sort_by_key(|set| {
        let smallest = set.bl.size.min(set.tl.size).min(set.tr.size);
        Reverse(smallest.checked_ilog2())
    });
    if let Some(set) = sets.first().filter(|_| seen.module.is_none()) {
        seen.module = Some(module(set) * picture.scale());
    }
    // What alternates most clearly between its patterns is most likely a symbol.
    let mut guesses = Vec::new();
    for set in sets.iter().take(SETS.min(MAX_SETS.saturating_sub(seen.sets_tried))) {
        seen.sets_tried += 1;
        guesses.extend(Guess::new(picture, &matrix, set).map(|guess| (set, guess)));
    }
    guesses.sort_by(|(_, one), (_, two)| two.score.total_cmp(&one.score));
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut sampled = 0;
    for (set, guess) in guesses {
        let three = [set.bl, set.tl, set.tr];
        if three.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        if sampled == SAMPLED || seen.sampled == MAX_SAMPLED {
            break;
        }
        sampled += 1;
        seen.sampled += 1;
        if let Some(found) = read(picture, guess) {
            used.extend(three);
            seen.found.push(found);
        }
    }
}

/// Pixels a module, by the size of the patterns.
fn module(set: &FinderPatternSet) -> f32 {
    (set.bl.size + set.tl.size + set.tr.size) as f32 / 21.0
}

/// The rectangle around the largest patterns, in the original picture.
fn around(picture: &Picture<'_>, patterns: &[ConcentricPattern]) -> Option<Area> {
    let points = patterns.iter().take(3).map(|pattern| picture.in_original(pattern.p));
    let size = patterns.first()?.size as f32 * picture.scale();
    Area::around(points, size / 2.0)
}
