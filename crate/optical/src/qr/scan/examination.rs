//! What was found in a picture, the work that it took, and the bounds of that work.

use super::geometry::Point;
use crate::link::frame::Frame;

/// Longest side of a picture, in pixels.
pub const MAX_SIDE: usize = 4_096;
/// Shortest side of a picture, in pixels: below it no symbol can be read.
pub const MIN_SIDE: usize = 40;
/// Finder patterns that are looked at, the largest first.
pub(crate) const MAX_PATTERNS: usize = 64;
/// Sets of three finder patterns that are looked at in one picture, in all views together.
pub const MAX_SETS: usize = 64;
/// How many times as much is looked at in the first view of a still picture: there is no next picture.
const STILL_TIMES: usize = 8;
/// Sets that are sampled and decoded in one picture, in all views together.
pub const MAX_SAMPLED: usize = 8;
/// Modules that are sampled and decoded in one picture, in all views together: two of the largest
/// symbol, or four of the usual one.
pub const MAX_MODULES: usize = 63_000;
/// Pixels of one picture that a [`Reader`](crate::Reader) looks at, in all views together; a larger picture is looked
/// at in half of its size, or less.
pub const MAX_PIXELS: usize = 3_000_000;

/// A symbol that was read.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// What it carries, as bytes; any QR code, not only a frame of this link.
    pub bytes: Vec<u8>,
    /// Its corners in pixels of the picture: top left, top right, bottom right, bottom left of
    /// the symbol as it was printed (a turned symbol has its top left elsewhere).
    pub corners: [(f32, f32); 4],
    /// Its version, 1 to 40.
    pub version: u8,
    /// How wide one of its modules is, in pixels, as a mean over the symbol.
    pub module: f32,
    /// The centres of its finder patterns: top left, top right, bottom left.
    pub(crate) finders: [Point; 3],
}

impl Found {
    /// Whether it is a frame of this link, by all that a frame says of itself.
    pub(crate) fn is_frame(&self) -> bool {
        Frame::decode(&self.bytes).is_ok()
    }
}

impl core::fmt::Debug for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // The bytes may be a licence: their number is enough.
        f.debug_struct("Found").field("length", &self.bytes.len()).field("corners", &self.corners).finish()
    }
}

/// What a picture held, and what it took to say so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Examination {
    /// The symbols that were read.
    pub found: Vec<Found>,
    /// Finder patterns in the picture, before the cap; the most that any view showed.
    pub patterns: usize,
    /// Sets of three that were looked at, at most [`MAX_SETS`].
    pub sets_tried: usize,
    /// Of these, how many were sampled and decoded, at most [`MAX_SAMPLED`].
    pub sampled: usize,
    /// Modules of these, at most [`MAX_MODULES`].
    pub modules: usize,
    /// How often a picture or a part of it was looked at.
    pub views: usize,
    /// Pixels that were looked at, each as often as it was.
    pub pixels: usize,
    /// How wide a module of the likeliest set is, in pixels, by the size of its patterns.
    pub module: Option<f32>,
    /// What need not be tried again.
    pub(crate) failed: Vec<Attempt>,
    /// Whether it is the first view of a still picture, which is looked at longer.
    pub(crate) still: bool,
    /// Whether there is a symbol for certain that cannot be read.
    pub(crate) torn: bool,
}

impl Examination {
    /// How many times [`MAX_SETS`], [`MAX_SAMPLED`] and [`MAX_MODULES`] may be looked at.
    pub(crate) fn times(&self) -> usize {
        if self.still { STILL_TIMES } else { 1 }
    }
}

/// A symbol that was sampled and could not be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attempt {
    pub(crate) finders: [Point; 3],
    pub(crate) side: usize,
}
