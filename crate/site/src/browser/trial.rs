//! What a pane of `/try/` gets from its script (`www/js/try-pane.js`): a camera that looks at the wallet beside it, and the
//! demo's calendar. A trial has a store of its own. A production build has none.
//!
//! Its worker knows that it belongs to a trial, and nothing else of it.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::MediaStream;

use super::{dom, js};

/// The address of the wallet's pane.
pub(crate) const WALLET: &str = "/try/wallet/";
/// The page around the panes.
const PAGE: &str = "/try/";

/// The event of a pane's window that asks for another demo driver.
pub(crate) const ANOTHER_DRIVER: &str = "liangzheng:another-driver";

/// Whether this is a pane of a trial.
pub(crate) fn is_on() -> bool {
    cfg!(feature = "demo") && given().is_object()
}

/// Whether the page around this one is the trial's own, of this origin.
pub(crate) fn is_framed_by_its_page() -> bool {
    let around = dom::window().parent().ok().flatten();
    // Of another origin nothing can be read.
    let path = around.and_then(|around| around.location().pathname().ok());
    is_on() && path.as_deref() == Some(PAGE)
}

/// Milliseconds by which the demo's calendar is ahead of the clock.
pub(crate) fn ahead_ms() -> f64 {
    if is_on() { js::get(&given(), "aheadMs").as_f64().unwrap_or(0.0) } else { 0.0 }
}

/// The pictures of the wallet's pane, as a camera's stream.
pub(crate) fn camera() -> Option<MediaStream> {
    if !is_on() {
        return None;
    }
    let camera: Function = js::get(&given(), "camera").dyn_into().ok()?;
    camera.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()
}

/// A name in the browser's storage: a trial has its own.
pub(crate) fn named(name: &str) -> String {
    if is_on() { format!("{name}.try") } else { name.to_owned() }
}

fn given() -> JsValue {
    js::get(&js_sys::global(), "liangzhengTrial")
}
