//! The wallet's database: one licence with its key, an application that waits, and the list of what was shown.

use super::error::StoreError;
use super::idb::{Database, Layout};
use super::record::{self, PendingApplication, Shown, StoredLicence};

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
