//! Where imported lists are kept: a database of the verifier's own, with the floors below which no list comes back.

use ::trust::{Candidate, ImportError, ListKind, MAX_LISTS, ReceivedList, RememberedList, VicalFloor};
use js_sys::{Object, Reflect, Uint8Array};
use mdoc::TrustAnchors;
use signature::RustCrypto;
use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

use crate::browser::trial;
use crate::storage::StoreError;
use crate::storage::idb::{Database, Layout, Transaction};
use crate::ui::scope::Scope;

const NAME: &str = "liangzheng.trust";
const LISTS: &str = "lists";
const FLOORS: &str = "floors";
const LAYOUT: Layout = &[(LISTS, false), (FLOORS, false)];
const CHANNEL: &str = "liangzheng.trust";

/// What is stored.
#[derive(Default)]
pub(super) struct Stored {
    /// Keys and lists, not verified.
    pub(super) lists: Vec<(String, ReceivedList)>,
    /// Lists of which only the key can be read.
    pub(super) unread: Vec<RememberedList>,
    /// Floors of providers that were seen, also of those whose lists were removed.
    pub(super) floors: Vec<VicalFloor>,
}

/// Why a list was not stored.
pub(super) enum PutError {
    Store(StoreError),
    /// By what is stored: another tab stored a newer version in the meantime, or there are [`MAX_LISTS`] already.
    Refused(ImportError),
}

impl From<StoreError> for PutError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn open() -> Result<Database, StoreError> {
    Database::open(NAME, LAYOUT, |_| {}).await
}

/// Everything that is stored. Of a list that cannot be read there is the key; other things that cannot be read are left out.
pub(super) async fn load() -> Result<Stored, StoreError> {
    let read =
        async |t: &Transaction| Ok((t.keys(LISTS).await?, t.values(LISTS).await?, t.values(FLOORS).await?));
    let (keys, lists, floors) = open().await?.read(&[LISTS, FLOORS], read).await?;
    let mut stored =
        Stored { floors: floors.iter().filter_map(floor_from_js).collect(), ..Stored::default() };
    for (key, value) in keys.iter().zip(&lists).take(MAX_LISTS) {
        match from_js(value) {
            Some(list) => stored.lists.push(list),
            None => stored.unread.extend(key.as_string().map(RememberedList::unread)),
        }
    }
    Ok(stored)
}

/// Writes a list and its floor in one transaction, unless what is stored has a newer version.
pub(super) async fn put(list: &Candidate, anchors: &TrustAnchors) -> Result<(), PutError> {
    let key = list.key();
    let put = async |t: &Transaction| {
        let there = t.values(LISTS).await?;
        let floor = match list.floor() {
            Some(floor) => Some((floor, floor_from_js(&t.value(FLOORS, &key).await?))),
            None => None,
        };
        let floor = match fits(list, &there, floor, anchors) {
            Ok(floor) => floor,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(floor) = floor {
            let text = serde_json::to_string(&floor).unwrap_or_default();
            t.put(FLOORS, &key, &text.into())?;
        }
        t.put(LISTS, &key, &to_js(&key, &list.received))?;
        Ok(Ok(()))
    };
    open().await?.write(&[LISTS, FLOORS], put).await?.map_err(PutError::Refused)
}

/// Returns the floor to store with a list that may be stored beside those that are `there`; `floor` is its own, with the one
/// that is stored.
fn fits(
    list: &Candidate,
    there: &[JsValue],
    floor: Option<(VicalFloor, Option<VicalFloor>)>,
    anchors: &TrustAnchors,
) -> Result<Option<VicalFloor>, ImportError> {
    let key = list.key();
    let (same, others): (Vec<_>, Vec<_>) =
        there.iter().filter_map(from_js).partition(|(other, _)| *other == key);
    same.iter().try_for_each(|(_, held)| list.check_replaces(held, anchors, &RustCrypto))?;
    if others.len() >= MAX_LISTS {
        return Err(ImportError::TooMany);
    }
    let raised = floor.map(|(floor, seen)| seen.map_or(Ok(floor.clone()), |seen| seen.raise(&floor)));
    Ok(raised.transpose()?)
}

/// Removes a list; its floor stays.
pub(super) async fn remove(key: &str) -> Result<(), StoreError> {
    open().await?.write(&[LISTS], async |t| t.remove(LISTS, key)).await
}

/// The line to the other tabs: `changed` is called when one of them changed what is stored.
pub(super) fn listen(scope: &Scope, mut changed: impl FnMut() + 'static) -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(&trial::named(CHANNEL)).ok()?;
    scope.on(&channel, "message", move |_| changed());
    Some(channel)
}

fn to_js(key: &str, list: &ReceivedList) -> JsValue {
    let object = Object::new();
    let set = |name: &str, value: &JsValue| {
        let _ = Reflect::set(&object, &name.into(), value);
    };
    set("key", &key.into());
    set("kind", &list.kind.name().into());
    set("pin", &Uint8Array::from(list.pin.as_slice()));
    set("bytes", &Uint8Array::from(list.bytes.as_slice()));
    object.into()
}

fn from_js(value: &JsValue) -> Option<(String, ReceivedList)> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    let bytes = |name: &str| field(name)?.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    let kind = ListKind::named(&field("kind")?.as_string()?)?;
    let list = ReceivedList { kind, pin: bytes("pin")?.try_into().ok()?, bytes: bytes("bytes")? };
    Some((field("key")?.as_string()?, list))
}

fn floor_from_js(value: &JsValue) -> Option<VicalFloor> {
    serde_json::from_str(&value.as_string()?).ok()
}
