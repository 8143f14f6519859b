//! The filters of the queue.

use std::rc::Rc;

use authority::application::Occasion;
use authority::desk::{QueueFilter, Queued, Stage};
use cbor::Timestamp;
use web_sys::HtmlSelectElement;

use super::state::Review;
use crate::authority::words::{choices, city, occasion};
use crate::ui::i18n::tr;
use crate::ui::scope::Scope;

const STAGES: [(&str, Option<Stage>); 4] = [
    ("to-review", Some(Stage::ToReview)),
    ("to-answer", Some(Stage::ToAnswer)),
    ("done", Some(Stage::Done)),
    ("all", None),
];
const OCCASIONS: [(&str, Option<Occasion>); 5] = [
    ("all", None),
    ("first-claim", Some(Occasion::FirstClaim)),
    ("replacement", Some(Occasion::Replacement)),
    ("reclaim", Some(Occasion::Reclaim)),
    ("refresh", Some(Occasion::Refresh)),
];
/// The value of a choice that filters nothing.
const ALL: &str = "all";

/// Fills the choices, and draws the list again with each change.
pub(super) fn offer(review: &Rc<Review>, scope: &Scope) {
    let page = &review.page;
    choices(scope, &page.stage, STAGES.map(|(name, _)| name.to_owned()).to_vec(), |name| {
        tr(&format!("desk.stage.{name}"))
    });
    choices(
        scope,
        &page.occasion,
        OCCASIONS.map(|(name, _)| name.to_owned()).to_vec(),
        |name| match OCCASIONS.iter().find(|(known, _)| *known == name) {
            Some((_, Some(known))) => occasion(*known),
            _ => tr("desk.filter.all"),
        },
    );
    let mut offices = vec![ALL.to_owned()];
    for driver in review.app.desk().search("", review.app.clock.now()) {
        if !offices.contains(&driver.facts.office.city) {
            offices.push(driver.facts.office.city);
        }
    }
    choices(scope, &page.office, offices, |name| match name {
        ALL => tr("desk.filter.all"),
        name => city(name),
    });
    for select in [&page.stage, &page.occasion, &page.office] {
        let there = review.clone();
        scope.on(select, "change", move |_| there.refresh());
    }
    for input in [&page.text, &page.late] {
        let there = review.clone();
        scope.on(input, "input", move |_| there.refresh());
    }
    let there = review.clone();
    scope.click(&page.filters_off, move || {
        let page = &there.page;
        page.stage.set_selected_index(0);
        page.occasion.set_selected_index(0);
        page.office.set_selected_index(0);
        page.text.set_value("");
        page.late.set_checked(false);
        there.refresh();
    });
}

/// Whether something is left out.
pub(super) fn is_set(review: &Review) -> bool {
    let page = &review.page;
    page.stage.selected_index() > 0
        || page.occasion.selected_index() > 0
        || page.office.selected_index() > 0
        || page.late.checked()
        || !page.text.value().trim().is_empty()
}

fn chosen<T: Copy>(select: &HtmlSelectElement, all: &[(&str, Option<T>)]) -> Option<T> {
    let value = select.value();
    all.iter().find(|(name, _)| *name == value).and_then(|(_, chosen)| *chosen)
}

/// Returns the applications that the filters let through: the one that waits longest first.
pub(super) fn applied(review: &Review, now: Timestamp) -> Vec<Queued> {
    let page = &review.page;
    let filter = QueueFilter {
        // Nothing is chosen before the choices are there.
        stage: if page.stage.value().is_empty() {
            Some(Stage::ToReview)
        } else {
            chosen(&page.stage, &STAGES)
        },
        occasion: chosen(&page.occasion, &OCCASIONS),
        overdue: page.late.checked(),
        text: page.text.value(),
    };
    let desk = review.app.desk();
    let office = page.office.value();
    let found = desk.queue(&filter, now).into_iter().filter(|queued| {
        matches!(&*office, "" | ALL)
            || desk.driver(&queued.reference, now).is_some_and(|driver| driver.facts.office.city == office)
    });
    found.cloned().collect()
}
