//! Presenting: a white screen with the code, signed anew every 20 s before the old one ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use licence::elements::id;
use optical::text::MAX_PAYLOAD;
use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::full_screen;
use super::groups;
use super::holder::Wallet;
use super::presentation::{Choice, LIFE, Presentation, Signed};
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::Screen;
use crate::browser::dom;
use crate::browser::frames::each_frame;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::Present;
use crate::ui::projector::{Form, Projector};

/// Milliseconds after which a new signature takes over.
const RENEWED_AFTER: f64 = 20_000.0;
/// Milliseconds after which the next signature is made, so that it is ready in time.
const PREPARED_AFTER: f64 = 17_000.0;

/// What is on the screen now, and what comes next.
struct Showing {
    page: Present,
    wallet: Rc<Wallet>,
    /// The newest choice: the still answer as long as a still code is shown.
    choice: RefCell<Choice>,
    /// The identifiers of what is shown.
    elements: RefCell<Vec<String>>,
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
        choice: RefCell::new(choice),
        elements: RefCell::new(elements.clone()),
        projector: Rc::new(Projector::new(&page.code)?),
        signed: RefCell::new(signed),
        next: RefCell::new(None),
        signing: Cell::new(false),
        seconds: Cell::new(-1),
    });
    showing.projector.offer_all();
    showing.begin();
    app.remember(&wallet, purpose, &elements, None).await;

    let slot = wallet.stored.slot;
    let (written, counted, again) = (page.clone(), app.clone(), showing.clone());
    screen.scope.text(move || {
        dom::set(&written.purpose, &tr(&format!("purpose.{purpose}")));
        again.write_elements();
        dom::set(&written.warning, &wallet.warning());
        dom::set(&written.rhythm, &tr("present.renewed"));
        dom::set(&written.count, &full_screen::count(&counted.shown_of(slot)));
        again.seconds.set(-1);
    });
    let chosen = showing.clone();
    full_screen::ease(&screen.scope, &page, &showing.projector, move |form| chosen.choose(form));
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

    /// Names what is shown, and what a still code leaves out.
    fn write_elements(&self) {
        dom::set(&self.page.shows, &groups::named(&groups::name_keys(&self.elements.borrow())));
        let choice = self.choice.borrow();
        let ids = |still| {
            let shown = Choice { still, ..choice.clone() }.disclosure(&self.wallet);
            shown.shown().iter().map(|name| name.identifier.clone()).collect::<Vec<_>>()
        };
        let (all, still) = (ids(false), ids(true));
        let less: Vec<String> = all.into_iter().filter(|id| !still.contains(id)).collect();
        let names = groups::named(&groups::name_keys_without(&less, &still));
        let text = match less.iter().any(|id| id == id::PORTRAIT_SMALL) {
            _ if less.is_empty() => tr("present.still.all"),
            true => fill("present.still.less", &[("names", &names)]),
            false => fill("present.still.less.details", &[("names", &names)]),
        };
        dom::set(&self.page.still, &text);
    }

    /// Shows the newest payload in this form, or in frames again where that is the form already. A still code has a payload
    /// of its own, the still answer.
    fn choose(self: &Rc<Self>, form: Form) {
        let form = if self.projector.form() == form { Form::Frames } else { form };
        let this = self.clone();
        spawn_local(async move {
            let choice = Choice { still: form != Form::Frames, ..this.choice.borrow().clone() };
            let made = Presentation::new(this.wallet.clone(), choice).await;
            let problem = match made {
                Ok(made) if form != Form::Frames && made.signed.payload.len() > MAX_PAYLOAD => {
                    Some(tr("present.still.too-much"))
                }
                Ok(Presentation { choice, elements, signed, .. }) => {
                    *this.choice.borrow_mut() = choice;
                    *this.elements.borrow_mut() = elements;
                    *this.signed.borrow_mut() = signed;
                    this.next.take();
                    this.projector.set_form(form);
                    this.begin();
                    this.write_elements();
                    None
                }
                Err(problem) => Some(problem.next()),
            };
            dom::show(&this.page.no_still, problem.is_some());
            dom::set(&this.page.no_still, &problem.unwrap_or_default());
            full_screen::draw_forms(&this.page, &this.projector);
        });
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
            let choice = this.choice.borrow().clone();
            if let Ok(next) = Signed::new(&this.wallet, &choice).await
                && this.choice.borrow().still == choice.still
            {
                *this.next.borrow_mut() = Some(next);
            }
            this.signing.set(false);
        });
    }
}
