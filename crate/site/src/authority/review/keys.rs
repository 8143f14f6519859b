//! One key for each act, while nothing is typed: WCAG 2.1.4 asks that they can be switched off.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use super::state::Review;
use super::{reasons, undo};
use crate::authority::typing::is_typing;
use crate::browser::dom;
use crate::ui::scope::Scope;

/// Listens to the keys of the page, and to the dialog that explains them.
pub(super) fn listen(review: &Rc<Review>, scope: &Scope) {
    let there = review.clone();
    scope.on(&dom::document(), "keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>()
            && pressed(&there, &event)
        {
            event.prevent_default();
        }
    });
    let page = &review.page;
    let dialog = page.keys.clone();
    scope.click(&page.keys_close, move || dialog.close());
    page.keys_on.set_checked(review.app.settings().keys);
    let there = review.clone();
    scope.on(&page.keys_on, "change", move |_| {
        let review = there.clone();
        spawn_local(async move {
            let on = review.page.keys_on.checked();
            if let Err(problem) = review.app.set_settings(|settings| settings.keys = on).await {
                review.app.tell_problem(&problem);
            }
        });
    });
}

/// Explains the keys.
pub(super) fn help(review: &Rc<Review>) {
    if !review.page.keys.open() {
        let _ = review.page.keys.show_modal();
    }
}

/// Does what a key is for. Returns whether it was for something.
fn pressed(review: &Rc<Review>, event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
    if event.default_prevented() || modified || event.repeat() || review.page.keys.open() {
        return false;
    }
    let key = event.key();
    if key == "Escape" && reasons::is_open(review) {
        reasons::close(review);
        dom::focus(&review.page.reject);
        return true;
    }
    if is_typing() || !review.app.settings().keys {
        return false;
    }
    if let Some(reason) = reasons::of_key(&key).filter(|_| reasons::is_open(review)) {
        review.reject(reason);
        return true;
    }
    match &*key.to_lowercase() {
        "a" if !reasons::is_open(review) => review.approve(),
        "r" => reasons::toggle(review),
        "t" if reasons::is_open(review) => dom::focus(&review.page.note),
        "u" => undo::undo(review),
        "j" | "arrowright" => review.step(1),
        "k" | "arrowleft" => review.step(-1),
        "?" => help(review),
        _ => return false,
    }
    true
}
