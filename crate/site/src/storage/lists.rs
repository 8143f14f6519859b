//! The status lists that this verifier keeps, as they were received; what is loaded is verified again.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::error::StoreError;
use super::idb::{Database, Layout};

/// A database of its own: the verifier never opens the wallet's.
const NAME: &str = "liangzheng-lists";
const LISTS: &str = "status";
const LAYOUT: Layout = &[(LISTS, false)];

/// A list as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptList {
    /// Its name: the URI under which licences name it.
    pub(crate) uri: String,
    /// The token.
    pub(crate) token: Vec<u8>,
    /// The address on this site from which it was fetched, if it was.
    pub(crate) source: Option<String>,
}

/// The verifier's lists.
#[derive(Clone)]
pub(crate) struct ListStore(Database);

impl ListStore {
    /// Opens the database.
    pub(crate) async fn open() -> Result<Self, StoreError> {
        Database::open(NAME, LAYOUT, |_| {}).await.map(Self)
    }

    /// All lists, by name. What cannot be read is left out.
    pub(crate) async fn all(&self) -> Result<Vec<KeptList>, StoreError> {
        let values = self.0.read(&[LISTS], async |t| t.values(LISTS).await).await?;
        Ok(values.iter().filter_map(KeptList::from_js).collect())
    }

    /// Stores a list in place of the one of its name, unless `stays` returns why that one must stay: another tab may have
    /// stored a newer one. Returns the reason; `None` if the list was stored.
    pub(crate) async fn put<E>(
        &self,
        list: &KeptList,
        stays: impl Fn(&[u8]) -> Option<E>,
    ) -> Result<Option<E>, StoreError> {
        let work = self.0.write(&[LISTS], async |t| {
            let held = KeptList::from_js(&t.value(LISTS, &list.uri).await?);
            let reason = held.and_then(|held| stays(&held.token));
            if reason.is_none() {
                t.put(LISTS, &list.uri, &list.to_js())?;
            }
            Ok(reason)
        });
        work.await
    }

    /// Forgets the list of this name.
    pub(crate) async fn remove(&self, uri: &str) -> Result<(), StoreError> {
        self.0.write(&[LISTS], async |t| t.remove(LISTS, uri)).await
    }
}

impl KeptList {
    fn to_js(&self) -> JsValue {
        let object = Object::new();
        let token = Uint8Array::from(&*self.token);
        let parts: [(&str, JsValue); 3] = [
            ("uri", self.uri.as_str().into()),
            ("token", token.into()),
            ("source", self.source.as_deref().map_or(JsValue::NULL, JsValue::from)),
        ];
        for (name, value) in parts {
            let _ = Reflect::set(&object, &name.into(), &value);
        }
        object.into()
    }

    fn from_js(value: &JsValue) -> Option<Self> {
        let part = |name: &str| Reflect::get(value, &name.into()).ok();
        let token: Uint8Array = part("token")?.dyn_into().ok()?;
        Some(Self {
            uri: part("uri")?.as_string()?,
            token: token.to_vec(),
            source: part("source").and_then(|source| source.as_string()),
        })
    }
}
