//! How far the reading is: segments, one sentence, and one hint at a time when nothing is found.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::link::Event;
use super::outline;
use crate::dom;
use crate::i18n::fill;
use crate::js;
use crate::worker::scan::{Outcome, Report};

/// What hinders the reading, as the worker's measurements name it, and its words.
const HINTS: [(&str, &str); 6] = [
    ("no-code", "verify.scan.hint.no-code"),
    ("too-small", "verify.scan.hint.too-small"),
    ("blurred", "verify.scan.hint.blurred"),
    ("dark", "verify.scan.hint.dark"),
    ("glare", "verify.scan.hint.glare"),
    ("moving", "verify.scan.hint.moving"),
];
/// Above this many frames the segments would be too thin to be seen apart.
const MOST_SEGMENTS: u32 = 24;

/// What the line under the camera says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Line {
    /// Nothing.
    #[default]
    Hidden,
    /// A sentence without values.
    Plain(&'static str),
    /// The same, and it is a warning.
    Warning(&'static str),
    /// A sentence with values.
    Filled(&'static str, Vec<(&'static str, String)>),
}

/// The progress of the reading.
#[derive(Clone, Default)]
pub(crate) struct Progress(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    line: Line,
    segments: (u32, u32),
    found: bool,
    live: bool,
    /// The hint that is said now.
    hint: Option<&'static str>,
}

impl Progress {
    /// The camera looks for a code.
    pub(crate) fn looking(&self) {
        self.set(Line::Plain("verify.scan.looking"), (0, 0), false);
    }

    /// Nothing is being read.
    pub(crate) fn rest(&self) {
        self.set(Line::Hidden, (0, 0), false);
        outline::draw(None);
    }

    /// Whether a camera looks for codes: hints are about holding it.
    pub(crate) fn live(&self, live: bool) {
        self.0.borrow_mut().live = live;
    }

    /// A picture is being read.
    pub(crate) fn reading_picture(&self, index: u32, of: u32) {
        let values = vec![("index", index.to_string()), ("of", of.to_string())];
        self.say(Line::Filled("verify.picture.reading", values));
    }

    /// What became of the worker that reads.
    pub(crate) fn trouble(&self, event: &Event) {
        let key = match event {
            Event::Ready | Event::Message(_) => return,
            Event::Replaced => "verify.scan.replaced",
            Event::Broken => "verify.scan.broken",
            Event::Mixed => "verify.scan.mixed",
        };
        self.say(Line::Warning(key));
    }

    /// What the worker says of a picture: its `result`, and that it is number `index` of `of`.
    pub(crate) fn picture(&self, message: &JsValue) {
        let count = |name: &str| js::get(message, name).as_f64().unwrap_or_default() as u32;
        let (index, of) = (count("index"), count("of"));
        let (received, needed) = self.0.borrow().segments;
        match js::text(message, "result").as_str() {
            "nothing" => self.say(Line::Warning("verify.picture.nothing")),
            "broken" => self.say(Line::Warning("verify.picture.broken")),
            "unsupported" => self.say(Line::Warning("verify.picture.unsupported")),
            "too-large" => self.say(Line::Warning("verify.picture.too-large")),
            "other" => self.say(Line::Warning("verify.scan.other")),
            _ if index < of => self.reading_picture(index + 1, of),
            _ if needed > 0 => {
                let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
                self.say(Line::Filled("verify.picture.more", values));
            }
            _ => {}
        }
    }

    /// That more frames are needed than a video showed; nothing when it showed none.
    pub(crate) fn more_of_video(&self) -> Option<Line> {
        let (received, needed) = self.0.borrow().segments;
        let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
        (needed > 0).then_some(Line::Filled("verify.video.more", values))
    }

    /// A verdict was given.
    pub(crate) fn done(&self, took_ms: f64) {
        let values = vec![("seconds", format!("{:.1}", took_ms / 1000.0))];
        self.say(Line::Filled("verify.scan.done", values));
    }

    /// Says something that is not about frames.
    pub(crate) fn say(&self, line: Line) {
        let segments = self.0.borrow().segments;
        self.set(line, segments, false);
    }

    /// What one picture of the camera did.
    pub(crate) fn report(&self, report: &Report) {
        outline::draw(report.corners);
        match report.state {
            Outcome::Nothing | Outcome::Idle => self.hint(report),
            Outcome::Other => self.set(Line::Warning("verify.scan.other"), (0, 0), false),
            Outcome::Restarted => self.set(Line::Warning("verify.scan.restarted"), (0, 0), true),
            Outcome::Receiving => {
                let count = |frames: Option<u8>| u32::from(frames.unwrap_or_default());
                let (received, needed) = (count(report.received), count(report.needed));
                let values = vec![("received", received.to_string()), ("needed", needed.to_string())];
                // Only who holds a camera can hold it still.
                let key =
                    if self.0.borrow().live { "verify.scan.reading" } else { "verify.scan.reading.still" };
                self.set(Line::Filled(key, values), (received, needed), true);
            }
            Outcome::Complete => {}
        }
    }

    /// One hint at a time, as long as it holds; then what was said before it.
    fn hint(&self, report: &Report) {
        let hint = HINTS.iter().find(|(name, _)| report.hint.as_deref() == Some(*name)).map(|(_, key)| *key);
        let (before, segments, live) = {
            let mut state = self.0.borrow_mut();
            (std::mem::replace(&mut state.hint, hint), state.segments, state.live)
        };
        match hint {
            Some(key) if live => self.set(Line::Plain(key), segments, false),
            None if live && before.is_some() => self.set(Line::Plain("verify.scan.looking"), segments, false),
            _ => {}
        }
    }

    /// All frames are there: they are being checked.
    pub(crate) fn verifying(&self) {
        let (_, needed) = self.0.borrow().segments;
        self.set(Line::Plain("verify.scan.verifying"), (needed, needed), true);
    }

    fn set(&self, line: Line, segments: (u32, u32), found: bool) {
        let changed = {
            let mut state = self.0.borrow_mut();
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
        if changed.2
            && let Some(stage) = dom::by_id("stage")
        {
            let _ = if found {
                stage.set_attribute("data-found", "")
            } else {
                stage.remove_attribute("data-found")
            };
        }
    }

    /// Writes the sentence, in the language that is shown now.
    pub(crate) fn draw(&self) {
        let state = self.0.borrow();
        let (Some(status), Some(text)) = (dom::by_id("status"), dom::by_id("status-text")) else {
            return;
        };
        let (words, warning) = match &state.line {
            Line::Hidden => (String::new(), false),
            Line::Plain(key) => (fill(key, &[]), false),
            Line::Warning(key) => (fill(key, &[]), true),
            Line::Filled(key, values) => {
                let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                (fill(key, &values), false)
            }
        };
        dom::show(&status, !words.is_empty());
        let _ = if warning {
            status.set_attribute("data-tone", "warn")
        } else {
            status.remove_attribute("data-tone")
        };
        text.set_text_content(Some(&words));
    }

    fn draw_segments(&self) {
        let (received, needed) = self.0.borrow().segments;
        let Some(place) = dom::by_id("segments") else {
            return;
        };
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
