//! Finder patterns by their cross section, 1 dark, 1 light, 3 dark, 1 light and 1 dark module; bounded.
//!
//! Rows far apart are looked at first, so that large patterns are found before small ones: those are
//! noise, or a trap, and there may be ten thousand of them.

use super::binary::Binary;
use super::finder::Finder;

/// Rows of a picture of which one is looked at, so that three modules of version 20 are seen where it
/// is a quarter of the height.
const ROWS: usize = 130;
/// Rows between two that are looked at, at least.
const SKIP: usize = 3;
/// The first round looks at one of this many rows, the next ones at the rows between.
const COARSE: usize = 4;
/// Cross sections that are looked at.
const MAX_SECTIONS: usize = 6_000;
/// Patterns that are found.
const MAX_FOUND: usize = 1_200;

/// The finder patterns of a picture, at most [`MAX_FOUND`]. `thorough`: line by line.
pub(crate) fn find(binary: &Binary<'_>, thorough: bool) -> Vec<Finder> {
    let height = binary.height();
    let skip = if thorough { SKIP } else { (height / ROWS).max(SKIP) };
    let rows = height / skip;
    let middle = COARSE / 2;
    let rounds = [(0, COARSE), (middle, COARSE), (1, middle)];
    let order = rounds.into_iter().flat_map(|(from, step)| (from..rows).step_by(step));
    let (mut found, mut sections) = (Vec::<Finder>::new(), 0);
    let mut edges = Vec::with_capacity(binary.width() / 4);
    for row in order {
        let y = row * skip + skip - 1;
        binary.edges(y, &mut edges);
        for (x, width) in cross_sections(&edges) {
            sections += 1;
            if sections > MAX_SECTIONS || found.len() == MAX_FOUND {
                return found;
            }
            let is_known = found.iter().any(|known| {
                let (dx, dy) = (known.centre.x - x as f32 - 0.5, known.centre.y - y as f32 - 0.5);
                let half = known.size / 2.0;
                dx * dx + dy * dy < half * half
            });
            if !is_known {
                found.extend(Finder::at(binary, (x, y), width));
            }
        }
    }
    found
}

/// Where a row has the cross section of a finder pattern: the pixel in its middle, and the width of all of it.
fn cross_sections(edges: &[u16]) -> impl Iterator<Item = (usize, usize)> {
    let mut index = 0;
    std::iter::from_fn(move || {
        loop {
            let &[a, b, c, d, e, f] = edges.get(index..)?.first_chunk()?;
            index += 2;
            if is_section([b - a, c - b, d - c, e - d, f - e]) {
                // The last dark of this one can be the first of the next one.
                index += 2;
                return Some((usize::from(c.midpoint(d)), usize::from(f - a)));
            }
        }
    })
}

/// Whether runs of dark and light are as those of a finder pattern. Dark and light ones are compared
/// among themselves: ink, blur and exposure make all of one kind wider.
fn is_section([first, left, middle, right, last]: [u16; 5]) -> bool {
    if middle < 3 || middle < 2 * first.max(last) || middle < left.max(right) {
        return false;
    }
    let dark = f32::from(first + middle + last) / 5.0;
    let light = f32::from(left + right) / 2.0;
    let near = |run: u16, module: f32, modules: f32, off: f32| {
        (f32::from(run) - modules * module).abs() <= module * off + 0.5
    };
    dark < 4.0 * light
        && light < 4.0 * dark
        && [(first, 1.0), (middle, 3.0), (last, 1.0)]
            .into_iter()
            .all(|(run, count)| near(run, dark, count, 0.75))
        && [left, right].into_iter().all(|run| near(run, light, 1.0, 0.34))
}

#[cfg(test)]
mod tests {
    use super::super::picture::Picture;
    use super::*;

    /// Finder patterns with their top left at these places, one module so wide.
    fn drawn((width, height): (usize, usize), patterns: &[(usize, usize, usize)]) -> Vec<u8> {
        let mut luma = vec![235; width * height];
        for &(left, top, module) in patterns {
            for (x, y) in (0..49).map(|i| (i % 7, i / 7)) {
                if x.min(6 - x).min(y.min(6 - y)) != 1 {
                    for row in 0..module {
                        let start = (top + y * module + row) * width + left + x * module;
                        luma[start..start + module].fill(16);
                    }
                }
            }
        }
        luma
    }

    fn found((width, height): (usize, usize), luma: &[u8], thorough: bool) -> Vec<Finder> {
        let picture = Picture::new(luma, width, height, width).unwrap();
        find(&Binary::new(&picture, 24, 2), thorough)
    }

    #[test]
    fn patterns_are_seenonce_each_with_their_middle() {
        let size = (320, 240);
        let places = [(20, 20, 2), (100, 40, 3), (200, 90, 6), (30, 120, 9)];
        let mut seen = found(size, &drawn(size, &places), false);
        seen.sort_by(|one, two| one.size.total_cmp(&two.size));
        assert_eq!(seen.len(), places.len(), "{seen:?}");
        for (pattern, (left, top, module)) in seen.into_iter().zip(places) {
            let half = module as f32 * 3.5;
            assert!((pattern.centre.x - left as f32 - half).abs() < 1.0, "{pattern:?}");
            assert!((pattern.centre.y - top as f32 - half).abs() < 1.0, "{pattern:?}");
            assert!((pattern.size - 7.0 * module as f32).abs() <= 2.0, "{pattern:?}");
        }
        assert!(found(size, &drawn(size, &[]), true).is_empty());
    }

    #[test]
    fn of_too_many_the_large_ones_are_found() {
        let small = (0..60 * 80).map(|i| (4 + i % 60 * 20, 4 + i / 60 * 8, 1));
        // Below all of what is more than enough.
        let large = (20, 650, 5);
        let places: Vec<_> = small.chain([large]).collect();
        let size = (1280, 720);
        let found = found(size, &drawn(size, &places), false);
        assert_eq!(found.len(), MAX_FOUND);
        assert!(found.iter().any(|pattern| pattern.size > 30.0), "not the large one");
    }

    #[test]
    fn sections_have_the_proportions_of_a_finder_pattern() {
        for (runs, is) in [
            ([4, 4, 12, 4, 4], true),
            ([2, 1, 5, 1, 2], true),
            ([3, 5, 11, 5, 3], true),
            ([4, 4, 4, 4, 4], false),
            ([8, 4, 12, 4, 8], false),
            ([4, 12, 12, 4, 4], false),
            ([4, 4, 12, 4, 12], false),
            ([1, 1, 2, 1, 1], false),
            ([40, 4, 120, 4, 40], false),
        ] {
            assert_eq!(is_section(runs), is, "{runs:?}");
        }
    }
}
