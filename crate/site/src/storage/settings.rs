//! Small things that localStorage remembers; never anything of the licence. This is the one place that opens it.

use std::marker::PhantomData;
use std::str::FromStr;

use crate::browser::{dom, js, trial};

/// Something that is remembered, by its name in localStorage.
pub(crate) struct Setting<T = String>(&'static str, PhantomData<T>);

/// The identifiers of applications whose answer was applied, with spaces between.
pub(crate) const ANSWERED: Setting = Setting::named("liangzheng.answered");
/// The tag of the language that was chosen.
pub(crate) const LANGUAGE: Setting = Setting::named("liangzheng.language");
/// The newest generation of each licence that was written completely, by its place.
pub(crate) static GENERATIONS: [Setting<u32>; 6] = [
    Setting::named("liangzheng.wallet"),
    Setting::named("liangzheng.wallet.2"),
    Setting::named("liangzheng.wallet.3"),
    Setting::named("liangzheng.wallet.4"),
    Setting::named("liangzheng.wallet.5"),
    Setting::named("liangzheng.wallet.6"),
];
/// The code of the purpose that was shown last.
pub(crate) const LAST_PURPOSE: Setting = Setting::named("liangzheng.purpose");
/// Whether the holder was shown what the browser promises about storage.
pub(crate) const PERSISTENCE_TOLD: Setting = Setting::named("liangzheng.persistence-told");
/// The code of the purpose that the verifier asked for last.
pub(crate) const VERIFY_PURPOSE: Setting = Setting::named("liangzheng.verify.purpose");
/// The imported trust and revocation lists, as JSON: their keys, names and dates.
pub(crate) const TRUST_LISTS: Setting = Setting::named("liangzheng.verify.trust-lists");
/// The codes that were seen in the last two minutes, as JSON: hashes and times.
pub(crate) const SEEN_CODES: Setting = Setting::named("liangzheng.verify.seen");
/// Seconds by which the verifier's place is ahead of UTC.
pub(crate) const VERIFY_OFFSET: Setting<i32> = Setting::named("liangzheng.verify.offset");
/// Whether a document without any status is for a person to review.
pub(crate) const VERIFY_STATUS_NEEDED: Setting = Setting::named("liangzheng.verify.status-needed");
/// The classes of states that the verifier knows, one a line.
pub(crate) const VERIFY_STATE_CLASSES: Setting = Setting::named("liangzheng.verify.state-classes");
/// Whether a verdict plays a sound.
pub(crate) const VERIFY_SOUND: Setting = Setting::named("liangzheng.verify.sound");
/// Whether a verdict vibrates.
pub(crate) const VERIFY_VIBRATION: Setting = Setting::named("liangzheng.verify.vibration");

/// What is stored where a thing is either there or not.
const SET: &str = "1";

impl<T> Setting<T> {
    const fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }

    /// Returns whether a `storage` event says that another tab changed it.
    pub(crate) fn is_changed_by(&self, event: &web_sys::Event) -> bool {
        js::text(event, "key") == self.0
    }

    /// Where it is remembered. A trial remembers for its tab only, apart from the language.
    fn storage(&self) -> Option<web_sys::Storage> {
        let window = dom::window();
        let shared = self.0 == LANGUAGE.0 || !trial::is_on();
        let storage = if shared { window.local_storage() } else { window.session_storage() };
        storage.ok().flatten()
    }

    /// Forgets it.
    pub(crate) fn remove(&self) {
        if let Some(storage) = self.storage() {
            let _ = storage.remove_item(self.0);
        }
    }
}

impl<T> Setting<T> {
    /// Returns whether anything is remembered, even if it cannot be read.
    pub(crate) fn is_there(&self) -> bool {
        self.storage().is_some_and(|storage| storage.get_item(self.0).is_ok_and(|value| value.is_some()))
    }
}

impl<T: FromStr + ToString> Setting<T> {
    /// What is remembered; nothing where the browser keeps nothing, or something else.
    pub(crate) fn read(&self) -> Option<T> {
        self.storage()?.get_item(self.0).ok().flatten()?.parse().ok()
    }

    /// Remembers it, where the browser does.
    pub(crate) fn write(&self, value: T) {
        if let Some(storage) = self.storage() {
            let _ = storage.set_item(self.0, &value.to_string());
        }
    }
}

impl Setting {
    /// Whether anything is remembered.
    pub(crate) fn is_set(&self) -> bool {
        self.read().is_some()
    }

    /// Remembers that it is so, or forgets it.
    pub(crate) fn set(&self, on: bool) {
        if on { self.write(SET.to_owned()) } else { self.remove() }
    }
}
