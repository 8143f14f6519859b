//! The last decision can be taken back for a short time, as long as its answer was not handed over.

use std::rc::Rc;

use authority::application::Application;
use authority::desk::{Action, Queued, UNDO_SECONDS};
use authority::journal::StepKind;
use wasm_bindgen_futures::spawn_local;

use super::state::{Review, dim};
use crate::authority::words::who;
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};

/// The last decision of this clerk that can still be taken back, and for how many seconds. The journal knows it, so that a reload
/// loses nothing.
fn last(review: &Review) -> Option<(Queued, i64)> {
    let now = review.app.clock.now();
    let clerk = review.app.settings().clerk;
    let desk = review.app.desk();
    let recent = desk.steps().rev().flatten();
    let recent = recent.take_while(|step| now.seconds_since(step.event_time.0) <= UNDO_SECONDS);
    let decided = recent.filter(|step| matches!(step.step, StepKind::Approved | StepKind::Rejected));
    let mut open = decided.filter_map(|step| {
        let queued = desk.application(step.details.application?)?;
        let left = queued.undo_until(&clerk)?.seconds_since(now);
        (left >= 0).then(|| (queued.clone(), left))
    });
    open.next()
}

/// Shows what can be taken back, and for how long.
pub(super) fn show(review: &Review) {
    let last = last(review);
    dim(&review.page.undo, last.is_none());
    let text = last.map_or_else(
        || tr("desk.undo.none"),
        |(queued, left)| {
            let approved = matches!(queued.state, Application::Approved(_));
            let key = if approved { "desk.undo.approved" } else { "desk.undo.rejected" };
            let (name, _) = who(&review.app, &queued.reference);
            fill(key, &[("name", &name), ("seconds", &left.to_string())])
        },
    );
    dom::set(&review.page.undo_text, &text);
}

/// Takes the last decision back, and shows it again.
pub(super) fn undo(review: &Rc<Review>) {
    if review.app.is_busy() {
        return;
    }
    let Some((queued, _)) = last(review) else {
        return review.app.say(&tr("desk.undo.none"));
    };
    let review = review.clone();
    spawn_local(async move {
        match review.app.act(Action::Undo { id: queued.id }).await {
            Ok(_) => {
                review.chosen.set(Some(queued.id));
                review.refresh();
                let (name, _) = who(&review.app, &queued.reference);
                let said = fill("desk.undo.done", &[("name", &name)]);
                review.app.say(&review.about(Some(said)));
            }
            Err(problem) => review.failed(&problem),
        }
    });
}
