//! The verdict on the page: shown, signalled, answered, replaced and closed; and the memory of earlier ones.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use cbor::Timestamp;
use envelope::{ReplayKey, ReplayMemory};
use verdict::{FaceAnswer, Verdict};

use super::judging::Case;
use super::memory::{Given, Memory, Way};
use super::screen::{Act, Screen};
use super::seen;
use super::signal::Signal;
use crate::browser::dom;
use crate::browser::js::Timer;
use crate::ui::format;
use crate::ui::markup::verify::Page as Markup;

/// For so long the phone of the last person may still be in view after *Next*.
const STILL_IN_VIEW_SECONDS: i64 = 10;

/// Milliseconds for which a code is remembered at most: its life, and a minute on either side.
const REMEMBERED_MS: i32 = 181_000;

/// What the page shows beside the camera.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    /// What a wallet is asked for, while codes are read.
    Scan,
    /// The verdict on the last one.
    Verdict,
}

impl Route {
    /// As `data-screen` says it to the style.
    fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Verdict => "verdict",
        }
    }
}

/// The verdicts of this page.
#[derive(Clone)]
pub(super) struct Verdicts(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    signal: Signal,
    memory: RefCell<Memory>,
    /// The code of the verdict that was closed last, and when.
    closed: Cell<Option<(ReplayKey, Timestamp)>>,
    /// Called when an earlier verdict is on the screen again.
    reopened: OnceCell<Box<dyn Fn()>>,
    /// When stored codes are forgotten.
    ends: RefCell<Option<Timer>>,
    /// The verdict on the screen.
    open: RefCell<Option<(Given, Screen)>>,
}

impl Verdicts {
    /// Creates it without verdicts; `signal` plays each new one.
    pub(super) fn new(markup: &Rc<Markup>, signal: &Signal) -> Self {
        Self(Rc::new(Inner {
            markup: markup.clone(),
            signal: signal.clone(),
            memory: RefCell::default(),
            closed: Cell::default(),
            reopened: OnceCell::new(),
            ends: RefCell::default(),
            open: RefCell::default(),
        }))
    }

    /// Has `reopened` called when an earlier verdict is on the screen again: it was judged by the terms of then.
    pub(super) fn on_reopened(&self, reopened: impl Fn() + 'static) {
        let _ = self.0.reopened.set(Box::new(reopened));
    }

    /// Whether a verdict is on the screen.
    pub(super) fn is_open(&self) -> bool {
        self.0.open.borrow().is_some()
    }

    /// What was seen before a case; for one that is judged again, nothing.
    pub(super) fn seen_before(&self, case: &Case) -> ReplayMemory {
        match case.judged {
            None => {
                let mut memory = self.0.memory.borrow_mut();
                memory.add_seen(seen::read(case.at));
                memory.seen(case.at)
            }
            Some(_) => ReplayMemory::default(),
        }
    }

    /// Whether a verdict is on the screen on what was received in this way.
    pub(super) fn is_of(&self, way: Way) -> bool {
        self.0.open.borrow().as_ref().is_some_and(|(given, _)| given.way == way)
    }

    /// What is on the screen as a case that is judged again, as of the moment at which it was scanned; `None` where no
    /// person was seen in a code.
    pub(super) fn again(&self) -> Option<Case> {
        let open = self.0.open.borrow();
        let judged = open
            .as_ref()
            .map(|(given, _)| given)
            .filter(|given| given.way == Way::Received || given.verdict.view.is_some())?
            .clone();
        let (payload, way, at) = (judged.payload.clone(), judged.way, judged.at);
        Some(Case { payload, way, session: Rc::default(), at, live: false, judged: Some(judged) })
    }

    /// Shows a new verdict, from its beginning. `took_ms` is the time from the first frame.
    pub(super) fn give(&self, Case { payload, way, at, .. }: Case, verdict: Verdict, took_ms: f64) {
        let given = Given { verdict, payload, way, at, answer: FaceAnswer::NotAnswered, took_ms };
        {
            let mut memory = self.0.memory.borrow_mut();
            memory.add_seen(seen::read(at));
            memory.remember(&given, at);
            seen::write(&memory.seen(at));
        }
        self.forget_stored();
        self.show(given);
    }

    /// Shows the verdict on a case that was judged again in the place of the one before.
    pub(super) fn replace(&self, Case { payload, way, at, judged, .. }: Case, verdict: Verdict) {
        let Some(Given { answer, took_ms, .. }) = judged else {
            return;
        };
        let given = Given { verdict, payload, way, at, answer, took_ms };
        self.0.memory.borrow_mut().replace(&given);
        self.show_again(given);
    }

    /// Shows a verdict, from its beginning.
    fn show(&self, given: Given) {
        self.0.signal.tell(given.verdict.after_face(given.answer).colour);
        self.show_again(given);
        dom::window().scroll_to_with_x_and_y(0.0, 0.0);
        // One key press away from the next person, nobody would compare the face.
        let asks = self.0.open.borrow().as_ref().is_some_and(|(_, screen)| screen.focus_face());
        if !asks {
            dom::focus(&self.0.markup.next);
        }
    }

    /// Shows a verdict in place of another; focus and scroll position stay.
    fn show_again(&self, given: Given) {
        self.0.open.take();
        let Some(screen) = self.drawn(&given) else {
            return;
        };
        dom::set(&self.0.markup.announce, &Screen::announcement(&given));
        dom::mark(&self.0.markup.app, "data-received", given.way == Way::Received);
        *self.0.open.borrow_mut() = Some((given, screen));
        self.go(Route::Verdict);
    }

    /// Whether the verdict on the screen asks for another scan of the same licence.
    pub(super) fn asks_to_scan_again(&self) -> bool {
        self.0.open.borrow().as_ref().is_some_and(|(given, _)| given.verdict.asks_to_scan_again())
    }

    /// Whether a verdict is on the code of the verdict that a person closed less than ten seconds ago: that phone is still in view.
    pub(super) fn was_just_closed(&self, verdict: &Verdict) -> bool {
        let Some(replay) = verdict.replay.filter(|_| verdict.is_seen()) else {
            return false;
        };
        let now = format::now();
        let recent = |(key, at): (ReplayKey, Timestamp)| {
            key == replay.key && now < at.plus_seconds(STILL_IN_VIEW_SECONDS)
        };
        self.0.closed.get().is_some_and(recent)
    }

    /// Forgets what is no longer remembered, and says nothing of the verdict any more.
    pub(super) fn forget(&self) {
        dom::set(&self.0.markup.announce, "");
        self.0.memory.borrow_mut().forget(format::now());
    }

    /// Forgets the stored codes whose life has ended: now, and when that of the newest has.
    pub(super) fn forget_stored(&self) {
        let forget = || seen::write(&seen::read(format::now()));
        forget();
        self.0.ends.replace(Some(Timer::once(REMEMBERED_MS, forget)));
    }

    /// Closes the verdict.
    pub(super) fn close(&self) {
        let open = self.0.open.take();
        let replay = open.and_then(|(given, _)| given.verdict.replay);
        self.0.closed.set(replay.map(|replay| (replay.key, format::now())));
        self.go(Route::Scan);
    }

    /// Draws a verdict that is not shown: see [`Screen::rehearse`].
    pub(super) fn rehearse(&self) {
        Screen::rehearse(self);
    }

    /// Writes the verdict again, in the language that is shown now.
    pub(super) fn translate(&self) {
        let open = self.0.open.take();
        if let Some((given, screen)) = open {
            let rows = screen.open_rows();
            drop(screen);
            if let Some(screen) = self.drawn(&given) {
                screen.set_open_rows(&rows);
                *self.0.open.borrow_mut() = Some((given, screen));
            }
        }
    }

    fn drawn(&self, given: &Given) -> Option<Screen> {
        let earlier = given.verdict.replay.filter(|_| given.verdict.view.is_none());
        let again = earlier.is_some_and(|replay| self.0.memory.borrow().first(&replay).is_some());
        Screen::draw(&self.0.markup.verdict, given, again, self)
    }

    fn go(&self, route: Route) {
        let markup = &self.0.markup;
        let _ = markup.app.set_attribute("data-screen", route.name());
        dom::show(&markup.waiting, route == Route::Scan);
        dom::show(&markup.next_bar, route == Route::Verdict);
    }
}

impl Act for Verdicts {
    fn face(&self, answer: FaceAnswer) {
        let mut open = self.0.open.borrow_mut();
        let Some((given, screen)) = open.as_mut() else {
            return;
        };
        given.answer = answer;
        if let Some(replay) = given.verdict.replay {
            self.0.memory.borrow_mut().answer(&replay, answer);
        }
        screen.answered(given);
        dom::set(&self.0.markup.announce, &Screen::announcement(given));
    }

    fn first(&self) {
        let replay = self.0.open.borrow().as_ref().and_then(|(given, _)| given.verdict.replay);
        let first = replay.and_then(|replay| self.0.memory.borrow().first(&replay).cloned());
        if let Some(first) = first {
            self.show(first);
            if let Some(reopened) = self.0.reopened.get() {
                reopened();
            }
        }
    }
}
