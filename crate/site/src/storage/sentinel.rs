//! A mark in localStorage, apart from the database: it distinguishes a lost wallet from one that never existed.

use super::settings::GENERATION;

/// What localStorage says about the licence on this device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Sentinel {
    /// The newest generation that was written completely; 0 if the mark cannot be read.
    pub(crate) generation: u32,
}

impl Sentinel {
    /// The mark, if there is one.
    pub(crate) fn read() -> Option<Self> {
        GENERATION.is_there().then(|| Self { generation: GENERATION.read().unwrap_or(0) })
    }

    /// The generation after `stored` and after all that were marked.
    pub(crate) fn next(stored: u32) -> u32 {
        Self::read().map_or(0, |mark| mark.generation).max(stored).saturating_add(1)
    }

    /// Sets the mark, after the database said that it is complete. It never sinks: an older licence than the marked one came
    /// back from a copy.
    pub(crate) fn raise(generation: u32) {
        if Self::read().is_none_or(|mark| mark.generation < generation) {
            GENERATION.write(generation);
        }
    }

    /// Sets the mark to a generation that the holder accepts.
    pub(crate) fn accept(generation: u32) {
        GENERATION.write(generation);
    }

    /// Removes the mark: the holder deleted the wallet, or knows that it is lost.
    pub(crate) fn clear() {
        GENERATION.remove();
    }
}
