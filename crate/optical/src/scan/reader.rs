//! A film, picture by picture: looks where the code was, and spends no more than a picture's time.
//!
//! | last time | looked at |
//! |---|---|
//! | read | the part around it, in the view that worked; then, if need be, in another one |
//! | missed a few times | the same, and from time to time the whole picture |
//! | lost | the whole picture, once; twice where finder patterns say that there is something |

use super::filter::View;
use super::picture::{Area, Picture};
use super::search::search;
use super::{Diagnosis, Examination, MIN_SIDE};

/// Misses in a row after which a code is lost.
const LOST_AFTER: usize = 8;
/// One in so many misses looks at the whole picture too.
const WHOLE_EVERY: usize = 4;
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
    diagnosis: Diagnosis,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    area: Area,
    picture: (usize, usize),
}

impl Reader {
    /// One that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the symbols in the next picture: `height` rows of `width` bytes of luma, the starts of
    /// two rows `stride` bytes apart. Nothing for a picture out of bounds or shorter than it says.
    /// Looks at no more than the picture twice, and tries at most [`super::MAX_SETS`] sets.
    pub fn read(&mut self, luma: &[u8], width: usize, height: usize, stride: usize) -> Examination {
        let mut seen = Examination::default();
        let Some(picture) = Picture::new(luma, width, height, stride) else {
            return seen;
        };
        let place = self.place.filter(|place| place.picture == (width, height));
        let part = place.and_then(|place| picture.part(place.area));
        // Another view each time, so that a code that only one of them shows is seen before long.
        let other = self.view.other(self.misses);
        match part {
            Some(part) => {
                self.look(&part, self.view, &mut seen);
                if self.misses % WHOLE_EVERY == WHOLE_EVERY - 1 {
                    self.look(&picture, View::Plain, &mut seen);
                } else {
                    self.look(&part, other, &mut seen);
                }
            }
            None => {
                let plain = self.misses.is_multiple_of(2);
                let first = if plain { View::Plain } else { View::Plain.other(self.misses / 2) };
                self.look(&picture, first, &mut seen);
                if seen.patterns >= 2 && seen.patterns < 16 {
                    self.look(&picture, first.other(self.misses / 2), &mut seen);
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

    fn look(&mut self, picture: &Picture<'_>, view: View, seen: &mut Examination) {
        if seen.found.is_empty() {
            search(picture, view, false, seen);
            if !seen.found.is_empty() {
                self.view = view;
            }
        }
    }

    fn remember(&mut self, seen: &Examination, picture: (usize, usize)) {
        let corners: Vec<_> =
            seen.found.iter().flat_map(|f| f.corners).map(|(x, y)| rxing::Point { x, y }).collect();
        if let Some(tight) = Area::around(corners.iter().copied(), 0.0) {
            let more = tight.width.max(tight.height) as f32 * GROWN;
            let area = Area::around(corners.into_iter(), more);
            self.place =
                area.map(|area| Place { area: area.within(picture.0, picture.1, MIN_SIDE), picture });
            self.misses = 0;
        } else {
            self.misses = self.misses.saturating_add(1);
            if self.misses > LOST_AFTER {
                self.place = None;
            }
        }
    }
}
