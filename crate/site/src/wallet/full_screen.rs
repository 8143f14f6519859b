//! The white full screen on which a code is shown: its room, its ring, slower and larger, and the ways out.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event};

use super::App;
use super::media::Awake;
use super::problem::Problem;
use super::screen::Screen;
use crate::browser::{dom, host};
use crate::ui::i18n::fill;
use crate::ui::projector::{Form, Projector, Stopped};

/// Width from which the side stands beside the code.
const WIDE: f64 = 800.0;

impl From<Stopped> for Problem {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Ended => Self::Named("code-ended"),
            Stopped::Coded(code) => Self::coded(code),
            Stopped::NoCanvas => Self::Unexpected,
        }
    }
}

/// CSS pixels that the code may take: the width of its place, and on the height that is left.
pub(super) fn room(root: &Element) -> f64 {
    let window = dom::window();
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let place = dom::slot(root, "frame").map_or(width, |place| {
        let style = window.get_computed_style(&place).ok().flatten();
        let inner = |side: &str| {
            let text = style.as_ref().and_then(|s| s.get_property_value(side).ok()).unwrap_or_default();
            text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0)
        };
        f64::from(place.client_width()) - inner("padding-left") - inner("padding-right")
    });
    let beside = if width >= WIDE { 104.0 } else { 190.0 };
    place.min(height - beside).max(160.0)
}

/// Writes the seconds that are left of what is shown, where they changed since `before`; gives what it wrote.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "minutes, and below 2^53 ms")]
pub(super) fn ring(root: &Element, projector: &Projector, life: i64, before: i64) -> i64 {
    let left_ms = projector.ends_ms() as f64 - host::now_ms();
    let left = (left_ms / 1000.0).ceil().clamp(0.0, life as f64) as i64;
    if left != before {
        let text = left.to_string();
        dom::write(root, "seconds", &text);
        dom::write(root, "left", &fill("present.left", &[("seconds", &text)]));
        projector.draw_forms(root, room(root));
        if let Some(ring) = dom::slot(root, "ring") {
            let share = left as f64 * 60.0 / life.max(1) as f64;
            let _ = ring.set_attribute("stroke-dasharray", &format!("{share:.1} 60"));
        }
    }
    left
}

/// Slower and larger, and back, or one still code, for a reader that has trouble; laid out anew when the window changes.
pub(super) fn ease(screen: &mut Screen, projector: &Rc<Projector>) {
    projector.draw_ease(&screen.root);
    for (action, step) in [("larger", 1), ("smaller", -1)] {
        let (root, projector) = (screen.root.clone(), projector.clone());
        screen.click(action, move || {
            projector.ease_by(step);
            projector.draw_ease(&root);
        });
    }
    for (action, form) in [("single", Form::Single), ("digits", Form::Digits)] {
        let (root, projector) = (screen.root.clone(), projector.clone());
        screen.click(action, move || {
            projector.toggle(form);
            projector.draw_forms(&root, room(&root));
        });
    }
    let (root, resized) = (screen.root.clone(), projector.clone());
    screen.on(&dom::window(), "resize", move |_| {
        resized.lay_out();
        resized.draw_forms(&root, room(&root));
    });
}

/// The ways out: close, Escape, and a hidden page, which calls `hidden`.
pub(super) fn leave(
    screen: &mut Screen,
    app: &Rc<App>,
    projector: &Rc<Projector>,
    hidden: impl Fn() + 'static,
) {
    let there = app.clone();
    screen.click("close", move || there.go_home());
    let there = app.clone();
    screen.on(&screen.root.clone(), "cancel", move |event: Event| {
        event.prevent_default();
        there.go_home();
    });
    let shown = projector.clone();
    screen.on(&dom::document(), "visibilitychange", move |_| {
        if dom::document().hidden() {
            shown.wipe();
            hidden();
        }
    });
}

/// Keeps the screen awake as long as `alive` is; released with the screen.
pub(super) fn stay_awake<T: 'static>(screen: &mut Screen, alive: &Rc<T>) {
    let awake: Rc<RefCell<Option<Awake>>> = Rc::default();
    let (kept, alive) = (awake.clone(), Rc::downgrade(alive));
    spawn_local(async move {
        let asked = Awake::ask().await;
        if alive.upgrade().is_some() {
            *kept.borrow_mut() = asked;
        }
    });
    screen.leave(move || {
        awake.borrow_mut().take();
    });
}
