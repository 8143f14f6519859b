//! Copying what stands in a field.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{dom, js};

/// Copies the text of a field at a touch; the focus stays where it was. Returns whether the browser did.
///
/// By `execCommand`: the wallet's Permissions-Policy allows it no Clipboard API, and views of apps often have none.
pub(crate) fn copy(field: &HtmlInputElement) -> bool {
    let document = dom::document();
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let _ = field.focus();
    field.select();
    let command = js::get(&document, "execCommand").dyn_into::<Function>().ok();
    let done = command.and_then(|command| command.call1(&document, &"copy".into()).ok());
    if let Some(element) = focused {
        let _ = element.focus();
    }
    done.is_some_and(|done| done.is_truthy())
}
