//! Files and text instead of a camera: chosen, pasted, and dropped on the page.
//!
//! The worker reads them; this only finds them and hands them over.

use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, ClipboardEvent, DataTransfer, DragEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
};

use crate::browser::{dom, fetch, folders, js};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;

/// What was found where pictures were looked for.
pub(crate) enum Found {
    /// Files or blobs, in order, of whatever kind.
    Files(Vec<JsValue>),
    /// Text without a file.
    Text(String),
    /// Neither file nor text was pasted.
    Nothing,
    /// No file was dropped.
    NoFile,
    /// The browser does not let the page look.
    Refused,
}

impl Found {
    /// Files, or else text; `nothing` where there is neither.
    fn of(files: Vec<JsValue>, text: String, nothing: Self) -> Self {
        if !files.is_empty() {
            Self::Files(files)
        } else if text.trim().is_empty() {
            nothing
        } else {
            Self::Text(text)
        }
    }
}

/// Listens to every way in which a picture can come.
pub(super) fn listen(markup: &Markup, scope: &Scope, take: impl Fn(Found) + 'static) {
    let take = Rc::new(take);
    let (given, input) = (take.clone(), markup.files.clone());
    scope.on(&markup.files, "change", move |_| {
        let chosen = input.files().map(|list| pictures(&Array::from(&list))).unwrap_or_default();
        if !chosen.is_empty() {
            given(Found::Files(chosen));
        }
        // The same file can be chosen again.
        input.set_value("");
    });
    let (given, digits) = (take.clone(), markup.typed_text.clone());
    scope.on(&dom::document(), "paste", move |event| {
        let in_field = event.target().is_some_and(|target| {
            target.is_instance_of::<HtmlTextAreaElement>() || target.is_instance_of::<HtmlInputElement>()
        });
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let found = data.as_ref().map(transferred).unwrap_or_default();
        let text = data.as_ref().map(text_of).unwrap_or_default();
        // Text that is pasted into a field is meant for it; a picture alone is not. The field for digits takes no other
        // text: that is read as if it was pasted beside it.
        let for_digits = event.target().as_ref() == Some(digits.unchecked_ref())
            && text.contains(|letter: char| letter.is_alphabetic());
        if in_field && !for_digits && (found.is_empty() || !text.is_empty()) {
            return;
        }
        event.prevent_default();
        given(Found::of(found, text, Found::Nothing));
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
        let Some(data) = transfer else {
            return take(Found::NoFile);
        };
        let text = text_of(&data);
        match folders::entries(&data) {
            None => take(Found::of(transferred(&data), text, Found::NoFile)),
            Some(entries) => {
                let take = take.clone();
                spawn_local(async move {
                    take(Found::of(folders::files(entries).await, text, Found::NoFile));
                });
            }
        }
    });
}

fn transferred(data: &DataTransfer) -> Vec<JsValue> {
    data.files().map(|list| pictures(&Array::from(&list))).unwrap_or_default()
}

fn text_of(data: &DataTransfer) -> String {
    data.get_data("text/plain").unwrap_or_default()
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
    let (mut found, mut text) = (Vec::new(), String::new());
    for item in Array::from(&items).iter() {
        let types: Vec<String> =
            Array::from(&js::get(&item, "types")).iter().filter_map(|kind| kind.as_string()).collect();
        let Ok(get) = js::get(&item, "getType").dyn_into::<Function>() else {
            continue;
        };
        if let Some(kind) = types.iter().find(|kind| kind.starts_with("image/")) {
            found.extend(call(&get, &item, &kind.into()).await);
        } else if types.iter().any(|kind| kind == "text/plain")
            && let Some(Ok(blob)) =
                call(&get, &item, &"text/plain".into()).await.map(JsCast::dyn_into::<Blob>)
            && let Some(bytes) = fetch::blob(&blob).await
        {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    Found::of(found, text, Found::Nothing)
}

async fn call(function: &Function, this: &JsValue, argument: &JsValue) -> Option<JsValue> {
    let promise = function.call1(this, argument).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(promise).await.ok()
}
