//! The reasons for which a photo is rejected, each with its key, and the clerk's note.

use std::rc::Rc;

use authority::photo::RejectReason;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::state::Review;
use crate::authority::words::reason;
use crate::browser::dom;
use crate::ui::i18n::tr;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Reason;
use crate::ui::scope::Scope;

/// The keys of the reasons, in their order: those of one row of the keyboard.
const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "="];

/// Returns the reason of a key.
pub(super) fn of_key(key: &str) -> Option<RejectReason> {
    let at = KEYS.iter().position(|known| *known == key)?;
    RejectReason::ALL.get(at).copied()
}

/// Puts the reasons into their panel.
pub(super) fn offer(review: &Rc<Review>, scope: &Scope) -> Result<(), Missing> {
    for (of, key) in RejectReason::ALL.iter().zip(KEYS) {
        let line = Reason::new()?;
        let _ = review.page.reason_list.append_child(&line.root);
        dom::set(&line.key, key);
        let _ = line.reason.set_attribute("data-reason", of.code());
        let (there, of) = (review.clone(), *of);
        scope.click(&line.reason, move || there.reject(of));
        scope.text(move || dom::set(&line.text, &reason(of)));
    }
    // From the note back to the reasons, so that the next key chooses one.
    let there = review.clone();
    scope.on(&review.page.note, "keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && event.key() == "Enter"
            && !event.is_composing()
        {
            event.prevent_default();
            dom::focus(&there.page.reasons);
        }
    });
    let there = review.clone();
    scope.click(&review.page.reasons_close, move || {
        close(&there);
        dom::focus(&there.page.reject);
    });
    Ok(())
}

/// Whether the reasons are shown.
pub(super) fn is_open(review: &Review) -> bool {
    !review.page.reasons.has_attribute("hidden")
}

/// Shows the reasons, or hides them.
pub(super) fn toggle(review: &Rc<Review>) {
    if is_open(review) {
        close(review);
    } else if review.can_decide() {
        review.page.note.set_value("");
        dom::show(&review.page.reasons, true);
        let _ = review.page.reject.set_attribute("aria-expanded", "true");
        dom::focus(&review.page.reasons);
        review.app.say(&tr("desk.review.reasons.say"));
    }
}

/// Hides the reasons.
pub(super) fn close(review: &Review) {
    dom::show(&review.page.reasons, false);
    let _ = review.page.reject.set_attribute("aria-expanded", "false");
}
