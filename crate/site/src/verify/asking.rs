//! The challenge: this page shows a question as a code, the holder's wallet answers it, and the camera reads the answer.
//!
//! The question and its key live in the verifying worker. An answer is taken once; after each verdict a new question is
//! asked, until the person goes back to ordinary scanning.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use protocol::{DEFAULT_LIFE_SECONDS, ResponseUri};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::Handle;
use crate::browser::dom;
use crate::browser::frames::{Frames, each_frame};
use crate::scan::camera::Condition;
use crate::scan::progress::Line;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::painter::Stopped;
use crate::ui::projector::Projector;
use crate::workers::messages::ToVerify;

/// How long a question is shown before another one takes its place, in seconds: who scans it last has a minute to answer.
const ASKED_ANEW_AFTER: i64 = DEFAULT_LIFE_SECONDS - 60;

/// Whether a question is asked, and its picture.
#[derive(Default)]
pub(super) struct Asking {
    on: Cell<bool>,
    /// Of several questions on their way from the worker, the newest counts.
    number: Cell<u32>,
    projector: RefCell<Option<Rc<Projector>>>,
    frames: RefCell<Option<Frames>>,
}

impl Asking {
    /// Whether the page takes answers, and nothing else.
    pub(super) fn is_on(&self) -> bool {
        self.on.get()
    }
}

impl Handle {
    /// Listens to what opens, changes and closes the question.
    pub(super) fn listen_to_asking(&self) {
        let (markup, scope) = (&self.0.markup, &self.0.scope);
        self.on_click(&markup.ask_open, Self::start_asking);
        self.on_click(&markup.ask_close, Self::stop_asking);
        for (button, step) in [(&markup.asking.larger, 1), (&markup.asking.smaller, -1)] {
            let page = self.clone();
            scope.click(button, move || {
                if let Some(projector) = page.0.asking.projector.borrow().as_ref() {
                    projector.ease_by(step);
                    let asking = &page.0.markup.asking;
                    projector.draw_ease(&asking.larger, &asking.smaller);
                }
            });
        }
        let page = self.clone();
        scope.on(&dom::window(), "resize", move |_| {
            if let Some(projector) = page.0.asking.projector.borrow().as_ref() {
                projector.lay_out();
            }
        });
        // An answer is bound to this address; one that no wallet would take is not asked with.
        dom::show(&markup.ask_open, ResponseUri::parse(&address()).is_some());
    }

    fn start_asking(&self) {
        self.0.asking.on.set(true);
        self.draw_asking();
        self.ask();
        if self.0.reading.camera().condition() != Condition::Live {
            let reading = self.0.reading.clone();
            spawn_local(async move { reading.open_camera().await });
        }
        dom::focus(&self.0.markup.asking_title.root);
    }

    fn stop_asking(&self) {
        self.0.asking.on.set(false);
        self.0.asking.frames.take();
        self.0.asking.projector.take();
        self.0.judging.send(ToVerify::EndQuestion {});
        self.draw_asking();
        self.0.reading.resume(self.is_free());
        dom::focus(&self.0.markup.ask_open);
    }

    fn draw_asking(&self) {
        let (markup, on) = (&self.0.markup, self.0.asking.is_on());
        dom::show(&markup.asking.root, on);
        dom::show(&markup.ask_open, !on);
        dom::mark(&markup.scan, "data-asking", on);
    }

    /// Asks the worker for a new question by the terms of now, where one is asked at all.
    pub(super) fn ask(&self) {
        if !self.0.asking.is_on() {
            return;
        }
        self.0.asking.number.set(self.0.asking.number.get().wrapping_add(1));
        let purpose = self.0.asked.borrow_mut().terms().purpose;
        self.0.judging.send(ToVerify::Ask {
            id: self.0.asking.number.get(),
            at: format::now().unix() as f64,
            purpose: purpose.code().to_owned(),
            page: address(),
        });
    }

    /// The worker made the question.
    pub(super) fn asked(&self, id: u32, payload: Vec<u8>) {
        if id != self.0.asking.number.get() || !self.0.asking.is_on() {
            return;
        }
        if payload.is_empty() || self.show_question(payload).is_err() {
            self.cannot_ask();
        }
        // What is being read goes on: an answer may already be coming, and `next` began anew.
    }

    fn cannot_ask(&self) {
        self.stop_asking();
        self.0.reading.progress().say(Line::Warning("ask.failed"));
    }

    fn show_question(&self, payload: Vec<u8>) -> Result<(), Stopped> {
        let markup = self.0.markup.asking.clone();
        let earlier = self.0.asking.projector.borrow().clone();
        let projector = match earlier {
            Some(projector) => projector,
            None => Rc::new(Projector::new(&markup.code)?),
        };
        let until = u64::try_from(format::now().plus_seconds(ASKED_ANEW_AFTER).unix()).unwrap_or(0);
        projector.show(payload, until.saturating_mul(1000));
        projector.draw_ease(&markup.larger, &markup.smaller);
        *self.0.asking.projector.borrow_mut() = Some(projector.clone());
        let page = self.clone();
        let frames = each_frame(move |at| match projector.step(at, || room(&markup.frame)) {
            Ok(()) => true,
            Err(Stopped::Ended) => {
                page.ask();
                false
            }
            Err(_) => {
                // Later: these frames end with it.
                let page = page.clone();
                spawn_local(async move { page.cannot_ask() });
                false
            }
        });
        *self.0.asking.frames.borrow_mut() = Some(frames);
        Ok(())
    }

    /// Writes the words of the question again.
    pub(super) fn translate_asking(&self) {
        let purpose = self.0.asked.borrow_mut().terms().purpose;
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
