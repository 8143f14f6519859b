//! A mark in localStorage, apart from the database: it tells a wallet that was lost from one that never was.

const KEY: &str = "liangzheng.wallet";

/// What localStorage says about the licence on this device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Sentinel {
    /// The newest generation that was written completely.
    pub(crate) generation: u32,
}

impl Sentinel {
    /// The mark, if there is one.
    pub(crate) fn read() -> Option<Self> {
        let generation = storage()?.get_item(KEY).ok().flatten()?.parse().ok()?;
        Some(Self { generation })
    }

    /// Sets the mark, after the database said that it is complete.
    pub(crate) fn set(generation: u32) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, &generation.to_string());
        }
    }

    /// Removes the mark: the holder deleted the wallet, or knows that it is lost.
    pub(crate) fn clear() {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(KEY);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    crate::browser::dom::window().local_storage().ok().flatten()
}
