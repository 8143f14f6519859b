//! A worker and its watchdog: a worker that ends, hangs, sends an unknown message or is of another build is replaced
//! or refused.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};

use super::messages::{Control, FromScan, FromVerify, Life, Message, ToScan, ToVerify};
use crate::browser::js::Timer;
use crate::browser::{dom, host};

/// Interval of pings, in milliseconds.
const ASK_EVERY_MS: i32 = 500;
/// Pings without an answer (two seconds) after which a worker is replaced.
const SILENT_QUESTIONS: u32 = 4;
/// The same for a worker that is still loading (fifteen seconds).
const LOADING_QUESTIONS: u32 = 30;
/// Failed starts in a row after which none is tried any more.
const FAILED_STARTS: u32 = 3;

/// A kind of worker, with what is said to it and what it says.
pub(crate) trait Kind {
    /// The name of its script.
    const NAME: &'static str;
    /// What its page says.
    type To: Message;
    /// What it says.
    type From: Message + 'static;
}

/// The worker that reads codes.
pub(crate) struct Scan;

impl Kind for Scan {
    const NAME: &'static str = "scan";
    type To = ToScan;
    type From = FromScan;
}

/// The worker that verifies.
pub(crate) struct Verify;

impl Kind for Verify {
    const NAME: &'static str = "verify";
    type To = ToVerify;
    type From = FromVerify;
}

/// An event of a link.
pub(crate) enum Event<M> {
    /// The worker is ready; after a replacement too.
    Ready,
    /// A message of the worker.
    Message(M),
    /// The worker was replaced or cannot be had.
    Trouble(Trouble),
}

/// What happened to a worker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trouble {
    /// It was replaced: it trapped, failed, or gave no answer for two seconds.
    Replaced,
    /// None can be had: its files do not load.
    Broken,
    /// It is of another build than the page: nothing is checked with it.
    Mixed,
}

/// A worker that is replaced when it dies.
pub(crate) struct Link<K: Kind>(Rc<Watched>, PhantomData<K>);

impl<K: Kind> Clone for Link<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K: Kind> Link<K> {
    /// Starts the worker; `tell` is called with each event.
    pub(crate) fn start(tell: impl Fn(Event<K::From>) + 'static) -> Self {
        let tell = move |event: Event<JsValue>| {
            tell(match event {
                Event::Ready => Event::Ready,
                Event::Trouble(trouble) => Event::Trouble(trouble),
                Event::Message(message) => match K::From::from_js(&message) {
                    Some(message) => Event::Message(message),
                    None => return false,
                },
            });
            true
        };
        Self(Watched::start(K::NAME, Box::new(tell)), PhantomData)
    }

    /// Whether the worker answers.
    pub(crate) fn is_ready(&self) -> bool {
        self.0.state.borrow().ready
    }

    /// Sends a message; false when it could not be sent.
    pub(crate) fn send(&self, message: K::To) -> bool {
        let (message, transfer) = message.into_js();
        self.0.post(&message, &transfer)
    }

    /// Ends the worker and starts another one, for a task that took too long.
    pub(crate) fn replace(&self) {
        self.0.lost();
    }

    /// Returns why there is no worker and none will be started: [`Trouble::Broken`] or [`Trouble::Mixed`].
    pub(crate) fn end(&self) -> Option<Trouble> {
        let state = self.0.state.borrow();
        let end = if state.mixed { Trouble::Mixed } else { Trouble::Broken };
        state.worker.is_none().then_some(end)
    }
}

/// Is called with each event; returns false for a message that it cannot read.
type Tell = Box<dyn Fn(Event<JsValue>) -> bool>;

/// A worker of any kind and its state.
struct Watched {
    name: &'static str,
    tell: Tell,
    state: RefCell<State>,
    watchdog: RefCell<Option<Timer>>,
}

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    listeners: Vec<dom::Listener>,
    ready: bool,
    /// Whether its module is still being fetched, which has a time limit of its own.
    loading: bool,
    /// Whether it was of another build.
    mixed: bool,
    unanswered: u32,
    failed_starts: u32,
}

impl Drop for Watched {
    /// Ends the worker with its page.
    fn drop(&mut self) {
        if let Some(worker) = self.state.get_mut().worker.take() {
            host::end_worker(&worker);
        }
    }
}

impl Watched {
    fn start(name: &'static str, tell: Tell) -> Rc<Self> {
        let this = Rc::new(Self { name, tell, state: RefCell::default(), watchdog: RefCell::default() });
        this.launch();
        let watched = Rc::downgrade(&this);
        *this.watchdog.borrow_mut() = Some(Timer::every(ASK_EVERY_MS, move || {
            if let Some(this) = watched.upgrade() {
                this.watch();
            }
        }));
        this
    }

    fn post(&self, message: &JsValue, transfer: &Array) -> bool {
        let worker = self.state.borrow().worker.clone();
        worker.is_some_and(|worker| worker.post_message_with_transfer(message, transfer).is_ok())
    }

    fn control(&self, message: Control) {
        let (message, transfer) = message.into_js();
        self.post(&message, &transfer);
    }

    fn launch(self: &Rc<Self>) {
        let worker = host::new_worker(self.name);
        let mine = worker.clone();
        let link = Rc::downgrade(self);
        let hear = move |event: web_sys::Event| {
            let (Some(this), Ok(event)) = (link.upgrade(), event.dyn_into::<MessageEvent>()) else {
                return;
            };
            // A message that was on its way when its worker was replaced is ignored.
            if this.state.borrow().worker.as_ref() == Some(&mine) {
                this.hear(event.data());
            }
        };
        let failed = Rc::downgrade(self);
        let fail = move |event: web_sys::Event| {
            event.prevent_default();
            if let Some(this) = failed.upgrade() {
                this.lost();
            }
        };
        let listeners = vec![dom::on(&worker, "message", hear), dom::on(&worker, "error", fail)];
        {
            let mut state = self.state.borrow_mut();
            state.ready = false;
            state.unanswered = 0;
            state.listeners = listeners;
            state.worker = Some(worker);
        }
        self.load();
    }

    /// Gives the worker its module, as soon as it is there.
    fn load(self: &Rc<Self>) {
        self.state.borrow_mut().loading = true;
        let (name, link) = (self.name, Rc::downgrade(self));
        let mine = self.state.borrow().worker.clone();
        spawn_local(async move {
            let module = host::worker_module(name).await;
            let Some(this) = link.upgrade().filter(|this| this.state.borrow().worker == mine) else {
                return;
            };
            this.state.borrow_mut().loading = false;
            match module {
                Ok(module) => this.control(Control::Init { module }),
                Err(_) => this.given_up(),
            }
        });
    }

    /// Ends the worker, and starts no other.
    fn given_up(&self) {
        self.stop();
        (self.tell)(Event::Trouble(Trouble::Broken));
    }

    fn hear(self: &Rc<Self>, message: JsValue) {
        self.state.borrow_mut().unanswered = 0;
        match Life::from_js(&message) {
            Some(Life::Pong { .. }) => {}
            Some(Life::Ended {}) => self.lost(),
            Some(Life::Ready { builds }) => self.started(&builds),
            None => {
                if !(self.tell)(Event::Message(message)) {
                    self.lost();
                }
            }
        }
    }

    fn started(&self, builds: &Array) {
        if !same_build(builds) {
            self.stop();
            self.state.borrow_mut().mixed = true;
            (self.tell)(Event::Trouble(Trouble::Mixed));
            return;
        }
        {
            let mut state = self.state.borrow_mut();
            state.ready = true;
            state.failed_starts = 0;
        }
        (self.tell)(Event::Ready);
    }

    fn watch(self: &Rc<Self>) {
        let (alive, allowed, unanswered) = {
            let mut state = self.state.borrow_mut();
            if state.loading {
                return;
            }
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
            self.control(Control::Ping { n: unanswered });
        }
    }

    fn lost(self: &Rc<Self>) {
        let was_ready = self.stop();
        let hopeless = {
            let mut state = self.state.borrow_mut();
            state.failed_starts += u32::from(!was_ready);
            state.failed_starts >= FAILED_STARTS
        };
        if hopeless {
            self.given_up();
            return;
        }
        self.launch();
        (self.tell)(Event::Trouble(Trouble::Replaced));
    }

    /// Ends the worker. Returns whether it had been ready.
    fn stop(&self) -> bool {
        let (worker, listeners, ready) = {
            let mut state = self.state.borrow_mut();
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
    spawn_local(async move { drop(listeners) });
}

/// Whether all parts of the worker are of the page's build.
fn same_build(builds: &Array) -> bool {
    let builds: Vec<Option<String>> = builds.iter().map(|build| build.as_string()).collect();
    let own = build();
    !builds.is_empty() && builds.iter().all(|build| build.as_ref() == Some(&own))
}

/// The build of this page, as its head says.
pub(crate) fn build() -> String {
    let meta = dom::document().query_selector("meta[name=\"build\"]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
