//! A screen that stays awake.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::browser::dom;

/// Keeps the screen awake until it is dropped, where the browser can.
pub(super) struct Awake(JsValue);

impl Awake {
    /// Requests it. Returns `None` if the browser cannot or does not.
    pub(super) async fn ask() -> Option<Self> {
        // `navigator.wakeLock` is still called unstable by web-sys.
        let lock = Reflect::get(&dom::window().navigator(), &"wakeLock".into()).ok()?;
        let request: Function = Reflect::get(&lock, &"request".into()).ok()?.dyn_into().ok()?;
        let promise: Promise = request.call1(&lock, &"screen".into()).ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok().map(Self)
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        let release =
            Reflect::get(&self.0, &"release".into()).ok().and_then(|r| r.dyn_into::<Function>().ok());
        if let Some(release) = release {
            let _ = release.call0(&self.0);
        }
    }
}
