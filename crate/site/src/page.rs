//! What each page of the module does when it starts: language; then its own part.

use wasm_bindgen::prelude::*;

use crate::browser::dom;
use crate::ui::i18n;
use crate::ui::scope::Scope;

pub(crate) fn start(name: &str) -> Result<(), JsValue> {
    // Never dropped: it ends with the page.
    let scope: &'static Scope = Box::leak(Box::default());
    i18n::set_language(i18n::preferred());
    translate();
    for button in dom::all("[data-language]") {
        scope.click(&button, || {
            i18n::choose(i18n::language().other());
            translate();
            dom::emit(i18n::CHANGED);
        });
    }
    for part in dom::all("[data-ready]") {
        let _ = part.remove_attribute("inert");
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
