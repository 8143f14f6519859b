//! Saving a payload as a file, by the browser's own download.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::kind::Kind;
use crate::browser::dom;

/// Milliseconds after which the address of a saved file is given back.
const FREED_AFTER_MS: i32 = 60_000;

/// Saves a payload. Returns false if the browser cannot.
pub(crate) fn save(kind: Kind, name: &str, payload: &[u8]) -> bool {
    let saved = || {
        let parts = Array::of1(&Uint8Array::from(payload));
        let options = BlobPropertyBag::new();
        options.set_type("application/octet-stream");
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        let link = dom::document().create_element("a").ok()?;
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", &format!("{name}.{}", kind.extension()));
        wasm_bindgen::JsCast::dyn_ref::<HtmlElement>(&link)?.click();
        wasm_bindgen_futures::spawn_local(async move {
            crate::browser::wait::pause(FREED_AFTER_MS).await;
            let _ = Url::revoke_object_url(&address);
        });
        Some(())
    };
    saved().is_some()
}
