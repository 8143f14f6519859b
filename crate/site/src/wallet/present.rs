//! Presenting: a white screen with the code, signed anew every 20 s before the old one ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use licence::calendar::shanghai_day;
use licence::card::Ground;
use licence::elements::name_key;
use mdoc::one_way::Info;
use mdoc::present::{Disclosure, PreparedPresentation};
use mdoc::time::Timestamp;
use optical::{Conditions, Ease, FrameError, Reel};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlCanvasElement};

use super::App;
use super::holder::Wallet;
use super::media::{Awake, reduced_motion};
use super::painter::{Painter, device_pixels};
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

    /// When its life ends, in milliseconds since 1970.
    fn ends_ms(&self) -> u64 {
        u64::try_from(self.at.plus_seconds(LIFE).unix()).unwrap_or(0).saturating_mul(1000)
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
    painter: Painter,
    /// The newest signature; the one before it may still be on the screen.
    signed: RefCell<Signed>,
    next: RefCell<Option<Signed>>,
    signing: Cell<bool>,
    reel: RefCell<Option<Reel>>,
    /// Whether the reel is laid out for the window as it is.
    laid_out: Cell<bool>,
    /// When what is on the screen ends, in milliseconds since 1970.
    ends_ms: Cell<u64>,
    /// Refreshes for which it stays.
    hold: Cell<u32>,
    /// Whether it stays until there is another code.
    still: Cell<bool>,
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
        painter: Painter::new(canvas)?,
        signed: RefCell::new(ready.signed),
        next: RefCell::new(None),
        signing: Cell::new(false),
        reel: RefCell::new(None),
        laid_out: Cell::new(false),
        ends_ms: Cell::new(0),
        hold: Cell::new(0),
        still: Cell::new(false),
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
    screen.on(&dom::window(), "resize", move |_| resized.lay_out());
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
            shown.painter.wipe();
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
        if age >= PREPARED_AFTER || turned_back {
            self.prepare_next();
        }
        if age >= RENEWED_AFTER || turned_back {
            let next = self.next.take();
            if let Some(next) = next {
                self.renew(next, turned_back)?;
            }
        }
        self.picture(at)?;
        self.ring();
        Ok(())
    }

    /// The next signature takes over, `at_once` or when the readers of the one before had their time.
    fn renew(&self, next: Signed, at_once: bool) -> Result<(), Problem> {
        let _ = self.root.set_attribute("data-signed", &next.at.unix().to_string());
        let mut reel = self.reel.borrow_mut();
        if at_once {
            *reel = None;
        }
        if let Some(reel) = reel.as_mut() {
            reel.renew(next.payload.clone(), next.ends_ms()).map_err(|error| Problem::coded(error.code()))?;
        }
        *self.signed.borrow_mut() = next;
        self.change_now();
        Ok(())
    }

    /// Draws the next picture when the one that is shown was held long enough, or has come to its end.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970")]
    fn picture(&self, at: f64) -> Result<(), Problem> {
        let refresh_ms = at - self.last_frame.replace(at);
        let now_ms = host::now_ms().max(0.0) as u64;
        if now_ms < self.ends_ms.get() {
            let hold = self.hold.get();
            if hold > 0 {
                self.hold.set(hold - 1);
                return Ok(());
            }
            if self.still.get() {
                return Ok(());
            }
        }
        let coded = |error: FrameError| Problem::coded(error.code());
        let mut reel = self.reel.borrow_mut();
        if reel.is_none() {
            let signed = self.signed.borrow();
            *reel =
                Some(Reel::new(signed.payload.clone(), signed.ends_ms(), self.conditions()).map_err(coded)?);
        }
        let reel = reel.as_mut().ok_or(Problem::Unexpected)?;
        if !self.laid_out.replace(true) {
            reel.fit(self.conditions()).map_err(coded)?;
        }
        let picture = reel.next(now_ms).ok_or(Problem::Named("code-ended"))?;
        self.painter.draw(&picture)?;
        self.ends_ms.set(picture.ends_ms);
        self.still.set(reel.is_still());
        self.hold.set(picture.plan.hold().refreshes(random(), refresh_ms) - 1);
        Ok(())
    }

    fn conditions(&self) -> Conditions {
        Conditions { pixels: device_pixels(self.room()), ease: Ease::default(), reduced_motion: self.calm }
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
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "at most 60 s, below 2^53 ms"
    )]
    fn ring(&self) {
        let left_ms = self.ends_ms.get() as f64 - host::now_ms();
        let left = (left_ms / 1000.0).ceil().clamp(0.0, LIFE as f64) as i64;
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
    fn lay_out(&self) {
        self.laid_out.set(false);
        self.change_now();
    }

    fn change_now(&self) {
        self.hold.set(0);
        self.still.set(false);
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

/// Any number; it decides about nothing but the rhythm of pictures.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32")]
fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
