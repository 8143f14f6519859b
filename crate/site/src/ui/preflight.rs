//! What is measured of a photo, as rows for people: the holder before it is sent, the reviewer beside it.

use js_sys::{Array, Uint8Array};
use photo::{Cut, Finding, Outcome, Picture, Report, measure};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::browser::{dom, js};
use crate::ui::i18n::{fill, tr};

/// Measures what a canvas shows, which has the ratio of the photo.
pub(crate) fn of_canvas(
    canvas: &HtmlCanvasElement,
    cut: Option<Cut>,
    bytes: Option<usize>,
) -> Option<Report> {
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (canvas.width(), canvas.height());
    let pixels = context.get_image_data(0.0, 0.0, width.into(), height.into()).ok()?.data();
    Some(measure(&Picture::new(&pixels, width, height)?, cut, bytes))
}

/// Measures a JPEG that passed `licence::check_portrait`.
pub(crate) async fn of_jpeg(bytes: &[u8]) -> Option<Report> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()?;
    let decoding = dom::window().create_image_bitmap_with_blob(&blob).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(decoding).await.ok()?.unchecked_into();
    let canvas = canvas(bitmap.width(), bitmap.height())?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let drawn = context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0);
    bitmap.close();
    drawn.ok()?;
    of_canvas(&canvas, None, Some(bytes.len()))
}

/// A canvas whose pixels are read again and again.
pub(crate) fn canvas(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let options = js::object(&[("willReadFrequently", JsValue::TRUE)]);
    canvas.get_context_with_context_options("2d", &options).ok()??;
    Some(canvas)
}

/// The sign of an outcome, which never stands alone.
pub(crate) const fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✓",
        Outcome::Fail => "✕",
        Outcome::Unclear => "?",
    }
}

/// The name of an outcome, for texts (`photo.outcome.<name>`) and styles.
pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unclear => "unclear",
    }
}

/// What is wrong, and what to do about it; nothing where nothing is.
pub(crate) fn said(finding: &Finding) -> Option<(String, String)> {
    let code = finding.code?.code();
    Some((tr(&format!("code.{code}")), tr(&format!("code.{code}.next"))))
}

/// What was measured, in words; nothing where nothing was.
pub(crate) fn measured(finding: &Finding) -> String {
    let Some(value) = finding.shown() else {
        return String::new();
    };
    fill(&format!("photo.measured.{}", finding.check.name()), &[("value", &value)])
}
