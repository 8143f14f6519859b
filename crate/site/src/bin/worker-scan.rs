//! The module of the worker that reads codes.
#![cfg_attr(target_arch = "wasm32", no_main)]

use wasm_bindgen::prelude::*;

/// See [`liangzheng_site::ScanWorker`].
#[wasm_bindgen]
#[derive(Default)]
pub struct ScanWorker(liangzheng_site::ScanWorker);

#[wasm_bindgen]
impl ScanWorker {
    /// See [`liangzheng_site::ScanWorker::new`].
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// See [`liangzheng_site::ScanWorker::hear`].
    ///
    /// # Errors
    /// As there.
    pub fn hear(&self, message: &JsValue) -> Result<(), JsValue> {
        self.0.hear(message)
    }

    /// See [`liangzheng_site::ScanWorker::paused`].
    #[wasm_bindgen(getter)]
    pub fn paused(&self) -> bool {
        self.0.paused()
    }

    /// See [`liangzheng_site::ScanWorker::look`].
    ///
    /// # Errors
    /// As there.
    pub fn look(&self, luma: &[u8], width: u32, height: u32, stride: u32) -> Result<(), JsValue> {
        self.0.look(luma, width, height, stride)
    }

    /// See [`liangzheng_site::ScanWorker::look_rgba`].
    ///
    /// # Errors
    /// As there.
    pub fn look_rgba(&self, pixels: &[u8], width: u32, height: u32) -> Result<(), JsValue> {
        self.0.look_rgba(pixels, width, height)
    }

    /// See [`liangzheng_site::ScanWorker::look_still`].
    ///
    /// # Errors
    /// As there.
    pub fn look_still(&self, pixels: &[u8], width: u32, height: u32) -> Result<bool, JsValue> {
        self.0.look_still(pixels, width, height)
    }

    /// See [`liangzheng_site::ScanWorker::next`].
    ///
    /// # Errors
    /// As there.
    pub fn next(&self) -> Result<(), JsValue> {
        self.0.next()
    }

    /// See [`liangzheng_site::ScanWorker::picture_done`].
    ///
    /// # Errors
    /// As there.
    pub fn picture_done(&self, index: u32, of: u32, failure: Option<String>) -> Result<(), JsValue> {
        self.0.picture_done(index, of, failure)
    }
}

/// See [`liangzheng_site::Scanner`]. For scripts that read pictures without a page.
#[wasm_bindgen]
#[derive(Default)]
pub struct Scanner(liangzheng_site::Scanner);

#[wasm_bindgen]
impl Scanner {
    /// See [`liangzheng_site::Scanner::new`].
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// See [`liangzheng_site::Scanner::scan`].
    pub fn scan(&mut self, luma: &[u8], width: u32, height: u32, stride: u32, now_ms: f64) -> String {
        self.0.scan(luma, width, height, stride, now_ms)
    }

    /// See [`liangzheng_site::Scanner::scan_rgba`].
    pub fn scan_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        self.0.scan_rgba(pixels, width, height, now_ms)
    }

    /// See [`liangzheng_site::Scanner::scan_still`].
    pub fn scan_still(&mut self, pixels: &[u8], width: u32, height: u32) -> String {
        self.0.scan_still(pixels, width, height)
    }

    /// See [`liangzheng_site::Scanner::take_payload`].
    pub fn take_payload(&mut self) -> Option<Vec<u8>> {
        self.0.take_payload()
    }

    /// See [`liangzheng_site::Scanner::reset`].
    pub fn reset(&mut self) {
        self.0.reset();
    }
}

/// See [`liangzheng_site::picture_size`].
#[wasm_bindgen]
pub fn picture_size(head: &[u8]) -> Option<Vec<u32>> {
    liangzheng_site::picture_size(head)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
