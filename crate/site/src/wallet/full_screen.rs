//! The white full screen with a code: its size, its ring, its controls, and the ways to leave it.

use std::cell::RefCell;
use std::rc::Rc;

use licence::shanghai_day;
use verdict::card::Ground;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event};

use super::app::App;
use super::holder::Wallet;
use super::media::Awake;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::{dom, host};
use crate::storage::Shown;
use crate::ui::format;
use crate::ui::i18n::fill;
use crate::ui::markup::wallet::Present;
use crate::ui::projector::{Form, Projector};
use crate::ui::scope::Scope;

/// CSS pixels of the height that the head and a margin take where the side stands beside the code, and with the side below it.
const HEAD: f64 = 72.0;
const HEAD_AND_SIDE: f64 = 190.0;
/// CSS pixels that the frame of a licence with which nobody may drive takes, and the room between it and its words.
const FRAME: f64 = 38.0;

/// The empty screen for a licence, by what is shown.
pub(super) fn of(wallet: &Wallet, purpose: &str) -> Result<(Screen, Present), Problem> {
    let page = Present::new()?;
    let red = wallet.card_status().ground == Ground::Red;
    let _ = page.root.set_attribute("data-group", if red { "red" } else { "green" });
    let _ = page.root.set_attribute("data-purpose", purpose);
    dom::show(&page.warning, red);
    Ok((Screen::new(At::Present, &page.root), page))
}

/// CSS pixels that the code may take: the width of its place, and on the height that is left.
pub(super) fn room(page: &Present) -> f64 {
    let window = dom::window();
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let height = size(window.inner_height());
    let style = window.get_computed_style(&page.frame).ok().flatten();
    let inner = |side: &str| {
        let text = style.as_ref().and_then(|s| s.get_property_value(side).ok()).unwrap_or_default();
        text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0)
    };
    let place = f64::from(page.frame.client_width()) - inner("padding-left") - inner("padding-right");
    let body = page.frame.parent_element();
    let direction = body.and_then(|body| window.get_computed_style(&body).ok().flatten());
    let beside = direction.is_some_and(|style| {
        style.get_property_value("flex-direction").is_ok_and(|direction| direction == "row")
    });
    let taken = if beside {
        let warning = f64::from(page.warning.offset_height());
        let framed = if warning > 0.0 { warning + FRAME } else { 0.0 };
        HEAD + framed + f64::from(page.until.offset_height())
    } else {
        HEAD_AND_SIDE
    };
    let room = place.min(height - taken).max(160.0);
    let _ = page.frame.style().set_property("--room", &format!("{}px", room.floor()));
    room
}

/// Writes the seconds that are left, if they changed since `before`. Returns them.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "minutes, and below 2^53 ms")]
pub(super) fn ring(page: &Present, projector: &Projector, life: i64, before: i64) -> i64 {
    let left_ms = projector.ends_ms() as f64 - host::now_ms();
    let left = (left_ms / 1000.0).ceil().clamp(0.0, life as f64) as i64;
    if left != before {
        let text = left.to_string();
        dom::set(&page.seconds, &text);
        dom::set(&page.left, &fill("present.left", &[("seconds", &text)]));
        dom::set(&page.until, &until(projector));
        draw_forms(page, projector);
        let share = left as f64 * 60.0 / life.max(1) as f64;
        let _ = page.ring.set_attribute("stroke-dasharray", &format!("{share:.1} 60"));
    }
    left
}

/// Until when what is on the screen is good, for whoever looks at a picture of it.
#[allow(clippy::cast_precision_loss, reason = "below 2^53 ms")]
fn until(projector: &Projector) -> String {
    let moment = format::printed_moment(format::of_ms(projector.ends_ms() as f64));
    fill("present.until", &[("moment", &moment)])
}

/// How often the licence was shown, today and in all.
pub(super) fn count(shown: &[Shown]) -> String {
    let day = |at: f64| shanghai_day(format::of_ms(at));
    let today = shown.iter().filter(|one| day(one.at) == day(host::now_ms())).count();
    fill("present.count", &[("today", &today.to_string()), ("all", &shown.len().to_string())])
}

/// The controls for a reader with difficulties: slower and larger, and back, or one still code, which `choose` shows. A
/// resized window is laid out again.
pub(super) fn ease(
    scope: &Scope,
    page: &Present,
    projector: &Rc<Projector>,
    choose: impl Fn(Form) + Clone + 'static,
) {
    draw_ease(page, projector);
    for (button, step) in [(&page.larger, 1), (&page.smaller, -1)] {
        let (page, projector) = (page.clone(), projector.clone());
        scope.click(button, move || {
            projector.ease_by(step);
            draw_ease(&page, &projector);
        });
    }
    for (button, form) in [(&page.single, Form::Single), (&page.digits, Form::Digits)] {
        let (page, projector, choose) = (page.clone(), projector.clone(), choose.clone());
        scope.click(button, move || {
            choose(form);
            draw_forms(&page, &projector);
        });
    }
    let (page, resized) = (page.clone(), projector.clone());
    scope.on(&dom::window(), "resize", move |_| {
        resized.lay_out();
        draw_forms(&page, &resized);
    });
}

/// Shows by the buttons in which forms the payload fits the room, and in which one it is shown.
pub(super) fn draw_forms(page: &Present, projector: &Projector) {
    let (now, side) = (projector.form(), room(page));
    let mut any = false;
    for (button, form) in [(&page.single, Form::Single), (&page.digits, Form::Digits)] {
        let shown = projector.can_show(form, side);
        any |= shown;
        dom::show(button, shown);
        let _ = button.set_attribute("aria-pressed", if now == form { "true" } else { "false" });
    }
    dom::show(&page.forms, any);
    dom::show(&page.too_fine, projector.is_too_fine(side));
    let name = match now {
        Form::Frames => "frames",
        Form::Single => "single",
        Form::Digits => "digits",
    };
    let _ = page.root.set_attribute("data-form", name);
    draw_ease(page, projector);
}

/// Disables the button in whose direction there is no further step.
fn draw_ease(page: &Present, projector: &Projector) {
    let (larger, smaller): (&Element, &Element) = (&page.larger, &page.smaller);
    projector.draw_ease(larger, smaller);
}

/// Leaves the screen by the button, by Escape, and when the page is hidden, which calls `hidden`.
pub(super) fn leave(
    screen: &Screen,
    page: &Present,
    app: &Rc<App>,
    projector: &Rc<Projector>,
    hidden: impl Fn() + 'static,
) {
    app.link(&screen.scope, &page.close, || Route::Home);
    let there = app.clone();
    screen.scope.on(&page.root, "cancel", move |event: Event| {
        event.prevent_default();
        there.go(Route::Home);
    });
    let shown = projector.clone();
    screen.scope.on(&dom::document(), "visibilitychange", move |_| {
        if dom::document().hidden() {
            shown.wipe();
            hidden();
        }
    });
}

/// Keeps the screen awake as long as `alive` is; released with the screen.
pub(super) fn stay_awake<T: 'static>(scope: &Scope, alive: &Rc<T>) {
    let awake: Rc<RefCell<Option<Awake>>> = Rc::default();
    let (kept, alive) = (awake.clone(), Rc::downgrade(alive));
    spawn_local(async move {
        let asked = Awake::ask().await;
        if alive.upgrade().is_some() {
            *kept.borrow_mut() = asked;
        }
    });
    scope.leave(move || {
        awake.borrow_mut().take();
    });
}
