//! The list of applications: who, what for, since when; late ones first and marked.

use std::rc::Rc;

use authority::desk::{Queued, Stage};
use cbor::Timestamp;

use super::filters;
use super::state::Review;
use crate::authority::words::{age_text, occasion, who};
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::authority::QueueRow;
use crate::ui::scope::Scope;

/// Most rows that are drawn; the others follow when these are decided.
const ROWS: usize = 60;

/// Draws the list of what the filters let through.
pub(super) fn draw(review: &Rc<Review>) {
    let now = review.app.clock.now();
    let queued: Vec<Queued> = filters::applied(review, now);
    *review.listed.borrow_mut() = queued.iter().map(|queued| queued.id).collect();
    let scope = Scope::new();
    review.page.rows.set_text_content(None);
    // What is shown is among the rows, whatever comes before it.
    let at = queued.iter().position(|queued| Some(queued.id) == review.chosen.get()).unwrap_or_default();
    let from = at.saturating_sub(ROWS / 2).min(queued.len().saturating_sub(ROWS));
    for one in queued.iter().skip(from).take(ROWS) {
        let Ok(row) = QueueRow::new() else {
            return;
        };
        let _ = review.page.rows.append_child(&row.root);
        let (name, office) = who(&review.app, &one.reference);
        dom::set(&row.name, &name);
        dom::set(&row.what, &format!("{} · {office}", occasion(one.occasion)));
        dom::set(&row.age, &age_text(one, now));
        dom::mark(&row.row, "data-late", one.is_overdue(now));
        let _ = row.row.set_attribute("data-id", &one.id.to_hex());
        let (there, id) = (review.clone(), one.id);
        scope.click(&row.row, move || there.choose(Some(id)));
    }
    let left = queued.len().saturating_sub(ROWS);
    dom::show(&review.page.more, left > 0);
    dom::set(&review.page.more, &fill("desk.review.more", &[("count", &left.to_string())]));
    summary(review, now);
    dom::show(&review.page.empty, queued.is_empty());
    dom::show(&review.page.queue, !queued.is_empty());
    let filtered = filters::is_set(review);
    dom::set(
        &review.page.empty_text,
        &tr(if filtered { "desk.review.empty.filtered" } else { "desk.review.empty" }),
    );
    dom::show(&review.page.filters_off, filtered);
    review.list.replace(scope);
    mark(review);
}

/// Marks the row of what is shown.
pub(super) fn mark(review: &Review) {
    let chosen = review.chosen.get().map(|id| id.to_hex());
    for row in dom::all_in(&review.page.rows, "[data-id]") {
        if row.get_attribute("data-id") == chosen {
            let _ = row.set_attribute("aria-current", "true");
            scroll_to(&row);
        } else {
            let _ = row.remove_attribute("aria-current");
        }
    }
}

/// Scrolls the list, and not the page, so that a row is in it.
fn scroll_to(row: &web_sys::Element) {
    let Some(list) = row.closest("[data-slot=\"rows\"]").ok().flatten() else {
        return;
    };
    let (inner, outer) = (row.get_bounding_client_rect(), list.get_bounding_client_rect());
    let (above, below) = (inner.top() - outer.top(), inner.bottom() - outer.bottom());
    let by = if above < 0.0 { above } else { below.max(0.0) };
    #[allow(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    list.set_scroll_top(list.scroll_top() + by as i32);
}

fn summary(review: &Review, now: Timestamp) {
    let (waiting, late) = {
        let desk = review.app.desk();
        let filter = authority::desk::QueueFilter { stage: Some(Stage::ToReview), ..Default::default() };
        let waiting = desk.queue(&filter, now);
        (waiting.len(), waiting.iter().filter(|queued| queued.is_overdue(now)).count())
    };
    let args = [("count", &*waiting.to_string()), ("late", &*late.to_string())];
    let key = if late > 0 { "desk.review.waiting.late" } else { "desk.review.waiting" };
    dom::set(&review.page.summary, &fill(key, &args));
}
