//! IndexedDB with its own rule of success: a write is done when its transaction is complete, and not before.
//!
//! `onsuccess` of a request says nothing about the disk (on a full one it fires, and the transaction aborts
//! afterwards), so nothing here listens to it for writes. Every transaction asks for strict durability.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbVersionChangeEvent,
};

use super::error::StoreError;

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

/// An open database.
#[derive(Clone)]
pub(crate) struct Database(IdbDatabase);

/// Stores made by an upgrade: a name, and whether the store counts its own keys.
pub(crate) type Layout = &'static [(&'static str, bool)];

impl Database {
    /// Opens the database, making the stores of `layout` that are missing. When another page needs a newer
    /// version, this one closes its connection and calls `outdated`.
    pub(crate) async fn open(
        name: &str,
        version: u32,
        layout: Layout,
        outdated: impl FnOnce() + 'static,
    ) -> Result<Self, StoreError> {
        let factory =
            crate::browser::dom::window().indexed_db().ok().flatten().ok_or(StoreError::Unavailable)?;
        let request = factory.open_with_u32(name, version).map_err(|_| StoreError::Unavailable)?;
        upgrade(&request, layout);
        let blocked = Closure::once_into_js(|_: Event| crate::browser::dom::emit("liangzheng:blocked"));
        request.set_onblocked(Some(blocked.unchecked_ref()));
        let database: IdbDatabase =
            outcome(&request).await.map_err(|name| StoreError::opening(&name))?.unchecked_into();

        let closing = database.clone();
        let close = Closure::once_into_js(move |_: IdbVersionChangeEvent| {
            closing.close();
            outdated();
        });
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self(database))
    }

    /// Starts a transaction that only reads.
    pub(crate) fn read(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, "readonly")
    }

    /// Starts a transaction that writes.
    pub(crate) fn write(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, "readwrite")
    }

    fn begin(&self, stores: &[&str], mode: &str) -> Result<Transaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let database: &StrictDatabase = self.0.unchecked_ref();
        let inner = database.transaction(&names, mode, &options).map_err(|e| StoreError::of(&name_of(&e)))?;
        Ok(Transaction { end: end_of(&inner), inner })
    }
}

/// A transaction; its writes are committed when [`Transaction::done`] resolves.
#[must_use = "nothing is known to be written before `done`"]
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
        outcome(&request).await.map_err(|_| StoreError::Unreadable)
    }

    /// All values of a store, in the order of their keys.
    pub(crate) async fn values(&self, store: &str) -> Result<Vec<JsValue>, StoreError> {
        let request = self.store(store)?.get_all().map_err(|e| StoreError::of(&name_of(&e)))?;
        let all = outcome(&request).await.map_err(|_| StoreError::Unreadable)?;
        Ok(Array::from(&all).iter().collect())
    }

    /// All keys of a store, in the order of [`values`](Self::values).
    pub(crate) async fn keys(&self, store: &str) -> Result<Vec<JsValue>, StoreError> {
        let request = self.store(store)?.get_all_keys().map_err(|e| StoreError::of(&name_of(&e)))?;
        let all = outcome(&request).await.map_err(|_| StoreError::Unreadable)?;
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

    /// Aborts: nothing of this transaction is written.
    pub(crate) fn abort(self) {
        let _ = self.inner.abort();
    }

    /// Waits until the transaction is complete.
    pub(crate) async fn done(self) -> Result<(), StoreError> {
        let end = JsFuture::from(self.end).await.map_err(|_| StoreError::NotSaved)?;
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
