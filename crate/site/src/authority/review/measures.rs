//! What can be measured of a photo, beside what is wanted.

use authority::photo::{WIDTH_MIN, check_large, check_small};
use web_sys::{HtmlElement, HtmlImageElement};

use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::authority::Measure;

/// Writes the measurements of a photo.
pub(super) fn draw(place: &HtmlElement, image: &HtmlImageElement, large: &[u8], small: &[u8]) {
    let (width, height) = (image.natural_width(), image.natural_height());
    let size = [("width", &*width.to_string()), ("height", &*height.to_string())];
    let ratio = f64::from(width) / f64::from(height.max(1));
    let args = [("ratio", &*format!("{ratio:.3}"))];
    let weight = [("size", &*format!("{:.1}", large.len() as f64 / 1024.0))];
    let lines = [
        ("desk.measure.size", fill("desk.measure.size.value", &size), width >= u32::from(WIDTH_MIN)),
        ("desk.measure.ratio", fill("desk.measure.ratio.value", &args), check_large(large).is_ok()),
        ("desk.measure.weight", fill("desk.measure.weight.value", &weight), check_small(small).is_ok()),
    ];
    place.set_text_content(None);
    for (name, value, right) in lines {
        if let Ok(line) = Measure::new() {
            dom::set(&line.name, &tr(name));
            dom::set(&line.value, &value);
            dom::set(&line.sign, if right { "✓" } else { "!" });
            let _ = line.root.set_attribute("data-outcome", if right { "pass" } else { "fail" });
            let _ = place.append_child(&line.root);
        }
    }
}
