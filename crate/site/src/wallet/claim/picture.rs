//! Pictures: from a file or the camera onto a canvas, and from there to the two JPEGs of a licence.

use authority::error::PhotoCode;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap};

use super::structure;
use crate::browser::{dom, fetch};
use crate::wallet::issuer::PortraitFiles;
use crate::wallet::problem::{Own, Problem};
use crate::workers::picture::picture_size;

/// The large portrait in pixels (the licence profile, 2).
pub(super) const LARGE: (u32, u32) = (520, 756);
/// The small portrait in pixels.
const SMALL: (u32, u32) = (120, 174);
/// Most bytes of the large portrait; the licence allows 100 KiB.
const LARGE_BYTES: usize = 90 * 1024;
/// Most bytes of the small portrait.
const SMALL_BYTES: usize = licence::PORTRAIT_SMALL_MAX;
/// Largest file that is opened, in bytes.
const FILE_BYTES: f64 = 30.0 * 1024.0 * 1024.0;
/// Most pixels of a picture that is decoded, and its longest side.
const PIXELS: u64 = 50_000_000;
const SIDE: u32 = 12_000;
/// Longest side of the canvas on which it is cropped.
const WORKING_SIDE: f64 = 2_000.0;
/// Least width in source pixels of what may be cut out: below, there is no face to recognise.
pub(super) const LEAST_WIDTH: f64 = 320.0;

/// A file that the browser can decode, on a canvas. Its measures are read before anything decodes it.
pub(super) async fn of_file(file: &Blob) -> Result<HtmlCanvasElement, Problem> {
    let unreadable = |_| Problem::Own(Own::FileNotPicture);
    if file.size() > FILE_BYTES {
        return Err(Problem::Own(Own::FileTooBig));
    }
    let bytes = fetch::blob(file).await.ok_or(Problem::Own(Own::FileNotPicture))?;
    let Some(&[width, height]) = picture_size(&bytes).as_deref() else {
        return Err(Problem::Own(Own::FileNotPicture));
    };
    let bounded =
        |width: u32, height: u32| width.max(height) <= SIDE && u64::from(width) * u64::from(height) <= PIXELS;
    if !bounded(width, height) {
        return Err(Problem::Own(Own::FileTooBig));
    }
    let promise = dom::window().create_image_bitmap_with_blob(file).map_err(unreadable)?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.map_err(unreadable)?.unchecked_into();
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let drawn = large_enough(width, height).and_then(|()| {
        let shrink = (WORKING_SIDE / width.max(height)).min(1.0);
        let (canvas, context) = canvas(width * shrink, height * shrink)?;
        context
            .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width * shrink, height * shrink)
            .map_err(|_| Problem::Unexpected)?;
        Ok(canvas)
    });
    bitmap.close();
    drawn
}

/// The picture that a camera shows now, on a canvas.
pub(super) fn of_video(video: &HtmlVideoElement) -> Result<HtmlCanvasElement, Problem> {
    let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
    large_enough(width, height)?;
    let (canvas, context) = canvas(width, height)?;
    context.draw_image_with_html_video_element(video, 0.0, 0.0).map_err(|_| Problem::Own(Own::CameraBusy))?;
    Ok(canvas)
}

fn large_enough(width: f64, height: f64) -> Result<(), Problem> {
    let ratio = f64::from(LARGE.0) / f64::from(LARGE.1);
    if width.min(height * ratio) < LEAST_WIDTH { Err(Problem::Own(Own::PictureTooSmall)) } else { Ok(()) }
}

/// The two portraits of the licence: large and small, JPEG.
pub(super) async fn portraits(cut: &HtmlCanvasElement) -> Result<PortraitFiles, Problem> {
    let large = encode(cut, 0.88, LARGE_BYTES).await?;
    // Halved twice on the way, for a smoother small picture.
    let (width, height) = (f64::from(SMALL.0), f64::from(SMALL.1));
    let (half, _) = scaled(cut, width * 2.0, height * 2.0)?;
    let (small, _) = scaled(&half, width, height)?;
    let small = encode(&small, 0.72, SMALL_BYTES).await?;
    Ok(PortraitFiles { large, small })
}

fn scaled(
    from: &HtmlCanvasElement,
    width: f64,
    height: f64,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), Problem> {
    let (canvas, context) = canvas(width, height)?;
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(from, 0.0, 0.0, width, height)
        .map_err(|_| Problem::Unexpected)?;
    Ok((canvas, context))
}

/// Whether anything is on the picture: one colour, and a gradient, are refused before they are handed in.
pub(super) fn has_structure(of: &HtmlCanvasElement) -> Result<bool, Problem> {
    let (width, height) = (structure::WIDTH, structure::HEIGHT);
    let (canvas, context) = scaled(of, f64::from(width), f64::from(height))?;
    let pixels = context
        .get_image_data(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()))
        .map_err(|_| Problem::Unexpected)?;
    Ok(structure::is_there(&pixels.data()))
}

/// Creates an empty canvas of this size in pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most some thousand pixels")]
pub(super) fn canvas(
    width: f64,
    height: f64,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), Problem> {
    let made = || {
        let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(width.round() as u32);
        canvas.set_height(height.round() as u32);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some((canvas, context))
    };
    made().ok_or(Problem::Unexpected)
}

/// Encodes a JPEG of at most this many bytes with the best quality possible.
async fn encode(canvas: &HtmlCanvasElement, best: f64, most: usize) -> Result<Vec<u8>, Problem> {
    let mut quality = best;
    while quality > 0.02 {
        let bytes = jpeg(canvas, quality).await?;
        if bytes.len() <= most {
            return Ok(bytes);
        }
        quality -= if quality > 0.2 { 0.06 } else { 0.03 };
    }
    Err(Problem::coded(PhotoCode::SmallBytes.info()))
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Result<Vec<u8>, Problem> {
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality.into());
    });
    let blob: Blob =
        JsFuture::from(promise).await.ok().and_then(|b| b.dyn_into().ok()).ok_or(Problem::Unexpected)?;
    fetch::blob(&blob).await.ok_or(Problem::Unexpected)
}
