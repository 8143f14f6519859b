//! From a payload to the verdict on the page, and on to the next one.

use envelope::ReplayMemory;
use verdict::{FaceAnswer, Verdict};

use super::judging::{self, Case};
use super::memory::{Given, Way};
use super::screen::{self, Screen};
use super::{Handle, Route, reading};
use crate::browser::dom;
use crate::ui::format;
use crate::workers::link::Trouble;

impl Handle {
    /// Has codes read, or not, as the page is now.
    pub(super) fn settle(&self) {
        self.0.reading.settle(self.is_free());
    }

    /// Neither a verdict on the screen nor a payload being judged.
    pub(super) fn is_free(&self) -> bool {
        self.0.open.borrow().is_none() && !self.0.judging.is_busy()
    }

    /// What the reading says.
    pub(super) fn read(&self, event: reading::Event) {
        match event {
            reading::Event::Payload(payload) => self.judge(payload),
            reading::Event::Waits => self.draw_waiting(),
        }
    }

    /// Judges a payload that was read just now.
    fn judge(&self, payload: Vec<u8>) {
        self.0.reading.progress().verifying();
        let at = format::now();
        let memory = self.0.memory.borrow_mut().seen(at);
        // While a question is asked nothing is taken but its answer: a code without it may be an old one.
        let way = if self.0.asking.is_on() { Way::Answer } else { Way::OneWay };
        self.send(Case { payload: payload.into(), way, at, judged: None }, memory);
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
        self.send(Case { payload, way, at, judged: Some(judged) }, ReplayMemory::default());
        true
    }

    fn send(&self, case: Case, memory: ReplayMemory) {
        let page = self.clone();
        self.0.judging.judge(case, memory, move || page.0.asked.borrow_mut().terms());
    }

    /// What the judging says.
    pub(super) fn judged(&self, event: judging::Event) {
        match event {
            judging::Event::Ready => {
                self.hand_lists();
                // A new worker knows no question.
                self.ask();
                Screen::rehearse(self);
            }
            judging::Event::Question(id, payload) => self.asked(id, payload),
            judging::Event::Judged(judged) => self.give(judged.0, judged.1),
            judging::Event::Mixed => self.0.reading.progress().trouble(Trouble::Mixed),
        }
    }

    fn give(&self, Case { payload, way, at, judged }: Case, verdict: Verdict) {
        if let Some(Given { answer, took_ms, .. }) = judged {
            let given = Given { verdict, payload, way, at, answer, took_ms };
            self.0.memory.borrow_mut().replace(&given);
            return self.show_again(given);
        }
        let took_ms = self.0.reading.took_ms();
        let given = Given { verdict, payload, way, at, answer: FaceAnswer::NotAnswered, took_ms };
        self.0.memory.borrow_mut().remember(&given, at);
        if given.verdict.at.is_some() {
            self.0.reading.progress().done(took_ms);
        } else {
            self.0.reading.progress().rest();
        }
        self.show(given);
    }

    /// Shows a verdict, from its beginning.
    fn show(&self, given: Given) {
        self.0.signal.tell(given.verdict.colour);
        self.show_again(given);
        dom::window().scroll_to_with_x_and_y(0.0, 0.0);
        dom::focus(&self.0.markup.next);
    }

    /// Shows a verdict in the place of another; the person stays where they are.
    fn show_again(&self, given: Given) {
        self.0.open.take();
        let Some(screen) = self.drawn(&given) else {
            return;
        };
        dom::set(&self.0.markup.announce, &Screen::announcement(&given));
        *self.0.open.borrow_mut() = Some((given, screen));
        self.screen(Route::Verdict);
    }

    /// Takes the verdict off the page, and reads the next code.
    pub(super) fn next(&self) {
        dom::set(&self.0.markup.announce, "");
        self.0.memory.borrow_mut().forget(format::now());
        self.close_verdict();
        self.0.reading.resume(true);
        self.ask();
        dom::focus(&self.0.markup.stage);
    }

    /// Takes the verdict off the page, and drops what is being judged: a verdict that is judged again would come back.
    pub(super) fn close_verdict(&self) {
        self.0.judging.drop_case();
        self.0.open.take();
        self.screen(Route::Scan);
    }

    /// Writes the verdict again, in the language that is shown now.
    pub(super) fn translate_verdict(&self) {
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
}

impl screen::Act for Handle {
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
        }
    }
}
