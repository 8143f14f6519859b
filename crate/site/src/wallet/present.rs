//! Presenting: a white screen with the code, signed anew every 20 s before the old one ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use licence::calendar::shanghai_day;
use licence::card::Ground;
use licence::elements::name_key;
use mdoc::one_way::Info;
use mdoc::present::{Disclosure, PreparedPresentation};
use mdoc::time::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlCanvasElement};

use super::App;
use super::holder::Wallet;
use super::media::{Awake, reduced_motion};
use super::painter::{Code, Painter};
use super::problem::Problem;
use super::purpose::{self, Choice};
use super::screen::{Screen, each_frame};
use crate::i18n::{fill, tr};
use crate::store::Shown;
use crate::{dom, format, host, key};

/// Life of a signature, in seconds.
const LIFE: i64 = 60;
/// A new signature takes over after so many milliseconds.
const RENEWED_AFTER: f64 = 20_000.0;
/// It is made so many milliseconds after the last one, so that it is there in time.
const PREPARED_AFTER: f64 = 17_000.0;
/// Holds of a picture in sixtieths of a second: 5 to 7 at random, because a fixed one can lock onto torn
/// frames for ever; about a third of a second where little motion is wanted.
const HOLD: (u32, u32) = (5, 7);
const CALM_HOLD: (u32, u32) = (18, 22);
/// Width that the frame of a licence that must not be used takes, and what stands beside the code.
const WIDE: f64 = 800.0;

/// One signed presentation.
struct Signed {
    payload: Vec<u8>,
    at: Timestamp,
}

impl Signed {
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    fn age(&self) -> f64 {
        host::now_ms() - self.at.unix() as f64 * 1000.0
    }
}

/// A presentation that is signed and ready to be drawn.
pub(super) struct Ready {
    choice: Choice,
    wallet: Rc<Wallet>,
    elements: Vec<String>,
    signed: Signed,
}

/// Signs the first code, before the screen changes.
pub(super) async fn prepare(app: &Rc<App>, choice: Choice) -> Result<Ready, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let elements = disclosure(&wallet, choice).shown().iter().map(|name| name.identifier.clone()).collect();
    let signed = sign(&wallet, choice).await?;
    Ok(Ready { choice, wallet, elements, signed })
}

fn disclosure(wallet: &Wallet, choice: Choice) -> Disclosure {
    Disclosure::select(&wallet.credential, &choice.purpose.elements(choice.portrait))
}

/// A new nonce, a new signature.
async fn sign(wallet: &Wallet, choice: Choice) -> Result<Signed, Problem> {
    let at = format::now();
    let mut nonce = [0; 16];
    if !key::random(&mut nonce) {
        return Err(Problem::Named("no-random"));
    }
    let info = Info { iat: at, exp: at.plus_seconds(LIFE), nonce, aud: None };
    let coded = |error: mdoc::present::PresentError| Problem::coded(error.code());
    let prepared = PreparedPresentation::prepare(disclosure(wallet, choice), info).map_err(coded)?;
    let signature = wallet.stored.key.sign(prepared.to_be_signed()).await?;
    let completed = prepared.complete(&signature).map_err(coded)?;
    Ok(Signed { payload: completed.payload().to_vec(), at })
}

/// What is on the screen now, and what comes next.
struct Showing {
    root: Element,
    wallet: Rc<Wallet>,
    choice: Choice,
    painter: RefCell<Painter>,
    signed: RefCell<Signed>,
    next: RefCell<Option<Signed>>,
    signing: Cell<bool>,
    code: RefCell<Option<Code>>,
    turn: Cell<u64>,
    hold: Cell<u32>,
    calm: bool,
    seconds: Cell<i64>,
    last_frame: Cell<f64>,
}

/// The full screen with the code.
pub(super) async fn screen(app: &Rc<App>, ready: Ready) -> Result<Screen, Problem> {
    let mut screen = Screen::new("present")?;
    let root = screen.root.clone();
    let canvas: HtmlCanvasElement =
        dom::slot(&root, "code").and_then(|c| c.dyn_into().ok()).ok_or(Problem::Unexpected)?;
    let red = ready.wallet.card_status().ground == Ground::Red;
    let _ = root.set_attribute("data-group", if red { "red" } else { "green" });
    let _ = root.set_attribute("data-purpose", ready.choice.purpose.code());

    let showing = Rc::new(Showing {
        root: root.clone(),
        wallet: ready.wallet.clone(),
        choice: ready.choice,
        painter: RefCell::new(Painter::new(canvas)?),
        signed: RefCell::new(ready.signed),
        next: RefCell::new(None),
        signing: Cell::new(false),
        code: RefCell::new(None),
        turn: Cell::new(0),
        hold: Cell::new(0),
        calm: reduced_motion(),
        seconds: Cell::new(-1),
        last_frame: Cell::new(0.0),
    });
    remember(app, &ready.choice, &ready.elements).await;

    let (page, licence, names, counted) =
        (root.clone(), ready.wallet.clone(), ready.elements.clone(), app.clone());
    let choice = ready.choice;
    screen.text(move || {
        dom::write(&page, "purpose", &tr(&format!("purpose.{}", choice.purpose.code())));
        let shown: Vec<String> = names.iter().map(|id| tr(&name_key(id))).collect();
        dom::write(&page, "shows", &format::list(&shown));
        dom::write(&page, "warning", &licence.warning());
        if let Some(warning) = dom::slot(&page, "warning") {
            dom::show(&warning, red);
        }
        dom::write(&page, "count", &count(&counted.shown.borrow()));
    });
    let again = showing.clone();
    screen.text(move || again.seconds.set(-1));

    let resized = showing.clone();
    screen.on(&dom::window(), "resize", move |_| resized.reframe());
    leave(&mut screen, app, &showing);

    let (frame, there) = (showing.clone(), app.clone());
    let frames = each_frame(move |at| match frame.step(at) {
        Ok(()) => true,
        Err(problem) => {
            stop(&there, Some(problem));
            false
        }
    });
    screen.leave(move || drop(frames));
    // The screen stays awake as long as the code is shown; released with it.
    let awake: Rc<RefCell<Option<Awake>>> = Rc::default();
    let (kept, alive) = (awake.clone(), Rc::downgrade(&showing));
    spawn_local(async move {
        let asked = Awake::ask().await;
        if alive.upgrade().is_some() {
            *kept.borrow_mut() = asked;
        }
    });
    screen.leave(move || {
        awake.borrow_mut().take();
    });
    Ok(screen)
}

/// The ways out: close, Escape, and a hidden page.
fn leave(screen: &mut Screen, app: &Rc<App>, showing: &Rc<Showing>) {
    let there = app.clone();
    screen.click("close", move || there.go_home());
    let there = app.clone();
    screen.on(&showing.root.clone(), "cancel", move |event: Event| {
        event.prevent_default();
        there.go_home();
    });
    let (there, shown) = (app.clone(), showing.clone());
    screen.on(&dom::document(), "visibilitychange", move |_| {
        if dom::document().hidden() {
            shown.painter.borrow().wipe();
            stop(&there, Some(Problem::Named("hidden")));
        }
    });
}

fn stop(app: &Rc<App>, why: Option<Problem>) {
    app.go(|app| async move { purpose::screen_after(&app, why) });
}

/// Puts the showing into the list. A list that cannot be written stops nobody from showing a licence.
async fn remember(app: &Rc<App>, choice: &Choice, elements: &[String]) {
    let shown =
        Shown { at: host::now_ms(), purpose: choice.purpose.code().to_owned(), elements: elements.to_vec() };
    if app.store.add_shown(&shown).await.is_ok() {
        app.tabs.announce();
    }
    app.shown.borrow_mut().push(shown);
}

fn count(shown: &[Shown]) -> String {
    let day = |at: f64| shanghai_day(format::of_ms(at));
    let today = shown.iter().filter(|one| day(one.at) == day(host::now_ms())).count();
    fill("present.count", &[("today", &today.to_string()), ("all", &shown.len().to_string())])
}

impl Showing {
    /// One refresh of the display.
    fn step(self: &Rc<Self>, at: f64) -> Result<(), Problem> {
        let age = self.signed.borrow().age();
        // A clock that was set back would show a code from the future: sign anew.
        let turned_back = age < -1000.0;
        if age >= LIFE as f64 * 1000.0 {
            return Err(Problem::Named("code-ended"));
        }
        if age >= PREPARED_AFTER || turned_back {
            self.prepare_next();
        }
        let due = age >= RENEWED_AFTER || turned_back;
        if let Some(next) = self.due(due) {
            let _ = self.root.set_attribute("data-signed", &next.at.unix().to_string());
            *self.signed.borrow_mut() = next;
            self.reframe();
        }
        self.ring();
        self.picture(at)
    }

    /// Draws the next frame when the one that is shown was held long enough.
    fn picture(&self, at: f64) -> Result<(), Problem> {
        let refreshes_a_sixtieth = self.refreshes_a_sixtieth(at);
        let hold = self.hold.get();
        if hold > 0 {
            self.hold.set(hold - 1);
            return Ok(());
        }
        let mut code = self.code.borrow_mut();
        let made = match code.take() {
            Some(made) if made.is_still() && self.turn.get() > 0 => {
                *code = Some(made);
                return Ok(());
            }
            Some(made) => made,
            None => {
                let pixels = self.painter.borrow_mut().fit(self.room());
                Code::new(&self.signed.borrow().payload, pixels)?
            }
        };
        self.painter.borrow().draw(&made, self.turn.get())?;
        *code = Some(made);
        self.turn.set(self.turn.get() + 1);
        let (least, most) = if self.calm { CALM_HOLD } else { HOLD };
        self.hold.set((least + pick(most - least + 1)) * refreshes_a_sixtieth - 1);
        Ok(())
    }

    /// How many refreshes this display makes in a sixtieth of a second: 1, or 2 on a fast one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1 to 4")]
    fn refreshes_a_sixtieth(&self, at: f64) -> u32 {
        let between = at - self.last_frame.replace(at);
        if between <= 0.0 { 1 } else { (1000.0 / 60.0 / between).round().clamp(1.0, 4.0) as u32 }
    }

    /// The next signature, once it is its turn.
    fn due(&self, due: bool) -> Option<Signed> {
        if due { self.next.take() } else { None }
    }

    fn prepare_next(self: &Rc<Self>) {
        if self.signing.get() || self.next.borrow().is_some() {
            return;
        }
        self.signing.set(true);
        let this = self.clone();
        spawn_local(async move {
            // A signature that fails is tried again at the next refresh, until the code's life ends.
            if let Ok(next) = sign(&this.wallet, this.choice).await {
                *this.next.borrow_mut() = Some(next);
            }
            this.signing.set(false);
        });
    }

    /// The ring and its seconds, when they change.
    #[allow(clippy::cast_possible_truncation, reason = "at most 60")]
    fn ring(&self) {
        let left = (LIFE as f64 - self.signed.borrow().age() / 1000.0).ceil().clamp(0.0, LIFE as f64) as i64;
        if self.seconds.replace(left) == left {
            return;
        }
        let text = left.to_string();
        dom::write(&self.root, "seconds", &text);
        dom::write(&self.root, "left", &fill("present.left", &[("seconds", &text)]));
        if let Some(ring) = dom::slot(&self.root, "ring") {
            let _ = ring.set_attribute("stroke-dasharray", &format!("{left} {LIFE}"));
        }
    }

    /// The window changed its size: the code is laid out anew.
    fn reframe(&self) {
        *self.code.borrow_mut() = None;
        self.turn.set(0);
        self.hold.set(0);
    }

    /// CSS pixels that the code may take: the width of its place, and on the height that is left.
    fn room(&self) -> f64 {
        let window = dom::window();
        let size =
            |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
        let (width, height) = (size(window.inner_width()), size(window.inner_height()));
        let place = dom::slot(&self.root, "frame").map_or(width, |place| {
            let style = window.get_computed_style(&place).ok().flatten();
            let inner = |side: &str| {
                let text = style.as_ref().and_then(|s| s.get_property_value(side).ok()).unwrap_or_default();
                text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0)
            };
            f64::from(place.client_width()) - inner("padding-left") - inner("padding-right")
        });
        let beside = if width >= WIDE { 104.0 } else { 190.0 };
        place.min(height - beside).max(160.0)
    }
}

/// A number below `end`; it decides about nothing but the rhythm of pictures.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `end`")]
fn pick(end: u32) -> u32 {
    (js_sys::Math::random() * f64::from(end)) as u32
}
