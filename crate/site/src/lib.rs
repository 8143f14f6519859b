//! The browser binding of the wallet and verifier pages: the DOM, IndexedDB, WebCrypto and camera at the edge,
//! the pure crates in the middle. One Wasm serves every page and both workers.

mod browser;
mod composition;
mod page;
mod scan;
#[cfg_attr(
    not(feature = "demo"),
    allow(dead_code, reason = "nothing can be claimed in a production build yet")
)]
mod storage;
mod ui;
mod verify;
mod wallet;
mod workers;

use wasm_bindgen::prelude::*;

/// Starts the page of this name (`home`, `wallet`, `verify`), as its `<html data-page>` says.
#[wasm_bindgen]
pub fn start(page: &str) -> Result<(), JsValue> {
    page::start(page)
}
