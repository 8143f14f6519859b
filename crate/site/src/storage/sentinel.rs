//! A mark in localStorage, apart from the database: it distinguishes a lost wallet from one that never existed.

use super::settings::GENERATION;

/// What localStorage says about the licence on this device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Sentinel {
    /// The newest generation that was written completely.
    pub(crate) generation: u32,
}

impl Sentinel {
    /// The mark, if there is one.
    pub(crate) fn read() -> Option<Self> {
        GENERATION.read().map(|generation| Self { generation })
    }

    /// Sets the mark, after the database said that it is complete.
    pub(crate) fn set(generation: u32) {
        GENERATION.write(generation);
    }

    /// Removes the mark: the holder deleted the wallet, or knows that it is lost.
    pub(crate) fn clear() {
        GENERATION.remove();
    }
}
