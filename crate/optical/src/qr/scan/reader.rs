//! A film, picture by picture: looks where the code was, and spends no more than a picture's time.
//!
//! | last time | looked at |
//! |---|---|
//! | read | the part around it, in the view that worked; then, if need be, in another, or both where finder patterns are seen |
//! | read, but no frame of this link | the same, and from time to time the whole picture instead |
//! | missed a few times | the same, and from time to time the whole picture, once |
//! | lost | the whole picture, once, as it is or in another view by turns; where finder patterns say that there is something, as it is and in another view by turns, for the first pictures in every view, and after many in another view alone every second time; from time to time as a negative |
//!
//! Most of the time a camera looks at nothing. Then three of four pictures are looked at as they are, once, which takes
//! the least time; nothing that can be read is missed by it for more than a few pictures.
//!
//! A screen in dark mode may show a code light on dark. Once one was read its place is looked at in the negative.

use super::diagnosis::Diagnosis;
use super::examination::{Examination, MAX_PIXELS, MIN_SIDE};
use super::filter::View;
use super::geometry::Point;
use super::picture::{Area, Picture};
use super::search::{Expected, search, shows_negative};

/// Misses in a row after which a code is lost.
const LOST_AFTER: usize = 8;
/// Misses in a row after which what is seen is hardly a code that can be read.
const HOPELESS_AFTER: usize = 3 * LOST_AFTER;
/// One of this many misses looks at the whole picture too.
const WHOLE_EVERY: usize = 4;
/// One of this many misses looks at the negative of the whole picture too.
const NEGATIVE_EVERY: usize = 4;
/// Pixels above which that is looked at in half of its size, so that it adds little.
const NEGATIVE_LARGE: usize = 1_000_000;
/// One of this many pictures without a find is looked at in another view.
const QUIET_EVERY: usize = 4;
/// Finder patterns that say that there is something: more of them are noise or a trap.
const SOMETHING: core::ops::Range<usize> = 2..16;
/// Pixels above which a picture is looked at in half of its size: a little more than 1920 x 1080.
const LARGE: usize = 2_100_000;
/// By how much of its size the place of a code is larger on every side when it is looked at again.
const GROWN: f32 = 0.2;

/// Reads the pictures of one film or camera, and remembers where the code was.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    place: Option<Place>,
    /// Pictures without a read, in a row.
    misses: usize,
    /// The view that worked last.
    view: View,
    /// Whether the code was light on dark.
    negative: bool,
    /// Pictures in a row of which codes were read, and none of this link.
    foreign: usize,
    diagnosis: Diagnosis,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    area: Area,
    picture: (usize, usize),
    expected: Expected,
}

impl Reader {
    /// One that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the symbols in the next picture: `height` rows of `width` bytes of luma, the starts of
    /// two rows `stride` bytes apart. Nothing for a picture out of bounds or shorter than it says.
    /// The work is bounded by [`super::MAX_PIXELS`], [`super::MAX_SETS`] and [`super::MAX_MODULES`].
    pub fn read(&mut self, luma: &[u8], width: usize, height: usize, stride: usize) -> Examination {
        let mut seen = Examination::default();
        let Some(picture) = Picture::new(luma, width, height, stride) else {
            return seen;
        };
        // A poster's code in view must not keep the reader from the one that is held beside it.
        let about = self.foreign % WHOLE_EVERY == WHOLE_EVERY - 1;
        let place = self.place.filter(|place| place.picture == (width, height) && !about);
        let expected = place.as_ref().map(|place| &place.expected);
        let turn = self.misses;
        match place.and_then(|place| picture.part(place.area)) {
            Some(part) => {
                let part = bounded(part);
                let part = if self.negative { part.negative() } else { part };
                self.look(&part, self.view, expected, &mut seen);
                let others = [self.view.other(turn), self.view.other(turn + 1)];
                // A part is small enough for every view, where there is something or was a moment ago.
                let worth = if (1..SOMETHING.end).contains(&seen.patterns) { 2 } else { 1 };
                for view in others.into_iter().take(worth) {
                    self.look(&part, view, expected, &mut seen);
                }
                if turn % WHOLE_EVERY == WHOLE_EVERY - 1 {
                    let negative = std::mem::take(&mut self.negative);
                    self.look(&bounded(picture.all()), View::Plain, None, &mut seen);
                    self.negative |= negative && seen.found.is_empty();
                }
            }
            None => {
                let picture = bounded(picture.all());
                let picture = if self.negative { picture.negative() } else { picture };
                let first = self.first_view();
                self.look(&picture, first, None, &mut seen);
                if SOMETHING.contains(&seen.patterns) {
                    for view in self.further_views(first) {
                        self.look(&picture, view, None, &mut seen);
                    }
                }
                if turn % NEGATIVE_EVERY == NEGATIVE_EVERY - 1 && !self.negative {
                    let picture = reduced(picture, NEGATIVE_LARGE);
                    if self.may_look(&picture, &seen) && shows_negative(&picture, &mut seen) {
                        self.look(&picture.negative(), View::Plain, None, &mut seen);
                        self.negative = !seen.found.is_empty();
                    }
                }
            }
        }
        self.remember(&seen, (width, height));
        self.diagnosis = Diagnosis::of(&picture, &seen, &self.diagnosis);
        seen
    }

    /// What was measured in the last picture, for a hint to the person who holds the camera.
    #[must_use]
    pub fn diagnosis(&self) -> &Diagnosis {
        &self.diagnosis
    }

    fn look(
        &mut self,
        picture: &Picture<'_>,
        view: View,
        expected: Option<&Expected>,
        seen: &mut Examination,
    ) {
        if self.may_look(picture, seen) {
            search(picture, view, false, expected, seen);
            if !seen.found.is_empty() {
                self.view = view;
            }
        }
    }

    /// Whether another look at a picture can find more, and is within the bounds.
    fn may_look(&self, picture: &Picture<'_>, seen: &Examination) -> bool {
        let fits = seen.views == 0 || seen.pixels + picture.width * picture.height <= MAX_PIXELS;
        seen.found.is_empty() && !seen.torn && fits
    }

    /// How a picture is looked at first where no code is known: mostly as it is. In the other views, which take longer,
    /// every second one where the last one held something that may be a code, else one in four.
    fn first_view(&self) -> View {
        let every = if self.diagnosis.may_hold_a_code() { 2 } else { QUIET_EVERY };
        if self.misses % every == 1 { View::Plain.other(self.misses / every) } else { View::Plain }
    }

    /// How a picture that holds something is looked at after the first view: in both others; after some misses, where what
    /// is seen may well be a code that cannot be read, in only one of them; in the end only every second picture. None of
    /// the views is left out for long.
    fn further_views(&self, first: View) -> impl Iterator<Item = View> + use<> {
        let turn = if first == View::Plain { self.misses / 2 } else { 0 };
        let count = match self.misses {
            0..LOST_AFTER => 2,
            LOST_AFTER..HOPELESS_AFTER => 1,
            _ => usize::from(first == View::Plain),
        };
        [first.other(turn), first.other(turn + 1)].into_iter().take(count)
    }

    fn remember(&mut self, seen: &Examination, picture: (usize, usize)) {
        let own = seen.found.iter().find(|found| found.is_frame());
        let foreign = seen.found.first().filter(|_| own.is_none());
        self.foreign = foreign.map_or(0, |_| self.foreign.wrapping_add(1));
        let followed = seen.found.iter().filter(|found| own.is_none() || found.is_frame());
        let corners: Vec<_> = followed.flat_map(|f| f.corners).map(|(x, y)| Point { x, y }).collect();
        if let Some(tight) = Area::around(corners.iter().copied(), 0.0)
            && let Some(found) = own.or(foreign)
        {
            let more = tight.width.max(tight.height) as f32 * GROWN;
            let expected = Expected { finders: found.finders, size: found.module * 7.0 };
            self.place = Area::around(corners.into_iter(), more).map(|area| Place {
                area: area.within(picture.0, picture.1, MIN_SIDE),
                picture,
                expected,
            });
            self.misses = 0;
        } else {
            self.misses = self.misses.saturating_add(1);
            if self.misses > LOST_AFTER {
                (self.place, self.negative) = (None, false);
            }
        }
    }
}

/// The picture, or what it is in a size that can be looked at in the time of a picture.
fn bounded(picture: Picture<'_>) -> Picture<'_> {
    reduced(picture, LARGE)
}

/// The picture, scaled down if it has more than this many pixels.
fn reduced(picture: Picture<'_>, pixels: usize) -> Picture<'_> {
    let mut picture = picture;
    while picture.width * picture.height > pixels
        && let Some(half) = picture.halved()
    {
        picture = half;
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::scan::examination::{MAX_SAMPLED, MAX_SETS};
    use crate::qr::symbol::{QUIET_ZONE, Symbol};

    const SIZE: (usize, usize) = (960, 640);

    /// A code on grey ground, its quiet zone beginning at a place.
    fn picture(bytes: &[u8], (left, top): (usize, usize), module: usize) -> Vec<u8> {
        let symbol = Symbol::encode_smallest(bytes, 25).unwrap();
        let mut luma = vec![128; SIZE.0 * SIZE.1];
        let side = (symbol.size() + 2 * QUIET_ZONE) * module;
        for (y, row) in luma.chunks_exact_mut(SIZE.0).enumerate().skip(top).take(side) {
            for (x, pixel) in row.iter_mut().enumerate().skip(left).take(side) {
                let cell = |v: usize, from: usize| ((v - from) / module).wrapping_sub(QUIET_ZONE);
                *pixel = if symbol.is_dark(cell(x, left), cell(y, top)) { 20 } else { 230 };
            }
        }
        luma
    }

    fn read(reader: &mut Reader, luma: &[u8]) -> Examination {
        let seen = reader.read(luma, SIZE.0, SIZE.1, SIZE.0);
        assert!(seen.views <= 4 && seen.pixels <= MAX_PIXELS, "{seen:?}");
        assert!(seen.sets_tried <= MAX_SETS && seen.sampled <= MAX_SAMPLED, "{seen:?}");
        seen
    }

    fn payload(seed: u8) -> Vec<u8> {
        (0..=255).map(|n: u8| n.wrapping_mul(91).wrapping_add(seed)).collect()
    }

    #[test]
    fn a_code_is_followed_and_found_again_elsewhere() {
        let mut reader = Reader::new();
        for step in 0..20usize {
            let at = (100 + step * 8, 60 + step * 3);
            let seen = read(&mut reader, &picture(&payload(step as u8), at, 4));
            assert_eq!(seen.found.first().map(|f| f.bytes.clone()), Some(payload(step as u8)));
            assert_eq!(seen.views, 1, "one look is enough, picture {step}");
            let (corner, edge) = (seen.found[0].corners[0], 4.0 * QUIET_ZONE as f32);
            assert!((corner.0 - at.0 as f32 - edge).abs() < 3.0, "in the whole picture: {corner:?}");
            assert!((seen.found[0].module - 4.0).abs() < 0.2);
        }
        // A jump to the other side: the whole picture is looked at before long.
        let far = picture(&payload(99), (640, 330), 4);
        let misses = (0..).take_while(|_| read(&mut reader, &far).found.is_empty()).count();
        assert!(misses < WHOLE_EVERY, "{misses} pictures");
    }

    #[test]
    fn a_hidden_finder_pattern_is_where_it_should_be() {
        let mut reader = Reader::new();
        let shown = picture(&payload(1), (200, 100), 4);
        assert_eq!(read(&mut reader, &shown).found.len(), 1);
        // A finger over the corner, larger than the pattern, while the hand moves a little.
        let mut hidden = picture(&payload(2), (206, 97), 4);
        let quiet = 4 * QUIET_ZONE;
        for row in hidden.chunks_exact_mut(SIZE.0).skip(97).take(quiet + 4 * 8) {
            row[200..206 + quiet + 4 * 8].fill(110);
        }
        let seen = read(&mut reader, &hidden);
        assert_eq!(seen.found.first().map(|f| f.bytes.clone()), Some(payload(2)), "{seen:?}");
        // Without what came before, it cannot be found.
        assert!(read(&mut Reader::new(), &hidden).found.is_empty());
    }

    #[test]
    fn where_nothing_is_there_one_look_is_enough() {
        let mut reader = Reader::new();
        for luma in [vec![128; SIZE.0 * SIZE.1], vec![0; SIZE.0 * SIZE.1]] {
            for _ in 0..2 * NEGATIVE_EVERY {
                let negative = reader.misses % NEGATIVE_EVERY == NEGATIVE_EVERY - 1;
                assert_eq!(read(&mut reader, &luma).views, 1 + usize::from(negative));
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_soon_looked_at_in_two_views_and_no_more() {
        // A light washes out a code up to its finder patterns.
        let mut washed = picture(&payload(6), (200, 100), 4);
        let across = (200 + 4 * (QUIET_ZONE + 9), 200 + 4 * (QUIET_ZONE + 28));
        for row in washed.chunks_exact_mut(SIZE.0) {
            row[across.0..across.1].fill(230);
        }
        let mut reader = Reader::new();
        for look in 0..HOPELESS_AFTER + 20 {
            let seen = read(&mut reader, &washed);
            let negative = usize::from(look % NEGATIVE_EVERY == NEGATIVE_EVERY - 1);
            let most = match look {
                0..LOST_AFTER => 3,
                LOST_AFTER..HOPELESS_AFTER => 2,
                _ => 2 - look % 2,
            };
            assert_eq!((seen.found.len(), seen.patterns), (0, 3));
            assert_eq!(seen.views, most + negative, "{look}: {seen:?}");
        }
        assert_eq!(read(&mut reader, &picture(&payload(7), (200, 100), 4)).found.len(), 1);
    }

    #[test]
    fn a_code_light_on_dark_is_found_and_followed() {
        let negative =
            |seed, at| picture(&payload(seed), at, 4).into_iter().map(|value| !value).collect::<Vec<_>>();
        let mut reader = Reader::new();
        let misses = (0..).take_while(|_| read(&mut reader, &negative(1, (200, 100))).found.is_empty());
        assert_eq!(misses.count(), NEGATIVE_EVERY - 1);
        for step in 2..12usize {
            let seen = read(&mut reader, &negative(step as u8, (200 + step * 6, 100)));
            assert_eq!(seen.found.first().map(|f| f.bytes.clone()), Some(payload(step as u8)));
            assert_eq!(seen.views, 1, "one look is enough, picture {step}");
        }
        // The wallet leaves dark mode: it is read again before long, and followed.
        let usual = picture(&payload(50), (200, 100), 4);
        let misses = (0..).take_while(|_| read(&mut reader, &usual).found.is_empty()).count();
        assert!(misses < WHOLE_EVERY, "{misses} pictures");
        assert_eq!(read(&mut reader, &usual).views, 1);
        let still = negative(60, (200, 100));
        assert_eq!(super::super::still::scan_still(&still, SIZE.0, SIZE.1, SIZE.0).len(), 1);
    }

    #[test]
    fn a_frame_beside_a_code_that_is_no_frame_is_found_and_followed() {
        let frame = crate::FrameSet::new(&payload(9), 200).unwrap().frame(0).unwrap();
        let poster = picture(b"https://example.org/", (40, 300), 4);
        let mut both = picture(&frame, (500, 60), 4);
        both[SIZE.0 * 300..].copy_from_slice(&poster[SIZE.0 * 300..]);
        let mut reader = Reader::new();
        (0..5).for_each(|_| assert_eq!(read(&mut reader, &poster).found.len(), 1));
        let is_frame = |seen: &Examination| seen.found.iter().any(|found| found.bytes == frame);
        assert!((0..WHOLE_EVERY).any(|_| is_frame(&read(&mut reader, &both))));
        for _ in 0..2 * WHOLE_EVERY {
            let seen = read(&mut reader, &both);
            assert!(is_frame(&seen) && seen.pixels < SIZE.0 * SIZE.1 / 2, "{seen:?}");
        }
    }

    #[test]
    fn a_mirrored_code_is_read() {
        let mut mirrored = picture(&payload(5), (200, 100), 4);
        mirrored.chunks_exact_mut(SIZE.0).for_each(<[u8]>::reverse);
        let seen = read(&mut Reader::new(), &mirrored);
        assert_eq!(seen.found.first().map(|f| f.bytes.clone()), Some(payload(5)), "{seen:?}");
    }

    #[test]
    fn a_torn_code_is_tried_once() {
        let mut reader = Reader::new();
        let (one, two) = (picture(&payload(1), (200, 100), 4), picture(&payload(2), (200, 100), 4));
        assert_eq!(read(&mut reader, &one).found.len(), 1);
        // The upper half of one and the lower half of the other.
        let half = SIZE.0 * 230;
        let torn = [&one[..half], &two[half..]].concat();
        for mut reader in [reader, Reader::new()] {
            let seen = read(&mut reader, &torn);
            assert!(seen.found.is_empty());
            assert_eq!((seen.views, seen.sampled), (1, 1), "{seen:?}");
        }
    }

    #[test]
    fn a_large_picture_is_looked_at_in_a_size_that_takes_no_longer() {
        let symbol = Symbol::encode_smallest(&payload(7), 25).unwrap();
        let (width, height, module) = (4000, 3000, 12);
        let mut luma = vec![128; width * height];
        let side = (symbol.size() + 2 * QUIET_ZONE) * module;
        for (y, row) in luma.chunks_exact_mut(width).skip(1000).take(side).enumerate() {
            for (x, pixel) in row.iter_mut().skip(1500).take(side).enumerate() {
                let cell = |v: usize| (v / module).wrapping_sub(QUIET_ZONE);
                *pixel = if symbol.is_dark(cell(x), cell(y)) { 20 } else { 230 };
            }
        }
        let mut reader = Reader::new();
        for look in 0..3 {
            let seen = reader.read(&luma, width, height, width);
            assert_eq!(seen.found.first().map(|f| f.bytes.clone()), Some(payload(7)), "{look}");
            assert!(seen.pixels < LARGE, "{seen:?}");
            let corner = seen.found[0].corners[0];
            let edge = (module * QUIET_ZONE) as f32;
            assert!((corner.0 - 1500.0 - edge).abs() < 6.0, "in the picture as it came: {corner:?}");
        }
    }

    #[test]
    fn a_picture_of_another_size_or_none_is_taken_as_it_is() {
        let mut reader = Reader::new();
        assert_eq!(read(&mut reader, &picture(&payload(3), (100, 50), 4)).found.len(), 1);
        assert_eq!(reader.read(&[], 0, 0, 0), Examination::default());
        let small = picture(&payload(4), (30, 20), 3);
        let cut: Vec<u8> =
            small.chunks_exact(SIZE.0).take(400).flat_map(|row| &row[..500]).copied().collect();
        assert_eq!(reader.read(&cut, 500, 400, 500).found.len(), 1);
    }
}
