//! Cutting a picture to the ratio of the photo: drag, wheel, slider or keys.

use std::cell::Cell;
use std::rc::Rc;

use authority::photo::PhotoSource;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, KeyboardEvent, PointerEvent, WheelEvent};

use super::picture::{self, LARGE, LEAST_WIDTH, canvas, portraits};
use crate::ui::markup::wallet::Crop as Markup;
use crate::ui::scope::Scope;
use crate::wallet::app::App;
use crate::wallet::application::choose_photo;
use crate::wallet::notices::Notices;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// What is cut out: its centre in source pixels, and the zoom.
#[derive(Clone, Copy)]
struct Cut {
    x: f64,
    y: f64,
    zoom: f64,
}

struct Crop {
    page: Markup,
    source: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    cut: Cell<Cut>,
}

impl Crop {
    fn size(&self) -> (f64, f64) {
        (f64::from(self.source.width()), f64::from(self.source.height()))
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
        self.cut.set(Cut { x, y, zoom });
        self.page.crop_zoom.set_value(&(zoom * 100.0).round().to_string());
        self.draw(&self.context);
    }

    fn draw(&self, context: &CanvasRenderingContext2d) {
        let cut = self.cut.get();
        let (across, down) = self.piece(cut.zoom);
        let (width, height) = (f64::from(LARGE.0), f64::from(LARGE.1));
        context.set_fill_style_str("#ffffff");
        context.fill_rect(0.0, 0.0, width, height);
        let (left, top) = (cut.x - across / 2.0, cut.y - down / 2.0);
        let _ = context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.source,
            left,
            top,
            across,
            down,
            0.0,
            0.0,
            width,
            height,
        );
    }

    /// Moves by CSS pixels of the stage.
    fn pan(&self, dx: f64, dy: f64) {
        let cut = self.cut.get();
        let scale = self.piece(cut.zoom).0 / f64::from(self.page.crop.client_width().max(1));
        self.set(Cut { x: cut.x - dx * scale, y: cut.y - dy * scale, ..cut });
    }

    fn closer(&self, factor: f64) {
        let cut = self.cut.get();
        self.set(Cut { zoom: cut.zoom * factor, ..cut });
    }
}

/// The stage on which the picture is cut.
pub(super) fn screen(app: &Rc<App>, source: HtmlCanvasElement, from: PhotoSource) -> Result<Screen, Problem> {
    let page = Markup::new()?;
    let screen = Screen::new(At::Crop, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    let context = page.crop.get_context("2d").ok().flatten().and_then(|c| c.dyn_into().ok());
    let (width, height) = (f64::from(source.width()), f64::from(source.height()));
    let crop = Rc::new(Crop {
        page: page.clone(),
        source,
        context: context.ok_or(Problem::Unexpected)?,
        cut: Cell::new(Cut { x: width / 2.0, y: height / 2.0, zoom: 1.0 }),
    });
    page.crop_zoom.set_min(&(crop.least_zoom() * 100.0).floor().to_string());
    page.crop_zoom.set_max(&(crop.most_zoom() * 100.0).round().to_string());
    crop.set(crop.cut.get());
    hands(scope, &crop);

    app.link(scope, &page.back, || Route::Claim(Claim::Resume(None)));
    let again = move || match from {
        PhotoSource::Camera => Claim::Camera,
        PhotoSource::File | PhotoSource::OnFile => Claim::Resume(None),
    };
    app.link(scope, &page.again, move || Route::Claim(again()));
    let there = app.clone();
    scope.act(&page.r#use, move || {
        let (app, notices, crop) = (there.clone(), notices.clone(), crop.clone());
        async move {
            notices.clear();
            match choose(&app, &crop, from).await {
                Ok(()) => app.go(Route::Claim(Claim::Resume(None))),
                Err(problem) => notices.say(problem),
            }
        }
    });
    Ok(screen)
}

/// Drag, two fingers, wheel, slider, keys.
fn hands(scope: &Scope, crop: &Rc<Crop>) {
    type Held = Rc<std::cell::RefCell<Vec<(i32, f64, f64)>>>;
    let held: Held = Rc::default();
    let stage = &crop.page.crop;
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
            _ => return,
        }
        event.prevent_default();
    });
    let cut = crop.clone();
    scope.on(&crop.page.crop_zoom, "input", move |_| {
        let zoom = cut.page.crop_zoom.value_as_number() / 100.0;
        cut.set(Cut { zoom, ..cut.cut.get() });
    });
}

/// Makes the two portraits, which are confirmed next.
async fn choose(app: &App, crop: &Crop, from: PhotoSource) -> Result<(), Problem> {
    let (cut, context) = canvas(f64::from(LARGE.0), f64::from(LARGE.1))?;
    crop.draw(&context);
    if !picture::has_structure(&cut)? {
        return Err(Problem::Own(Own::PictureEmpty));
    }
    choose_photo(app, portraits(&cut).await?, from).await
}
