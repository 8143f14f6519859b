//! The outline of the code that is being read, over the live picture.

use super::place::Place;
use crate::browser::dom;

/// Draws a line around the code: four corners as shares of the picture's width and height, or none.
///
/// The drawing has the picture's own shape and is cut to the stage as the video is, so that both lie on each other.
pub(super) fn draw(place: &Place, corners: Option<[[f32; 2]; 4]>) {
    let outline = &place.outline;
    let (width, height) = (place.video.video_width(), place.video.video_height());
    let Some(corners) = corners.filter(|_| width > 0 && height > 0) else {
        dom::show(outline, false);
        return;
    };
    let Some(line) = outline.first_element_child() else {
        return;
    };
    let points: Vec<String> = corners
        .iter()
        .map(|[x, y]| std::format!("{:.1},{:.1}", x * width as f32, y * height as f32))
        .collect();
    let _ = outline.set_attribute("viewBox", &std::format!("0 0 {width} {height}"));
    let _ = line.set_attribute("points", &points.join(" "));
    dom::show(outline, true);
}
