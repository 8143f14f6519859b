//! The stored things, as JavaScript objects: only these can hold the key's handle.

use js_sys::{Array, Object, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;

use super::error::StoreError;
use super::slot::Slot;
use crate::browser::key::DeviceKey;

/// The form of the stored objects.
const SCHEMA: f64 = 1.0;

/// A stored licence: complete, and unverified.
#[derive(Clone)]
pub(crate) struct StoredLicence {
    /// Its place in the wallet; the key under which it is stored.
    pub(crate) slot: Slot,
    /// Counts every write, so that tabs and the sentinel notice a change or a loss.
    pub(crate) generation: u32,
    /// The device key.
    pub(crate) key: DeviceKey,
    /// The issuer's bytes (IssuerSigned).
    pub(crate) credential: Vec<u8>,
    /// The issuer's record of the claim, as JSON.
    pub(crate) record: String,
    /// The large portrait, JPEG.
    pub(crate) large: Vec<u8>,
    /// The small portrait, JPEG.
    pub(crate) small: Vec<u8>,
    /// When the facts were received from the issuer, in milliseconds since 1970.
    pub(crate) checked_at: f64,
    /// Whether this write ends the application that waits. Not stored.
    pub(crate) settles_application: bool,
    /// What is to be said of it, which is written in the same transaction. Not stored with it.
    pub(crate) said: Option<Said>,
}

/// What the authority said of the licence, until the holder has dealt with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// It has ended, and is to be claimed again.
    Ended,
    /// It was claimed again: what changed, as JSON.
    Changed(String),
}

impl Said {
    pub(super) fn to_js(&self) -> JsValue {
        let object = Object::new();
        match self {
            Self::Ended => set(&object, "ended", &true.into()),
            Self::Changed(changes) => set(&object, "changed", &changes.as_str().into()),
        }
        object.into()
    }

    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        let changed = field(value, "changed").as_string().map(Self::Changed);
        changed.or_else(|| field(value, "ended").is_truthy().then_some(Self::Ended))
    }
}

impl StoredLicence {
    pub(super) fn to_js(&self) -> JsValue {
        let object = self.to_js_without_key();
        set(&object, "key", self.key.handle());
        object.into()
    }

    /// All but the key's handle: every copy of it is one more on the disk.
    pub(super) fn to_js_without_key(&self) -> Object {
        let object = Object::new();
        set(&object, "schema", &SCHEMA.into());
        set(&object, "generation", &self.generation.into());
        set(&object, "publicKey", &bytes(self.key.public()));
        set(&object, "credential", &bytes(&self.credential));
        set(&object, "record", &self.record.as_str().into());
        set(&object, "large", &bytes(&self.large));
        set(&object, "small", &bytes(&self.small));
        set(&object, "checkedAt", &self.checked_at.into());
        set(&object, "digest", &bytes(&self.digest()));
        object
    }

    pub(super) fn from_js(value: &JsValue, slot: Slot) -> Result<Self, StoreError> {
        Self::read(value, slot, |public| DeviceKey::from_stored(field(value, "key"), public))
    }

    /// Of a licence that was stored without its key, which is this one.
    pub(super) fn from_js_without_key(
        value: &JsValue,
        slot: Slot,
        key: &DeviceKey,
    ) -> Result<Self, StoreError> {
        Self::read(value, slot, |public| (public == key.public()).then(|| key.clone()))
    }

    fn read(
        value: &JsValue,
        slot: Slot,
        key: impl Fn(&[u8]) -> Option<DeviceKey>,
    ) -> Result<Self, StoreError> {
        match field(value, "schema").as_f64() {
            Some(SCHEMA) => {}
            Some(schema) if schema > SCHEMA => return Err(StoreError::Newer),
            _ => return Err(StoreError::Damaged),
        }
        let read = || {
            let public = read_bytes(value, "publicKey")?;
            let licence = Self {
                slot,
                generation: generation_of(value),
                key: key(&public)?,
                credential: read_bytes(value, "credential")?,
                record: field(value, "record").as_string()?,
                large: read_bytes(value, "large")?,
                small: read_bytes(value, "small")?,
                checked_at: field(value, "checkedAt").as_f64()?,
                settles_application: false,
                said: None,
            };
            let whole = read_bytes(value, "digest")? == licence.digest();
            Some(licence).filter(|_| whole)
        };
        read().ok_or(StoreError::Damaged)
    }

    /// Detects damage by the disk; it is no defence against manipulation.
    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in [
            self.key.public().as_slice(),
            &self.credential,
            self.record.as_bytes(),
            &self.large,
            &self.small,
            &self.checked_at.to_le_bytes(),
            &self.generation.to_le_bytes(),
        ] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

/// Returns the generation of the stored licence; 0 if there is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to an integer saturates")]
pub(super) fn generation_of(value: &JsValue) -> u32 {
    if value.is_object() { field(value, "generation").as_f64().unwrap_or(0.0) as u32 } else { 0 }
}

/// A generation as it is stored where a licence was deleted.
pub(super) fn of_generation(generation: u32) -> JsValue {
    let object = Object::new();
    set(&object, "generation", &generation.into());
    object.into()
}

/// A place as it is stored where one lies on top.
pub(super) fn of_slot(slot: Slot) -> JsValue {
    let object = Object::new();
    set(&object, "slot", &slot.number().into());
    object.into()
}

/// Returns the place that a stored thing is about; the first where it names none, as what earlier builds stored.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float to an integer saturates")]
pub(super) fn slot_of(value: &JsValue) -> Slot {
    let number = if value.is_object() { field(value, "slot").as_f64() } else { None };
    number.and_then(|number| Slot::of(number as u8)).unwrap_or_default()
}

/// Returns whether a stored licence has this device key.
pub(super) fn is_of_key(value: &JsValue, key: &DeviceKey) -> bool {
    read_bytes(value, "publicKey").as_deref() == Some(key.public())
}

/// Returns whether a stored licence has these bytes of the issuer.
pub(super) fn is_credential(value: &JsValue, credential: &[u8]) -> bool {
    read_bytes(value, "credential").as_deref() == Some(credential)
}

/// The device key that an object has as `key` and `publicKey`, if it has one.
pub(super) fn device_key(value: &JsValue) -> Option<DeviceKey> {
    DeviceKey::from_stored(field(value, "key"), &read_bytes(value, "publicKey")?)
}

/// An application that waits for its photo or for the review, so that a reload loses nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PendingApplication {
    /// The authority's state of the application, as JSON; empty if it cannot be read.
    pub(crate) application: String,
    /// The submitted photo: large and small, JPEG.
    pub(crate) photo: Option<(Vec<u8>, Vec<u8>)>,
    /// Where the photo comes from that is to be confirmed, while it is.
    pub(crate) confirming: Option<String>,
    /// The place of the licence that it is about, or that it leads to.
    pub(crate) slot: Slot,
}

impl PendingApplication {
    pub(super) fn to_js(&self) -> JsValue {
        let object = Object::new();
        set(&object, "application", &self.application.as_str().into());
        if let Some((large, small)) = &self.photo {
            set(&object, "large", &bytes(large));
            set(&object, "small", &bytes(small));
        }
        if let Some(source) = &self.confirming {
            set(&object, "confirming", &source.as_str().into());
        }
        set_slot(&object, self.slot);
        object.into()
    }

    pub(super) fn from_js(value: &JsValue) -> Self {
        let application = field(value, "application").as_string().unwrap_or_default();
        let photo = read_bytes(value, "large").zip(read_bytes(value, "small"));
        let confirming = field(value, "confirming").as_string();
        Self { application, photo, confirming, slot: slot_of(value) }
    }
}

/// Who claims, as far as that is typed, so that a reload loses nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    /// The 证号 as it was typed.
    pub(crate) number: String,
    /// The name as it was typed.
    pub(crate) name: String,
    /// The authority's reference of the licence that was found, once it was.
    pub(crate) reference: Option<String>,
}

impl Draft {
    pub(super) fn to_js(&self) -> JsValue {
        let object = Object::new();
        set(&object, "number", &self.number.as_str().into());
        set(&object, "name", &self.name.as_str().into());
        if let Some(reference) = &self.reference {
            set(&object, "reference", &reference.as_str().into());
        }
        object.into()
    }

    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        Some(Self {
            number: field(value, "number").as_string()?,
            name: field(value, "name").as_string()?,
            reference: field(value, "reference").as_string(),
        })
    }
}

/// One showing: time, purpose, and the names of the elements. No values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// The place of the licence.
    pub(crate) slot: Slot,
    /// Milliseconds since 1970.
    pub(crate) at: f64,
    /// The code of the purpose.
    pub(crate) purpose: String,
    /// Identifiers of the elements.
    pub(crate) elements: Vec<String>,
    /// Who asked, where a question was answered.
    pub(crate) asker: Option<Asker>,
}

/// Who asked a question, as the holder was told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asker {
    /// The name in its certificate, or what it calls itself.
    pub(crate) name: String,
    /// The authority that vouches for the name; nobody does without one.
    pub(crate) vouched_by: Option<String>,
    /// The code of the purpose, or its text where it has no code.
    pub(crate) purpose: Option<String>,
    /// Identifiers of the elements that were asked for and not shown, though the licence has them.
    pub(crate) refused: Vec<String>,
}

impl Shown {
    pub(super) fn to_js(&self) -> JsValue {
        let object = Object::new();
        set(&object, "at", &self.at.into());
        set(&object, "purpose", &self.purpose.as_str().into());
        set(&object, "elements", &names(&self.elements));
        set_slot(&object, self.slot);
        if let Some(asker) = &self.asker {
            set(&object, "asker", &asker.name.as_str().into());
            for (name, text) in [("vouchedBy", &asker.vouched_by), ("asked", &asker.purpose)] {
                if let Some(text) = text {
                    set(&object, name, &text.as_str().into());
                }
            }
            set(&object, "refused", &names(&asker.refused));
        }
        object.into()
    }

    /// An entry of before askers were kept has none; one of before refusals were kept has no refusal.
    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        let asker = field(value, "asker").as_string().map(|name| Asker {
            name,
            vouched_by: field(value, "vouchedBy").as_string(),
            purpose: field(value, "asked").as_string(),
            refused: read_names(value, "refused").unwrap_or_default(),
        });
        Some(Self {
            slot: slot_of(value),
            at: field(value, "at").as_f64()?,
            purpose: field(value, "purpose").as_string()?,
            elements: read_names(value, "elements")?,
            asker,
        })
    }
}

/// Writes a place. The first one needs no words, so that what a wallet with one licence stores stays as it was.
fn set_slot(object: &Object, slot: Slot) {
    if slot != Slot::FIRST {
        set(object, "slot", &slot.number().into());
    }
}

fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn names(names: &[String]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

fn read_names(value: &JsValue, name: &str) -> Option<Vec<String>> {
    let names = field(value, name);
    Array::is_array(&names).then(|| Array::from(&names).iter().filter_map(|name| name.as_string()).collect())
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn read_bytes(value: &JsValue, name: &str) -> Option<Vec<u8>> {
    use wasm_bindgen::JsCast;
    field(value, name).dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}
