//! A mark in localStorage for each licence, apart from the database: it distinguishes a lost one from one that never existed.

use super::settings::{GENERATIONS, Setting};
use super::slot::Slot;

/// What localStorage says about a licence on this device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Sentinel {
    /// The newest generation that was written completely; 0 if the mark cannot be read.
    pub(crate) generation: u32,
}

/// The setting of a place.
fn setting(slot: Slot) -> &'static Setting<u32> {
    let [first, ..] = &GENERATIONS;
    GENERATIONS.get(slot.index()).unwrap_or(first)
}

impl Sentinel {
    /// The mark of a place, if there is one.
    pub(crate) fn read(slot: Slot) -> Option<Self> {
        let mark = setting(slot);
        mark.is_there().then(|| Self { generation: mark.read().unwrap_or(0) })
    }

    /// The places that have a mark.
    pub(crate) fn marked() -> impl Iterator<Item = (Slot, u32)> {
        Slot::all().filter_map(|slot| Self::read(slot).map(|mark| (slot, mark.generation)))
    }

    /// The generation after `stored` and after all that were marked.
    pub(crate) fn next(slot: Slot, stored: u32) -> u32 {
        Self::read(slot).map_or(0, |mark| mark.generation).max(stored).saturating_add(1)
    }

    /// Sets the mark, after the database said that it is complete. It never sinks: an older licence than the marked one came
    /// back from a copy.
    pub(crate) fn raise(slot: Slot, generation: u32) {
        if Self::read(slot).is_none_or(|mark| mark.generation < generation) {
            setting(slot).write(generation);
        }
    }

    /// Sets the mark to a generation that the holder accepts.
    pub(crate) fn accept(slot: Slot, generation: u32) {
        setting(slot).write(generation);
    }

    /// Removes the mark: the holder deleted the licence, or knows that it is lost.
    pub(crate) fn clear(slot: Slot) {
        setting(slot).remove();
    }

    /// Removes every mark.
    pub(crate) fn clear_all() {
        Slot::all().for_each(Self::clear);
    }
}
