//! The wallet's database: one licence with its key, the one before it, an application that waits with who makes it, and the
//! list of what was shown.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::error::StoreError;
use super::idb::{Database, Ended, Layout};
use super::record::{self, Draft, PendingApplication, Said, Shown, StoredLicence};
use crate::browser::key::DeviceKey;

const NAME: &str = "liangzheng";
const LICENCE: &str = "licence";
const APPLICATION: &str = "application";
const SHOWN: &str = "shown";
/// The key of the one thing of a store.
const CURRENT: &str = "current";
/// The key of the licence before the current one, without its device key.
const PREVIOUS: &str = "previous";
/// The key of what the authority said of the licence.
const SAID: &str = "said";
/// The key of who claims, as far as that is typed.
const WHO: &str = "who";
/// The key of what an application is sealed and signed with.
const SEALING: &str = "sealing";
/// The key of the generation that the holder deleted.
const DELETED: &str = "deleted";
const LAYOUT: Layout = &[(LICENCE, false), (APPLICATION, false), (SHOWN, true)];
/// Most entries of the list of what was shown; the oldest leave first.
const SHOWN_MAX: usize = 200;
/// Milliseconds between two licences from which the older one is kept: the clock may have jumped between them.
const JUMP_MS: f64 = 86_400_000.0;

/// The wallet's database.
#[derive(Clone)]
pub(crate) struct Store(Database);

impl Store {
    /// Opens the database. `ended` is called when the connection ends by itself.
    pub(crate) async fn open(ended: impl Fn(Ended) + 'static) -> Result<Self, StoreError> {
        Database::open(NAME, LAYOUT, ended).await.map(Self)
    }

    /// The stored licence, if there is one. Its parts are whole, and not yet verified.
    pub(crate) async fn licence(&self) -> Result<Option<StoredLicence>, StoreError> {
        let value = self.0.read(&[LICENCE], async |t| t.value(LICENCE, CURRENT).await).await?;
        if value.is_undefined() { Ok(None) } else { StoredLicence::from_js(&value).map(Some) }
    }

    /// The licence before `current`, with its key, if one was kept.
    pub(crate) async fn previous(
        &self,
        current: &StoredLicence,
    ) -> Result<Option<StoredLicence>, StoreError> {
        let value = self.0.read(&[LICENCE], async |t| t.value(LICENCE, PREVIOUS).await).await?;
        Ok(StoredLicence::from_js_without_key(&value, &current.key).ok())
    }

    /// The newest generation that the holder deleted; 0 if nothing was deleted since the last claim.
    pub(crate) async fn deleted(&self) -> Result<u32, StoreError> {
        let value = self.0.read(&[LICENCE], async |t| t.value(LICENCE, DELETED).await).await?;
        Ok(record::generation_of(&value))
    }

    /// Writes licence, key and record in one transaction, and drops the application that led to it. The
    /// stored generation must still be `before` (0: none), so that two tabs cannot overwrite each other. A licence that is a
    /// day older or newer by the clock stays as the [`previous`](Self::previous) one.
    pub(crate) async fn put_licence(&self, licence: &StoredLicence, before: u32) -> Result<(), StoreError> {
        let work = self.0.write(&[LICENCE, APPLICATION], async |t| {
            let value = t.value(LICENCE, CURRENT).await?;
            if record::generation_of(&value) != before {
                return Err(StoreError::Changed);
            }
            if let Ok(old) = StoredLicence::from_js(&value)
                && old.key.public() == licence.key.public()
                && (old.checked_at - licence.checked_at).abs() > JUMP_MS
            {
                t.put(LICENCE, PREVIOUS, &old.to_js_without_key())?;
            }
            t.put(LICENCE, CURRENT, &licence.to_js())?;
            t.remove(LICENCE, DELETED)?;
            if let Some(said) = &licence.said {
                t.put(LICENCE, SAID, &said.to_js())?;
            }
            if licence.settles_application {
                t.clear(APPLICATION)?;
            }
            Ok(())
        });
        work.await
    }

    /// What the authority said of the licence and the holder has not dealt with yet.
    pub(crate) async fn said(&self) -> Result<Option<Said>, StoreError> {
        let value = self.0.read(&[LICENCE], async |t| t.value(LICENCE, SAID).await).await?;
        Ok(Said::from_js(&value))
    }

    /// Writes what the authority said of the licence, or that it was dealt with.
    pub(crate) async fn put_said(&self, said: Option<&Said>) -> Result<(), StoreError> {
        let work = self.0.write(&[LICENCE], async |t| match said {
            Some(said) => t.put(LICENCE, SAID, &said.to_js()),
            None => t.remove(LICENCE, SAID),
        });
        work.await
    }

    /// Takes back a licence that cannot be read or used.
    pub(crate) async fn take_back_licence(&self) -> Result<(), StoreError> {
        self.0.write(&[LICENCE], async |t| t.remove(LICENCE, CURRENT)).await
    }

    /// The application that waits, if there is one.
    pub(crate) async fn application(&self) -> Result<Option<PendingApplication>, StoreError> {
        let value = self.0.read(&[APPLICATION], async |t| t.value(APPLICATION, CURRENT).await).await?;
        Ok((!value.is_undefined()).then(|| PendingApplication::from_js(&value)))
    }

    /// Writes the application that waits.
    pub(crate) async fn put_application(&self, pending: &PendingApplication) -> Result<(), StoreError> {
        self.0.write(&[APPLICATION], async |t| t.put(APPLICATION, CURRENT, &pending.to_js())).await
    }

    /// Forgets the application that waits, and who makes it.
    pub(crate) async fn drop_application(&self) -> Result<(), StoreError> {
        self.0.write(&[APPLICATION], async |t| t.clear(APPLICATION)).await
    }

    /// Who claims, as far as that is typed.
    pub(crate) async fn draft(&self) -> Result<Option<Draft>, StoreError> {
        let value = self.0.read(&[APPLICATION], async |t| t.value(APPLICATION, WHO).await).await?;
        Ok(Draft::from_js(&value))
    }

    /// Writes who claims. An application that waits stays.
    pub(crate) async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.0.write(&[APPLICATION], async |t| t.put(APPLICATION, WHO, &draft.to_js())).await
    }

    /// What the application that waits is sealed and signed with; `undefined` if nothing is.
    pub(crate) async fn sealing(&self) -> Result<JsValue, StoreError> {
        self.0.read(&[APPLICATION], async |t| t.value(APPLICATION, SEALING).await).await
    }

    /// Writes what the application that waits is sealed and signed with.
    pub(crate) async fn put_sealing(&self, sealing: &JsValue) -> Result<(), StoreError> {
        self.0.write(&[APPLICATION], async |t| t.put(APPLICATION, SEALING, sealing)).await
    }

    /// The device key that signed the application that waits, if one did: the licence is bound to it.
    pub(crate) async fn application_key(&self) -> Result<Option<DeviceKey>, StoreError> {
        let value = self.0.read(&[APPLICATION], async |t| t.value(APPLICATION, SEALING).await).await?;
        Ok(record::device_key(&value))
    }

    /// What was shown, oldest first, and how many entries cannot be read.
    pub(crate) async fn shown(&self) -> Result<(Vec<Shown>, usize), StoreError> {
        let values = self.0.read(&[SHOWN], async |t| t.values(SHOWN).await).await?;
        let skip = values.len().saturating_sub(SHOWN_MAX);
        let read: Vec<Shown> = values.iter().skip(skip).filter_map(Shown::from_js).collect();
        let unreadable = (values.len() - skip).saturating_sub(read.len());
        Ok((read, unreadable))
    }

    /// Adds to the list of what was shown, if this licence is still there; the oldest entries leave.
    pub(crate) async fn add_shown(&self, shown: &Shown, of: &StoredLicence) -> Result<(), StoreError> {
        let work = self.0.write(&[LICENCE, SHOWN], async |t| {
            if !record::is_of_key(&t.value(LICENCE, CURRENT).await?, &of.key) {
                return Err(StoreError::Changed);
            }
            let keys = t.keys(SHOWN).await?;
            if let Some(last) = keys.len().checked_sub(SHOWN_MAX).and_then(|last| keys.get(last)) {
                t.remove_to(SHOWN, last)?;
            }
            t.add(SHOWN, &shown.to_js())
        });
        work.await
    }

    /// Removes key, licence, application and list in one transaction, and writes which generation that was: `mark` if the
    /// stored one is older.
    pub(crate) async fn delete_all(&self, mark: u32) -> Result<(), StoreError> {
        let work = self.0.write(&[LICENCE, APPLICATION, SHOWN], async |t| {
            let deleted = Object::new();
            let generation = record::generation_of(&t.value(LICENCE, CURRENT).await?).max(mark);
            let _ = Reflect::set(&deleted, &"generation".into(), &generation.into());
            t.clear(LICENCE)?;
            t.put(LICENCE, DELETED, &deleted)?;
            t.clear(APPLICATION)?;
            t.clear(SHOWN)
        });
        work.await
    }
}
