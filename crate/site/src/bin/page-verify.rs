//! The module of the verifier's page.
#![cfg_attr(target_arch = "wasm32", no_main)]

use wasm_bindgen::prelude::*;

/// Starts the page.
///
/// # Errors
/// Fails if the page lacks an element that it needs.
#[wasm_bindgen]
pub fn start() -> Result<(), JsValue> {
    liangzheng_site::start_verify()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
