//! A worker and its watchdog: a worker that ends, hangs or is of another build is replaced or refused.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use crate::browser::js::{self, Timer};
use crate::browser::{dom, host};

/// How often a worker is asked whether it lives, in milliseconds.
const ASK_EVERY_MS: i32 = 500;
/// So many questions without an answer, two seconds, and a worker is replaced.
const SILENT_QUESTIONS: u32 = 4;
/// So many, fifteen seconds, for a worker that is still loading.
const LOADING_QUESTIONS: u32 = 30;
/// So many starts in a row that never became ready, and no further one is tried.
const FAILED_STARTS: u32 = 3;

/// What a link tells the page.
pub(crate) enum Event {
    /// The worker is ready; after a replacement too.
    Ready,
    /// A message of the worker.
    Message(JsValue),
    /// The worker was replaced: it trapped, failed, or gave no answer for two seconds.
    Replaced,
    /// No worker can be had: its files do not load.
    Broken,
    /// The worker is of another build than the page: nothing is checked with it.
    Mixed,
}

/// A worker that is replaced when it dies.
#[derive(Clone)]
pub(crate) struct Link(Rc<Inner>);

struct Inner {
    name: &'static str,
    tell: Box<dyn Fn(Event)>,
    state: RefCell<State>,
    watchdog: RefCell<Option<Timer>>,
}

impl Drop for Inner {
    /// A worker without a page to hear it would go on for nobody.
    fn drop(&mut self) {
        if let Some(worker) = self.state.get_mut().worker.take() {
            worker.terminate();
        }
    }
}

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    listeners: Vec<dom::Listener>,
    ready: bool,
    unanswered: u32,
    failed_starts: u32,
}

impl Link {
    /// Starts the worker of this name; `tell` hears what it says and what becomes of it.
    pub(crate) fn start(name: &'static str, tell: impl Fn(Event) + 'static) -> Self {
        let link = Self(Rc::new(Inner {
            name,
            tell: Box::new(tell),
            state: RefCell::default(),
            watchdog: RefCell::default(),
        }));
        link.launch();
        let watched = Rc::downgrade(&link.0);
        *link.0.watchdog.borrow_mut() = Some(Timer::every(ASK_EVERY_MS, move || {
            if let Some(inner) = watched.upgrade() {
                Self(inner).watch();
            }
        }));
        link
    }

    /// Whether the worker answers.
    pub(crate) fn is_ready(&self) -> bool {
        self.0.state.borrow().ready
    }

    /// Sends a message; false when it could not be sent.
    pub(crate) fn send(&self, message: &JsValue) -> bool {
        self.send_with(message, &Array::new())
    }

    /// Sends a message and hands over what `transfer` lists; false when it could not be sent.
    pub(crate) fn send_with(&self, message: &JsValue, transfer: &Array) -> bool {
        let worker = self.0.state.borrow().worker.clone();
        worker.is_some_and(|worker| worker.post_message_with_transfer(message, transfer).is_ok())
    }

    /// Hands picture files to the worker, in order; tells how many.
    pub(crate) fn send_pictures(&self, files: Vec<JsValue>) -> u32 {
        let of = u32::try_from(files.len()).unwrap_or(u32::MAX);
        for (index, file) in (1_u32..).zip(files) {
            self.send(&js::object(&[
                ("kind", "picture".into()),
                ("file", file),
                ("index", index.into()),
                ("of", of.into()),
            ]));
        }
        of
    }

    /// Ends the worker and starts another one, for a task that took too long.
    pub(crate) fn replace(&self) {
        self.lost();
    }

    fn launch(&self) {
        let worker = host::new_worker(self.0.name);
        let mine = worker.clone();
        let link = Rc::downgrade(&self.0);
        let hear = move |event: web_sys::Event| {
            let (Some(inner), Ok(event)) = (link.upgrade(), event.dyn_into::<MessageEvent>()) else {
                return;
            };
            // A message that was on its way when its worker was replaced is not heard.
            if inner.state.borrow().worker.as_ref() == Some(&mine) {
                Self(inner).hear(event.data());
            }
        };
        let failed = Rc::downgrade(&self.0);
        let fail = move |event: web_sys::Event| {
            event.prevent_default();
            if let Some(inner) = failed.upgrade() {
                Self(inner).lost();
            }
        };
        let listeners = vec![dom::on(&worker, "message", hear), dom::on(&worker, "error", fail)];
        {
            let mut state = self.0.state.borrow_mut();
            state.ready = false;
            state.unanswered = 0;
            state.listeners = listeners;
            state.worker = Some(worker);
        }
        self.send(&js::object(&[("kind", "init".into()), ("module", wasm_bindgen::module())]));
    }

    fn hear(&self, message: JsValue) {
        self.0.state.borrow_mut().unanswered = 0;
        match js::text(&message, "kind").as_str() {
            "pong" => {}
            "ended" => self.lost(),
            "ready" => {
                if !same_build(&js::get(&message, "builds")) {
                    self.stop();
                    (self.0.tell)(Event::Mixed);
                    return;
                }
                {
                    let mut state = self.0.state.borrow_mut();
                    state.ready = true;
                    state.failed_starts = 0;
                }
                (self.0.tell)(Event::Ready);
            }
            _ => (self.0.tell)(Event::Message(message)),
        }
    }

    fn watch(&self) {
        let (alive, allowed, unanswered) = {
            let mut state = self.0.state.borrow_mut();
            state.unanswered += 1;
            let allowed = if state.ready { SILENT_QUESTIONS } else { LOADING_QUESTIONS };
            (state.worker.is_some(), allowed, state.unanswered)
        };
        if !alive {
            return;
        }
        if unanswered > allowed {
            self.lost();
        } else {
            self.send(&js::object(&[("kind", "ping".into()), ("n", unanswered.into())]));
        }
    }

    fn lost(&self) {
        let was_ready = self.stop();
        let hopeless = {
            let mut state = self.0.state.borrow_mut();
            state.failed_starts += u32::from(!was_ready);
            state.failed_starts >= FAILED_STARTS
        };
        if hopeless {
            (self.0.tell)(Event::Broken);
            return;
        }
        self.launch();
        (self.0.tell)(Event::Replaced);
    }

    /// Ends the worker; tells whether it had been ready.
    fn stop(&self) -> bool {
        let (worker, listeners, ready) = {
            let mut state = self.0.state.borrow_mut();
            let ready = std::mem::take(&mut state.ready);
            (state.worker.take(), std::mem::take(&mut state.listeners), ready)
        };
        if let Some(worker) = worker {
            worker.terminate();
        }
        // This may run inside one of the listeners: they end after it.
        drop_later(listeners);
        ready
    }
}

fn drop_later(listeners: Vec<dom::Listener>) {
    wasm_bindgen_futures::spawn_local(async move { drop(listeners) });
}

/// Whether all parts of the worker are of the page's build.
fn same_build(builds: &JsValue) -> bool {
    let builds: Vec<Option<String>> = Array::from(builds).iter().map(|build| build.as_string()).collect();
    let own = build();
    !builds.is_empty() && builds.iter().all(|build| build.as_ref() == Some(&own))
}

/// The build of this page, as its head says.
pub(crate) fn build() -> String {
    let meta = dom::document().query_selector("meta[name=\"build\"]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
