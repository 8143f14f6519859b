//! The bytes of files: of this site, and of blobs.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

use super::dom;

/// Fetches an address of this site. Returns `None` if the request fails or the answer is no success.
pub(crate) async fn bytes(address: &str) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(answer(address).await?.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Fetches an address of this site as a blob. Returns `None` if the request fails or the answer is no success.
pub(crate) async fn as_blob(address: &str) -> Option<Blob> {
    JsFuture::from(answer(address).await?.blob().ok()?).await.ok()?.dyn_into().ok()
}

/// Returns the answer of an address of this site, if it is a success.
async fn answer(address: &str) -> Option<Response> {
    let answer = JsFuture::from(dom::window().fetch_with_str(address)).await.ok()?;
    answer.dyn_into().ok().filter(Response::ok)
}

/// Reads a blob or file. Returns `None` if it cannot be read.
pub(crate) async fn blob(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
