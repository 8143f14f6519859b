//! The text form of a presentation, as a scanner gun types it (docs/optical-link.md, The text form).
//!
//! A whole text is taken at once. One that is not whole is judged when the gun ends its line: it stays, selected, so
//! that the next one takes its place and can be undone as typing can. Where nothing more comes it is judged too, and
//! nothing is selected: on a slow computer the rest may still be on its way, and no digit takes the place of another.
//!
//! A gun does not wait until the panel is open: the digits with which every text begins open it, wherever they are typed.
//!
//! A gun that types on the numeric pad while Num Lock is off moves the cursor instead: Home for 7, End for 1. No person presses
//! four such keys that fast, so that is said, and not taken for silence.

use std::cell::RefCell;
use std::rc::Rc;

use optical::text::{self, TextError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

use crate::browser::dom;
use crate::browser::js::{self, Timer};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;

/// Milliseconds without a key after which the text is judged.
const QUIET_MS: i32 = 1_200;
/// Milliseconds after a complete text in which Enter and Tab of the gun press no button of the verdict.
const ECHO_MS: i32 = 1_000;
/// Milliseconds within which the digits that open the panel are typed: a person does not type a year that fast.
const SHOT_MS: f64 = 500.0;
/// Number of keys of the numeric pad, without a digit and within [`SHOT_MS`], that are a gun's while the panel is open.
const MOVES: usize = 4;
/// Number of digits after which their count is updated.
const COUNTED: usize = 64;

/// An event of the panel.
pub(super) enum Event {
    /// The panel is about to lie above the page.
    Opening,
    /// The panel was opened or closed.
    Moved,
    /// A payload was typed; the panel is still open.
    Payload(Vec<u8>),
}

/// The panel with the field.
#[derive(Clone)]
struct Panel {
    markup: Rc<Markup>,
    tell: Rc<dyn Fn(Event)>,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    quiet: Option<Timer>,
    echo: Option<(dom::Listener, Timer)>,
    /// What is wrong, as the panel says it.
    error: Option<Wrong>,
    /// What was in the field before it was emptied.
    emptied: Option<String>,
    /// The last digits that were typed outside of every field.
    shot: Shot,
    /// The last digits of the numeric pad that came as movements of the cursor.
    moves: Shot,
}

/// Digits that were typed at the speed of a gun.
#[derive(Default)]
struct Shot {
    digits: String,
    /// When the first of them came.
    since: f64,
}

/// What is wrong with what a gun typed.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Wrong {
    /// The text.
    Text(TextError),
    /// Num Lock is off, so that no digit came.
    NumLock,
}

impl Shot {
    /// Adds a digit. Those before it are forgotten where they are too old, or `goes_on` says that they begin nothing.
    fn add(&mut self, digit: &str, now: f64, goes_on: impl Fn(&str) -> bool) {
        if now - self.since > SHOT_MS || !goes_on(&self.digits) {
            self.digits.clear();
        }
        if self.digits.is_empty() {
            self.since = now;
        }
        self.digits.push_str(digit);
    }
}

/// Listens to the panel, and to the keys of the page while it is closed; `tell` is called with each event.
pub(super) fn listen(markup: &Rc<Markup>, scope: &Scope, tell: impl Fn(Event) + 'static) {
    let panel = Panel { markup: markup.clone(), tell: Rc::new(tell), state: Rc::default() };
    let buttons = [
        (&markup.typed_open, Panel::open as fn(&Panel)),
        (&markup.typed_close, Panel::close),
        (&markup.typed_empty, Panel::empty),
        (&markup.typed_undo, Panel::undo),
    ];
    for (button, act) in buttons {
        let panel = panel.clone();
        scope.click(button, move || act(&panel));
    }
    let closed = panel.clone();
    scope.on(&markup.typed.root, "close", move |_| closed.closed());
    let typed = panel.clone();
    scope.on(&markup.typed_text, "input", move |_| typed.typed());
    // A gun that ends its line with a tab moves the focus on, as a person does.
    let left = panel.clone();
    scope.on(&markup.typed_text, "blur", move |_| left.judge(true));
    let keys = panel.clone();
    scope.on(&markup.typed.root, "keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            keys.key(&event);
        }
    });
    let shot = panel.clone();
    scope.on(&dom::document(), "keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            shot.without_num_lock(&event);
            shot.outside(&event);
        }
    });
    scope.text(move || {
        let text = panel.text();
        panel.draw(&text);
    });
}

impl Panel {
    fn dialog(&self) -> &HtmlDialogElement {
        &self.markup.typed.root
    }

    fn field(&self) -> &HtmlTextAreaElement {
        &self.markup.typed_text
    }

    fn open(&self) {
        (self.tell)(Event::Opening);
        let _ = self.dialog().show_modal();
        (self.tell)(Event::Moved);
        self.draw("");
        dom::focus(self.field());
    }

    fn close(&self) {
        self.dialog().close();
    }

    /// A key anywhere on the page while the panel is closed: a gun's text opens it, and goes on in its field.
    fn outside(&self, event: &KeyboardEvent) {
        let in_field = event.target().is_some_and(|target| {
            target.is_instance_of::<HtmlTextAreaElement>()
                || target.is_instance_of::<HtmlSelectElement>()
                || target.dyn_ref::<HtmlInputElement>().is_some_and(takes_text)
        });
        let (key, now) = (event.key(), js::elapsed_ms());
        let digit = key.len() == 1 && key.starts_with(|letter: char| letter.is_ascii_digit());
        if self.dialog().open()
            || in_field
            || !digit
            || event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
        {
            return;
        }
        let begun = {
            let shot = &mut self.state.borrow_mut().shot;
            shot.add(&key, now, |digits| text::PREFIX.starts_with(digits));
            if shot.digits == text::PREFIX { std::mem::take(&mut shot.digits) } else { return }
        };
        self.open();
        // The character of this key comes after this event, to where the focus is then.
        self.field().set_value(begun.strip_suffix(key.as_str()).unwrap_or_default());
    }

    /// A key anywhere on the page: digits of the numeric pad that move the cursor are told, of any code while the panel is open,
    /// else where they begin as a text does.
    fn without_num_lock(&self, event: &KeyboardEvent) {
        let code = event.code();
        let digit = code.strip_prefix("Numpad").filter(|rest| rest.len() == 1);
        let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        // One key that is held down repeats itself as fast.
        if held || event.repeat() || event.key() == "Enter" || event.key() == "Tab" {
            return;
        }
        let open = self.dialog().open();
        {
            let moves = &mut self.state.borrow_mut().moves;
            let Some(digit) = digit.filter(|digit| event.key() != *digit) else {
                return moves.digits.clear();
            };
            moves.add(digit, js::elapsed_ms(), |digits| open || text::PREFIX.starts_with(digits));
            // The second digit is an arrow, which would choose another purpose.
            if !open && moves.digits.len() > 1 && text::PREFIX.starts_with(moves.digits.as_str()) {
                event.prevent_default();
            }
            if !(moves.digits == text::PREFIX || (open && moves.digits.len() >= MOVES)) {
                return;
            }
            moves.digits.clear();
        }
        if !open {
            self.open();
        }
        self.state.borrow_mut().error = Some(Wrong::NumLock);
        self.draw(&self.text());
    }

    /// Nothing of what was typed is kept.
    fn closed(&self) {
        self.field().set_value("");
        {
            let mut state = self.state.borrow_mut();
            (state.error, state.emptied) = (None, None);
        }
        self.wait(false);
        self.draw("");
        (self.tell)(Event::Moved);
    }

    fn empty(&self) {
        self.state.borrow_mut().emptied = Some(self.field().value()).filter(|text| !text.is_empty());
        self.put("");
    }

    fn undo(&self) {
        let before = self.state.borrow_mut().emptied.take();
        self.put(&before.unwrap_or_default());
    }

    fn put(&self, text: &str) {
        self.field().set_value(text);
        self.state.borrow_mut().error = None;
        self.draw(text);
        dom::focus(self.field());
    }

    /// A gun types wherever the focus is: a digit goes to the field, a line's end decides.
    fn key(&self, event: &KeyboardEvent) {
        // An input method has its own use for the keys of a word that is not finished.
        if event.is_composing() {
            return;
        }
        let in_field = event.target().is_some_and(|target| target.is_instance_of::<HtmlTextAreaElement>());
        let (key, held) = (event.key(), event.ctrl_key() || event.meta_key());
        // Some guns send the line's end as the control character that it is.
        let ends = key == "Enter" || (event.ctrl_key() && matches!(key.as_str(), "j" | "m"));
        if ends && in_field {
            event.prevent_default();
            self.judge(true);
        } else if !in_field && !held && key.chars().count() == 1 && key != " " {
            // The character itself comes after this event, to where the focus is then.
            dom::focus(self.field());
        }
    }

    /// Runs for every key of a gun, so it does as little as possible.
    fn typed(&self) {
        let again = {
            let mut state = self.state.borrow_mut();
            (state.error.take().is_some(), state.emptied.take().is_some()) != (false, false)
        };
        let text = self.text();
        let ended = text.ends_with(['\n', '\r', '\t']);
        if ended || expected(&text).is_some_and(|all| text.len() == all && text::decode(&text).is_ok()) {
            return self.judge(true);
        }
        if again || text.len() < 2 || text.len().is_multiple_of(COUNTED) {
            self.draw(&text);
        }
        self.wait(!text.is_empty());
    }

    /// As typed; an input method may have widened the digits.
    fn text(&self) -> String {
        let narrow = |letter: char| match u32::from(letter) {
            wide @ 0xFF10..=0xFF19 => char::from_u32(wide - 0xFF10 + 0x30).unwrap_or(letter),
            _ => letter,
        };
        self.field().value().chars().map(narrow).collect()
    }

    /// Judges what is there when nothing more comes, or no longer waits for that.
    fn wait(&self, waits: bool) {
        let panel = self.clone();
        let timer = waits.then(|| Timer::once(QUIET_MS, move || panel.judge(false)));
        // The timer before may be the one that runs now.
        let before = std::mem::replace(&mut self.state.borrow_mut().quiet, timer);
        spawn_local(async move { drop(before) });
    }

    /// Judges the text; `ended` when the gun or the person said that it is all.
    fn judge(&self, ended: bool) {
        self.wait(false);
        let text = self.text();
        if text.trim().is_empty() {
            return;
        }
        match decode(&text) {
            Ok(payload) => self.take(payload),
            Err(error) => {
                self.state.borrow_mut().error = Some(Wrong::Text(error));
                self.draw(&text);
                if ended {
                    self.field().select();
                }
            }
        }
    }

    fn take(&self, payload: Vec<u8>) {
        // Closing the panel takes the focus from the field, which judges what is in it.
        self.field().set_value("");
        self.swallow_echo();
        // The check begins first, so that closing the panel starts no other reading.
        (self.tell)(Event::Payload(payload));
        self.dialog().close();
    }

    /// The Enter or Tab behind a text that was already taken would press a button of the verdict.
    fn swallow_echo(&self) {
        let listener = dom::on(&dom::window(), "keydown", |event| {
            let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
            if matches!(key.as_str(), "Enter" | "Tab") {
                event.prevent_default();
            }
        });
        let state = self.state.clone();
        let timer = Timer::once(ECHO_MS, move || {
            let ended = state.borrow_mut().echo.take();
            spawn_local(async move { drop(ended) });
        });
        self.state.borrow_mut().echo = Some((listener, timer));
    }

    /// Writes how many digits are there, what is wrong with them, and what can be done.
    fn draw(&self, text: &str) {
        let (markup, state) = (&self.markup, self.state.borrow());
        let count = text.chars().filter(char::is_ascii_digit).count();
        dom::set(
            &markup.typed.count,
            &match expected(text) {
                _ if count == 0 => String::new(),
                Some(all) => {
                    fill("typed.count.of", &[("count", &count.to_string()), ("all", &all.to_string())])
                }
                None => fill("typed.count", &[("count", &count.to_string())]),
            },
        );
        let (said, code) = match state.error {
            Some(Wrong::Text(error)) => (format!("code.{}", error.code()), error.code()),
            Some(Wrong::NumLock) => ("typed.num-lock".to_owned(), ""),
            None => Default::default(),
        };
        if state.error.is_some() {
            dom::set(&markup.typed_error.text, &tr(&said));
            dom::set(&markup.typed_error.next, &tr(&format!("{said}.next")));
            dom::set(&markup.typed_error.code, code);
        }
        dom::show(&markup.typed_error.code, !code.is_empty());
        dom::show(&markup.typed_error.root, state.error.is_some());
        let invalid = if matches!(state.error, Some(Wrong::Text(_))) { "true" } else { "false" };
        let _ = self.field().set_attribute("aria-invalid", invalid);
        dom::show(&markup.typed_empty, !text.is_empty());
        dom::show(&markup.typed_undo, state.emptied.is_some());
    }
}

/// Whether what is typed goes into this field.
fn takes_text(field: &HtmlInputElement) -> bool {
    !matches!(field.type_().as_str(), "button" | "checkbox" | "file" | "radio" | "reset" | "submit")
}

/// The payload of a text, or of one in it: behind one that lost its end, another may have been shot.
fn decode(typed: &str) -> Result<Vec<u8>, TextError> {
    text::decode(typed).or_else(|error| {
        let mut starts = typed.match_indices(text::PREFIX).map(|(at, _)| at).filter(|at| *at > 0);
        starts.find_map(|at| text::decode(typed.get(at..)?).ok()).ok_or(error)
    })
}

/// How many digits there will be, once the first eight say so.
fn expected(text: &str) -> Option<usize> {
    let length = text.strip_prefix(text::PREFIX)?.get(..4)?.parse().ok()?;
    (1..=text::MAX_PAYLOAD).contains(&length).then(|| text::digits_of(length))
}
