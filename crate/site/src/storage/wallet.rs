//! The wallet's database: its licences, each with its key and the ones before it; an application that waits with who makes it;
//! and the list of what was shown.

use wasm_bindgen::JsValue;

use super::earlier;
use super::error::StoreError;
use super::idb::{Database, Ended, Layout};
use super::record::{self, Draft, PendingApplication, Said, Shown, StoredLicence};
use super::slot::{CURRENT, DELETED, FURTHER, LICENCE, Slot};
use crate::browser::key::DeviceKey;

const NAME: &str = "liangzheng";
const APPLICATION: &str = "application";
const SHOWN: &str = "shown";
/// The key of what the authority said of the licence.
const SAID: &str = "said";
/// The key of who claims, as far as that is typed.
const WHO: &str = "who";
/// The key of what an application is sealed and signed with.
const SEALING: &str = "sealing";
/// The key of the place of the licence on top.
const TOP: &str = "top";
const LAYOUT: Layout = &[(LICENCE, false), (APPLICATION, false), (SHOWN, true), (FURTHER, false)];
/// Most entries of the list of what was shown; the oldest leave first.
const SHOWN_MAX: usize = 200;

/// The wallet's database.
#[derive(Clone)]
pub(crate) struct Store(Database);

impl Store {
    /// Opens the database. `ended` is called when the connection ends by itself.
    pub(crate) async fn open(ended: impl Fn(Ended) + 'static) -> Result<Self, StoreError> {
        Database::open(NAME, LAYOUT, ended).await.map(Self)
    }

    /// The places at which a licence is stored, in order.
    pub(crate) async fn slots(&self) -> Result<Vec<Slot>, StoreError> {
        let keys = self.0.read(&[LICENCE, FURTHER], async |t| {
            Ok([t.keys(LICENCE).await?, t.keys(FURTHER).await?].concat())
        });
        let keys: Vec<String> = keys.await?.iter().filter_map(JsValue::as_string).collect();
        Ok(Slot::all().filter(|slot| keys.contains(&slot.key(CURRENT))).collect())
    }

    /// The place of the licence that was put on top last.
    pub(crate) async fn top(&self) -> Result<Slot, StoreError> {
        let value = self.0.read(&[FURTHER], async |t| t.value(FURTHER, TOP).await).await?;
        Ok(record::slot_of(&value))
    }

    /// Puts a licence on top.
    pub(crate) async fn put_top(&self, slot: Slot) -> Result<(), StoreError> {
        self.0.write(&[FURTHER], async |t| t.put(FURTHER, TOP, &record::of_slot(slot))).await
    }

    /// The licence that is stored at a place, if there is one. Its parts are whole, and not yet verified.
    pub(crate) async fn licence(&self, slot: Slot) -> Result<Option<StoredLicence>, StoreError> {
        let value = self.value(slot, CURRENT).await?;
        if value.is_undefined() { Ok(None) } else { StoredLicence::from_js(&value, slot).map(Some) }
    }

    /// The licences before `current` that were kept, with its key, the last one first.
    pub(crate) async fn earlier(&self, current: &StoredLicence) -> Result<Vec<StoredLicence>, StoreError> {
        self.0.read(&[current.slot.store()], async |t| earlier::read(t, current).await).await
    }

    /// The newest generation that the holder deleted at a place; 0 if nothing was deleted since the last claim.
    pub(crate) async fn deleted(&self, slot: Slot) -> Result<u32, StoreError> {
        Ok(record::generation_of(&self.value(slot, DELETED).await?))
    }

    async fn value(&self, slot: Slot, part: &str) -> Result<JsValue, StoreError> {
        let (store, key) = (slot.store(), slot.key(part));
        self.0.read(&[store], async |t| t.value(store, &key).await).await
    }

    /// Writes licence, key and record in one transaction, and drops the application that led to it. The
    /// stored generation must still be `before` (0: none), so that two tabs cannot overwrite each other. A licence that is a
    /// day older or newer by the clock stays as one of the [`earlier`](Self::earlier) ones. A new one comes to lie on top.
    pub(crate) async fn put_licence(&self, licence: &StoredLicence, before: u32) -> Result<(), StoreError> {
        let (slot, store) = (licence.slot, licence.slot.store());
        let work = self.0.write(&[LICENCE, FURTHER, APPLICATION], async |t| {
            let value = t.value(store, &slot.key(CURRENT)).await?;
            if record::generation_of(&value) != before {
                return Err(StoreError::Changed);
            }
            earlier::keep(t, StoredLicence::from_js(&value, slot).ok().as_ref(), licence).await?;
            t.put(store, &slot.key(CURRENT), &licence.to_js())?;
            t.remove(store, &slot.key(DELETED))?;
            if before == 0 {
                t.put(FURTHER, TOP, &record::of_slot(slot))?;
            }
            match &licence.said {
                Some(said) => t.put(store, &slot.key(SAID), &said.to_js())?,
                None if before == 0 => t.remove(store, &slot.key(SAID))?,
                None => {}
            }
            if licence.settles_application {
                t.clear(APPLICATION)?;
            }
            Ok(())
        });
        work.await
    }

    /// What the authority said of the licence at a place and the holder has not dealt with yet.
    pub(crate) async fn said(&self, slot: Slot) -> Result<Option<Said>, StoreError> {
        Ok(Said::from_js(&self.value(slot, SAID).await?))
    }

    /// Writes what the authority said of a licence, or that it was dealt with.
    pub(crate) async fn put_said(&self, slot: Slot, said: Option<&Said>) -> Result<(), StoreError> {
        let (store, key) = (slot.store(), slot.key(SAID));
        let stores = [store];
        let work = self.0.write(&stores, async |t| match said {
            Some(said) => t.put(store, &key, &said.to_js()),
            None => t.remove(store, &key),
        });
        work.await
    }

    /// Takes back a licence that cannot be read or used.
    pub(crate) async fn take_back_licence(&self, slot: Slot) -> Result<(), StoreError> {
        let store = slot.store();
        self.0.write(&[store], async |t| t.remove(store, &slot.key(CURRENT))).await
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
        let (store, key) = (of.slot.store(), of.slot.key(CURRENT));
        let stores = [store, SHOWN];
        let work = self.0.write(&stores, async |t| {
            if !record::is_of_key(&t.value(store, &key).await?, &of.key) {
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

    /// Removes one licence with its key, what was shown of it, and an application about it, in one transaction, and writes which
    /// generation that was: `mark` if the stored one is older.
    pub(crate) async fn delete(&self, slot: Slot, mark: u32) -> Result<(), StoreError> {
        let store = slot.store();
        let stores = [store, APPLICATION, SHOWN];
        let work = self.0.write(&stores, async |t| {
            let stored = record::generation_of(&t.value(store, &slot.key(CURRENT)).await?);
            let (keys, values) = (t.keys(SHOWN).await?, t.values(SHOWN).await?);
            let waits = t.value(APPLICATION, CURRENT).await?;
            for part in [CURRENT, SAID] {
                t.remove(store, &slot.key(part))?;
            }
            earlier::remove(t, slot)?;
            t.put(store, &slot.key(DELETED), &record::of_generation(stored.max(mark)))?;
            for (key, _) in keys.iter().zip(&values).filter(|(_, value)| record::slot_of(value) == slot) {
                t.remove_at(SHOWN, key)?;
            }
            if !waits.is_undefined() && record::slot_of(&waits) == slot {
                t.clear(APPLICATION)?;
            }
            Ok(())
        });
        work.await
    }

    /// Removes every licence with its key, application and list in one transaction, and writes which generations those were:
    /// the marked ones where the stored ones are older.
    pub(crate) async fn delete_all(&self, marks: &[(Slot, u32)]) -> Result<(), StoreError> {
        let work = self.0.write(&[LICENCE, FURTHER, APPLICATION, SHOWN], async |t| {
            let mut deleted = Vec::new();
            for slot in Slot::all() {
                let mark = marks.iter().find(|(marked, _)| *marked == slot).map_or(0, |(_, mark)| *mark);
                let stored = record::generation_of(&t.value(slot.store(), &slot.key(CURRENT)).await?);
                let before = record::generation_of(&t.value(slot.store(), &slot.key(DELETED)).await?);
                let generation = stored.max(mark).max(before);
                if generation > 0 || slot == Slot::FIRST {
                    deleted.push((slot, generation));
                }
            }
            for store in [LICENCE, FURTHER, APPLICATION, SHOWN] {
                t.clear(store)?;
            }
            for (slot, generation) in deleted {
                t.put(slot.store(), &slot.key(DELETED), &record::of_generation(generation))?;
            }
            Ok(())
        });
        work.await
    }
}
