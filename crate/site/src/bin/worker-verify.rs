//! The module of the worker that verifies.
#![cfg_attr(target_arch = "wasm32", no_main)]

use wasm_bindgen::prelude::*;

/// See [`liangzheng_site::VerifyWorker`].
#[wasm_bindgen]
#[derive(Default)]
pub struct VerifyWorker(liangzheng_site::VerifyWorker);

#[wasm_bindgen]
impl VerifyWorker {
    /// See [`liangzheng_site::VerifyWorker::new`].
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// See [`liangzheng_site::VerifyWorker::hear`].
    ///
    /// # Errors
    /// As there.
    pub async fn hear(&self, message: JsValue) -> Result<(), JsValue> {
        self.0.hear(message).await
    }

    /// See [`liangzheng_site::VerifyWorker::verify`].
    ///
    /// # Errors
    /// As there.
    pub async fn verify(
        &self,
        payload: Vec<u8>,
        context: String,
        lists: Option<Vec<u8>>,
    ) -> Result<String, JsError> {
        self.0.verify(payload, context, lists).await
    }

    /// See [`liangzheng_site::VerifyWorker::set_status_lists`].
    pub fn set_status_lists(&self, tokens: Vec<js_sys::Uint8Array>) {
        self.0.set_status_lists(tokens);
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
