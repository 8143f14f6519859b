//! The desk's database. It is never the wallet's: the authority keeps its own records.
//!
//! Every action is one transaction, in which the journal's next line must still be free: two tabs cannot do a step twice, and a tab
//! that is killed has done all of it or nothing.

use authority::desk::{DriverFile, Effects, Queued, Stored};
use authority::photo::Sha256Digest;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::settings::Settings;
use crate::storage::idb::{Database, Layout, Transaction};
use crate::storage::{Ended, StoreError};

const NAME: &str = "liangzheng-desk";
const DRIVERS: &str = "drivers";
const QUEUE: &str = "queue";
const JOURNAL: &str = "journal";
const PHOTOS: &str = "photos";
const SETTINGS: &str = "settings";
const LAYOUT: Layout =
    &[(DRIVERS, false), (QUEUE, false), (JOURNAL, false), (PHOTOS, false), (SETTINGS, false)];
/// The key of the settings.
const CURRENT: &str = "current";

/// The desk's database.
#[derive(Clone)]
pub(super) struct Store(Database);

impl Store {
    /// Opens the database. `ended` is called when the connection ends by itself.
    pub(super) async fn open(ended: impl Fn(Ended) + 'static) -> Result<Self, StoreError> {
        Database::open(NAME, LAYOUT, ended).await.map(Self)
    }

    /// Reads everything but the photos.
    ///
    /// # Errors
    /// Fails if something cannot be read, or is not what was written.
    pub(super) async fn load(&self) -> Result<(Stored, Settings), StoreError> {
        let work = self.0.read(&[DRIVERS, QUEUE, JOURNAL, SETTINGS], async |t| {
            let drivers = all::<DriverFile>(&t.values(DRIVERS).await?)?;
            let queued = all::<Queued>(&t.values(QUEUE).await?)?;
            let lines = t.values(JOURNAL).await?;
            let journal: Option<Vec<String>> = lines.iter().map(JsValue::as_string).collect();
            let journal = journal.ok_or(StoreError::Damaged)?;
            let settings = t.value(SETTINGS, CURRENT).await?;
            let settings = if settings.is_undefined() { Settings::default() } else { read(&settings)? };
            Ok((Stored { drivers, queued, journal }, settings))
        });
        work.await
    }

    /// Writes what follows from steps that were done one after the other, and settings that change with them.
    ///
    /// # Errors
    /// [`StoreError::Changed`] if another tab was first. Nothing of it is written then.
    pub(super) async fn keep(
        &self,
        steps: &[Effects],
        settings: Option<&Settings>,
    ) -> Result<(), StoreError> {
        let work = self.0.write(&[DRIVERS, QUEUE, JOURNAL, PHOTOS, SETTINGS], async |t| {
            if let Some(first) = steps.iter().flat_map(|effects| &effects.journal).next()
                && !t.value(JOURNAL, &line_key(first.index)).await?.is_undefined()
            {
                return Err(StoreError::Changed);
            }
            for effects in steps {
                put_step(t, effects)?;
            }
            match settings {
                Some(settings) => t.put(SETTINGS, CURRENT, &written(settings)?),
                None => Ok(()),
            }
        });
        work.await
    }

    /// Writes the settings.
    pub(super) async fn put_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        self.0.write(&[SETTINGS], async |t| t.put(SETTINGS, CURRENT, &written(settings)?)).await
    }

    /// Reads photos; `None` for one that is not there.
    pub(super) async fn photos<const N: usize>(
        &self,
        digests: [Sha256Digest; N],
    ) -> Result<[Option<Vec<u8>>; N], StoreError> {
        let work = self.0.read(&[PHOTOS], async |t| {
            let mut found = [const { None }; N];
            for (digest, place) in digests.iter().zip(&mut found) {
                let value = t.value(PHOTOS, &digest.to_hex()).await?;
                *place = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
            }
            Ok(found)
        });
        work.await
    }

    /// Deletes everything.
    pub(super) async fn clear(&self) -> Result<(), StoreError> {
        let stores = [DRIVERS, QUEUE, JOURNAL, PHOTOS, SETTINGS];
        self.0.write(&stores, async |t| stores.iter().try_for_each(|store| t.clear(store))).await
    }
}

fn put_step(t: &Transaction, effects: &Effects) -> Result<(), StoreError> {
    for line in &effects.journal {
        t.put(JOURNAL, &line_key(line.index), &JsValue::from_str(&line.line))?;
    }
    for file in &effects.drivers {
        t.put(DRIVERS, &file.reference, &written(file)?)?;
    }
    for queued in &effects.queued {
        t.put(QUEUE, &queued.id.to_hex(), &written(queued)?)?;
    }
    for photo in &effects.photos {
        t.put(PHOTOS, &photo.sha256.to_hex(), &Uint8Array::from(&*photo.bytes))?;
    }
    effects.erased.iter().try_for_each(|digest| t.remove(PHOTOS, &digest.to_hex()))
}

/// The key of a line of the journal: keys are sorted as texts.
fn line_key(index: u64) -> String {
    format!("{index:012}")
}

fn written(value: &impl Serialize) -> Result<JsValue, StoreError> {
    serde_json::to_string(value).map(|json| JsValue::from_str(&json)).map_err(|_| StoreError::NotSaved)
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, StoreError> {
    let json = value.as_string().ok_or(StoreError::Damaged)?;
    serde_json::from_str(&json).map_err(|_| StoreError::Damaged)
}

fn all<T: DeserializeOwned>(values: &[JsValue]) -> Result<Vec<T>, StoreError> {
    values.iter().map(read).collect()
}
