//! Cutting a picture to the ratio of the photo: drag, wheel, sliders or keys; turning and straightening it; and what is
//! measured of the piece.

use std::cell::{Cell, RefCell};
use std::f64::consts::PI;
use std::rc::Rc;

use photo::Report;
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, HtmlButtonElement, HtmlCanvasElement, HtmlElement, HtmlInputElement,
    KeyboardEvent, PointerEvent, WheelEvent,
};

use super::hint::Hint;
use super::picture::{self, LARGE, LEAST_WIDTH, canvas, portraits};
use super::{PhotoProblem, PortraitFiles};
use crate::browser::dom;
use crate::ui::i18n::fill;
use crate::ui::preflight;
use crate::ui::scope::Scope;

/// Most degrees by which a picture is straightened.
const TILT: f64 = 15.0;
/// Milliseconds after which the piece is measured again, where it changed and rests.
const LOOK: i32 = 250;

/// The elements with which a picture is cropped.
#[derive(Clone)]
pub(crate) struct Tools {
    /// Where it is drawn, 520 x 756 pixels.
    pub(crate) stage: HtmlCanvasElement,
    /// What is wrong with the piece.
    pub(crate) hint: HtmlElement,
    /// The slider of the zoom, in per cent.
    pub(crate) zoom: HtmlInputElement,
    /// The slider that straightens, in degrees.
    pub(crate) tilt: HtmlInputElement,
    /// By how many degrees it is straightened.
    pub(crate) degrees: HtmlElement,
    /// Turns to the left.
    pub(crate) turn_left: HtmlButtonElement,
    /// Turns to the right.
    pub(crate) turn_right: HtmlButtonElement,
    /// Begins anew.
    pub(crate) reset: HtmlButtonElement,
}

/// What is cut out: its centre in source pixels, the zoom, and by how many degrees the source is straightened.
#[derive(Clone, Copy)]
struct Cut {
    x: f64,
    y: f64,
    zoom: f64,
    tilt: f64,
}

/// Whether the piece is to be measured.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// It changed since the last look: a hand may still move it.
    Moved,
    /// It rests, and was not measured.
    Rests,
    /// It was measured.
    Done,
}

/// A picture that is being cropped.
pub(crate) struct Crop {
    page: Tools,
    /// Upright, by the turns that were made.
    source: RefCell<HtmlCanvasElement>,
    context: CanvasRenderingContext2d,
    /// What is measured: the piece in the size of the sample.
    small: HtmlCanvasElement,
    cut: Cell<Cut>,
    look: Cell<Look>,
    report: RefCell<Option<Report>>,
}

impl Crop {
    /// Begins to crop a picture, as long as a scope lives. `measured` is called with what is measured, each time that the piece
    /// rests or the language changes.
    pub(crate) fn start(
        scope: &Scope,
        page: Tools,
        source: HtmlCanvasElement,
        measured: impl Fn(&Report) + 'static,
    ) -> Result<Rc<Self>, PhotoProblem> {
        let context = page.stage.get_context("2d").ok().flatten().and_then(|c| c.dyn_into().ok());
        let (across, down) = (photo::WIDTH as u32, photo::HEIGHT as u32);
        let crop = Rc::new(Self {
            page,
            source: RefCell::new(source),
            context: context.ok_or(PhotoProblem::Unexpected)?,
            small: preflight::canvas(across, down).ok_or(PhotoProblem::Unexpected)?,
            cut: Cell::new(Cut { x: 0.0, y: 0.0, zoom: 1.0, tilt: 0.0 }),
            look: Cell::new(Look::Moved),
            report: RefCell::new(None),
        });
        crop.bounds();
        crop.whole();
        hands(scope, &crop);
        told(scope, &crop, measured);
        Ok(crop)
    }

    /// Makes the two portraits of the piece.
    ///
    /// # Errors
    /// [`PhotoProblem::PictureEmpty`] if nothing is on it.
    pub(crate) async fn portraits(&self) -> Result<PortraitFiles, PhotoProblem> {
        let (cut, context) = canvas(f64::from(LARGE.0), f64::from(LARGE.1))?;
        self.draw(&context, f64::from(LARGE.0));
        if !picture::has_structure(&cut)? {
            return Err(PhotoProblem::PictureEmpty);
        }
        portraits(&cut).await
    }

    fn size(&self) -> (f64, f64) {
        let source = self.source.borrow();
        (f64::from(source.width()), f64::from(source.height()))
    }

    /// Width and height of the piece in source pixels.
    fn piece(&self, zoom: f64) -> (f64, f64) {
        let ((width, height), ratio) = (self.size(), f64::from(LARGE.0) / f64::from(LARGE.1));
        let widest = width.min(height * ratio);
        (widest / zoom, widest / ratio / zoom)
    }

    fn most_zoom(&self) -> f64 {
        (self.piece(1.0).0 / LEAST_WIDTH).clamp(1.0, 4.0)
    }

    /// The zoom at which the whole picture is seen, with white beside it.
    fn least_zoom(&self) -> f64 {
        let ((width, height), (across, down)) = (self.size(), self.piece(1.0));
        (across / width).min(down / height).min(1.0)
    }

    /// Sets the cut, kept within the picture where that is larger, and draws it.
    fn set(&self, cut: Cut) {
        let zoom = cut.zoom.clamp(self.least_zoom(), self.most_zoom());
        let ((width, height), (across, down)) = (self.size(), self.piece(zoom));
        let within = |at: f64, piece: f64, size: f64| {
            if piece >= size { size / 2.0 } else { at.clamp(piece / 2.0, size - piece / 2.0) }
        };
        let (x, y) = (within(cut.x, across, width), within(cut.y, down, height));
        let tilt = cut.tilt.clamp(-TILT, TILT);
        self.cut.set(Cut { x, y, zoom, tilt });
        self.page.zoom.set_value(&(zoom * 100.0).round().to_string());
        self.page.tilt.set_value(&tilt.to_string());
        self.draw(&self.context, f64::from(LARGE.0));
        self.look.set(Look::Moved);
    }

    /// Draws the piece onto a canvas of this width, white where there is no picture.
    fn draw(&self, context: &CanvasRenderingContext2d, width: f64) {
        let cut = self.cut.get();
        let height = width * f64::from(LARGE.1) / f64::from(LARGE.0);
        context.set_fill_style_str("#ffffff");
        context.fill_rect(0.0, 0.0, width, height);
        let scale = width / self.piece(cut.zoom).0;
        context.save();
        let _ = context.translate(width / 2.0, height / 2.0);
        let _ = context.rotate(cut.tilt * PI / 180.0);
        let _ = context.scale(scale, scale);
        let _ = context.translate(-cut.x, -cut.y);
        let _ = context.draw_image_with_html_canvas_element(&self.source.borrow(), 0.0, 0.0);
        context.restore();
    }

    /// Turns the source by a quarter: to the right, or else to the left.
    fn turn(&self, right: bool) {
        let (width, height) = self.size();
        let Ok((turned, context)) = canvas(height, width) else {
            return;
        };
        let _ = context.translate(height / 2.0, width / 2.0);
        let _ = context.rotate(if right { PI / 2.0 } else { -PI / 2.0 });
        let source = self.source.borrow().clone();
        let _ = context.draw_image_with_html_canvas_element(&source, -width / 2.0, -height / 2.0);
        self.source.replace(turned);
        self.bounds();
        self.whole();
    }

    /// The piece with which it began.
    fn whole(&self) {
        let (width, height) = self.size();
        self.set(Cut { x: width / 2.0, y: height / 2.0, zoom: 1.0, tilt: 0.0 });
    }

    /// The ends of the slider.
    fn bounds(&self) {
        self.page.zoom.set_min(&(self.least_zoom() * 100.0).floor().to_string());
        self.page.zoom.set_max(&(self.most_zoom() * 100.0).round().to_string());
    }

    /// The piece in pixels of the source, as far as there are any.
    fn cut_out(&self) -> photo::Cut {
        let (across, down) = self.piece(self.cut.get().zoom);
        let (width, height) = self.size();
        let whole = |value: f64| value.round() as u32;
        photo::Cut { width: whole(across.min(width)), height: whole(down.min(height)) }
    }

    /// Measures the piece once it rests. Returns whether there is a new report.
    fn looked(&self) -> bool {
        match self.look.get() {
            Look::Done => return false,
            Look::Moved => {
                self.look.set(Look::Rests);
                return false;
            }
            Look::Rests => self.look.set(Look::Done),
        }
        let Some(context) = self.small.get_context("2d").ok().flatten().and_then(|c| c.dyn_into().ok())
        else {
            return false;
        };
        self.draw(&context, f64::from(self.small.width()));
        self.report.replace(preflight::of_canvas(&self.small, Some(self.cut_out()), None));
        true
    }

    /// Moves by CSS pixels of the stage.
    fn pan(&self, dx: f64, dy: f64) {
        let cut = self.cut.get();
        let scale = self.piece(cut.zoom).0 / f64::from(self.page.stage.client_width().max(1));
        let (sine, cosine) = (cut.tilt * PI / 180.0).sin_cos();
        // Along the source, which may be straightened.
        let (dx, dy) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
        self.set(Cut { x: cut.x - dx * scale, y: cut.y - dy * scale, ..cut });
    }

    fn closer(&self, factor: f64) {
        let cut = self.cut.get();
        self.set(Cut { zoom: cut.zoom * factor, ..cut });
    }
}

/// The hint and the report of the piece, each time that it rests.
fn told(scope: &Scope, crop: &Rc<Crop>, measured: impl Fn(&Report) + 'static) {
    let cut = crop.clone();
    let write = Rc::new(move || {
        let degrees = cut.cut.get().tilt.to_string();
        dom::set(&cut.page.degrees, &fill("crop.degrees", &[("value", &degrees)]));
        if let Some(report) = &*cut.report.borrow() {
            let hint = Hint::of(report);
            let _ = cut.page.hint.set_attribute("data-hint", hint.code());
            dom::set_if_other(&cut.page.hint, &hint.cropping());
            measured(report);
        }
    });
    let again = write.clone();
    scope.text(move || again());
    let cut = crop.clone();
    scope.every(LOOK, move || {
        if cut.looked() {
            write();
        }
    });
}

/// Drag, two fingers, wheel, sliders, keys, and the buttons that turn.
fn hands(scope: &Scope, crop: &Rc<Crop>) {
    type Held = Rc<std::cell::RefCell<Vec<(i32, f64, f64)>>>;
    let held: Held = Rc::default();
    let stage = &crop.page.stage;
    let (grabbed, taken) = (held.clone(), stage.clone());
    scope.on(stage, "pointerdown", move |event| {
        let event: PointerEvent = event.unchecked_into();
        let _ = taken.set_pointer_capture(event.pointer_id());
        grabbed.borrow_mut().push((event.pointer_id(), event.client_x().into(), event.client_y().into()));
    });
    let (moving, cut) = (held.clone(), crop.clone());
    scope.on(stage, "pointermove", move |event| {
        let event: PointerEvent = event.unchecked_into();
        let mut held = moving.borrow_mut();
        let spread = |held: &[(i32, f64, f64)]| match held {
            [(_, ax, ay), (_, bx, by)] => Some((ax - bx).hypot(ay - by)),
            _ => None,
        };
        let before = spread(&held);
        let count = held.len();
        let Some((_, x, y)) = held.iter_mut().find(|(id, ..)| *id == event.pointer_id()) else {
            return;
        };
        let (dx, dy) = (f64::from(event.client_x()) - *x, f64::from(event.client_y()) - *y);
        (*x, *y) = (event.client_x().into(), event.client_y().into());
        match (before, spread(&held)) {
            (Some(before), Some(after)) if before > 0.0 => cut.closer(after / before),
            _ if count == 1 => cut.pan(dx, dy),
            _ => {}
        }
    });
    for end in ["pointerup", "pointercancel"] {
        let let_go = held.clone();
        scope.on(stage, end, move |event| {
            let id = event.unchecked_into::<PointerEvent>().pointer_id();
            let_go.borrow_mut().retain(|(held, ..)| *held != id);
        });
    }
    let cut = crop.clone();
    scope.on(stage, "wheel", move |event| {
        let event: WheelEvent = event.unchecked_into();
        event.prevent_default();
        cut.closer(if event.delta_y() < 0.0 { 1.06 } else { 1.0 / 1.06 });
    });
    let cut = crop.clone();
    scope.on(stage, "keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        match event.key().as_str() {
            "ArrowLeft" => cut.pan(8.0, 0.0),
            "ArrowRight" => cut.pan(-8.0, 0.0),
            "ArrowUp" => cut.pan(0.0, 8.0),
            "ArrowDown" => cut.pan(0.0, -8.0),
            "+" | "=" => cut.closer(1.06),
            "-" => cut.closer(1.0 / 1.06),
            "[" => cut.turn(false),
            "]" => cut.turn(true),
            _ => return,
        }
        event.prevent_default();
    });
    let cut = crop.clone();
    scope.on(&crop.page.zoom, "input", move |_| {
        let zoom = cut.page.zoom.value_as_number() / 100.0;
        cut.set(Cut { zoom, ..cut.cut.get() });
    });
    let cut = crop.clone();
    scope.on(&crop.page.tilt, "input", move |_| {
        cut.set(Cut { tilt: cut.page.tilt.value_as_number(), ..cut.cut.get() });
    });
    for (button, right) in [(&crop.page.turn_left, false), (&crop.page.turn_right, true)] {
        let cut = crop.clone();
        scope.click(button, move || cut.turn(right));
    }
    let cut = crop.clone();
    scope.click(&crop.page.reset, move || cut.whole());
}
