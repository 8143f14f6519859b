//! How a payload is shown: symbol version, size and rhythm, from measurements; see `docs/optical-link.md`.

use super::frame::{FrameError, HEADER_LENGTH, MAX_NEEDED};
use super::frame_set::FrameSet;
use crate::qr::symbol::{self, Level, Symbol, SymbolError};

/// Versions that frames may fill, from large to very small screens.
const VERSIONS: [u8; 4] = [symbol::DEFAULT_VERSION, symbol::SMALL_VERSION, symbol::SMALLEST_VERSION, 10];
/// Highest version of a single, photographed symbol.
const MAX_SINGLE_VERSION: u8 = 40;
/// Preferred minimum of device pixels in a module.
const LEAST_PIXELS: usize = 3;
/// Hold of a picture in sixtieths of a second, for each step of [`Ease`].
const HOLDS: [(u32, u32); 4] = [(5, 7), (9, 12), (13, 17), (18, 22)];
/// The hold with reduced motion: about three pictures a second.
const CALM_HOLD: (u32, u32) = (18, 22);

/// How much slower and larger than usual the code is shown, 0 to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Ease(u8);

impl Ease {
    /// The slowest and largest.
    pub const MOST: Self = Self(3);

    /// Creates an ease of this many steps, at most three.
    #[must_use]
    pub fn new(steps: u8) -> Self {
        Self(steps).min(Self::MOST)
    }

    /// Steps from the usual, 0 to 3.
    #[must_use]
    pub const fn steps(self) -> u8 {
        self.0
    }
}

/// The screen and the user's wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// Side of the square that the code may take, quiet zone included, in device pixels.
    pub pixels: usize,
    /// The user's choice.
    pub ease: Ease,
    /// Whether the user prefers reduced motion (`prefers-reduced-motion`).
    pub reduced_motion: bool,
}

/// How long each picture is held: randomly between two bounds, because a fixed hold can synchronise with torn
/// pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The least hold in sixtieths of a second.
    pub least: u32,
    /// The longest hold in sixtieths of a second.
    pub most: u32,
}

impl Hold {
    /// Returns the number of display refreshes, at least 1, for which the next picture is held. `refresh_ms` is the
    /// time between refreshes in milliseconds, rounded to a display of 60, 120, 180 or 240 Hz, so that a late refresh changes
    /// nothing.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1 to 4")]
    pub fn refreshes(self, random: u32, refresh_ms: f64) -> u32 {
        let sixtieths = self.least + random % (self.most.saturating_sub(self.least) + 1);
        let fast =
            if refresh_ms > 0.0 { (1000.0 / 60.0 / refresh_ms).round().clamp(1.0, 4.0) as u32 } else { 1 };
        (sixtieths * fast).max(1)
    }
}

/// How one payload is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    version: u8,
    level: Level,
    frame_length: usize,
    k: u8,
    module_pixels: usize,
    hold: Hold,
}

impl Plan {
    /// Plans for a payload of `length` bytes. The largest version is taken whose modules are at least
    /// three device pixels wide, a smaller one for each step of ease; a larger one again where the
    /// payload needs more than 128 frames of it. Then the smallest that carries these frames.
    ///
    /// # Errors
    /// [`FrameError::Length`] for no byte or more than 65,536.
    pub fn choose(length: usize, on: Conditions) -> Result<Self, FrameError> {
        if length == 0 || length > super::frame::MAX_PAYLOAD {
            return Err(FrameError::Length);
        }
        let legible = |version: &u8| on.pixels / symbol::modules_across(*version) >= LEAST_PIXELS;
        let first = VERSIONS.iter().position(legible).unwrap_or(VERSIONS.len());
        let last = (first + usize::from(on.ease.steps())).min(VERSIONS.len() - 1);
        let needed = |version: u8| length.div_ceil(symbol::capacity(version).map_or(1, room));
        let k_of = |version: u8| u8::try_from(needed(version)).ok().filter(|k| *k <= MAX_NEEDED);
        let larger = VERSIONS.iter().take(last + 1).rev();
        let (cap, k) = larger.copied().find_map(|cap| Some((cap, k_of(cap)?))).ok_or(FrameError::Needed)?;
        let (least, most) = match HOLDS.get(usize::from(on.ease.steps())) {
            Some(hold) if !on.reduced_motion => *hold,
            _ => CALM_HOLD,
        };
        Self::with(length, k, cap, on.pixels, Hold { least, most }).ok_or(FrameError::Size)
    }

    /// Plans one still symbol for a payload of `length` bytes, for a reader that takes photographs;
    /// `None` when none carries it, or `pixels` device pixels have no room for it. Modules narrower than three device
    /// pixels may not be read from a photograph.
    #[must_use]
    pub fn single(length: usize, pixels: usize) -> Option<Self> {
        let (least, most) = CALM_HOLD;
        Self::with(length.max(1), 1, MAX_SINGLE_VERSION, pixels, Hold { least, most })
            .filter(|plan| plan.side_pixels() <= pixels)
    }

    fn with(length: usize, k: u8, cap: u8, pixels: usize, hold: Hold) -> Option<Self> {
        let frame_length = HEADER_LENGTH + length.div_ceil(usize::from(k));
        let version = symbol::smallest_version(frame_length, cap)?;
        // What stands still may be as strong as its size allows; while pictures change no reader gains
        // by it, and all would have to fit.
        let strong = |level: &Level| symbol::capacity_at(version, *level) >= Some(frame_length);
        let level = if k == 1 { Level::ALL.into_iter().rfind(strong)? } else { Level::L };
        let module_pixels = (pixels / symbol::modules_across(version)).max(1);
        Some(Self { version, level, frame_length, k, module_pixels, hold })
    }

    /// Version of every symbol, 1 to 40.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// Error correction level of every symbol.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Frames needed, 1 to 128.
    #[must_use]
    pub const fn k(&self) -> u8 {
        self.k
    }

    /// Whether one picture carries it all and stays.
    #[must_use]
    pub const fn is_still(&self) -> bool {
        self.k == 1
    }

    /// Device pixels a module, a whole number and at least 1.
    #[must_use]
    pub const fn module_pixels(&self) -> usize {
        self.module_pixels
    }

    /// Device pixels on a side of every picture, with the quiet zone.
    #[must_use]
    pub fn side_pixels(&self) -> usize {
        symbol::modules_across(self.version) * self.module_pixels
    }

    /// How long each picture is held.
    #[must_use]
    pub const fn hold(&self) -> Hold {
        self.hold
    }

    /// The frames of a payload that this plan was made for.
    ///
    /// # Errors
    /// As [`FrameSet::new`], for a payload of another length than planned for.
    pub fn frames(&self, payload: &[u8]) -> Result<FrameSet, FrameError> {
        FrameSet::new(payload, self.frame_length)
    }

    /// Draws one of those frames.
    ///
    /// # Errors
    /// [`SymbolError::TooLong`] for a frame of another plan that does not fit.
    pub fn symbol(&self, frame: &[u8]) -> Result<Symbol, SymbolError> {
        Symbol::encode_at(frame, self.version, self.level)
    }
}

/// Returns the bytes of data in a frame of this many bytes.
fn room(frame: usize) -> usize {
    frame.saturating_sub(HEADER_LENGTH).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(pixels: usize) -> Conditions {
        Conditions { pixels, ease: Ease::default(), reduced_motion: false }
    }

    fn chosen(length: usize, on: Conditions) -> (u8, u8, usize) {
        let plan = Plan::choose(length, on).unwrap();
        (plan.version(), plan.k(), plan.module_pixels())
    }

    #[test]
    fn the_table_of_the_document_holds() {
        // Payload, pixels: version, K, pixels a module.
        for (length, pixels, expected) in [
            (8_000, 1_170, (24, 7, 9)),
            (8_000, 375, (24, 7, 3)),
            (8_000, 374, (20, 10, 3)),
            (8_000, 315, (20, 10, 3)),
            (8_000, 314, (15, 16, 3)),
            (8_000, 255, (15, 16, 3)),
            (8_000, 254, (10, 32, 3)),
            (8_000, 195, (10, 32, 3)),
            // Nothing is legible: the smallest.
            (8_000, 100, (10, 32, 1)),
            // The frames decide which symbol is enough.
            (2_000, 1_170, (23, 2, 10)),
            (1_260, 1_170, (25, 1, 9)),
            (1_261, 1_170, (17, 2, 12)),
            (4, 1_170, (1, 1, 40)),
            // More than 128 frames of a small one are not allowed.
            (65_536, 100, (20, 78, 1)),
            (30_000, 100, (10, 117, 1)),
            (65_536, 1_170, (25, 53, 9)),
        ] {
            assert_eq!(chosen(length, on(pixels)), expected, "{length} bytes on {pixels}");
        }
    }

    #[test]
    fn ease_makes_modules_larger_and_pictures_slower() {
        let mut last: Option<Plan> = None;
        for steps in 0..=3 {
            let plan = Plan::choose(8_000, Conditions { ease: Ease::new(steps), ..on(1_170) }).unwrap();
            assert_eq!(plan.version(), [24, 20, 15, 10][usize::from(steps)]);
            if let Some(last) = last.replace(plan) {
                assert!(plan.module_pixels() > last.module_pixels());
                assert!(plan.hold().least > last.hold().most);
            }
        }
        assert_eq!(Ease::new(9), Ease::MOST);
        let calm = Conditions { reduced_motion: true, ..on(1_170) };
        let plan = Plan::choose(8_000, calm).unwrap();
        assert_eq!((plan.version(), plan.hold()), (24, Hold { least: 18, most: 22 }));
    }

    #[test]
    fn every_length_is_carried_in_frames_that_fit_and_pictures_that_have_room() {
        for length in (1..=65_536).step_by(611).chain([2, 257, 258, 259, 846, 1_260, 1_261, 65_536]) {
            for pixels in [0, 64, 195, 300, 375, 720, 4_000] {
                for ease in 0..=3 {
                    let on = Conditions { pixels, ease: Ease::new(ease), reduced_motion: ease == 2 };
                    let plan = Plan::choose(length, on).unwrap();
                    let set = plan.frames(&vec![0xA5; length]).unwrap();
                    assert_eq!(set.k(), plan.k());
                    assert_eq!(plan.is_still(), plan.k() == 1);
                    let symbol = plan.symbol(&set.shown(300)).unwrap();
                    assert_eq!(symbol.version(), plan.version());
                    assert!(plan.side_pixels() <= pixels || plan.module_pixels() == 1);
                    // One version less would not do.
                    let smaller = symbol::capacity(plan.version() - 1);
                    assert!(smaller.is_none_or(|most| set.frame_length() > most));
                }
            }
        }
        for length in [0, 65_537] {
            assert_eq!(Plan::choose(length, on(800)), Err(FrameError::Length));
        }
    }

    #[test]
    fn a_still_symbol_is_as_strong_as_its_version_allows() {
        // 1,273 bytes fill version 25 at L; 13 of them are the head.
        for (length, version, level) in [
            (1_260, 25, Level::L),
            (300, 11, Level::L),
            (70, 5, Level::M),
            (30, 3, Level::L),
            (29, 3, Level::M),
        ] {
            let plan = Plan::choose(length, on(1_170)).unwrap();
            assert_eq!((plan.version(), plan.level()), (version, level), "{length} bytes");
        }
        assert_eq!(Plan::choose(1, on(800)).unwrap().level(), Level::M);
        assert_eq!(Plan::choose(9_000, on(800)).unwrap().level(), Level::L);
    }

    #[test]
    fn a_single_symbol_needs_room_and_a_payload_that_fits() {
        let plan = Plan::single(2_940, 1_170).unwrap();
        assert_eq!((plan.version(), plan.k(), plan.module_pixels()), (40, 1, 6));
        assert_eq!(Plan::single(2_941, 1_170), None);
        // Narrow modules are for the caller to warn of; without a pixel for each there is none.
        let module = |pixels| Plan::single(2_940, pixels).map(|plan| plan.module_pixels());
        assert_eq!([185 * 3, 185 * 3 - 1, 185, 184].map(module), [Some(3), Some(2), Some(1), None]);
        // Where frames would do with one as well it is the same symbol.
        let (one, other) = (Plan::single(900, 800).unwrap(), Plan::choose(900, on(800)).unwrap());
        assert_eq!((one.version(), one.level()), (other.version(), other.level()));
    }

    #[test]
    fn holds_are_within_their_bounds_on_every_display() {
        let hold = Hold { least: 5, most: 7 };
        let all: Vec<u32> = (0..6).map(|random| hold.refreshes(random, 16.6)).collect();
        assert_eq!(all, [5, 6, 7, 5, 6, 7]);
        for (refresh_ms, factor) in
            [(16.7, 1), (33.4, 1), (8.3, 2), (4.2, 4), (1.0, 4), (0.0, 1), (f64::NAN, 1)]
        {
            assert_eq!(hold.refreshes(2, refresh_ms), 7 * factor, "{refresh_ms}");
        }
        assert_eq!(Hold { least: 0, most: 0 }.refreshes(9, 16.7), 1);
        assert!((5..=7).contains(&hold.refreshes(u32::MAX, 16.7)));
    }
}
