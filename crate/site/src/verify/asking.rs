//! The challenge: this page shows a question as a code, the holder's wallet answers it, and the camera reads the answer.
//!
//! The question and its key live in the verifying worker. An answer is taken once; after each verdict a new question is
//! asked, until the person goes back to ordinary scanning.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use protocol::{DEFAULT_LIFE_SECONDS, ResponseUri};
use verdict::Purpose;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::browser::dom;
use crate::browser::frames::{Frames, each_frame};
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::verify::Page as Markup;
use crate::ui::painter::Stopped;
use crate::ui::projector::Projector;
use crate::ui::scope::Scope;
use crate::workers::messages::ToVerify;

/// Seconds after which a new question replaces the shown one: the last wallet to scan it has a minute to answer.
const ASKED_ANEW_AFTER: i64 = DEFAULT_LIFE_SECONDS - 60;

/// An event of the asking.
pub(super) enum Event {
    /// From now on answers are taken, and nothing else.
    Opened,
    /// A question is needed: see [`Asking::request`].
    Due,
    /// No question is asked any more.
    Closed,
    /// The question cannot be asked; sent after [`Event::Closed`].
    Failed,
}

/// Whether a question is asked, and its picture.
#[derive(Clone)]
pub(super) struct Asking(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    tell: OnceCell<Box<dyn Fn(Event)>>,
    on: Cell<bool>,
    /// Of several questions on their way from the worker, the newest counts.
    number: Cell<u32>,
    projector: RefCell<Option<Rc<Projector>>>,
    frames: RefCell<Option<Frames>>,
}

impl Asking {
    /// Asks nothing yet.
    pub(super) fn new(markup: &Rc<Markup>) -> Self {
        Self(Rc::new(Inner {
            markup: markup.clone(),
            tell: OnceCell::new(),
            on: Cell::default(),
            number: Cell::default(),
            projector: RefCell::default(),
            frames: RefCell::default(),
        }))
    }

    /// Whether the page takes answers, and nothing else.
    pub(super) fn is_on(&self) -> bool {
        self.0.on.get()
    }

    /// Listens to the controls of the question; `tell` is called with each event.
    pub(super) fn start(&self, scope: &Scope, tell: impl Fn(Event) + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
        let markup = &self.0.markup;
        let there = self.clone();
        scope.click(&markup.ask_open, move || there.open());
        let there = self.clone();
        scope.click(&markup.ask_close, move || there.close());
        for (button, step) in [(&markup.asking.larger, 1), (&markup.asking.smaller, -1)] {
            let there = self.clone();
            scope.click(button, move || {
                if let Some(projector) = there.0.projector.borrow().as_ref() {
                    projector.ease_by(step);
                    let asking = &there.0.markup.asking;
                    projector.draw_ease(&asking.larger, &asking.smaller);
                }
            });
        }
        let there = self.clone();
        scope.on(&dom::window(), "resize", move |_| {
            if let Some(projector) = there.0.projector.borrow().as_ref() {
                projector.lay_out();
            }
        });
        // An answer is bound to this address; one that no wallet would take is not asked with.
        dom::show(&markup.ask_open, ResponseUri::parse(&address()).is_some());
    }

    fn tell(&self, event: Event) {
        if let Some(tell) = self.0.tell.get() {
            tell(event);
        }
    }

    fn open(&self) {
        self.0.on.set(true);
        self.draw();
        self.tell(Event::Opened);
        dom::focus(&self.0.markup.asking_title.root);
    }

    fn close(&self) {
        self.0.on.set(false);
        self.0.frames.take();
        self.0.projector.take();
        self.draw();
        self.tell(Event::Closed);
        dom::focus(&self.0.markup.ask_open);
    }

    fn draw(&self) {
        let (markup, on) = (&self.0.markup, self.is_on());
        dom::show(&markup.asking.root, on);
        dom::show(&markup.ask_open, !on);
        dom::mark(&markup.scan, "data-asking", on);
    }

    /// The message that has the worker make a new question for a purpose; `None` while nothing is asked.
    pub(super) fn request(&self, purpose: Purpose) -> Option<ToVerify> {
        if !self.is_on() {
            return None;
        }
        self.0.number.set(self.0.number.get().wrapping_add(1));
        Some(ToVerify::Ask {
            id: self.0.number.get(),
            at: format::now().unix() as f64,
            purpose: purpose.code().to_owned(),
            page: address(),
        })
    }

    /// Shows the question of this number, unless a newer one was requested. An empty payload means that it failed.
    pub(super) fn answered(&self, id: u32, payload: Vec<u8>) {
        if id != self.0.number.get() || !self.is_on() {
            return;
        }
        if payload.is_empty() || self.show(payload).is_err() {
            self.fail();
        }
        // What is being read goes on: an answer may already be coming, and `next` began anew.
    }

    fn fail(&self) {
        self.close();
        self.tell(Event::Failed);
    }

    fn show(&self, payload: Vec<u8>) -> Result<(), Stopped> {
        let markup = self.0.markup.asking.clone();
        let earlier = self.0.projector.borrow().clone();
        let projector = match earlier {
            Some(projector) => projector,
            None => Rc::new(Projector::new(&markup.code)?),
        };
        let until = u64::try_from(format::now().plus_seconds(ASKED_ANEW_AFTER).unix()).unwrap_or(0);
        projector.show(payload, until.saturating_mul(1000));
        projector.draw_ease(&markup.larger, &markup.smaller);
        *self.0.projector.borrow_mut() = Some(projector.clone());
        let there = self.clone();
        let frames = each_frame(move |at| match projector.step(at, || room(&markup.frame)) {
            Ok(()) => true,
            Err(Stopped::Ended) => {
                there.tell(Event::Due);
                false
            }
            Err(_) => {
                // Later: these frames end with it.
                let there = there.clone();
                spawn_local(async move { there.fail() });
                false
            }
        });
        *self.0.frames.borrow_mut() = Some(frames);
        Ok(())
    }

    /// Writes the words of the question again.
    pub(super) fn translate(&self, purpose: Purpose) {
        dom::set(&self.0.markup.asking_title.purpose, &tr(&std::format!("purpose.{}", purpose.code())));
    }
}

/// CSS pixels on a side that the question's code may take.
fn room(frame: &HtmlElement) -> f64 {
    let side = frame.client_width().min(frame.client_height().max(160));
    f64::from(side).max(160.0)
}

/// This page's own address, without anything after its path: answers are bound to it.
fn address() -> String {
    let location = dom::window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    origin + &path
}
