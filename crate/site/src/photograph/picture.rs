//! Pictures: from a file or the camera onto a canvas, and from there to the two JPEGs of a licence.

use authority::error::PhotoCode;
use js_sys::{Function, Promise, Reflect};
use photo::Report;
use photo::file::{FileError, Kind};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap};

use super::{PhotoProblem, PortraitFiles, structure};
use crate::browser::{dom, fetch, js};
use crate::ui::preflight;

/// The large portrait in pixels (the licence profile, 2).
pub(crate) const LARGE: (u32, u32) = (520, 756);
/// The small portrait in pixels.
const SMALL: (u32, u32) = (120, 174);
/// Most bytes of the large portrait: an application and a licence with it travel as one payload of the link.
const LARGE_BYTES: usize = 48 * 1024;
/// Most bytes of the small portrait.
const SMALL_BYTES: usize = licence::PORTRAIT_SMALL_MAX;
/// Largest file that is opened, in bytes.
const FILE_BYTES: f64 = 30.0 * 1024.0 * 1024.0;
/// Longest side of the canvas on which it is cropped.
const WORKING_SIDE: f64 = 2_000.0;
/// Least width in source pixels of what may be cut out: below, there is no face to recognise.
pub(crate) const LEAST_WIDTH: f64 = 320.0;

/// A file that the browser can decode, on a canvas, upright. Its kind and measures are read before anything decodes it, and a
/// large one is decoded to the size that is worked with. Nothing of the file but its pixels is kept.
pub(crate) async fn of_file(file: &Blob) -> Result<HtmlCanvasElement, PhotoProblem> {
    if file.size() > FILE_BYTES {
        return Err(PhotoProblem::FileTooBig);
    }
    let bytes = fetch::blob(file).await.ok_or(PhotoProblem::FileNotPicture)?;
    let read = photo::file::read(&bytes).map_err(|error| PhotoProblem::Coded(error.kind().info()))?;
    drop(bytes);
    let (width, height) = read.upright();
    let (width, height) = (f64::from(width), f64::from(height));
    large_enough(width, height)?;
    let shrink = (WORKING_SIDE / width.max(height)).min(1.0);
    let not_decoded = match read.kind {
        Kind::Heic => FileError::Heic,
        Kind::Avif => FileError::NotDecoded,
        Kind::Jpeg | Kind::Png | Kind::Webp | Kind::Gif | Kind::Bmp => FileError::NotPicture,
    };
    let bitmap = match decode(file, (shrink < 1.0).then_some(width * shrink)).await {
        // A browser that scales before it turns gives another shape.
        Some(bitmap) if is_like(&bitmap, width, height) => bitmap,
        other => {
            other.inspect(ImageBitmap::close);
            let decoded = decode(file, None).await;
            decoded.ok_or_else(|| PhotoProblem::Coded(not_decoded.kind().info()))?
        }
    };
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let shrink = (WORKING_SIDE / width.max(height)).min(1.0);
    let drawn = canvas(width * shrink, height * shrink).and_then(|(canvas, context)| {
        context
            .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width * shrink, height * shrink)
            .map_err(|_| PhotoProblem::Unexpected)?;
        Ok(canvas)
    });
    bitmap.close();
    drawn
}

/// Decodes a picture as its Exif turns it, scaled to a width if one is given.
async fn decode(file: &Blob, width: Option<f64>) -> Option<ImageBitmap> {
    let mut options = vec![("imageOrientation", JsValue::from("from-image"))];
    if let Some(width) = width {
        options.extend([("resizeWidth", width.round().into()), ("resizeQuality", "high".into())]);
    }
    // With the options as an object, since the bindings have them only in part.
    let window = dom::window();
    let create: Function = Reflect::get(&window, &"createImageBitmap".into()).ok()?.dyn_into().ok()?;
    let decoding: Promise = create.call2(&window, file, &js::object(&options)).ok()?.dyn_into().ok()?;
    JsFuture::from(decoding).await.ok()?.dyn_into().ok()
}

/// Whether a picture has this shape, but for rounding.
fn is_like(bitmap: &ImageBitmap, width: f64, height: f64) -> bool {
    let (across, down) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    (across * height - down * width).abs() < 0.02 * down * width
}

/// The picture that a camera shows now, on a canvas.
pub(crate) fn of_video(video: &HtmlVideoElement) -> Result<HtmlCanvasElement, PhotoProblem> {
    let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
    large_enough(width, height)?;
    let (canvas, context) = canvas(width, height)?;
    context.draw_image_with_html_video_element(video, 0.0, 0.0).map_err(|_| PhotoProblem::CameraBusy)?;
    Ok(canvas)
}

/// Measures what a camera shows now in the frame of the preview, on a canvas of the size of the sample.
pub(crate) fn sample(video: &HtmlVideoElement, small: &HtmlCanvasElement) -> Option<Report> {
    let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
    let ratio = f64::from(LARGE.0) / f64::from(LARGE.1);
    let across = width.min(height * ratio);
    let down = across / ratio;
    if across < 1.0 {
        return None;
    }
    let context: CanvasRenderingContext2d = small.get_context("2d").ok()??.dyn_into().ok()?;
    let (left, top) = ((width - across) / 2.0, (height - down) / 2.0);
    let (to_x, to_y) = (f64::from(small.width()), f64::from(small.height()));
    context
        .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            video, left, top, across, down, 0.0, 0.0, to_x, to_y,
        )
        .ok()?;
    let cut = photo::Cut { width: across.round() as u32, height: down.round() as u32 };
    preflight::of_canvas(small, Some(cut), None)
}

fn large_enough(width: f64, height: f64) -> Result<(), PhotoProblem> {
    let ratio = f64::from(LARGE.0) / f64::from(LARGE.1);
    if width.min(height * ratio) < LEAST_WIDTH { Err(PhotoProblem::PictureTooSmall) } else { Ok(()) }
}

/// The two portraits of the licence: large and small, JPEG.
pub(crate) async fn portraits(cut: &HtmlCanvasElement) -> Result<PortraitFiles, PhotoProblem> {
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
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), PhotoProblem> {
    let (canvas, context) = canvas(width, height)?;
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(from, 0.0, 0.0, width, height)
        .map_err(|_| PhotoProblem::Unexpected)?;
    Ok((canvas, context))
}

/// Whether anything is on the picture: one colour, and a gradient, are refused before they are handed in.
pub(crate) fn has_structure(of: &HtmlCanvasElement) -> Result<bool, PhotoProblem> {
    let (width, height) = (structure::WIDTH, structure::HEIGHT);
    let (canvas, context) = scaled(of, f64::from(width), f64::from(height))?;
    let pixels = context
        .get_image_data(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()))
        .map_err(|_| PhotoProblem::Unexpected)?;
    Ok(structure::is_there(&pixels.data()))
}

/// Creates an empty canvas of this size in pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most some thousand pixels")]
pub(crate) fn canvas(
    width: f64,
    height: f64,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), PhotoProblem> {
    let made = || {
        let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(width.round() as u32);
        canvas.set_height(height.round() as u32);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some((canvas, context))
    };
    made().ok_or(PhotoProblem::Unexpected)
}

/// Encodes a JPEG of at most this many bytes with the best quality possible.
async fn encode(canvas: &HtmlCanvasElement, best: f64, most: usize) -> Result<Vec<u8>, PhotoProblem> {
    let mut quality = best;
    while quality > 0.02 {
        let bytes = jpeg(canvas, quality).await?;
        if bytes.len() <= most {
            return Ok(bytes);
        }
        quality -= if quality > 0.2 { 0.06 } else { 0.03 };
    }
    Err(PhotoProblem::Coded(PhotoCode::SmallBytes.info()))
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Result<Vec<u8>, PhotoProblem> {
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality.into());
    });
    let blob: Blob =
        JsFuture::from(promise).await.ok().and_then(|b| b.dyn_into().ok()).ok_or(PhotoProblem::Unexpected)?;
    fetch::blob(&blob).await.ok_or(PhotoProblem::Unexpected)
}
