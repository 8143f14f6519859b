//! The messages between a page and its workers: one enum for each direction, written and read by this code on both sides.
//!
//! A message is an object with its `kind` and its fields. Bytes and frames are handed over and not copied; a verdict, a
//! report and the terms of a verdict are JSON. What carries frames of a camera or files is read by the worker's script
//! (`www/js/scan-worker.js`), as only it can get at their pixels; so are [`Control::Init`] and what a worker says of its own
//! start and end.

use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use verdict::Verdict;
use wasm_bindgen::prelude::*;

use super::other::Other;
use super::scan::{Begun, PictureResult, Report};
use super::verify::Context;

/// The messages of one direction.
pub(crate) trait Message: Sized {
    /// Converts it for `postMessage`. Returns the message and its transfer list.
    fn into_js(self) -> (JsValue, Array);

    /// Returns `None` if it is no message of this direction.
    fn from_js(message: &JsValue) -> Option<Self>;
}

/// A part of a message.
trait Part: Sized {
    /// Converts it for `postMessage`; what is transferred is added to `transfer`.
    fn into_js(self, transfer: &Array) -> JsValue;

    fn from_js(value: JsValue) -> Option<Self>;
}

/// An object of the browser that is transferred to the other side.
pub(crate) struct Handed(pub(crate) JsValue);

impl Part for Handed {
    fn into_js(self, transfer: &Array) -> JsValue {
        transfer.push(&self.0);
        self.0
    }

    fn from_js(value: JsValue) -> Option<Self> {
        Some(Self(value))
    }
}

/// An object of the browser that is cloned or shared.
impl Part for JsValue {
    fn into_js(self, _: &Array) -> JsValue {
        self
    }

    fn from_js(value: JsValue) -> Option<Self> {
        Some(value)
    }
}

impl Part for Vec<u8> {
    fn into_js(self, transfer: &Array) -> JsValue {
        let bytes = Uint8Array::from(self.as_slice());
        transfer.push(&bytes.buffer());
        bytes.into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
    }
}

impl Part for Vec<Vec<u8>> {
    fn into_js(self, transfer: &Array) -> JsValue {
        self.into_iter().map(|bytes| bytes.into_js(transfer)).collect::<Array>().into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(Part::from_js).collect()
    }
}

impl Part for String {
    fn into_js(self, _: &Array) -> JsValue {
        self.into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl Part for bool {
    fn into_js(self, _: &Array) -> JsValue {
        self.into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl Part for f64 {
    fn into_js(self, _: &Array) -> JsValue {
        self.into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.as_f64()
    }
}

impl Part for u32 {
    fn into_js(self, _: &Array) -> JsValue {
        self.into()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with the number")]
    fn from_js(value: JsValue) -> Option<Self> {
        value.as_f64().map(|number| number as u32).filter(|whole| Some(f64::from(*whole)) == value.as_f64())
    }
}

/// A value as JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize + DeserializeOwned> Part for Json<T> {
    fn into_js(self, _: &Array) -> JsValue {
        serde_json::to_string(&self.0).unwrap_or_default().into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        serde_json::from_str(&value.as_string()?).ok().map(Self)
    }
}

fn property(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// An enum of messages: each variant with its `kind`, each field under its own name.
macro_rules! messages {
    ($(#[$about:meta])* $name:ident { $(
        $(#[$what:meta])* $kind:literal $variant:ident { $($(#[$of:meta])* $field:ident: $part:ty),* $(,)? }
    )* }) => {
        $(#[$about])*
        // One message at a time, taken apart at once: a box would only be made to be opened.
        #[allow(clippy::large_enum_variant)]
        pub(crate) enum $name { $( $(#[$what])* $variant { $($(#[$of])* $field: $part),* } ),* }

        impl Message for $name {
            fn into_js(self) -> (JsValue, Array) {
                let (message, transfer) = (Object::new(), Array::new());
                let set = |name: &str, value: &JsValue| {
                    let _ = Reflect::set(&message, &name.into(), value);
                };
                match self { $(
                    Self::$variant { $($field),* } => {
                        set("kind", &$kind.into());
                        $( set(stringify!($field), &Part::into_js($field, &transfer)); )*
                    }
                )* }
                (message.into(), transfer)
            }

            fn from_js(message: &JsValue) -> Option<Self> {
                match property(message, "kind").as_string()?.as_str() {
                    $( $kind => Some(Self::$variant {
                        $( $field: Part::from_js(property(message, stringify!($field)))? ),*
                    }), )*
                    _ => None,
                }
            }
        }
    };
}

messages! {
    /// Page to any worker, from its watchdog.
    Control {
        /// The compiled module, with which the worker starts.
        "init" Init { module: JsValue }
        /// Pings.
        "ping" Ping { n: u32 }
    }
}

messages! {
    /// Any worker to its page, for its watchdog.
    Life {
        /// It started; the builds of its script, of the module's script and of the module.
        "ready" Ready { builds: Array }
        /// Answers a ping.
        "pong" Pong { n: u32 }
        /// It failed and sends nothing more.
        "ended" Ended {}
    }
}

messages! {
    /// Page to the worker that reads codes.
    ToScan {
        /// Reads codes again; from the beginning, or with what was collected so far.
        "resume" Resume { keep: bool }
        /// Forgets which payloads were complete, and keeps what is begun.
        "forget" Forget {}
        /// Reads nothing until `resume`.
        "pause" Pause {}
        /// The frames of a track, as a stream. Read by the script.
        "stream" Stream { readable: Handed }
        /// No more of that stream. Read by the script.
        "stop" Stop {}
        /// One `VideoFrame`; it is answered by [`FromScan::Next`]. Read by the script.
        "frame" Frame { frame: Handed }
        /// The pixels of one picture, as an `ArrayBuffer`; answered in the same way. Read by the script.
        "pixels" Pixels { pixels: Handed, width: u32, height: u32 }
        /// A picture file, number `index` of `of`. With `rest` it was handed in with one that made a payload whole, and is
        /// read though the worker paused. Read by the script.
        "picture" Picture { file: JsValue, index: u32, of: u32, rest: bool }
    }
}

messages! {
    /// The worker that reads codes to its page.
    FromScan {
        /// It is done with the last picture that was sent.
        "next" Next {}
        /// A whole payload, whether a picture file completed it, and what is begun beside it; the worker pauses. One picture
        /// may complete several.
        "payload" Payload { payload: Vec<u8>, still: bool, begun: Json<Begun> }
        /// What one picture did, and what is begun.
        "progress" Progress { progress: Json<Report>, begun: Json<Begun> }
        /// The result of a picture file, and what is begun.
        "picture" Picture { index: u32, of: u32, result: Json<PictureResult>, begun: Json<Begun> }
    }
}

messages! {
    /// Page to the worker that verifies.
    ToVerify {
        /// The status lists, as received, and the time in seconds since 1970.
        "lists" Lists { lists: Vec<Vec<u8>>, now: f64 }
        /// Judges a payload. `trust` is the bundle of imported trust lists.
        "verify" Verify { id: u32, payload: Vec<u8>, context: Json<Context>, trust: Vec<u8> }
        /// Judges what was pasted or is in a file, whatever is around it; a document in the session of this encoded transcript,
        /// if it is not empty.
        "received" Received { id: u32, bytes: Vec<u8>, session: Vec<u8>, context: Json<Context>, trust: Vec<u8> }
        /// Judges an answer to the question that was asked.
        "reply" Reply { id: u32, payload: Vec<u8>, context: Json<Context>, trust: Vec<u8> }
        /// Asks for a question, at a time in seconds since 1970, for a purpose, bound to an address.
        "ask" Ask { id: u32, at: f64, purpose: String, page: String }
        /// Forgets the question.
        "end-question" EndQuestion {}
    }
}

messages! {
    /// The worker that verifies to its page.
    FromVerify {
        /// The verdict on the payload of this number.
        "verdict" Verdict { id: u32, verdict: Json<Box<Verdict>> }
        /// What was received under this number is no presentation: its code, if it has one.
        "other" Other { id: u32, other: Json<Option<Other>> }
        /// The payload of the question of this number; empty where none can be asked.
        "question" Question { id: u32, payload: Vec<u8> }
    }
}

impl Part for Array {
    fn into_js(self, _: &Array) -> JsValue {
        self.into()
    }

    fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok()
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue, transfer: &Array) -> Result<(), JsValue>;
}

/// Posts a message to the page, from its worker.
pub(super) fn tell(message: impl Message) -> Result<(), JsValue> {
    let (message, transfer) = message.into_js();
    post_message(&message, &transfer)
}

/// Answers a ping. Returns false for any other message.
pub(super) fn answered(message: &JsValue) -> Result<bool, JsValue> {
    let Some(Control::Ping { n }) = Control::from_js(message) else {
        return Ok(false);
    };
    tell(Life::Pong { n })?;
    Ok(true)
}
