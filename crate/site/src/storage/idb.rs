//! IndexedDB with its own rule of success: a write is done when its transaction is complete, and not before.
//!
//! `onsuccess` of a request says nothing about the disk (on a full one it fires, and the transaction aborts
//! afterwards), so nothing here listens to it for writes. Every transaction asks for strict durability.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbObjectStoreParameters,
    IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::error::StoreError;
use crate::browser::trial;
use crate::browser::wait::{LIMIT_MS, within};

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with the third argument of `transaction`, which web-sys still calls unstable.
    #[wasm_bindgen(extends = IdbDatabase)]
    type StrictDatabase;

    #[wasm_bindgen(catch, method, js_name = transaction)]
    fn transaction(
        this: &StrictDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// A database. When the browser dropped its connection, it is opened again once for each piece of work.
#[derive(Clone)]
pub(crate) struct Database(Rc<Inner>);

struct Inner {
    name: String,
    layout: Layout,
    connection: RefCell<Option<IdbDatabase>>,
    ended: Rc<dyn Fn(Ended)>,
}

/// Stores made by an upgrade: a name, and whether the store counts its own keys.
pub(crate) type Layout = &'static [(&'static str, bool)];

/// Why a connection ended by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Ended {
    /// Another page needs a newer version of the database.
    Outdated,
    /// The browser closed it: the site's data were cleared, or the disk failed.
    Closed,
}

impl Database {
    /// Opens the database, in whatever version it is, and makes the stores of `layout` that are missing. `ended` is called
    /// when a connection ends by itself.
    pub(crate) async fn open(
        name: &str,
        layout: Layout,
        ended: impl Fn(Ended) + 'static,
    ) -> Result<Self, StoreError> {
        let (connection, ended) = (RefCell::default(), Rc::new(ended));
        let name = trial::named(name);
        let database = Self(Rc::new(Inner { name, layout, connection, ended }));
        database.connection().await?;
        Ok(database)
    }

    /// Does work in a transaction that only reads.
    pub(crate) async fn read<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let once = async || {
            let transaction = self.begin(stores, "readonly").await?;
            within(LIMIT_MS, work(&transaction)).await.unwrap_or(Err(StoreError::Silent))
        };
        self.again(once).await
    }

    /// Does work in a transaction, and waits until it is complete. If the work fails, nothing of it is written.
    pub(crate) async fn write<T>(
        &self,
        stores: &[&str],
        work: impl AsyncFn(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let once = async || {
            let transaction = self.begin(stores, "readwrite").await?;
            let written = async {
                match work(&transaction).await {
                    Ok(result) => transaction.done().await.map(|()| result),
                    Err(error) => {
                        transaction.abort();
                        Err(error)
                    }
                }
            };
            within(LIMIT_MS, written).await.unwrap_or(Err(StoreError::Unconfirmed))
        };
        self.again(once).await
    }

    /// Does something that failed for want of a connection once more, by a new one: nothing of it was written.
    async fn again<T>(&self, once: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let first = once().await;
        if !matches!(first, Err(StoreError::Dropped)) {
            return first;
        }
        if let Some(dropped) = self.0.connection.take() {
            dropped.close();
        }
        once()
            .await
            .map_err(|error| if error == StoreError::Unavailable { StoreError::Dropped } else { error })
    }

    async fn begin(&self, stores: &[&str], mode: &str) -> Result<Transaction, StoreError> {
        let connection = self.connection().await?;
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let database: &StrictDatabase = connection.unchecked_ref();
        let inner = database.transaction(&names, mode, &options).map_err(|e| StoreError::of(&name_of(&e)))?;
        Ok(Transaction { end: end_of(&inner), inner })
    }

    /// The connection; a new one where there is none.
    async fn connection(&self) -> Result<IdbDatabase, StoreError> {
        let held = self.0.connection.borrow().clone();
        if let Some(held) = held {
            return Ok(held);
        }
        let mut database = connect(&self.0.name, None, self.0.layout).await?;
        let present = database.object_store_names();
        if self.0.layout.iter().any(|(name, _)| !present.contains(name)) {
            // Any page that opens the database by its name makes one without stores.
            let next = database.version() + 1.0;
            database.close();
            database = connect(&self.0.name, Some(next), self.0.layout).await?;
        }
        self.listen(&database);
        self.0.connection.replace(Some(database.clone()));
        Ok(database)
    }

    fn listen(&self, database: &IdbDatabase) {
        for (event, ended) in [("versionchange", Ended::Outdated), ("close", Ended::Closed)] {
            let (inner, closing) = (Rc::downgrade(&self.0), database.clone());
            let heard = Closure::once_into_js(move |_: Event| {
                closing.close();
                let Some(inner) = inner.upgrade() else {
                    return;
                };
                inner.connection.take();
                (inner.ended)(ended);
            });
            let _ = database.add_event_listener_with_callback(event, heard.unchecked_ref());
        }
    }
}

/// Opens a connection, to this version or to the one that is there.
async fn connect(name: &str, version: Option<f64>, layout: Layout) -> Result<IdbDatabase, StoreError> {
    let thrown = |error: JsValue| StoreError::opening(&name_of(&error));
    let factory = crate::browser::dom::window().indexed_db().map_err(thrown)?;
    let factory = factory.ok_or(StoreError::Unavailable)?;
    let request = match version {
        Some(version) => factory.open_with_f64(name, version),
        None => factory.open(name),
    };
    let request = request.map_err(thrown)?;
    upgrade(&request, layout);
    match within(LIMIT_MS, outcome(&request)).await {
        Some(Ok(database)) => Ok(database.unchecked_into()),
        Some(Err(name)) => Err(StoreError::opening(&name)),
        None => {
            // What is opened too late must not hold up other pages.
            let late = request.clone();
            let close = Closure::once_into_js(move |_: Event| {
                if let Ok(database) = late.result() {
                    database.unchecked_into::<IdbDatabase>().close();
                }
            });
            request.set_onsuccess(Some(close.unchecked_ref()));
            Err(StoreError::Silent)
        }
    }
}

/// A transaction of [`Database::read`] or [`Database::write`].
pub(crate) struct Transaction {
    inner: IdbTransaction,
    end: Promise,
}

impl Transaction {
    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.inner.object_store(name).map_err(|e| StoreError::of(&name_of(&e)))
    }

    /// Returns the value of a key; `undefined` if there is none.
    pub(crate) async fn value(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        let request = self.store(store)?.get(&key.into()).map_err(|e| StoreError::of(&name_of(&e)))?;
        outcome(&request).await.map_err(|name| StoreError::reading(&name))
    }

    /// All values of a store, in the order of their keys.
    pub(crate) async fn values(&self, store: &str) -> Result<Vec<JsValue>, StoreError> {
        let request = self.store(store)?.get_all().map_err(|e| StoreError::of(&name_of(&e)))?;
        let all = outcome(&request).await.map_err(|name| StoreError::reading(&name))?;
        Ok(Array::from(&all).iter().collect())
    }

    /// All keys of a store, in the order of [`values`](Self::values).
    pub(crate) async fn keys(&self, store: &str) -> Result<Vec<JsValue>, StoreError> {
        let request = self.store(store)?.get_all_keys().map_err(|e| StoreError::of(&name_of(&e)))?;
        let all = outcome(&request).await.map_err(|name| StoreError::reading(&name))?;
        Ok(Array::from(&all).iter().collect())
    }

    /// Puts a value under a key.
    pub(crate) fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        let request = self.store(store)?.put_with_key(value, &key.into());
        self.asked(request)
    }

    /// Adds a value to a store that counts its own keys.
    pub(crate) fn add(&self, store: &str, value: &JsValue) -> Result<(), StoreError> {
        let request = self.store(store)?.add(value);
        self.asked(request)
    }

    /// Removes a key.
    pub(crate) fn remove(&self, store: &str, key: &str) -> Result<(), StoreError> {
        let request = self.store(store)?.delete(&key.into());
        self.asked(request)
    }

    /// Removes a key that the store counted.
    pub(crate) fn remove_at(&self, store: &str, key: &JsValue) -> Result<(), StoreError> {
        let request = self.store(store)?.delete(key);
        self.asked(request)
    }

    /// Removes the keys up to this one.
    pub(crate) fn remove_to(&self, store: &str, last: &JsValue) -> Result<(), StoreError> {
        let range = IdbKeyRange::upper_bound(last).map_err(|e| StoreError::of(&name_of(&e)))?;
        let request = self.store(store)?.delete(&range);
        self.asked(request)
    }

    /// Empties a store.
    pub(crate) fn clear(&self, store: &str) -> Result<(), StoreError> {
        let request = self.store(store)?.clear();
        self.asked(request)
    }

    /// A request that could not even be made ends the transaction, so that no part of it is written.
    fn asked(&self, request: Result<IdbRequest, JsValue>) -> Result<(), StoreError> {
        request.map(|_| ()).map_err(|e| {
            let _ = self.inner.abort();
            StoreError::of(&name_of(&e))
        })
    }

    fn abort(&self) {
        let _ = self.inner.abort();
    }

    /// Waits until the transaction is complete.
    async fn done(&self) -> Result<(), StoreError> {
        let end = JsFuture::from(self.end.clone()).await.map_err(|_| StoreError::NotSaved)?;
        match end.as_string().as_deref() {
            None => Ok(()),
            Some(name) => Err(StoreError::of(name)),
        }
    }
}

/// Resolves to nothing when the transaction completes, and to the name of its error when it aborts.
fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, _| {
        let complete = resolve.clone();
        let on_complete = Closure::once_into_js(move |_: Event| {
            let _ = complete.call0(&JsValue::UNDEFINED);
        });
        transaction.set_oncomplete(Some(on_complete.unchecked_ref()));
        let aborted = transaction.clone();
        let on_abort = Closure::once_into_js(move |_: Event| {
            let name = aborted.error().map_or_else(|| "AbortError".to_owned(), |error| error.name());
            let _ = resolve.call1(&JsValue::UNDEFINED, &name.into());
        });
        transaction.set_onabort(Some(on_abort.unchecked_ref()));
    })
}

/// The result of a request, or the name of its error.
async fn outcome(request: &IdbRequest) -> Result<JsValue, String> {
    let promise = Promise::new(&mut |resolve, reject| {
        let finished = request.clone();
        let on_success = Closure::once_into_js(move |_: Event| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &finished.result().unwrap_or(JsValue::UNDEFINED));
        });
        request.set_onsuccess(Some(on_success.unchecked_ref()));
        let failed = request.clone();
        let on_error = Closure::once_into_js(move |_: Event| {
            let name = failed.error().ok().flatten().map(|error| error.name()).unwrap_or_default();
            let _ = reject.call1(&JsValue::UNDEFINED, &name.into());
        });
        request.set_onerror(Some(on_error.unchecked_ref()));
    });
    JsFuture::from(promise).await.map_err(|e| e.as_string().unwrap_or_default())
}

fn upgrade(request: &IdbOpenDbRequest, layout: Layout) {
    let opening = request.clone();
    let make = Closure::once_into_js(move |_: Event| {
        let Ok(result) = opening.result() else {
            return;
        };
        let database: IdbDatabase = result.unchecked_into();
        let present = database.object_store_names();
        for (name, counted) in layout {
            if present.contains(name) {
                continue;
            }
            let parameters = IdbObjectStoreParameters::new();
            parameters.set_auto_increment(*counted);
            let _ = database.create_object_store_with_optional_parameters(name, &parameters);
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
}

fn name_of(error: &JsValue) -> String {
    error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
}
