//! Trust and revocation: the built-in list and the imported ones, each verified again whenever it is loaded.

mod act;
mod described;
mod hand_in;
mod panel;
mod question;
mod remembered;
mod state;
mod store;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use ::trust::TrustLists;
use cbor::Timestamp;
use js_sys::Promise;
use mdoc::TrustAnchors;
use signature::RustCrypto;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BroadcastChannel};

use self::act::Act;
use self::state::{State, Title};
use crate::browser::dom;
use crate::composition;
use crate::storage::StoreError;
use crate::storage::settings::TRUST_LISTS;
use crate::ui::format;
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;

/// The lists of this page.
#[derive(Clone)]
pub(super) struct Trust(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    /// What listens to the lists that are drawn.
    rows: RefCell<Scope>,
    state: RefCell<State>,
    channel: RefCell<Option<BroadcastChannel>>,
    /// Hears that the panel was opened or closed.
    moved: OnceCell<Box<dyn Fn()>>,
    loads: Cell<u32>,
}

impl Trust {
    /// Without any list yet.
    pub(super) fn new(markup: &Rc<Markup>) -> Self {
        Self(Rc::new(Inner {
            markup: markup.clone(),
            rows: RefCell::default(),
            state: RefCell::default(),
            channel: RefCell::default(),
            moved: OnceCell::new(),
            loads: Cell::default(),
        }))
    }

    /// Loads what is stored, listens to other tabs and to the panel. `moved` is called when the panel was opened or closed.
    pub(super) fn start(&self, scope: &Scope, moved: impl Fn() + 'static) {
        let _ = self.0.moved.set(Box::new(moved));
        let there = self.clone();
        *self.0.channel.borrow_mut() = store::listen(scope, move || there.reload());
        // What is remembered may reach this tab later than the message.
        let there = self.clone();
        scope.on(&dom::window(), "storage", move |event| {
            if TRUST_LISTS.is_changed_by(&event) {
                there.reload();
            }
        });
        let there = self.clone();
        panel::listen(&self.0.markup, scope, move |act| there.act(act));
        self.reload();
    }

    /// Carries out an action of the panel.
    fn act(&self, act: Act) {
        match act {
            Act::Open => {
                self.0.state.borrow_mut().done = None;
                self.draw();
                let _ = self.0.markup.trust.show_modal();
                self.moved();
            }
            Act::Closed => {
                self.give_up();
                self.moved();
            }
            Act::Files(files) => self.hand_in(files),
            Act::Tick(index, ticked) => self.tick(|at| at == index, ticked),
            Act::TickAll(ticked) => self.tick(|_| true, ticked),
            Act::Accept => self.accept(),
            Act::Decline => self.decline(),
            Act::Undo => self.undo(),
            Act::Remove(key) => self.remove(key),
        }
    }

    fn moved(&self) {
        if let Some(moved) = self.0.moved.get() {
            moved();
        }
    }

    /// Takes files that were dropped or pasted, if the panel is open. Returns whether it is.
    pub(super) fn take(&self, files: &[JsValue]) -> bool {
        let open = self.0.markup.trust.open();
        if open {
            self.hand_in(files.iter().filter_map(|file| file.dyn_ref::<Blob>()).cloned());
        }
        open
    }

    /// Waits until the stored lists are there.
    pub(super) async fn loading(&self) {
        let there = self.clone();
        let loaded = Promise::new(&mut |resolve, _| {
            there.when_loaded(move || {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
        });
        let _ = JsFuture::from(loaded).await;
    }

    /// Calls `act` once the stored lists are there: at once, or a little later.
    pub(super) fn when_loaded(&self, act: impl FnOnce() + 'static) {
        let mut state = self.0.state.borrow_mut();
        if !state.loaded {
            state.waiting.push(Box::new(act));
            return;
        }
        drop(state);
        act();
    }

    /// The verified lists for the worker.
    pub(super) fn bundle(&self) -> Vec<u8> {
        self.0.state.borrow().lists.bundle()
    }

    /// The built-in anchors and those of the verified lists, as they are at `now`.
    pub(super) fn anchors(&self, now: Timestamp) -> TrustAnchors {
        self.0.state.borrow().lists.anchors(now)
    }

    /// The true time is not before any list that was accepted.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.0.state.borrow().lists.newest()
    }

    /// Writes the panel again, in the language that is shown now.
    pub(super) fn draw(&self) {
        let there = self.clone();
        let rows = panel::draw(&self.0.markup, &self.0.state.borrow(), move |act| there.act(act));
        // The listeners of the lists before end with them.
        drop(self.0.rows.replace(rows));
    }

    /// Moves the focus to what changed, so that the keyboard and a screen reader follow.
    fn focus(&self) {
        let asked = self.0.state.borrow().asked.len();
        panel::focus(&self.0.markup, asked);
    }

    fn reload(&self) {
        let (there, load) = (self.clone(), self.0.loads.get().wrapping_add(1));
        self.0.loads.set(load);
        spawn_local(async move {
            let stored = store::load().await;
            // Of two loads that overtake each other, the later one counts.
            if there.0.loads.get() == load {
                there.loaded(stored);
            }
        });
    }

    fn loaded(&self, stored: Result<store::Stored, StoreError>) {
        let waiting = {
            let mut state = self.0.state.borrow_mut();
            let mut unread = Vec::new();
            match stored {
                Ok(stored) => {
                    unread = stored.unread;
                    state.lists = TrustLists::load(
                        composition::trust(),
                        stored.lists,
                        stored.floors,
                        format::now(),
                        &RustCrypto,
                    );
                }
                Err(error) => state.refusal = Some(error.into()),
            }
            let lists = std::mem::replace(&mut state.lists, TrustLists::new(composition::trust()));
            state.lists = lists.expecting(unread.into_iter().chain(remembered::read()));
            remembered::add(state.lists.to_remember());
            state.loaded = true;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(|act| act());
        self.draw();
    }

    fn remove(&self, key: String) {
        let there = self.clone();
        spawn_local(async move {
            let removed = store::remove(&key).await;
            if removed.is_ok() {
                // Only now: another tab that loads meanwhile would remember the list again.
                remembered::forget(&key);
            }
            {
                let mut state = there.0.state.borrow_mut();
                state.refusal = None;
                match removed {
                    Ok(()) => {
                        let entry = state.lists.entries().iter().find(|entry| entry.key == key);
                        let list = entry.and_then(|entry| Some((entry, entry.verified.as_ref().ok()?)));
                        let names = list.map(|(entry, list)| Title::of(&entry.received, list));
                        let received = list.map(|(entry, _)| entry.received.clone());
                        state.done = Some(("trust.removed", names.into_iter().collect(), received));
                    }
                    Err(error) => state.refusal = Some(error.into()),
                }
            }
            there.changed().await;
        });
    }

    /// Brings the removed list back.
    fn undo(&self) {
        let removed = self.0.state.borrow_mut().done.take();
        if let Some((_, _, Some(received))) = removed {
            let offered = self.0.state.borrow().lists.offer_again(received, format::now(), &RustCrypto);
            match offered {
                Ok(candidate) => self.put(candidate),
                Err(error) => {
                    self.0.state.borrow_mut().refusal = Some(error.into());
                    self.draw();
                }
            }
        }
    }

    /// Loads what is stored again, and notifies the other tabs.
    async fn changed(&self) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            let _ = channel.post_message(&"changed".into());
        }
        let stored = store::load().await;
        self.loaded(stored);
        self.focus();
    }
}
