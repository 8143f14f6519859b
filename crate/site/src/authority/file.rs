//! Files that the desk hands out, by the browser's download.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use crate::browser::dom;

/// Saves bytes as a file of this name.
pub(super) fn save(name: &str, media_type: &str, bytes: &[u8]) {
    let _ = hand_out(name, media_type, bytes);
}

fn hand_out(name: &str, media_type: &str, bytes: &[u8]) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = dom::document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    // The browser has taken the bytes by the next minute.
    let timer = crate::browser::js::Timer::once(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    });
    std::mem::forget(timer);
    Some(())
}
