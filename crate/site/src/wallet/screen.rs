//! One screen of the wallet: a copy of a template with what it started.

use std::future::Future;

use web_sys::{Element, Event, EventTarget};

use super::problem::Problem;
use crate::browser::dom;
use crate::ui::scope::Scope;

/// A screen. Dropping it ends everything that it started.
pub(crate) struct Screen {
    /// Its markup.
    pub(crate) root: Element,
    /// What it started.
    pub(crate) scope: Scope,
}

impl Screen {
    /// A screen from the template `t-<name>`.
    pub(crate) fn new(name: &str) -> Result<Self, Problem> {
        let root = dom::template(&format!("t-{name}")).ok_or(Problem::Unexpected)?;
        Ok(Self { root, scope: Scope::new() })
    }

    /// A screen of this markup.
    pub(crate) fn of(root: &Element) -> Self {
        Self { root: root.clone(), scope: Scope::new() }
    }

    /// Calls `act` when `event` happens at `target`.
    pub(crate) fn on(&mut self, target: &EventTarget, event: &'static str, act: impl FnMut(Event) + 'static) {
        self.scope.on(target, event, act);
    }

    /// Calls `act` when a control with this `data-action` is used.
    pub(crate) fn click(&mut self, action: &str, act: impl FnMut() + 'static) {
        if let Some(control) = self.find(&format!("[data-action=\"{action}\"]")) {
            self.scope.click(&control, act);
        }
    }

    /// Does `act` when a control with this `data-action` is used; it stays disabled until that is done.
    pub(crate) fn act<F: Future<Output = ()> + 'static>(
        &mut self,
        action: &str,
        act: impl Fn() -> F + 'static,
    ) {
        if let Some(control) = self.find(&format!("[data-action=\"{action}\"]")) {
            self.scope.act(&control, act);
        }
    }

    /// Writes texts now, and again whenever the language changes.
    pub(crate) fn text(&mut self, write: impl Fn() + 'static) {
        self.scope.text(write);
    }

    /// Calls `act` every `milliseconds`.
    pub(crate) fn every(&mut self, milliseconds: i32, act: impl FnMut() + 'static) {
        self.scope.every(milliseconds, act);
    }

    /// Calls `act` when the screen is left.
    pub(crate) fn leave(&mut self, act: impl FnOnce() + 'static) {
        self.scope.leave(act);
    }

    /// The first element of the screen that a selector names.
    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }
}
