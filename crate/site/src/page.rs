//! What a page does when it starts: language; then its own part.

use wasm_bindgen::prelude::*;

use crate::browser::dom;
use crate::ui::i18n;
use crate::ui::scope::Scope;

/// Starts the wallet's page.
pub fn start_wallet() {
    crate::wallet::start(common());
}

/// Starts the verifier's page.
///
/// # Errors
/// Fails if the page lacks an element that it needs.
pub fn start_verify() -> Result<(), JsValue> {
    common();
    crate::verify::start()
}

/// Starts the page of the authority's desk.
#[cfg(feature = "demo")]
pub fn start_authority() {
    crate::authority::start(common());
}

/// Returns the scope of the whole page, after what all pages do.
fn common() -> &'static Scope {
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
    scope
}

fn translate() {
    if let Some(root) = dom::document().document_element() {
        let _ = root.set_attribute("lang", i18n::language().tag());
        i18n::apply(&root);
    }
}
