//! What only the page's own JavaScript may make: script URLs under Trusted Types (`www/js/workers.js`).

use wasm_bindgen::prelude::*;

use super::trial;

#[wasm_bindgen]
extern "C" {
    /// Starts the worker of this name, `scan` or `verify`.
    #[wasm_bindgen(js_namespace = liangzhengHost, js_name = newWorker)]
    pub fn new_worker(name: &str) -> web_sys::Worker;

    /// Ends a worker that is not needed any more: it closes what it holds, and is ended after two seconds if it does not.
    #[wasm_bindgen(js_namespace = liangzhengHost, js_name = endWorker)]
    pub fn end_worker(worker: &web_sys::Worker);

    /// Returns the compiled module of the worker of this name, which is fetched once. Fails if it does not arrive in time, or
    /// is of another build.
    #[wasm_bindgen(js_namespace = liangzhengHost, js_name = workerModule, catch)]
    pub async fn worker_module(name: &str) -> Result<JsValue, JsValue>;
}

/// The time now in milliseconds since 1970, from the page's clock; the only place that asks for it. In a trial the demo's
/// calendar may be ahead or behind.
pub fn now_ms() -> f64 {
    js_sys::Date::now() + trial::ahead_ms()
}
