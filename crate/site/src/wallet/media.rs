//! Small things of the browser: pictures from bytes, a screen that stays awake.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlImageElement, Url};

use crate::browser::dom;
use crate::ui::scope::Scope;

/// A `blob:` address of a checked JPEG, which ends when this is dropped.
pub(super) struct Picture(String);

impl Picture {
    /// Makes an address for bytes that passed `licence::check_portrait`.
    pub(super) fn of_jpeg(bytes: &[u8]) -> Option<Self> {
        let kind = BlobPropertyBag::new();
        kind.set_type("image/jpeg");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)
            .ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// Shows a portrait in an image, as long as a scope lives. Bytes that are no portrait leave it empty.
    pub(super) fn show_in(scope: &Scope, image: &HtmlImageElement, bytes: &[u8]) {
        let picture = licence::check_portrait(bytes).ok().and_then(|_| Self::of_jpeg(bytes));
        match picture {
            Some(picture) => {
                image.set_src(&picture.0);
                scope.keep(picture);
            }
            None => {
                let _ = image.remove_attribute("src");
            }
        }
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Keeps the screen awake until it is dropped, where the browser can.
pub(super) struct Awake(JsValue);

impl Awake {
    /// Asks for it; `None` when the browser cannot or will not.
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
