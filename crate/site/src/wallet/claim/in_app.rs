//! What the welcome says where the page stands in an app that is no browser: what is stored goes with the app.

use crate::browser::{clipboard, dom, name};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::Welcome;
use crate::ui::scope::Scope;

/// Says so on the welcome, with the way to a browser; the claim stays possible.
pub(super) fn put(scope: &Scope, page: &Welcome) {
    let app = name::in_app();
    dom::show(&page.in_app, app.is_some());
    let start = page.start.clone();
    let Some(app) = app else {
        return scope.text(move || dom::set(&start, &tr("welcome.start")));
    };
    let _ = page.start.set_attribute("class", "button wide");
    let link = dom::window().location().href().unwrap_or_default();
    page.in_app_link.set_value(&link);
    let written = page.clone();
    scope.text(move || {
        dom::set(&start, &tr("in-app.anyway"));
        dom::set(&written.in_app_title, &fill("in-app.title", &[("app", &tr(app.app))]));
        dom::set(&written.in_app_steps, &tr(app.steps));
        dom::set(&written.copied, "");
    });
    let selected = page.in_app_link.clone();
    scope.on(&page.in_app_link, "focus", move |_| selected.select());
    let (field, answer) = (page.in_app_link.clone(), page.copied.clone());
    scope.click(&page.copy, move || {
        dom::set(&answer, &tr(if clipboard::copy(&field) { "in-app.copied" } else { "in-app.not-copied" }));
    });
}
