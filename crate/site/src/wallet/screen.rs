//! One screen of the wallet: a cloned template with its listeners, timers and texts, which all end with it.

use std::future::Future;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventTarget};

use super::problem::Problem;
use crate::browser::dom::{self, Listener};

/// A screen. Dropping it ends everything that it started.
pub(crate) struct Screen {
    /// Its markup.
    pub(crate) root: Element,
    listeners: Vec<Listener>,
    timers: Vec<Timer>,
    texts: Vec<Box<dyn Fn()>>,
    leave: Vec<Box<dyn FnOnce()>>,
}

impl Screen {
    /// A screen from the template `t-<name>`.
    pub(crate) fn new(name: &str) -> Result<Self, Problem> {
        let root = dom::template(&format!("t-{name}")).ok_or(Problem::Unexpected)?;
        Ok(Self { root, listeners: Vec::new(), timers: Vec::new(), texts: Vec::new(), leave: Vec::new() })
    }

    /// Calls `act` when `event` happens at `target`.
    pub(crate) fn on(&mut self, target: &EventTarget, event: &'static str, act: impl FnMut(Event) + 'static) {
        self.listeners.push(dom::on(target, event, act));
    }

    /// Calls `act` when a control with this `data-action` is used.
    pub(crate) fn click(&mut self, action: &str, mut act: impl FnMut() + 'static) {
        let Some(control) = self.find(&format!("[data-action=\"{action}\"]")) else {
            return;
        };
        self.on(&control, "click", move |_| act());
    }

    /// Does `act` when a control with this `data-action` is used; it stays disabled until that is done.
    pub(crate) fn act<F: Future<Output = ()> + 'static>(
        &mut self,
        action: &str,
        act: impl Fn() -> F + 'static,
    ) {
        let Some(control) = self.find(&format!("[data-action=\"{action}\"]")) else {
            return;
        };
        let busy = control.clone();
        self.on(&control, "click", move |_| {
            if busy.has_attribute("disabled") {
                return;
            }
            let _ = busy.set_attribute("disabled", "");
            let (work, busy) = (act(), busy.clone());
            spawn_local(async move {
                work.await;
                let _ = busy.remove_attribute("disabled");
            });
        });
    }

    /// Writes texts now, and again whenever the language changes.
    pub(crate) fn text(&mut self, write: impl Fn() + 'static) {
        write();
        self.texts.push(Box::new(write));
    }

    /// Calls `act` every `milliseconds`.
    pub(crate) fn every(&mut self, milliseconds: i32, act: impl FnMut() + 'static) {
        self.timers.extend(Timer::start(milliseconds, act));
    }

    /// Calls `act` when the screen is left.
    pub(crate) fn leave(&mut self, act: impl FnOnce() + 'static) {
        self.leave.push(Box::new(act));
    }

    /// The first element of the screen that a selector names.
    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }

    /// The screen in the language that is shown now.
    pub(crate) fn translate(&self) {
        for write in &self.texts {
            write();
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        for act in self.leave.drain(..) {
            act();
        }
    }
}

/// Something that happens again and again until this is dropped.
struct Timer {
    id: i32,
    _act: Closure<dyn FnMut()>,
}

impl Timer {
    fn start(milliseconds: i32, act: impl FnMut() + 'static) -> Option<Self> {
        let act = Closure::<dyn FnMut()>::new(act);
        let id = dom::window()
            .set_interval_with_callback_and_timeout_and_arguments_0(
                act.as_ref().unchecked_ref(),
                milliseconds,
            )
            .ok()?;
        Some(Self { id, _act: act })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        dom::window().clear_interval_with_handle(self.id);
    }
}
