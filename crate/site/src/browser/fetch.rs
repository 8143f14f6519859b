//! Files of this site.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::dom;

/// The bytes at an address of this site; nothing where there are none to be had.
pub(crate) async fn bytes(address: &str) -> Option<Vec<u8>> {
    let response: Response =
        JsFuture::from(dom::window().fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
