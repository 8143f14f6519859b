//! Applications for practice: drivers that are invented on the spot, with photos made from the demo's drawings.
//!
//! Some photos are as they should be, others are dark, small or off the middle, so that there is something to reject. Each has the
//! word for practice in it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use authority::application::{Occasion, Record};
use authority::demo::DemoRegister;
use authority::desk::{Action, ApplicationId, Received, ReceivedPhoto, Register};
use authority::photo::{PhotoSource, Sha256Digest};
use cbor::Timestamp;
use js_sys::Promise;
use licence::shanghai_day;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlButtonElement, HtmlCanvasElement, HtmlElement, HtmlSelectElement,
    ImageBitmap,
};

use super::app::App;
use super::problem::Problem;
use super::register::{DeskRegister, is_on_file, models, reference};
use super::words::choices;
use crate::browser::key::DeviceKey;
use crate::browser::{dom, fetch, key};
use crate::ui::i18n::fill;
use crate::ui::scope::Scope;

/// How many can be asked for at once.
const COUNTS: [&str; 4] = ["12", "60", "150", "300"];
/// How many are stored in one transaction, so that the page answers meanwhile.
const STEP: u32 = 10;
/// Most practice drivers: their names are used up then.
const MOST: u32 = 400;
const LARGE: (f64, f64) = (520.0, 756.0);
const SMALL: (f64, f64) = (120.0, 174.0);
/// Days since the claim of a driver who replaces a photo.
const CLAIMED_DAYS_AGO: i32 = 30;

/// Offers to put practice applications into the queue.
pub(super) fn offer(
    app: &Rc<App>,
    scope: &Scope,
    count: &HtmlSelectElement,
    button: &HtmlButtonElement,
    progress: &HtmlElement,
) {
    choices(scope, count, COUNTS.map(str::to_owned).to_vec(), |count| {
        fill("desk.practice.count", &[("count", count)])
    });
    let (there, count, progress) = (app.clone(), count.clone(), progress.clone());
    scope.act(button, move || {
        let (app, count, progress) = (there.clone(), count.clone(), progress.clone());
        async move {
            let wanted = count.value().parse().unwrap_or(0);
            match put(&app, wanted, &progress).await {
                Ok(put) => {
                    app.show_again();
                    app.tell(&fill("desk.practice.done", &[("count", &put.to_string())]));
                }
                Err(problem) => {
                    app.show_again();
                    app.tell_problem(&problem);
                }
            }
        }
    });
}

/// Puts this many practice applications into the queue. Returns how many.
async fn put(app: &Rc<App>, wanted: u32, progress: &HtmlElement) -> Result<u32, Problem> {
    let first = app.settings().practice;
    let end = first.saturating_add(wanted).min(MOST);
    if end <= first {
        return Err(Problem::Own("practice-full"));
    }
    // Nobody waits for an answer: one key serves all.
    let device = DeviceKey::generate().await.map_err(|_| Problem::Own("no-key"))?;
    let mut maker = Maker::new();
    let mut at = first;
    while at < end {
        let next = at.saturating_add(STEP).min(end);
        let mut actions = Vec::new();
        for index in at..next {
            let received = maker.received(index, app.clock.now(), device.public()).await?;
            actions.push(Action::Receive(Box::new(received)));
        }
        app.act_all(actions, |settings| settings.practice = next).await?;
        at = next;
        let args = [("done", &*(at - first).to_string()), ("count", &*(end - first).to_string())];
        dom::set(progress, &fill("desk.practice.progress", &args));
        app.count();
    }
    Ok(end - first)
}

/// Makes applications.
struct Maker {
    register: DeskRegister,
    models: Vec<String>,
    demo: DemoRegister,
    drawings: BTreeMap<String, ImageBitmap>,
}

impl Maker {
    fn new() -> Self {
        let demo = DemoRegister::new();
        Self {
            register: DeskRegister::new(Rc::new(Cell::new(MOST))),
            models: models(&demo),
            demo,
            drawings: BTreeMap::new(),
        }
    }

    async fn received(
        &mut self,
        index: u32,
        now: Timestamp,
        device_key: &[u8; 65],
    ) -> Result<Received, Problem> {
        let unexpected = Problem::Own("unexpected");
        let reference = reference(index);
        let facts = self.register.facts(&reference, None, now).ok_or(unexpected)?;
        let replaces = is_on_file(index);
        let mut id = [0; 16];
        if !key::random(&mut id) {
            return Err(Problem::Own("no-random"));
        }
        let (large, small) = self.photo(index).await?;
        Ok(Received {
            id: ApplicationId::new(id),
            occasion: if replaces { Occasion::Replacement } else { Occasion::FirstClaim },
            name: facts.name_zh(),
            number: facts.number,
            device_key: *device_key,
            answer_key: *device_key,
            made_at: now,
            photo: Some(ReceivedPhoto { source: PhotoSource::Camera, large, small }),
            held: None,
            record: if replaces { self.record(&reference, now) } else { None },
        })
    }

    /// The record of a licence with the photo on file.
    fn record(&self, reference: &str, now: Timestamp) -> Option<Record> {
        let file = self.register.photo_on_file(reference)?;
        let day = shanghai_day(now).plus_days(-CLAIMED_DAYS_AGO).to_string();
        let record = serde_json::json!({
            "schema": authority::application::SCHEMA,
            "reference": reference,
            "claimed_on": day,
            "photo": {
                "source": "on-file",
                "large_sha256": file.large_sha256.to_hex(),
                "small_sha256": Sha256Digest::of(&file.small).to_hex(),
                "submitted_on": day,
            },
            "photo_approved_on": day,
        });
        serde_json::from_value(record).ok()
    }

    /// A photo: the drawing of a demo person, changed in one of several ways.
    async fn photo(&mut self, index: u32) -> Result<(Vec<u8>, Vec<u8>), Problem> {
        let count = self.models.len().max(1);
        let model = self.models.get(index as usize % count).cloned().unwrap_or_default();
        let drawing = match self.drawings.get(&model) {
            Some(drawing) => drawing.clone(),
            None => {
                let address = self.demo.photo_on_file(&model).map(|file| file.address);
                let drawing = drawing(&address.unwrap_or_default()).await.ok_or(Problem::Own("drawing"))?;
                self.drawings.insert(model, drawing.clone());
                drawing
            }
        };
        let made = async {
            let large = draw(&drawing, index, LARGE)?;
            let small = draw(&drawing, index, SMALL)?;
            let large = jpeg(&large, 0.82).await?;
            for quality in [0.7, 0.55, 0.4, 0.28, 0.18, 0.1] {
                let small = jpeg(&small, quality).await?;
                if small.len() <= licence::PORTRAIT_SMALL_MAX {
                    return Some((large, small));
                }
            }
            None
        };
        made.await.ok_or(Problem::Own("drawing"))
    }
}

async fn drawing(address: &str) -> Option<ImageBitmap> {
    let blob = fetch::as_blob(address).await?;
    let promise = dom::window().create_image_bitmap_with_blob(&blob).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Draws a photo of one of the ways on a canvas of this size.
fn draw(drawing: &ImageBitmap, index: u32, (width, height): (f64, f64)) -> Option<HtmlCanvasElement> {
    let (canvas, context) = canvas(width, height)?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    // Scale and place of the drawing, in parts of the picture, and what is laid over it.
    let (scale, across, down, over) = match index % 9 {
        1 => (0.62, 0.19, 0.3, None),
        3 => (1.45, -0.22, -0.12, None),
        5 => (1.0, 0.24, 0.02, None),
        6 => (1.0, 0.0, 0.0, Some("rgb(10 16 28 / 62%)")),
        7 => (1.0, 0.0, 0.0, Some("rgb(120 160 210 / 45%)")),
        _ => (1.0, 0.0, 0.0, None),
    };
    let place = (across * width, down * height, scale * width, scale * height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(drawing, place.0, place.1, place.2, place.3).ok()?;
    if let Some(colour) = over {
        context.set_fill_style_str(colour);
        context.fill_rect(0.0, 0.0, width, height);
    }
    if index % 9 == 8 {
        blur(&canvas, &context, width, height)?;
    }
    // No two photos are the same bytes, as each is erased by its hash.
    context.set_fill_style_str("rgb(19 23 29 / 82%)");
    context.fill_rect(0.0, height * 0.93, width, height * 0.07);
    context.set_fill_style_str("#fff");
    context.set_font(&format!("600 {}px system-ui, sans-serif", (height * 0.042).round()));
    context.set_text_align("center");
    context.set_text_baseline("middle");
    context.fill_text(&format!("练习 PRACTICE {}", index + 1), width / 2.0, height * 0.966).ok()?;
    Some(canvas)
}

/// Makes a picture unsharp: small, and large again.
fn blur(from: &HtmlCanvasElement, to: &CanvasRenderingContext2d, width: f64, height: f64) -> Option<()> {
    let (tiny, context) = canvas(width / 14.0, height / 14.0)?;
    let (w, h) = (f64::from(tiny.width()), f64::from(tiny.height()));
    context.draw_image_with_html_canvas_element_and_dw_and_dh(from, 0.0, 0.0, w, h).ok()?;
    to.draw_image_with_html_canvas_element_and_dw_and_dh(&tiny, 0.0, 0.0, width, height).ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most some hundred pixels")]
fn canvas(width: f64, height: f64) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width.round() as u32);
    canvas.set_height(height.round() as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Option<Vec<u8>> {
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality.into());
    });
    let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    fetch::blob(&blob).await
}
