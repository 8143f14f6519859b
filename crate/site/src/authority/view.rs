//! One view of the desk: a copy of a template with what it started.

use web_sys::HtmlElement;

use crate::ui::scope::Scope;

/// A view. Dropping it ends everything that it started.
pub(super) struct View {
    /// Its markup.
    pub(super) root: HtmlElement,
    /// What it started.
    pub(super) scope: Scope,
}

impl View {
    /// A view of this markup.
    pub(super) fn new(root: &HtmlElement) -> Self {
        Self { root: root.clone(), scope: Scope::new() }
    }
}
