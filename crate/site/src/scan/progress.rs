//! How far the reading is: segments, one sentence, and one hint at a time when nothing is found.

use std::cell::RefCell;
use std::rc::Rc;

use optical::Hint;
use protocol::received::OtherCode;

use super::outline;
use super::place::Place;
use crate::browser::dom;
use crate::ui::i18n::fill;
use crate::ui::words;
use crate::workers::link::Trouble;
use crate::workers::other::Other;
use crate::workers::scan::{Outcome, PictureResult, Report};

/// What to do about what hinders the reading: the key of a sentence.
const fn sentence(hint: Hint) -> &'static str {
    match hint {
        Hint::NoCode => "verify.scan.hint.no-code",
        Hint::TooSmall => "verify.scan.hint.too-small",
        Hint::Blurred => "verify.scan.hint.blurred",
        Hint::Dark => "verify.scan.hint.dark",
        Hint::Glare => "verify.scan.hint.glare",
        Hint::Moving => "verify.scan.hint.moving",
    }
}

/// The same as a picture: lines in a square of 24 units.
const fn icon(hint: Hint) -> &'static str {
    match hint {
        // A frame's four corners around a code.
        Hint::NoCode => {
            "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8.5 8.5h2v2h-2zM13.5 8.5h2v2h-2zM8.5 13.5h2v2h-2zM14 14h1.500v1.500"
        }
        // A small code, and arrows that make it larger.
        Hint::TooSmall => "M10 10h4v4h-4zM15.500 8.500 20 4M16 4h4v4M8.500 15.500 4 20M8 20H4v-4",
        // A lens whose middle is sought.
        Hint::Blurred => {
            "M12 7a5 5 0 1 0 0 10 5 5 0 1 0 0-10M12 2.500v4M12 17.500v4M2.500 12h4M17.500 12h4M12 12h.01"
        }
        // A sun: more light.
        Hint::Dark => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400"
        }
        // A screen that is turned.
        Hint::Glare => {
            "M9 7h6v10H9zM5 8a8 8 0 0 1 12-3.500M17 1.500v3h-3M19 16a8 8 0 0 1-12 3.500M7 22.500v-3h3"
        }
        // A phone that shakes.
        Hint::Moving => {
            "M9 4h6a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM5 8v8M2 10v4M19 8v8M22 10v4"
        }
    }
}

/// Above this many frames the segments would be too thin to be seen apart.
const MOST_SEGMENTS: u32 = 24;

/// Looks of the camera without a new frame of a payload that is begun, after which that is said: 5 s of a usual camera.
const STUCK: u32 = 150;

/// What the line under the camera says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Line {
    /// Nothing.
    #[default]
    Hidden,
    /// What hinders the reading.
    Hint(Hint),
    /// A sentence without values.
    Plain(&'static str),
    /// The same, and it is a warning.
    Warning(&'static str),
    /// What was received instead of a licence, and what to do about it; a warning.
    Other(OtherCode),
    /// A sentence with values.
    Filled(&'static str, Vec<(&'static str, String)>),
}

/// The progress of the reading.
#[derive(Clone)]
pub(crate) struct Progress {
    place: Rc<Place>,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    line: Line,
    segments: (u32, u32),
    found: bool,
    live: bool,
    /// The hint that is said now.
    hint: Option<Hint>,
    /// Whether a question is looked for, in pictures and by camera, and no licence.
    question: bool,
    /// Looks of the camera since the last frame that was new.
    in_vain: u32,
}

impl Progress {
    /// Of the reading of a licence in this place.
    pub(crate) fn new(place: &Rc<Place>) -> Self {
        Self { place: place.clone(), state: Rc::default() }
    }

    /// Of the reading of a verifier's question.
    pub(crate) fn of_question(place: &Rc<Place>) -> Self {
        let state = State { question: true, ..State::default() };
        Self { place: place.clone(), state: Rc::new(RefCell::new(state)) }
    }

    /// The line for a code of another kind: its name, if there is one. To a wallet all that are no question are the same.
    fn other(&self, other: Option<Other>) -> Line {
        match other {
            _ if self.state.borrow().question => Line::Warning("question.scan.other"),
            Some(Other(code)) => Line::Other(code),
            None => Line::Warning("verify.scan.other"),
        }
    }

    /// The camera looks for a code.
    pub(crate) fn looking(&self) {
        self.set(Line::Plain("verify.scan.looking"), (0, 0), false);
    }

    /// Nothing is being read.
    pub(crate) fn rest(&self) {
        self.set(Line::Hidden, (0, 0), false);
        outline::draw(&self.place, None);
    }

    /// Whether something is said that a person was not told before: it is not about looking for a code.
    pub(crate) fn has_told(&self) -> bool {
        matches!(self.state.borrow().line, Line::Warning(_) | Line::Other(_) | Line::Filled(..))
    }

    /// Whether a camera looks for codes: hints are about holding it.
    pub(crate) fn live(&self, live: bool) {
        self.state.borrow_mut().live = live;
    }

    /// A picture is being read.
    pub(crate) fn reading_picture(&self, index: u32, of: u32) {
        let values = vec![("index", index.to_string()), ("of", of.to_string())];
        self.say(Line::Filled("verify.picture.reading", values));
    }

    /// Says what happened to the reading worker.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        let key = match trouble {
            Trouble::Replaced => "verify.scan.replaced",
            Trouble::Broken => "verify.scan.broken",
            Trouble::Mixed => "verify.scan.mixed",
        };
        self.say(Line::Warning(key));
    }

    /// Says the result of picture `index` of `of`.
    pub(crate) fn picture(&self, result: PictureResult, index: u32, of: u32) {
        let (received, needed) = self.state.borrow().segments;
        match result {
            PictureResult::Read(Outcome::Nothing, _) => self.say(Line::Warning("verify.picture.nothing")),
            PictureResult::Broken => self.say(Line::Warning("verify.picture.broken")),
            PictureResult::Unsupported if self.state.borrow().question => {
                self.say(Line::Warning("question.picture.unsupported"));
            }
            PictureResult::Unsupported => self.say(Line::Warning("verify.picture.unsupported")),
            PictureResult::TooLarge => self.say(Line::Warning("verify.picture.too-large")),
            PictureResult::Read(Outcome::Other, other) => self.say(self.other(other)),
            PictureResult::Paused => {}
            _ if index < of => self.reading_picture(index + 1, of),
            _ if needed > 0 => {
                let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
                self.say(Line::Filled("verify.picture.more", values));
            }
            _ => {}
        }
    }

    /// The line that more frames are needed than a video showed; `None` if it showed none.
    pub(crate) fn more_of_video(&self) -> Option<Line> {
        let (received, needed) = self.state.borrow().segments;
        let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
        (needed > 0).then_some(Line::Filled("verify.video.more", values))
    }

    /// A verdict was given.
    pub(crate) fn done(&self, took_ms: f64) {
        // The camera may see somebody else's code by now.
        outline::draw(&self.place, None);
        let values = vec![("seconds", format!("{:.1}", took_ms / 1000.0))];
        self.say(Line::Filled("verify.scan.done", values));
    }

    /// Says something that is not about frames.
    pub(crate) fn say(&self, line: Line) {
        let segments = self.state.borrow().segments;
        self.set(line, segments, false);
    }

    /// What one picture of the camera did.
    pub(crate) fn report(&self, report: &Report) {
        outline::draw(&self.place, report.corners);
        match report.state {
            Outcome::Nothing | Outcome::Idle if report.hint.is_none() && self.is_stuck() => {}
            Outcome::Nothing | Outcome::Idle => self.hint(report),
            Outcome::Other => self.set(self.other(report.other), (0, 0), false),
            Outcome::Restarted => self.set(Line::Warning("verify.scan.restarted"), (0, 0), true),
            Outcome::Receiving => {
                let count = |frames: Option<u8>| u32::from(frames.unwrap_or_default());
                let (received, needed) = (count(report.received), count(report.needed));
                if self.state.borrow().segments == (received, needed) && self.is_stuck() {
                    return;
                }
                let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
                // Only who holds a camera can hold it still.
                let key = if self.state.borrow().live {
                    "verify.scan.reading"
                } else {
                    "verify.scan.reading.still"
                };
                self.set(Line::Filled(key, values), (received, needed), true);
            }
            Outcome::Complete => {}
        }
    }

    /// Counts a look without a new frame. Returns whether it is said that none comes, in place of hints.
    fn is_stuck(&self) -> bool {
        let (received, needed) = {
            let mut state = self.state.borrow_mut();
            state.in_vain = if state.live { state.in_vain.saturating_add(1) } else { 0 };
            if state.in_vain < STUCK {
                return false;
            }
            state.segments
        };
        if received == 0 || received >= needed {
            return false;
        }
        let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
        self.set(Line::Filled("verify.scan.stuck", values), (received, needed), true);
        true
    }

    /// One hint at a time, as long as it holds; then what was said before it.
    fn hint(&self, report: &Report) {
        let hint = report.hint;
        let (before, segments, live) = {
            let mut state = self.state.borrow_mut();
            (std::mem::replace(&mut state.hint, hint), state.segments, state.live)
        };
        match hint {
            Some(hint) if live => self.set(Line::Hint(hint), segments, false),
            None if live && before.is_some() => self.set(Line::Plain("verify.scan.looking"), segments, false),
            _ => {}
        }
    }

    /// All frames are there: they are being checked.
    pub(crate) fn verifying(&self) {
        let (_, needed) = self.state.borrow().segments;
        self.set(Line::Plain("verify.scan.verifying"), (needed, needed), true);
    }

    fn set(&self, line: Line, segments: (u32, u32), found: bool) {
        let changed = {
            let mut state = self.state.borrow_mut();
            if state.segments != segments {
                state.in_vain = 0;
            }
            let changed = (state.line != line, state.segments != segments, state.found != found);
            (state.line, state.segments, state.found) = (line, segments, found);
            changed
        };
        // A live region is read aloud at every write: it is written to only when it says something else.
        if changed.0 {
            self.draw();
        }
        if changed.1 {
            self.draw_segments();
        }
        if changed.2 {
            dom::mark(&self.place.stage, "data-found", found);
        }
    }

    /// Writes the sentence, in the language that is shown now.
    pub(crate) fn draw(&self) {
        let (place, state) = (&self.place, self.state.borrow());
        let icon = if let Line::Hint(hint) = state.line { icon(hint) } else { "" };
        let (said, warning) = match &state.line {
            Line::Hidden => (String::new(), false),
            Line::Hint(hint) => (fill(sentence(*hint), &[]), false),
            Line::Plain(key) => (fill(key, &[]), false),
            Line::Warning(key) => (fill(key, &[]), true),
            Line::Other(code) => (words::other(*code), true),
            Line::Filled(key, values) => {
                let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                (fill(key, &values), false)
            }
        };
        dom::show(&place.status, !said.is_empty());
        let _ = if warning {
            place.status.set_attribute("data-tone", "warn")
        } else {
            place.status.remove_attribute("data-tone")
        };
        dom::set(&place.status_text, &said);
        dom::show(&place.status_icon, !icon.is_empty());
        if let Some(lines) = place.status_icon.first_element_child() {
            let _ = lines.set_attribute("d", icon);
        }
    }

    fn draw_segments(&self) {
        let (received, needed) = self.state.borrow().segments;
        let place = &self.place.segments;
        place.set_text_content(None);
        let drawn = needed.min(MOST_SEGMENTS);
        for index in 0..drawn {
            if let Ok(segment) = dom::document().create_element("i") {
                // With more frames than segments each stands for several.
                if index * needed < received * drawn {
                    let _ = segment.set_attribute("data-have", "");
                }
                let _ = place.append_child(&segment);
            }
        }
    }
}
