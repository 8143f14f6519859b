//! Whether the browser keeps this site's data persistently.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::browser::wait::within;

/// Whether the browser promised not to clear this site's data by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Persistence {
    /// It promised.
    Persistent,
    /// It may clear them when the device is full or the site was long unused.
    BestEffort,
    /// It does not say.
    Unknown,
}

/// Milliseconds that a screen waits for what the browser promised.
const PROMISED_WITHIN_MS: i32 = 1_000;

/// What the browser promised; unknown if it does not answer.
pub(crate) async fn persistence() -> Persistence {
    within(PROMISED_WITHIN_MS, storage_says("persisted")).await.unwrap_or(Persistence::Unknown)
}

/// Asks the browser to keep this site's data.
pub(crate) async fn ask_persistence() -> Persistence {
    storage_says("persist").await
}

/// `navigator.storage` is missing in older browsers, whatever its type says.
async fn storage_says(method: &str) -> Persistence {
    let answer = async {
        let storage = Reflect::get(&crate::browser::dom::window().navigator(), &"storage".into()).ok()?;
        let method: js_sys::Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
        let promise: js_sys::Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok()?.as_bool()
    };
    match answer.await {
        Some(true) => Persistence::Persistent,
        Some(false) => Persistence::BestEffort,
        None => Persistence::Unknown,
    }
}
