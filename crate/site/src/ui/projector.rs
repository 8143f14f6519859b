//! A payload on a canvas: pictures of the QR link in their rhythm, or all of it in one still code, laid out for the
//! room that there is.

use std::cell::{Cell, RefCell};

use optical::{Conditions, Ease, Level, Plan, Reel, Symbol, digit_capacity_at, modules_across, text};
use web_sys::{Element, HtmlCanvasElement};

use crate::browser::{dom, host};
use crate::ui::painter::{Painter, Stopped, device_pixels};

/// In what form a payload is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Form {
    /// Pictures that change, for a camera: any payload.
    #[default]
    Frames,
    /// One still code, for a reader that takes photographs.
    Single,
    /// One still code of digits, for a scanner gun that types.
    Digits,
}

/// Highest version of a still code.
const MAX_STILL_VERSION: u8 = 40;
/// Device pixels a module of a still code from which photographs are read well.
const LEAST_PIXELS: usize = 3;

/// Shows one payload after the other on one canvas.
pub(crate) struct Projector {
    painter: Painter,
    /// What is to be shown from the next refresh on, and until when: a screen that is not on the page yet has no width.
    next: RefCell<Option<(Vec<u8>, u64)>>,
    reel: RefCell<Option<Reel>>,
    /// The newest payload and its end: what a still code carries.
    newest: RefCell<Option<(Vec<u8>, u64)>>,
    form: Cell<Form>,
    /// Whether a smaller payload is made where a still code is chosen, so that each can be.
    lean: Cell<bool>,
    ease: Cell<Ease>,
    calm: bool,
    /// Whether the reel is laid out for the present size.
    laid_out: Cell<bool>,
    /// When what is on the screen ends, in milliseconds since 1970.
    ends_ms: Cell<u64>,
    /// Refreshes for which it stays.
    hold: Cell<u32>,
    /// Whether it stays until there is another payload.
    still: Cell<bool>,
    last_frame: Cell<f64>,
}

impl Projector {
    /// A projector for a canvas, white at first.
    pub(crate) fn new(canvas: &HtmlCanvasElement) -> Result<Self, Stopped> {
        Ok(Self {
            painter: Painter::new(canvas.clone()).ok_or(Stopped::NoCanvas)?,
            next: RefCell::default(),
            reel: RefCell::default(),
            newest: RefCell::default(),
            form: Cell::default(),
            lean: Cell::new(false),
            ease: Cell::default(),
            calm: dom::reduced_motion(),
            laid_out: Cell::new(false),
            ends_ms: Cell::new(0),
            hold: Cell::new(0),
            still: Cell::new(false),
            last_frame: Cell::new(0.0),
        })
    }

    /// Shows a payload from its beginning, until `ends_ms` at most (milliseconds since 1970).
    pub(crate) fn show(&self, payload: Vec<u8>, ends_ms: u64) {
        *self.newest.borrow_mut() = Some((payload.clone(), ends_ms));
        *self.next.borrow_mut() = Some((payload, ends_ms));
        self.change_now();
    }

    /// Lets a payload take the place of the shown one, once its readers had their time. A still code is read at once
    /// or not at all: the new one takes its place now.
    pub(crate) fn renew(&self, payload: Vec<u8>, ends_ms: u64) -> Result<(), Stopped> {
        *self.newest.borrow_mut() = Some((payload.clone(), ends_ms));
        match self.reel.borrow_mut().as_mut() {
            Some(reel) if self.next.borrow().is_none() => reel.renew(payload, ends_ms)?,
            // The previous one was not shown yet, so no reader depends on it.
            _ => *self.next.borrow_mut() = Some((payload, ends_ms)),
        }
        self.change_now();
        Ok(())
    }

    /// The room or the wish changed: it is laid out anew at the next refresh.
    pub(crate) fn lay_out(&self) {
        self.laid_out.set(false);
        self.change_now();
    }

    /// Shows it slower and larger than now, by a step, or less so. A still code is as large as there is room.
    pub(crate) fn ease_by(&self, step: i8) {
        if self.form.get() != Form::Frames {
            return;
        }
        self.ease.set(Ease::new(self.ease.get().steps().saturating_add_signed(step)));
        self.lay_out();
    }

    /// Shows the newest payload in this form; in frames again where that is the form already.
    pub(crate) fn toggle(&self, form: Form) {
        self.set_form(if self.form.get() == form { Form::Frames } else { form });
    }

    /// Shows the next payload in this form.
    pub(crate) fn set_form(&self, form: Form) {
        self.form.set(form);
        if form == Form::Frames {
            self.next.replace(self.newest.borrow().clone());
        }
        self.change_now();
    }

    /// In what form the newest payload is shown.
    pub(crate) fn form(&self) -> Form {
        self.form.get()
    }

    /// Each still code can be chosen: the caller makes a smaller payload for it.
    pub(crate) fn offer_all(&self) {
        self.lean.set(true);
    }

    /// Whether a payload can be shown in this form on `side` CSS pixels. The form in which it is can be left.
    pub(crate) fn can_show(&self, form: Form, side: f64) -> bool {
        self.lean.get() || self.form.get() == form || self.still(form, device_pixels(side)).is_some()
    }

    /// Whether the modules of the still code that is shown on `side` CSS pixels are narrower than three device pixels.
    pub(crate) fn is_too_fine(&self, side: f64) -> bool {
        let pixels = match self.still(self.form.get(), device_pixels(side)) {
            Some(Still::Single(plan)) => plan.module_pixels(),
            Some(Still::Digits(scale)) => scale,
            None => LEAST_PIXELS,
        };
        pixels < LEAST_PIXELS
    }

    /// Returns the newest payload as a still code and the pixels of its modules; `None` if it does not fit.
    fn still(&self, form: Form, pixels: usize) -> Option<Still> {
        let newest = self.newest.borrow();
        let (payload, _) = newest.as_ref()?;
        match form {
            Form::Frames => None,
            Form::Single => Some(Still::Single(Plan::single(payload.len(), pixels)?)),
            Form::Digits => {
                let digits =
                    Some(text::digits_of(payload.len())).filter(|_| payload.len() <= text::MAX_PAYLOAD)?;
                let fits = |version: &u8| digit_capacity_at(*version, Level::L) >= Some(digits);
                let version = (1..=MAX_STILL_VERSION).find(fits)?;
                let scale = pixels / modules_across(version);
                (scale >= 1).then_some(Still::Digits(scale))
            }
        }
    }

    /// Draws the newest payload as a still code, if it fits. Returns whether it did.
    fn draw_still(&self, now_ms: u64, side: f64) -> Result<bool, Stopped> {
        let Some(still) = self.still(self.form.get(), device_pixels(side)) else {
            return Ok(false);
        };
        let newest = self.newest.borrow();
        let Some((payload, ends_ms)) = newest.as_ref().filter(|(_, ends_ms)| now_ms < *ends_ms) else {
            return Err(Stopped::Ended);
        };
        match still {
            Still::Single(plan) => {
                let symbol = plan.symbol(&plan.frames(payload)?.shown(0))?;
                self.painter.draw(&symbol, plan.module_pixels())?;
            }
            Still::Digits(scale) => {
                let digits = text::encode(payload)?;
                self.painter.draw(&Symbol::encode_digits(&digits, MAX_STILL_VERSION)?, scale)?;
            }
        }
        self.ends_ms.set(*ends_ms);
        self.still.set(true);
        Ok(true)
    }

    /// Says by the two buttons which way there is no further step.
    pub(crate) fn draw_ease(&self, larger: &Element, smaller: &Element) {
        let (steps, still) = (self.ease.get().steps(), self.form.get() != Form::Frames);
        for (button, end) in [(larger, Ease::MOST.steps()), (smaller, 0)] {
            let _ =
                button.set_attribute("aria-disabled", if still || steps == end { "true" } else { "false" });
        }
    }

    /// When what is on the screen ends, in milliseconds since 1970.
    pub(crate) fn ends_ms(&self) -> u64 {
        self.ends_ms.get()
    }

    /// One refresh of the display, at the time that the browser gave it; `side` CSS pixels are there.
    pub(crate) fn step(&self, at: f64, side: impl Fn() -> f64) -> Result<(), Stopped> {
        let refresh_ms = at - self.last_frame.replace(at);
        let now_ms = now_ms();
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
        if self.form.get() != Form::Frames {
            if self.draw_still(now_ms, side())? {
                return Ok(());
            }
            // A window that became smaller, or a payload that grew.
            self.set_form(Form::Frames);
        }
        let mut reel = self.reel.borrow_mut();
        if let Some((payload, ends_ms)) = self.next.take() {
            *reel = Some(Reel::new(payload, ends_ms, self.conditions(side()))?);
            self.laid_out.set(true);
        } else if let Some(reel) = reel.as_mut()
            && !self.laid_out.replace(true)
        {
            reel.fit(self.conditions(side()))?;
        }
        let Some(reel) = reel.as_mut() else {
            return Ok(());
        };
        let picture = reel.next(now_ms).ok_or(Stopped::Ended)?;
        self.painter.draw(&picture.symbol()?, picture.plan.module_pixels())?;
        self.ends_ms.set(picture.ends_ms);
        self.still.set(reel.is_still());
        self.hold.set(picture.plan.hold().refreshes(random(), refresh_ms).saturating_sub(1));
        Ok(())
    }

    /// Nothing but white: the code is gone.
    pub(crate) fn wipe(&self) {
        self.painter.wipe();
    }

    fn conditions(&self, side: f64) -> Conditions {
        Conditions { pixels: device_pixels(side), ease: self.ease.get(), reduced_motion: self.calm }
    }

    fn change_now(&self) {
        self.hold.set(0);
        self.still.set(false);
    }
}

/// How a still code is drawn.
enum Still {
    Single(Plan),
    /// Pixels a module.
    Digits(usize),
}

/// Milliseconds since 1970.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970")]
fn now_ms() -> u64 {
    host::now_ms().max(0.0) as u64
}

/// A random number; it decides about nothing but the rhythm of pictures.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32")]
fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
