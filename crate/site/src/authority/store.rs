//! The desk's database. It is never the wallet's: the authority keeps its own records.

use cbor::Date;
use wasm_bindgen::prelude::*;

use crate::storage::idb::{Database, Layout};
use crate::storage::{Ended, StoreError};

const NAME: &str = "liangzheng-desk";
const SETTINGS: &str = "settings";
const LAYOUT: Layout = &[(SETTINGS, false)];
/// The key of the day of the demo's calendar.
const CALENDAR: &str = "calendar";

/// The desk's database.
#[derive(Clone)]
pub(super) struct Store(Database);

impl Store {
    /// Opens the database. `ended` is called when the connection ends by itself.
    pub(super) async fn open(ended: impl Fn(Ended) + 'static) -> Result<Self, StoreError> {
        Database::open(NAME, LAYOUT, ended).await.map(Self)
    }

    /// The day of the demo's calendar, if it was set.
    pub(super) async fn calendar(&self) -> Result<Option<Date>, StoreError> {
        let value = self.0.read(&[SETTINGS], async |t| t.value(SETTINGS, CALENDAR).await).await?;
        Ok(value.as_string().and_then(|day| Date::parse(&day)))
    }

    /// Remembers the day of the demo's calendar.
    pub(super) async fn put_calendar(&self, day: Option<Date>) -> Result<(), StoreError> {
        let work = self.0.write(&[SETTINGS], async |t| match day {
            Some(day) => t.put(SETTINGS, CALENDAR, &JsValue::from_str(&day.to_string())),
            None => t.remove(SETTINGS, CALENDAR),
        });
        work.await
    }
}
