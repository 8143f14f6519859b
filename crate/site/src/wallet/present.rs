//! Presenting: a white screen with the code, signed anew every 20 s before the old one ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use licence::elements::name_key;
use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::full_screen;
use super::holder::Wallet;
use super::presentation::{Choice, LIFE, Presentation, Signed};
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::Screen;
use crate::browser::dom;
use crate::browser::frames::each_frame;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Present;
use crate::ui::projector::Projector;

/// Milliseconds after which a new signature takes over.
const RENEWED_AFTER: f64 = 20_000.0;
/// Milliseconds after which the next signature is made, so that it is ready in time.
const PREPARED_AFTER: f64 = 17_000.0;

/// What is on the screen now, and what comes next.
struct Showing {
    page: Present,
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
pub(super) async fn screen(app: &Rc<App>, presentation: Presentation) -> Result<Screen, Problem> {
    let Presentation { choice, wallet, elements, signed } = presentation;
    let purpose = choice.purpose.code();
    let (screen, page) = full_screen::of(&wallet, purpose)?;
    let showing = Rc::new(Showing {
        page: page.clone(),
        wallet: wallet.clone(),
        choice,
        projector: Rc::new(Projector::new(&page.code)?),
        signed: RefCell::new(signed),
        next: RefCell::new(None),
        signing: Cell::new(false),
        seconds: Cell::new(-1),
    });
    showing.begin();
    app.remember(&wallet, purpose, &elements).await;

    let (written, counted, again) = (page.clone(), app.clone(), showing.clone());
    screen.scope.text(move || {
        dom::set(&written.purpose, &tr(&format!("purpose.{purpose}")));
        let shown: Vec<String> = elements.iter().map(|id| tr(&name_key(id))).collect();
        dom::set(&written.shows, &format::list(&shown));
        dom::set(&written.warning, &wallet.warning());
        dom::set(&written.rhythm, &tr("present.renewed"));
        dom::set(&written.count, &full_screen::count(&counted.shown.borrow()));
        again.seconds.set(-1);
    });
    full_screen::ease(&screen.scope, &page, &showing.projector);
    let there = app.clone();
    full_screen::leave(&screen, &page, app, &showing.projector, move || {
        there.go(Route::Purpose(Some(Problem::Own(Own::Hidden))));
    });

    let (frame, there) = (showing.clone(), app.clone());
    let frames = each_frame(move |at| match frame.step(at) {
        Ok(()) => true,
        Err(problem) => {
            there.go(Route::Purpose(Some(problem)));
            false
        }
    });
    screen.scope.keep(frames);
    full_screen::stay_awake(&screen.scope, &showing);
    Ok(screen)
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
        self.projector.step(at, || full_screen::room(&self.page))?;
        self.seconds.set(full_screen::ring(&self.page, &self.projector, LIFE, self.seconds.get()));
        Ok(())
    }

    /// The next signature takes over, `at_once` or when the readers of the one before had their time.
    fn renew(&self, next: Signed, at_once: bool) -> Result<(), Problem> {
        let _ = self.page.root.set_attribute("data-signed", &next.at.unix().to_string());
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
            if let Ok(next) = Signed::new(&this.wallet, &this.choice).await {
                *this.next.borrow_mut() = Some(next);
            }
            this.signing.set(false);
        });
    }
}
