//! Portraits in images: a blob of the checked JPEG, shown by `<img>` and nothing else.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use crate::browser::dom;
use crate::ui::scope::Scope;

/// Width and height to which a portrait is scaled to see whether it shows anything.
const SAMPLE: u32 = 32;
/// The least standard deviation of the brightness, in levels of 255, of a picture that shows something. A photo of a white
/// wall has less than 2, faces have more than 20.
const LEAST_DEVIATION: f64 = 4.0;

/// A `blob:` address of a checked JPEG, which ends when this is dropped.
#[must_use = "the address ends when this is dropped"]
pub(crate) struct Picture(String);

impl Picture {
    /// Makes an address for bytes that passed `licence::check_portrait`.
    pub(crate) fn of_jpeg(bytes: &[u8]) -> Option<Self> {
        let kind = BlobPropertyBag::new();
        kind.set_type("image/jpeg");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)
            .ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub(crate) fn address(&self) -> &str {
        &self.0
    }

    /// Shows a portrait in an image, as long as a scope lives. Bytes that are no portrait leave it empty.
    pub(crate) fn show_in(scope: &Scope, image: &HtmlImageElement, bytes: &[u8]) {
        let picture = licence::check_portrait(bytes).ok().and_then(|_| Self::of_jpeg(bytes));
        match picture {
            Some(picture) => {
                image.set_src(&picture.0);
                scope.keep(picture);
            }
            None => {
                let _ = image.remove_attribute("src");
            }
        }
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Whether an image that is loaded shows nothing: one colour, or an even gradient, which no face is. A wallet asks more of a
/// new photo, which can be taken again; a portrait that an issuer signed is doubted only where it cannot be a face.
pub(crate) fn is_blank(image: &HtmlImageElement) -> bool {
    image.natural_width() == 0 || brightness(image).is_some_and(|levels| deviation(&levels) < LEAST_DEVIATION)
}

/// Returns the brightness of [`SAMPLE`] by [`SAMPLE`] pixels of an image, row by row.
fn brightness(image: &HtmlImageElement) -> Option<Vec<f64>> {
    let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(SAMPLE);
    canvas.set_height(SAMPLE);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let size = f64::from(SAMPLE);
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, size, size).ok()?;
    let pixels = context.get_image_data(0.0, 0.0, size, size).ok()?.data();
    let level = |pixel: &[u8; 4]| {
        let [red, green, blue, _] = pixel.map(f64::from);
        0.299 * red + 0.587 * green + 0.114 * blue
    };
    Some(pixels.0.as_chunks().0.iter().map(level).collect())
}

/// Returns the standard deviation of the levels of a square picture from the plane that fits them best.
fn deviation(levels: &[f64]) -> f64 {
    let side = f64::from(SAMPLE);
    let (count, middle) = (side * side, (side - 1.0) / 2.0);
    let at = |index: usize| {
        let index = index as f64;
        (index % side - middle, (index / side).floor() - middle)
    };
    // Columns and rows are symmetric to the middle, so that the three coefficients do not depend on each other.
    let spread = side * side * (side * side - 1.0) / 12.0;
    let sums = levels.iter().enumerate().fold((0.0, 0.0, 0.0), |(sum, across, down), (index, level)| {
        let (x, y) = at(index);
        (sum + level, across + level * x, down + level * y)
    });
    let (mean, across, down) = (sums.0 / count, sums.1 / spread, sums.2 / spread);
    let square = |(index, level): (usize, &f64)| {
        let (x, y) = at(index);
        (level - mean - across * x - down * y).powi(2)
    };
    (levels.iter().enumerate().map(square).sum::<f64>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(level: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let side = SAMPLE as usize;
        (0..side * side).map(|index| level((index % side) as f64, (index / side) as f64)).collect()
    }

    #[test]
    fn one_colour_and_a_gradient_have_no_deviation_and_an_oval_has() {
        assert!(deviation(&picture(|_, _| 255.0)) < 1e-6);
        assert!(deviation(&picture(|x, y| 3.0 * x + 4.0 * y)) < 1e-6);
        // Noise of a camera.
        assert!(deviation(&picture(|x, y| 200.0 + (x * 7.0 + y * 13.0) % 3.0)) < LEAST_DEVIATION);
        let oval = |x: f64, y: f64| if (x - 15.5).hypot(y - 15.5) < 10.0 { 64.0 } else { 128.0 };
        assert!(deviation(&picture(oval)) > 20.0);
        // A pale face on a white ground.
        let pale = |x: f64, y: f64| if (x - 15.5).hypot(y - 15.5) < 10.0 { 225.0 } else { 250.0 };
        assert!(deviation(&picture(pale)) > 2.0 * LEAST_DEVIATION);
    }
}
