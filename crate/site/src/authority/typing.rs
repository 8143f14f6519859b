//! Whether text is being typed, which single keys and news from elsewhere must not disturb.

use crate::browser::dom;

/// Whether the focus is where text is typed.
pub(super) fn is_typing() -> bool {
    let active = dom::document().active_element();
    active.is_some_and(|element| matches!(&*element.tag_name(), "INPUT" | "TEXTAREA" | "SELECT"))
}
