//! What the wallet keeps on this device: one licence with its key, an application that waits, and the list of
//! what was shown. Never the values that were shown.
//!
//! Written by own code over web-sys and not by the crate `idb`: that opens no transaction with strict
//! durability, and the rule of [`idb`] (complete, not success) is the point of this layer.

pub(crate) mod idb;
mod lists;
mod record;
mod sentinel;
pub(crate) mod settings;
mod tabs;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub(crate) use lists::{KeptList, ListStore};
pub(crate) use record::{PendingApplication, Shown, StoredLicence};
pub(crate) use sentinel::Sentinel;
pub(crate) use tabs::{Tabs, exclusive};

use idb::{Database, Layout};

const NAME: &str = "liangzheng";
const VERSION: u32 = 1;
const LICENCE: &str = "licence";
const APPLICATION: &str = "application";
const SHOWN: &str = "shown";
/// The one key of the stores that hold one thing.
const CURRENT: &str = "current";
const LAYOUT: Layout = &[(LICENCE, false), (APPLICATION, false), (SHOWN, true)];
/// Most entries of the list of what was shown; the oldest leave first.
const SHOWN_MAX: usize = 200;

/// Why the store could not do what was asked. Nothing is ever half done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub(crate) enum StoreError {
    /// The browser offers no storage here: private mode, or switched off.
    Unavailable,
    /// The device or the browser's share of it is full.
    Full,
    /// The write was not completed; what was there before is still there.
    NotSaved,
    /// The stored data cannot be read back.
    Unreadable,
    /// The stored data are not what was written.
    Damaged,
    /// The data were written by a newer version of this site.
    Newer,
    /// Another tab changed the licence in the meantime.
    Changed,
}

impl StoreError {
    /// The stable code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unavailable => "store-unavailable",
            Self::Full => "store-full",
            Self::NotSaved => "store-not-saved",
            Self::Unreadable => "store-unreadable",
            Self::Damaged => "store-damaged",
            Self::Newer => "store-newer",
            Self::Changed => "store-changed",
        }
    }

    /// By the name of the DOMException.
    fn of(name: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            "InvalidStateError" => Self::Unavailable,
            _ => Self::NotSaved,
        }
    }

    fn opening(name: &str) -> Self {
        match name {
            "VersionError" => Self::Newer,
            "QuotaExceededError" => Self::Full,
            "UnknownError" | "DataError" => Self::Unreadable,
            _ => Self::Unavailable,
        }
    }
}

/// The wallet's database.
#[derive(Clone)]
pub(crate) struct Store(Database);

impl Store {
    /// Opens the database. `outdated` is called when a newer version of the site wants it.
    pub(crate) async fn open(outdated: impl FnOnce() + 'static) -> Result<Self, StoreError> {
        Database::open(NAME, VERSION, LAYOUT, outdated).await.map(Self)
    }

    /// The stored licence, if there is one. Its parts are whole, and not yet verified.
    pub(crate) async fn licence(&self) -> Result<Option<StoredLicence>, StoreError> {
        let transaction = self.0.read(&[LICENCE])?;
        let value = transaction.value(LICENCE, CURRENT).await?;
        if value.is_undefined() { Ok(None) } else { StoredLicence::from_js(&value).map(Some) }
    }

    /// Writes licence, key and record in one transaction, and drops the application that led to it. The
    /// stored generation must still be `before` (0: none), so that two tabs cannot overwrite each other.
    pub(crate) async fn put_licence(&self, licence: &StoredLicence, before: u32) -> Result<(), StoreError> {
        let transaction = self.0.write(&[LICENCE, APPLICATION])?;
        let value = transaction.value(LICENCE, CURRENT).await?;
        if record::generation_of(&value) != before {
            transaction.abort();
            return Err(StoreError::Changed);
        }
        transaction.put(LICENCE, CURRENT, &licence.to_js())?;
        if licence.settles_application {
            transaction.remove(APPLICATION, CURRENT)?;
        }
        transaction.done().await
    }

    /// The application that waits, if there is one.
    pub(crate) async fn application(&self) -> Result<Option<PendingApplication>, StoreError> {
        let transaction = self.0.read(&[APPLICATION])?;
        let value = transaction.value(APPLICATION, CURRENT).await?;
        Ok(PendingApplication::from_js(&value))
    }

    /// Writes the application that waits.
    pub(crate) async fn put_application(&self, pending: &PendingApplication) -> Result<(), StoreError> {
        let transaction = self.0.write(&[APPLICATION])?;
        transaction.put(APPLICATION, CURRENT, &pending.to_js())?;
        transaction.done().await
    }

    /// Forgets the application that waits.
    pub(crate) async fn drop_application(&self) -> Result<(), StoreError> {
        let transaction = self.0.write(&[APPLICATION])?;
        transaction.remove(APPLICATION, CURRENT)?;
        transaction.done().await
    }

    /// What was shown, oldest first.
    pub(crate) async fn shown(&self) -> Result<Vec<Shown>, StoreError> {
        let transaction = self.0.read(&[SHOWN])?;
        let values = transaction.values(SHOWN).await?;
        let skip = values.len().saturating_sub(SHOWN_MAX);
        Ok(values.iter().skip(skip).filter_map(Shown::from_js).collect())
    }

    /// Adds to the list of what was shown.
    pub(crate) async fn add_shown(&self, shown: &Shown) -> Result<(), StoreError> {
        let transaction = self.0.write(&[SHOWN])?;
        transaction.add(SHOWN, &shown.to_js())?;
        transaction.done().await
    }

    /// Removes key, licence, application and list in one transaction.
    pub(crate) async fn delete_all(&self) -> Result<(), StoreError> {
        let transaction = self.0.write(&[LICENCE, APPLICATION, SHOWN])?;
        transaction.clear(LICENCE)?;
        transaction.clear(APPLICATION)?;
        transaction.clear(SHOWN)?;
        transaction.done().await
    }
}

/// Whether the browser promised not to clear this site's data by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Persistence {
    /// It promised.
    Persistent,
    /// It may clear them when the device is full or the site was long unused.
    BestEffort,
    /// It does not say.
    Unknown,
}

/// What the browser promised.
pub(crate) async fn persistence() -> Persistence {
    storage_says("persisted").await
}

/// Asks the browser to keep this site's data.
pub(crate) async fn ask_persistence() -> Persistence {
    storage_says("persist").await
}

/// `navigator.storage` is missing in older browsers, whatever its type says.
async fn storage_says(method: &str) -> Persistence {
    let answer = async {
        let storage = Reflect::get(&crate::browser::dom::window().navigator(), &"storage".into()).ok()?;
        let method: js_sys::Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
        let promise: js_sys::Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok()?.as_bool()
    };
    match answer.await {
        Some(true) => Persistence::Persistent,
        Some(false) => Persistence::BestEffort,
        None => Persistence::Unknown,
    }
}
