//! One payload on its way through the verifying worker, and what becomes of it when that worker dies.

use std::rc::Rc;

use cbor::Timestamp;
use envelope::ReplayMemory;
use verdict::{FaceAnswer, Verdict};

use super::Handle;
use super::memory::{Given, Way};
use super::screen::Screen;
use crate::browser::js::{self, Timer};
use crate::ui::format;
use crate::workers::build_time;
use crate::workers::link::{Event, Link, Trouble};
use crate::workers::messages::{FromVerify, Json, ToVerify};
use crate::workers::verify::Context;

/// A verdict must come within this time, in milliseconds.
const VERDICT_WITHIN_MS: i32 = 2_000;
/// So much more is given to a worker that is still loading.
const LOADING_MS: i32 = 15_000;

/// A payload that is being checked.
pub(super) struct Check {
    id: u32,
    payload: Rc<[u8]>,
    way: Way,
    at: Timestamp,
    /// The verdict that other terms may change.
    judged: Option<Given>,
    _timeout: Timer,
}

/// What is to be judged.
struct Asked {
    payload: Rc<[u8]>,
    way: Way,
    at: Timestamp,
    judged: Option<Given>,
}

impl Handle {
    /// Judges a payload that was read just now.
    pub(super) fn check(&self, payload: Vec<u8>) {
        self.0.progress.verifying();
        let at = format::now();
        let memory = self.0.memory.borrow_mut().seen(at);
        // While a question is asked nothing is taken but its answer: a code without it may be an old one.
        let way = if self.0.asking.is_on() { Way::Answer } else { Way::OneWay };
        self.send(Asked { payload: payload.into(), way, at, judged: None }, memory);
        self.settle();
    }

    /// Judges what is on the screen by the terms that are asked now, as of the moment at which it was scanned.
    /// False when there is nothing of which a person was seen.
    pub(super) fn judge_again(&self) -> bool {
        let open = self.0.open.borrow().as_ref().map(|(given, _)| given.clone());
        let Some(judged) = open.filter(|given| given.verdict.view.is_some()) else {
            return false;
        };
        let (payload, way, at) = (judged.payload.clone(), judged.way, judged.at);
        self.send(Asked { payload, way, at, judged: Some(judged) }, ReplayMemory::default());
        true
    }

    /// Sends a payload to the verifying worker, with the time and all that the page knows: first of all, whom to trust.
    fn send(&self, Asked { payload, way, at, judged }: Asked, memory: ReplayMemory) {
        let id = self.0.checks.get().wrapping_add(1);
        self.0.checks.set(id);
        let loading = !self.0.verifier.get().is_some_and(Link::is_ready);
        let page = self.clone();
        let timeout = Timer::once(if loading { LOADING_MS } else { VERDICT_WITHIN_MS }, move || {
            // The worker hangs: its replacement says so, and that ends this check.
            if let Some(link) = page.0.verifier.get() {
                link.replace();
            }
        });
        let check = Check { id, payload: payload.clone(), way, at, judged, _timeout: timeout };
        *self.0.check.borrow_mut() = Some(check);
        let page = self.clone();
        self.0.trust.when_loaded(move || {
            let waits = page.0.check.borrow().as_ref().is_some_and(|check| check.id == id);
            if waits && !page.post((id, way), &payload, at, memory) {
                page.interrupted();
            }
        });
    }

    /// Whether the message could be sent.
    fn post(&self, (id, way): (u32, Way), payload: &[u8], at: Timestamp, memory: ReplayMemory) -> bool {
        let built = Timestamp::from_unix(build_time());
        let context = Context {
            now: at,
            clock_floor: self.0.trust.newest().map_or(built, |newest| newest.max(built)),
            memory,
            audience: None,
            terms: self.0.asked.borrow_mut().terms(),
        };
        let (payload, context, trust) = (payload.to_vec(), Json(context), self.0.trust.bundle());
        let message = match way {
            Way::OneWay => ToVerify::Verify { id, payload, context, trust },
            Way::Answer => ToVerify::Reply { id, payload, context, trust },
        };
        self.0.verifier.get().is_some_and(|link| link.send(message))
    }

    /// What the verifying worker says, and what becomes of it.
    pub(super) fn verifying(&self, event: Event<FromVerify>) {
        match event {
            Event::Ready => {
                self.hand_lists();
                // A new worker knows no question.
                self.ask();
                Screen::rehearse(self);
            }
            Event::Message(FromVerify::Verdict { id, verdict: Json(verdict) }) => self.judged(id, verdict),
            Event::Message(FromVerify::Question { id, payload }) => self.asked(id, payload),
            Event::Trouble(trouble) => {
                self.interrupted();
                if trouble == Trouble::Mixed {
                    self.0.progress.trouble(trouble);
                }
            }
        }
    }

    fn judged(&self, id: u32, verdict: Verdict) {
        let expected = self.0.check.borrow().as_ref().map(|check| check.id);
        if expected != Some(id) {
            return;
        }
        // Taken first: the borrow must end before the verdict is shown.
        let check = self.0.check.take();
        if let Some(check) = check {
            self.give(&check, verdict);
        }
    }

    /// Our own fault: whatever was being checked was not judged.
    fn interrupted(&self) {
        // Taken first: the borrow must end before the verdict is shown.
        let check = self.0.check.take();
        if let Some(check) = check {
            // The timer may be the one that runs now; it ends after it.
            let verdict = Verdict::interrupted();
            self.give(&check, verdict);
            wasm_bindgen_futures::spawn_local(async move { drop(check) });
        }
    }

    fn give(&self, check: &Check, verdict: Verdict) {
        let (payload, way, at) = (check.payload.clone(), check.way, check.at);
        if let Some(judged) = &check.judged {
            let given = Given { verdict, payload, way, at, answer: judged.answer, took_ms: judged.took_ms };
            self.0.memory.borrow_mut().replace(&given);
            return self.show_again(given);
        }
        let took_ms = self.0.since.take().map_or(0.0, |since| js::elapsed_ms() - since);
        let given = Given { verdict, payload, way, at, answer: FaceAnswer::NotAnswered, took_ms };
        self.0.memory.borrow_mut().remember(&given, at);
        if given.verdict.at.is_some() {
            self.0.progress.done(took_ms);
        } else {
            self.0.progress.rest();
        }
        self.show(given);
    }
}
