//! Whether something is being typed or photographed, which single keys and news from elsewhere must not disturb.

use crate::browser::dom;

/// Whether the focus is where text is typed.
pub(super) fn is_typing() -> bool {
    let active = dom::document().active_element();
    active.is_some_and(|element| matches!(&*element.tag_name(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// What a view has of its own that a clerk has begun: a photo that is being taken, an answer that is being shown.
const BEGUN: &str = "[data-screen=\"photograph\"]:not([data-photo=\"none\"]), dialog[open]";

/// Whether drawing the view anew would lose what a clerk has begun.
pub(super) fn is_unfinished() -> bool {
    is_typing() || !dom::all(BEGUN).is_empty()
}
