//! The module of the page of the authority's desk.
#![cfg_attr(target_arch = "wasm32", no_main)]

use wasm_bindgen::prelude::*;

/// Starts the page.
///
/// # Errors
/// Never fails: what goes wrong later is said on the page.
#[wasm_bindgen]
pub fn start() -> Result<(), JsValue> {
    liangzheng_site::start_authority();
    Ok(())
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
