//! One payload on its way through the verifying worker, and what becomes of it when that worker dies. What it is found to be
//! goes up to the page.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use cbor::Timestamp;
use envelope::ReplayMemory;
use protocol::received::OtherCode;
use verdict::{Terms, Verdict};

use super::memory::{Given, Way};
use super::trust::Trust;
use crate::browser::js::Timer;
use crate::workers::earliest_time;
use crate::workers::link::{self, Link, Trouble, Verify};
use crate::workers::messages::{FromVerify, Json, ToVerify};
use crate::workers::other::Other;
use crate::workers::verify::Context;

/// Milliseconds within which a verdict must arrive.
const VERDICT_WITHIN_MS: i32 = 2_000;
/// The same for a worker that is still loading.
const LOADING_MS: i32 = 15_000;

/// What is to be judged.
pub(super) struct Case {
    pub(super) payload: Rc<[u8]>,
    pub(super) way: Way,
    /// The transcript of the session in which it was shown to another system; empty where none is given.
    pub(super) session: Rc<[u8]>,
    /// The time as of which it is judged.
    pub(super) at: Timestamp,
    /// Whether a camera saw it, and nobody handed it in.
    pub(super) live: bool,
    /// The verdict that the new one replaces, if this is judged again.
    pub(super) judged: Option<Given>,
}

/// An event of the judging.
pub(super) enum Event {
    /// The worker is ready, and knows neither lists nor a question.
    Ready,
    /// The payload of the question of this number; empty where none can be asked.
    Question(u32, Vec<u8>),
    /// The verdict on the case.
    Judged(Box<(Case, Verdict)>),
    /// The case is no presentation: what it is instead, if that is known.
    Other(Option<OtherCode>),
    /// The worker is of another build.
    Mixed,
    /// There is no worker: its files do not load.
    Broken,
}

/// A case that is being judged.
struct Check {
    id: u32,
    case: Case,
    _timeout: Timer,
}

/// The judging of payloads, one at a time.
#[derive(Clone)]
pub(super) struct Judging(Rc<Inner>);

struct Inner {
    trust: Trust,
    tell: OnceCell<Box<dyn Fn(Event)>>,
    link: OnceCell<Link<Verify>>,
    check: RefCell<Option<Check>>,
    /// How many cases there were.
    count: Cell<u32>,
}

impl Judging {
    /// Judges nothing before [`Judging::start`].
    pub(super) fn new(trust: &Trust) -> Self {
        Self(Rc::new(Inner {
            trust: trust.clone(),
            tell: OnceCell::new(),
            link: OnceCell::new(),
            check: RefCell::default(),
            count: Cell::default(),
        }))
    }

    /// Starts the worker; `tell` is called with each event.
    pub(super) fn start(&self, tell: impl Fn(Event) + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
        let there = self.clone();
        let _ = self.0.link.set(Link::start(move |event| there.heard(event)));
    }

    fn tell(&self, event: Event) {
        if let Some(tell) = self.0.tell.get() {
            tell(event);
        }
    }

    /// Says something to the worker; false when it could not be sent.
    pub(super) fn send(&self, message: ToVerify) -> bool {
        self.0.link.get().is_some_and(|link| link.send(message))
    }

    /// Whether a case is being judged.
    pub(super) fn is_busy(&self) -> bool {
        self.0.check.borrow().is_some()
    }

    /// Drops the case that is being judged: its verdict is ignored.
    pub(super) fn drop_case(&self) {
        self.0.check.take();
    }

    /// Judges a case in the place of the one before, with all that is known: first of all, whom to trust. `terms` are asked
    /// for when that is known.
    pub(super) fn judge(&self, case: Case, memory: ReplayMemory, terms: impl FnOnce() -> Terms + 'static) {
        let id = self.0.count.get().wrapping_add(1);
        self.0.count.set(id);
        let loading = !self.0.link.get().is_some_and(Link::is_ready);
        let there = self.clone();
        let timeout = Timer::once(if loading { LOADING_MS } else { VERDICT_WITHIN_MS }, move || {
            // The worker hangs: its replacement says so, and that ends this case.
            if let Some(link) = there.0.link.get() {
                link.replace();
            }
        });
        *self.0.check.borrow_mut() = Some(Check { id, case, _timeout: timeout });
        let there = self.clone();
        self.0.trust.when_loaded(move || {
            let message = there.message(id, memory, terms);
            if message.is_some_and(|message| !there.send(message)) {
                there.interrupted();
            }
        });
    }

    /// The message that asks for the verdict on case `id`; `None` when that is no longer the one that is judged.
    fn message(&self, id: u32, memory: ReplayMemory, terms: impl FnOnce() -> Terms) -> Option<ToVerify> {
        let check = self.0.check.borrow();
        let case = &check.as_ref().filter(|check| check.id == id)?.case;
        let built = earliest_time();
        let context = Context {
            now: case.at,
            clock_floor: self.0.trust.newest().map_or(built, |newest| newest.max(built)),
            memory,
            audience: None,
            terms: terms(),
        };
        let (payload, context, trust) = (case.payload.to_vec(), Json(context), self.0.trust.bundle());
        Some(match case.way {
            Way::Unasked => ToVerify::Verify { id, payload, context, trust },
            Way::Answer => ToVerify::Reply { id, payload, context, trust },
            Way::Received => {
                ToVerify::Received { id, bytes: payload, session: case.session.to_vec(), context, trust }
            }
        })
    }

    fn heard(&self, event: link::Event<FromVerify>) {
        match event {
            link::Event::Ready => self.tell(Event::Ready),
            link::Event::Message(FromVerify::Verdict { id, verdict: Json(verdict) }) => {
                if self.expects(id) {
                    self.end(*verdict);
                }
            }
            link::Event::Message(FromVerify::Other { id, other: Json(other) }) => {
                if self.expects(id) {
                    self.drop_case();
                    self.tell(Event::Other(other.map(|Other(code)| code)));
                }
            }
            link::Event::Message(FromVerify::Question { id, payload }) => {
                self.tell(Event::Question(id, payload));
            }
            link::Event::Trouble(trouble) => {
                self.interrupted();
                match trouble {
                    Trouble::Mixed => self.tell(Event::Mixed),
                    Trouble::Broken => self.tell(Event::Broken),
                    Trouble::Replaced => {}
                }
            }
        }
    }

    /// Whether the case of this number is the one that is judged.
    fn expects(&self, id: u32) -> bool {
        self.0.check.borrow().as_ref().is_some_and(|check| check.id == id)
    }

    /// Our own fault: whatever was being judged was not judged.
    fn interrupted(&self) {
        self.end(Verdict::interrupted());
    }

    fn end(&self, verdict: Verdict) {
        // Taken first: the borrow must end before the event is sent.
        let check = self.0.check.take();
        if let Some(Check { case, _timeout: timeout, .. }) = check {
            self.tell(Event::Judged(Box::new((case, verdict))));
            // The timer may be the one that runs now; it ends after it.
            wasm_bindgen_futures::spawn_local(async move { drop(timeout) });
        }
    }
}
