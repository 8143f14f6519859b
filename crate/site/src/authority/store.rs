//! The desk's database. It is never the wallet's: the authority keeps its own records.
//!
//! Every action is one transaction, in which the journal's next line must still be free: two tabs cannot do a step twice, and a tab
//! that is killed has done all of it or nothing.

use authority::desk::{ApplicationId, DriverFile, Effects, Queued, Stored};
use authority::photo::Sha256Digest;
use cbor::Timestamp;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::settings::Settings;
use crate::browser::agreement::OpeningKey;
use crate::browser::js;
use crate::storage::idb::{Database, Layout, Transaction};
use crate::storage::{Ended, StoreError};
use crate::ui::format;

const NAME: &str = "liangzheng-desk";
const DRIVERS: &str = "drivers";
const QUEUE: &str = "queue";
const JOURNAL: &str = "journal";
const PHOTOS: &str = "photos";
const ANSWERS: &str = "answers";
const SETTINGS: &str = "settings";
const LAYOUT: Layout = &[
    (DRIVERS, false),
    (QUEUE, false),
    (JOURNAL, false),
    (PHOTOS, false),
    (ANSWERS, false),
    (SETTINGS, false),
];
/// The keys of the settings, of the desk's own key, and of its certificate.
const CURRENT: &str = "current";
const OPENING_KEY: &str = "opening-key";
const CERTIFICATE: &str = "certificate";

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

    /// Writes what follows from steps that were done one after the other, the answers that were sealed for it, and settings that
    /// change with them.
    ///
    /// # Errors
    /// [`StoreError::Changed`] if another tab was first. Nothing of it is written then.
    pub(super) async fn keep(
        &self,
        steps: &[Effects],
        sealed: &[(ApplicationId, Vec<u8>)],
        settings: Option<&Settings>,
    ) -> Result<(), StoreError> {
        let work = self.0.write(&[DRIVERS, QUEUE, JOURNAL, PHOTOS, ANSWERS, SETTINGS], async |t| {
            if let Some(first) = steps.iter().flat_map(|effects| &effects.journal).next()
                && !t.value(JOURNAL, &line_key(first.index)).await?.is_undefined()
            {
                return Err(StoreError::Changed);
            }
            for effects in steps {
                put_step(t, effects)?;
            }
            for (id, payload) in sealed {
                t.put(ANSWERS, &id.to_hex(), &Uint8Array::from(&**payload))?;
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

    /// Reads the sealed answer of an application.
    pub(super) async fn answer(&self, id: ApplicationId) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.0.read(&[ANSWERS], async |t| t.value(ANSWERS, &id.to_hex()).await).await?;
        Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }

    /// The key by which applications are opened.
    pub(super) async fn opening_key(&self) -> Result<Option<OpeningKey>, StoreError> {
        let value = self.0.read(&[SETTINGS], async |t| t.value(SETTINGS, OPENING_KEY).await).await?;
        let public = js::get(&value, "public").dyn_into::<Uint8Array>();
        Ok(public
            .ok()
            .and_then(|public| OpeningKey::from_stored(js::get(&value, "private"), &public.to_vec())))
    }

    /// Stores that key, unless there is one.
    pub(super) async fn put_opening_key(&self, key: &OpeningKey) -> Result<(), StoreError> {
        let public = Uint8Array::from(key.public().to_sec1().as_slice());
        let value = js::object(&[("private", key.handle().into()), ("public", public.into())]);
        let work =
            self.0.write(&[SETTINGS], async |t| match t.value(SETTINGS, OPENING_KEY).await?.is_undefined() {
                true => t.put(SETTINGS, OPENING_KEY, &value),
                false => Ok(()),
            });
        work.await
    }

    /// The desk's certificate, and when it was made.
    pub(super) async fn certificate(&self) -> Result<Option<(Timestamp, Vec<u8>)>, StoreError> {
        let value = self.0.read(&[SETTINGS], async |t| t.value(SETTINGS, CERTIFICATE).await).await?;
        let bytes = js::get(&value, "certificate").dyn_into::<Uint8Array>().ok();
        let made = js::get(&value, "made").as_f64().map(|seconds| format::of_ms(seconds * 1000.0));
        Ok(made.zip(bytes.map(|bytes| bytes.to_vec())))
    }

    /// Stores a certificate that was made now.
    pub(super) async fn put_certificate(
        &self,
        made: Timestamp,
        certificate: &[u8],
    ) -> Result<(), StoreError> {
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let seconds = JsValue::from_f64(made.unix() as f64);
        let value = js::object(&[("made", seconds), ("certificate", Uint8Array::from(certificate).into())]);
        self.0.write(&[SETTINGS], async |t| t.put(SETTINGS, CERTIFICATE, &value)).await
    }

    /// Deletes everything but the desk's own key: what was sealed for it can still be opened.
    pub(super) async fn clear(&self) -> Result<(), StoreError> {
        let records = [DRIVERS, QUEUE, JOURNAL, PHOTOS, ANSWERS];
        let work = self.0.write(&[DRIVERS, QUEUE, JOURNAL, PHOTOS, ANSWERS, SETTINGS], async |t| {
            records.iter().try_for_each(|store| t.clear(store))?;
            t.remove(SETTINGS, CURRENT)
        });
        work.await
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
