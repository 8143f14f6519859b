//! A payload on a canvas: pictures of the QR link in their rhythm, laid out for the room that there is.

use std::cell::{Cell, RefCell};

use optical::{Conditions, Ease, FrameError, Reel};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use crate::painter::{Painter, device_pixels};
use crate::{dom, host};

/// Why no picture is shown any more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stopped {
    /// The payload came to its end.
    Ended,
    /// It cannot be drawn: a stable code.
    Coded(&'static str),
    /// The browser gives no canvas.
    NoCanvas,
}

impl From<FrameError> for Stopped {
    fn from(error: FrameError) -> Self {
        Self::Coded(error.code())
    }
}

/// Shows one payload after the other on one canvas.
pub(crate) struct Projector {
    painter: Painter,
    /// What is to be shown from the next refresh on, and until when: a screen that is not on the page yet has no width.
    next: RefCell<Option<(Vec<u8>, u64)>>,
    reel: RefCell<Option<Reel>>,
    ease: Cell<Ease>,
    calm: bool,
    /// Whether the reel is laid out for the room as it is.
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
    /// A projector for the canvas in the slot `code` under `root`, white at first.
    pub(crate) fn new(root: &Element) -> Result<Self, Stopped> {
        let canvas: Option<HtmlCanvasElement> = dom::slot(root, "code").and_then(|c| c.dyn_into().ok());
        Ok(Self {
            painter: canvas.and_then(Painter::new).ok_or(Stopped::NoCanvas)?,
            next: RefCell::default(),
            reel: RefCell::default(),
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
        *self.next.borrow_mut() = Some((payload, ends_ms));
        self.change_now();
    }

    /// Lets a payload take the place of the shown one, once its readers had their time.
    pub(crate) fn renew(&self, payload: Vec<u8>, ends_ms: u64) -> Result<(), Stopped> {
        match self.reel.borrow_mut().as_mut() {
            Some(reel) if self.next.borrow().is_none() => reel.renew(payload, ends_ms)?,
            // The one before was not shown yet: nobody reads it.
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

    /// Shows it slower and larger than now, by a step, or less so.
    pub(crate) fn ease_by(&self, step: i8) {
        self.ease.set(Ease::new(self.ease.get().steps().saturating_add_signed(step)));
        self.lay_out();
    }

    /// Says by the two buttons under `root` which way there is no further step.
    pub(crate) fn draw_ease(&self, root: &Element) {
        let steps = self.ease.get().steps();
        for (action, end) in [("larger", Ease::MOST.steps()), ("smaller", 0)] {
            for button in dom::all_in(root, &format!("[data-action=\"{action}\"]")) {
                let _ = button.set_attribute("aria-disabled", if steps == end { "true" } else { "false" });
            }
        }
    }

    /// When what is on the screen ends, in milliseconds since 1970.
    pub(crate) fn ends_ms(&self) -> u64 {
        self.ends_ms.get()
    }

    /// One refresh of the display, at the time that the browser gave it; `side` CSS pixels are there.
    pub(crate) fn step(&self, at: f64, side: impl FnOnce() -> f64) -> Result<(), Stopped> {
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
        self.painter.draw(&picture)?;
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
