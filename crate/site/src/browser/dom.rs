//! The DOM: elements are written to as text; listeners end when they are dropped.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

/// The window of this page.
///
/// # Panics
/// In a worker, which has none: only page code calls this.
#[allow(clippy::expect_used, reason = "only page code runs here, and a page has a window")]
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document of this page.
#[allow(clippy::expect_used, reason = "only page code runs here, and a page has a document")]
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// All elements of the page that a selector names.
pub fn all(selector: &str) -> Vec<Element> {
    document().document_element().map(|root| all_in(&root, selector)).unwrap_or_default()
}

/// All elements under `root` that a selector names.
pub fn all_in(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|i| found.item(i)).filter_map(|node| node.dyn_into().ok()).collect()
}

/// Writes text into an element.
pub(crate) fn set(element: &Element, text: &str) {
    element.set_text_content(Some(text));
}

/// Writes text into a live region, which is read aloud only where it is another one.
pub(crate) fn set_if_other(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        set(element, text);
    }
}

/// Replaces everything in `place` by `content`.
pub fn put(place: &Element, content: &Element) {
    place.replace_children_with_node_1(content);
}

/// Shows or hides an element by its `hidden` attribute.
pub fn show(element: &Element, visible: bool) {
    let _ = if visible { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
}

/// Sets an attribute without a value, or removes it.
pub(crate) fn mark(element: &Element, attribute: &str, set: bool) {
    let _ = if set { element.set_attribute(attribute, "") } else { element.remove_attribute(attribute) };
}

/// Moves the focus, so that the keyboard and a screen reader follow a change of screen.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Whether the focus is on this element.
pub(crate) fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Whether the person asked for little motion.
pub fn reduced_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Tells the rest of the page that something changed.
pub fn emit(name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = window().dispatch_event(&event);
    }
}

/// A listener on an event target, which is removed when this is dropped.
#[must_use = "the listener ends when this is dropped"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Hears nothing any more. What it captured is freed when it is dropped.
    pub(crate) fn end(&self) {
        let heard = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, heard);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.end();
    }
}

/// Calls `act` whenever `event` happens at `target`.
pub fn on(target: &EventTarget, event: &'static str, act: impl FnMut(Event) + 'static) -> Listener {
    let closure = Closure::<dyn FnMut(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    Listener { target: target.clone(), event, closure }
}
