//! A payload as codes on a canvas, as long as a screen is there: pictures that change for a camera, or one still code.

use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement};

use crate::browser::dom;
use crate::browser::frames::each_frame;
use crate::ui::painter::Stopped;
use crate::ui::projector::Projector;
use crate::ui::scope::Scope;

/// It ends with its screen, not by the clock: year 2100 in milliseconds.
const NEVER_MS: u64 = 4_102_444_800_000;
/// The widest that codes are shown, in CSS pixels.
const WIDEST: f64 = 640.0;

/// Shows `payload` on the canvas until `scope` ends. `larger` and `smaller` change how large and slow it is; `stopped` is called
/// if it cannot be drawn.
///
/// # Errors
/// Fails if the browser has no canvas.
pub(crate) fn show(
    scope: &Scope,
    canvas: &HtmlCanvasElement,
    (larger, smaller): (&Element, &Element),
    payload: Vec<u8>,
    stopped: impl Fn(Stopped) + 'static,
) -> Result<(), Stopped> {
    let projector = Rc::new(Projector::new(canvas)?);
    projector.show(payload, NEVER_MS);
    projector.draw_ease(larger, smaller);
    for (button, step) in [(larger, 1), (smaller, -1)] {
        let (eased, larger, smaller) = (projector.clone(), larger.clone(), smaller.clone());
        scope.click(button, move || {
            eased.ease_by(step);
            eased.draw_ease(&larger, &smaller);
        });
    }
    let resized = projector.clone();
    scope.on(&dom::window(), "resize", move |_| resized.lay_out());
    let place = canvas.parent_element();
    scope.keep(each_frame(move |at| match projector.step(at, || room(place.as_ref())) {
        Ok(()) => true,
        Err(why) => {
            stopped(why);
            false
        }
    }));
    Ok(())
}

/// CSS pixels that the code may take: the width of its place, and no more than the window is high.
fn room(place: Option<&Element>) -> f64 {
    let width = place.map_or(WIDEST, |place| {
        let style = dom::window().get_computed_style(place).ok().flatten();
        let inner = |side: &str| {
            let text = style.as_ref().and_then(|s| s.get_property_value(side).ok()).unwrap_or_default();
            text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0)
        };
        f64::from(place.client_width()) - inner("padding-left") - inner("padding-right")
    });
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(WIDEST);
    width.min(height - 160.0).clamp(160.0, WIDEST)
}
