//! Presenting: a white screen with the code, signed anew every 20 s before the old one ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cbor::Timestamp;
use envelope::Info;
use envelope::PreparedOneWay;
use licence::calendar::shanghai_day;
use licence::elements::name_key;
use mdoc::Disclosure;
use verdict::card::Ground;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use super::holder::Wallet;
use super::problem::Problem;
use super::purpose::{self, Choice};
use super::screen::Screen;
use super::{App, full_screen};
use crate::browser::frames::each_frame;
use crate::browser::{dom, host, key};
use crate::storage::Shown;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::projector::Projector;

/// Life of a signature, in seconds.
const LIFE: i64 = 60;
/// Milliseconds after which a new signature takes over.
const RENEWED_AFTER: f64 = 20_000.0;
/// Milliseconds after which the next signature is made, so that it is ready in time.
const PREPARED_AFTER: f64 = 17_000.0;
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
    let prepared = PreparedOneWay::prepare(disclosure(wallet, choice), info);
    let prepared = prepared.map_err(|error| Problem::coded(error.code()))?;
    let signature = wallet.stored.key.sign(prepared.to_be_signed()).await?;
    let completed = prepared.complete(&signature).map_err(|error| Problem::coded(error.code()))?;
    Ok(Signed { payload: completed.payload().to_vec(), at })
}

/// What is on the screen now, and what comes next.
struct Showing {
    root: Element,
    wallet: Rc<Wallet>,
    choice: Choice,
    projector: Rc<Projector>,
    /// The newest signature; the one before it may still be on the screen.
    signed: RefCell<Signed>,
    next: RefCell<Option<Signed>>,
    signing: Cell<bool>,
    seconds: Cell<i64>,
}

/// The full screen with the code.
pub(super) async fn screen(app: &Rc<App>, ready: Ready) -> Result<Screen, Problem> {
    let mut screen = Screen::new("present")?;
    let root = screen.root.clone();
    let red = ready.wallet.card_status().ground == Ground::Red;
    let _ = root.set_attribute("data-group", if red { "red" } else { "green" });
    let _ = root.set_attribute("data-purpose", ready.choice.purpose.code());

    let showing = Rc::new(Showing {
        root: root.clone(),
        wallet: ready.wallet.clone(),
        choice: ready.choice,
        projector: Rc::new(Projector::new(&root)?),
        signed: RefCell::new(ready.signed),
        next: RefCell::new(None),
        signing: Cell::new(false),
        seconds: Cell::new(-1),
    });
    showing.begin();
    remember(app, ready.choice.purpose.code(), &ready.elements).await;

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
        dom::write(&page, "rhythm", &tr("present.renewed"));
        dom::write(&page, "count", &count(&counted.shown.borrow()));
    });
    let again = showing.clone();
    screen.text(move || again.seconds.set(-1));

    full_screen::ease(&mut screen, &showing.projector);
    let there = app.clone();
    full_screen::leave(&mut screen, app, &showing.projector, move || {
        stop(&there, Some(Problem::Named("hidden")));
    });

    let (frame, there) = (showing.clone(), app.clone());
    let frames = each_frame(move |at| match frame.step(at) {
        Ok(()) => true,
        Err(problem) => {
            stop(&there, Some(problem));
            false
        }
    });
    screen.leave(move || drop(frames));
    full_screen::stay_awake(&mut screen, &showing);
    Ok(screen)
}

fn stop(app: &Rc<App>, why: Option<Problem>) {
    app.go(|app| async move { purpose::screen_after(&app, why) });
}

/// Adds a presentation to the history. A failed write does not prevent presenting.
pub(super) async fn remember(app: &Rc<App>, purpose: &str, elements: &[String]) {
    let shown = Shown { at: host::now_ms(), purpose: purpose.to_owned(), elements: elements.to_vec() };
    if app.store.add_shown(&shown).await.is_ok() {
        app.tabs.announce();
    }
    app.shown.borrow_mut().push(shown);
}

/// How often the licence was shown, today and in all.
pub(super) fn count(shown: &[Shown]) -> String {
    let day = |at: f64| shanghai_day(format::of_ms(at));
    let today = shown.iter().filter(|one| day(one.at) == day(host::now_ms())).count();
    fill("present.count", &[("today", &today.to_string()), ("all", &shown.len().to_string())])
}

impl Showing {
    /// Shows the newest signature from its beginning.
    fn begin(&self) {
        let signed = self.signed.borrow();
        self.projector.show(signed.payload.clone(), signed.ends_ms());
    }

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
        self.projector.step(at, || full_screen::room(&self.root))?;
        self.seconds.set(full_screen::ring(&self.root, &self.projector, LIFE, self.seconds.get()));
        Ok(())
    }

    /// The next signature takes over, `at_once` or when the readers of the one before had their time.
    fn renew(&self, next: Signed, at_once: bool) -> Result<(), Problem> {
        let _ = self.root.set_attribute("data-signed", &next.at.unix().to_string());
        let (payload, ends_ms) = (next.payload.clone(), next.ends_ms());
        *self.signed.borrow_mut() = next;
        if at_once {
            self.begin();
            return Ok(());
        }
        Ok(self.projector.renew(payload, ends_ms)?)
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
}
