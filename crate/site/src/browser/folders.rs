//! Folders that are dropped on the page: the files in them.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::DataTransfer;

use super::js;

/// The most files that are taken of one drop.
const MAX_FILES: usize = 256;
/// The most entries that are looked at.
const MAX_ENTRIES: usize = 4_096;

/// Returns what was dropped as entries of a file system, if a folder is among it. They must be asked for while the event runs.
pub(crate) fn entries(data: &DataTransfer) -> Option<Vec<JsValue>> {
    let items = js::get(data, "items");
    let entries: Vec<JsValue> = Array::from(&items)
        .iter()
        .filter_map(|item| {
            let entry = js::get(&item, "webkitGetAsEntry").dyn_into::<Function>().ok()?.call0(&item).ok()?;
            entry.is_object().then_some(entry)
        })
        .collect();
    entries.iter().any(is_folder).then_some(entries)
}

/// Returns the files of these entries and of the folders among them, in order; without hidden files, such as the `._` files of
/// macOS.
pub(crate) async fn files(entries: Vec<JsValue>) -> Vec<JsValue> {
    let (mut files, mut seen) = (Vec::new(), 0);
    let mut left: Vec<JsValue> = entries.into_iter().rev().collect();
    while let Some(entry) = left.pop() {
        seen += 1;
        if files.len() >= MAX_FILES || seen > MAX_ENTRIES {
            break;
        }
        if js::get(&entry, "name").as_string().is_some_and(|name| name.starts_with('.')) {
            continue;
        }
        if is_folder(&entry) {
            let mut inside = listed(&entry).await;
            inside.sort_by_key(|entry| js::get(entry, "name").as_string());
            left.extend(inside.into_iter().rev());
        } else if let Some(file) = method(&entry, "file").await {
            files.push(file);
        }
    }
    files
}

fn is_folder(entry: &JsValue) -> bool {
    js::get(entry, "isDirectory").is_truthy()
}

/// Returns what is in a folder. A reader gives it in parts, and an empty part at the end.
async fn listed(folder: &JsValue) -> Vec<JsValue> {
    let mut found = Vec::new();
    let reader = js::get(folder, "createReader").dyn_into::<Function>().ok();
    let Some(reader) = reader.and_then(|create| create.call0(folder).ok()) else {
        return found;
    };
    while let Some(part) = method(&reader, "readEntries").await {
        let part = Array::from(&part);
        if part.length() == 0 || found.len() > MAX_ENTRIES {
            break;
        }
        found.extend(part.iter());
    }
    found
}

/// Calls a method that takes a callback for its result and one for its failure.
async fn method(this: &JsValue, name: &str) -> Option<JsValue> {
    let function = js::get(this, name).dyn_into::<Function>().ok()?;
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = function.call2(this, &resolve, &reject);
    });
    JsFuture::from(promise).await.ok()
}
