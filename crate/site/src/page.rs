//! What every page does when it starts: language, demo mark, build, update notice; then its own part.

use wasm_bindgen::prelude::*;

use crate::browser::dom;
use crate::composition::DEMO;
use crate::ui::i18n;
use crate::ui::scope::Scope;

pub(crate) fn start(name: &str) -> Result<(), JsValue> {
    // Never dropped: it ends with the page.
    let scope: &'static Scope = Box::leak(Box::default());
    i18n::set_language(i18n::preferred());
    translate();
    for mark in dom::all("[data-demo]") {
        dom::show(&mark, DEMO);
    }
    for button in dom::all("[data-language]") {
        scope.click(&button, || {
            i18n::choose(i18n::language().other());
            translate();
            dom::emit(i18n::CHANGED);
        });
    }
    for part in dom::all("[data-ready]") {
        dom::show(&part, true);
    }
    match name {
        "verify" => crate::verify::start()?,
        "wallet" => crate::wallet::start(scope),
        _ => {}
    }
    Ok(())
}

fn translate() {
    if let Some(root) = dom::document().document_element() {
        let _ = root.set_attribute("lang", i18n::language().tag());
        i18n::apply(&root);
    }
}
