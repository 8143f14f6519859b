//! What a part of a page started: listeners, timers and texts, which all end with it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventTarget};

use crate::browser::dom::{self, Listener};
use crate::browser::js::Timer;
use crate::ui::i18n;

/// What writes texts, once and again with each change of the language.
type Texts = Rc<RefCell<Vec<Rc<dyn Fn()>>>>;

/// Listeners, timers and texts. Dropping it ends them, also from inside one of its own listeners: nothing is heard
/// any more at once, and what is running is freed after it returned.
#[derive(Default)]
pub(crate) struct Scope {
    listeners: RefCell<Vec<Listener>>,
    timers: RefCell<Vec<Timer>>,
    texts: Texts,
    leave: RefCell<Vec<Box<dyn FnOnce()>>>,
    /// How many of its listeners and timers run now.
    running: Rc<Cell<u32>>,
}

impl Scope {
    /// A scope without anything.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Calls `act` when `event` happens at `target`.
    pub(crate) fn on(&self, target: &EventTarget, event: &'static str, act: impl FnMut(Event) + 'static) {
        self.listen(target, event, Box::new(act));
    }

    // Not generic, as the module would hold it once for each listener.
    fn listen(&self, target: &EventTarget, event: &'static str, mut act: Box<dyn FnMut(Event)>) {
        let running = self.running.clone();
        let listener = dom::on(target, event, move |event| {
            running.set(running.get() + 1);
            act(event);
            running.set(running.get() - 1);
        });
        self.listeners.borrow_mut().push(listener);
    }

    /// Calls `act` when a control is used.
    pub(crate) fn click(&self, control: &EventTarget, mut act: impl FnMut() + 'static) {
        self.on(control, "click", move |_| act());
    }

    /// Does `act` when a control is used; it stays disabled until that is done.
    pub(crate) fn act<F: Future<Output = ()> + 'static>(
        &self,
        control: &Element,
        act: impl Fn() -> F + 'static,
    ) {
        let busy = control.clone();
        self.click(control, move || {
            if busy.has_attribute("disabled") {
                return;
            }
            // A button loses the focus while it is disabled; it gets it back unless something else took it.
            let focused = dom::has_focus(&busy);
            let _ = busy.set_attribute("disabled", "");
            let (work, busy) = (act(), busy.clone());
            spawn_local(async move {
                work.await;
                let _ = busy.remove_attribute("disabled");
                let active = dom::document().active_element();
                if focused && active.is_none_or(|element| element.tag_name() == "BODY") {
                    dom::focus(&busy);
                }
            });
        });
    }

    /// Calls `act` at an interval in milliseconds.
    pub(crate) fn every(&self, milliseconds: i32, mut act: impl FnMut() + 'static) {
        let running = self.running.clone();
        let timer = Timer::every(milliseconds, move || {
            running.set(running.get() + 1);
            act();
            running.set(running.get() - 1);
        });
        self.timers.borrow_mut().push(timer);
    }

    /// Writes texts now, and again whenever the language changes.
    pub(crate) fn text(&self, write: impl Fn() + 'static) {
        write();
        if self.texts.borrow().is_empty() {
            let texts = Rc::downgrade(&self.texts);
            self.on(&dom::window(), i18n::CHANGED, move |_| {
                // A text that is added meanwhile is written in the new language by itself.
                let texts = texts.upgrade().map(|texts| texts.borrow().clone()).unwrap_or_default();
                texts.iter().for_each(|write| write());
            });
        }
        self.texts.borrow_mut().push(Rc::new(write));
    }

    /// Calls `act` when the scope ends.
    pub(crate) fn leave(&self, act: impl FnOnce() + 'static) {
        self.leave.borrow_mut().push(Box::new(act));
    }

    /// Keeps something that ends by being dropped.
    pub(crate) fn keep(&self, guard: impl Sized + 'static) {
        self.leave(move || drop(guard));
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        let (listeners, timers) = (self.listeners.take(), self.timers.take());
        listeners.iter().for_each(Listener::end);
        timers.iter().for_each(Timer::end);
        for act in self.leave.take() {
            act();
        }
        if self.running.get() > 0 {
            spawn_local(async move { drop((listeners, timers)) });
        }
    }
}
