//! Pictures and videos instead of a camera: files, the clipboard, and what is dropped on the page.
//!
//! The worker reads them; this only finds them and hands them over.

use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::browser::{dom, js};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;

/// What was found where pictures were looked for.
pub(crate) enum Found {
    /// Files or blobs of pictures or a video, in order.
    Pictures(Vec<JsValue>),
    /// Nothing that is a picture was pasted.
    Nothing,
    /// No file was dropped.
    NoFile,
    /// The browser does not let the page look.
    Refused,
}

/// Listens to every way in which a picture can come.
pub(super) fn listen(markup: &Markup, scope: &Scope, take: impl Fn(Found) + 'static) {
    let take = Rc::new(take);
    let (given, input) = (take.clone(), markup.files.clone());
    scope.on(&markup.files, "change", move |_| {
        let chosen = input.files().map(|list| pictures(&Array::from(&list))).unwrap_or_default();
        if !chosen.is_empty() {
            given(Found::Pictures(chosen));
        }
        // The same file can be chosen again.
        input.set_value("");
    });
    let given = take.clone();
    scope.on(&dom::document(), "paste", move |event| {
        let in_field = event.target().is_some_and(|target| {
            target.is_instance_of::<HtmlTextAreaElement>() || target.is_instance_of::<HtmlInputElement>()
        });
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let found = data.as_ref().map(transferred).unwrap_or_default();
        // Text that is pasted into a field is meant for it; a picture alone is not.
        let text = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if in_field && (found.is_empty() || !text.is_empty()) {
            return;
        }
        if found.is_empty() {
            return given(Found::Nothing);
        }
        event.prevent_default();
        given(Found::Pictures(found));
    });
    let given = take.clone();
    scope.click(&markup.paste, move || {
        let given = given.clone();
        spawn_local(async move { given(clipboard().await) });
    });
    drop_on(&markup.app, scope, take);
}

fn drop_on(root: &HtmlElement, scope: &Scope, take: Rc<impl Fn(Found) + 'static>) {
    let (page, over) = (dom::document(), root.clone());
    scope.on(&page, "dragover", move |event| {
        // Without this the browser opens the file in place of the page.
        event.prevent_default();
        dom::mark(&over, "data-drop", true);
    });
    let left = root.clone();
    scope.on(&page, "dragleave", move |_| dom::mark(&left, "data-drop", false));
    let dropped = root.clone();
    scope.on(&page, "drop", move |event| {
        event.prevent_default();
        dom::mark(&dropped, "data-drop", false);
        let transfer = event.dyn_into::<DragEvent>().ok().and_then(|event| event.data_transfer());
        match transfer.map(|data| transferred(&data)) {
            Some(found) if !found.is_empty() => take(Found::Pictures(found)),
            _ => take(Found::NoFile),
        }
    });
}

fn transferred(data: &DataTransfer) -> Vec<JsValue> {
    data.files().map(|list| pictures(&Array::from(&list))).unwrap_or_default()
}

/// Files, whatever they claim to be: the worker looks at their first bytes.
fn pictures(files: &Array) -> Vec<JsValue> {
    files.iter().collect()
}

async fn clipboard() -> Found {
    let clipboard = js::get(&dom::window().navigator().into(), "clipboard");
    let Ok(read) = js::get(&clipboard, "read").dyn_into::<Function>() else {
        return Found::Refused;
    };
    let Some(items) = call(&read, &clipboard, &JsValue::UNDEFINED).await else {
        return Found::Refused;
    };
    let mut found = Vec::new();
    for item in Array::from(&items).iter() {
        let types = Array::from(&js::get(&item, "types"));
        let picture =
            types.iter().find(|kind| kind.as_string().is_some_and(|kind| kind.starts_with("image/")));
        let (Some(kind), Ok(get)) = (picture, js::get(&item, "getType").dyn_into::<Function>()) else {
            continue;
        };
        found.extend(call(&get, &item, &kind).await);
    }
    if found.is_empty() { Found::Nothing } else { Found::Pictures(found) }
}

async fn call(function: &Function, this: &JsValue, argument: &JsValue) -> Option<JsValue> {
    let promise = function.call1(this, argument).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(promise).await.ok()
}
