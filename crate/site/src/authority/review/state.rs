//! The review: what is listed and shown, and what is decided.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::desk::{Action, ApplicationId, Queued, Stage};
use authority::photo::RejectReason;
use wasm_bindgen_futures::spawn_local;

use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::words::{age_text, who};
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::authority::Review as Markup;
use crate::ui::scope::Scope;

/// The view, as long as it is shown.
pub(super) struct Review {
    pub(super) app: Rc<App>,
    pub(super) page: Markup,
    /// The application that is shown.
    pub(super) chosen: Cell<Option<ApplicationId>>,
    /// The applications of the list, in their order.
    pub(super) listed: RefCell<Vec<ApplicationId>>,
    /// What the list started.
    pub(super) list: RefCell<Scope>,
    /// What the case started.
    pub(super) case: RefCell<Scope>,
    /// Whether the photo of the case is on the screen: nothing is decided before.
    pub(super) ready: Cell<bool>,
    pub(super) ticks: Cell<u32>,
    /// How the parts of the view are drawn.
    pub(super) parts: Parts,
}

/// Draws a part of the view.
type Draw = fn(&Rc<Review>);

/// How the parts of the view are drawn: each knows the review, which knows none of them.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// The list.
    pub(super) list: Draw,
    /// The mark of the row that is shown.
    pub(super) mark: Draw,
    /// The case.
    pub(super) case: Draw,
    /// The reasons, which are hidden.
    pub(super) no_reasons: Draw,
    /// What can be undone.
    pub(super) undo: Draw,
}

impl Review {
    /// The application that is shown.
    pub(super) fn application(&self) -> Option<Queued> {
        self.chosen.get().and_then(|id| self.app.desk().application(id).cloned())
    }

    /// Draws everything again; what is shown stays, if it is there.
    pub(super) fn refresh(self: &Rc<Self>) {
        (self.parts.list)(self);
        let listed = self.listed.borrow().clone();
        let stays = self.chosen.get().filter(|id| listed.contains(id));
        self.choose(stays.or_else(|| listed.first().copied()));
        (self.parts.undo)(self);
        self.app.count();
    }

    /// Shows an application, or that there is none.
    pub(super) fn choose(self: &Rc<Self>, id: Option<ApplicationId>) {
        if self.chosen.replace(id) != id {
            (self.parts.no_reasons)(self);
        }
        (self.parts.mark)(self);
        (self.parts.case)(self);
    }

    /// Shows the next application of the list, or the one before.
    pub(super) fn step(self: &Rc<Self>, by: isize) {
        let listed = self.listed.borrow().clone();
        let at = listed.iter().position(|id| Some(*id) == self.chosen.get());
        let to = at.and_then(|at| at.checked_add_signed(by)).and_then(|at| listed.get(at));
        match to {
            Some(id) => {
                self.choose(Some(*id));
                self.app.say(&self.about(None));
            }
            None => self.app.say(&tr(if by > 0 { "desk.review.last" } else { "desk.review.first" })),
        }
    }

    /// Whether the application that is shown can be decided now.
    pub(super) fn can_decide(&self) -> bool {
        self.ready.get()
            && !self.app.is_busy()
            && self.application().is_some_and(|queued| queued.stage() == Stage::ToReview)
    }

    pub(super) fn approve(self: &Rc<Self>) {
        if let Some(id) = self.chosen.get().filter(|_| self.can_decide()) {
            self.decide(Action::Approve { id }, "desk.review.approved");
        }
    }

    pub(super) fn reject(self: &Rc<Self>, reason: RejectReason) {
        if let Some(id) = self.chosen.get().filter(|_| self.can_decide()) {
            let note = Some(self.page.note.value()).filter(|note| !note.trim().is_empty());
            self.decide(Action::Reject { id, reason, note }, "desk.review.rejected");
        }
    }

    /// Decides, and shows the next one once that is stored.
    pub(super) fn decide(self: &Rc<Self>, action: Action<'static>, said: &'static str) {
        let review = self.clone();
        spawn_local(async move {
            let listed = review.listed.borrow().clone();
            let at = listed.iter().position(|id| Some(*id) == review.chosen.get()).unwrap_or_default();
            let name = review.application().map(|queued| who(&review.app, &queued.reference).0);
            match review.app.act(action).await {
                Ok(_) => {
                    (review.parts.list)(&review);
                    let listed = review.listed.borrow().clone();
                    review.choose(listed.get(at).or(listed.last()).copied());
                    (review.parts.undo)(&review);
                    review.app.count();
                    let said = fill(said, &[("name", &name.unwrap_or_default())]);
                    review.app.say(&review.about(Some(said)));
                }
                Err(problem) => review.failed(&problem),
            }
        });
    }

    /// Says what went wrong, and shows what is stored.
    pub(super) fn failed(self: &Rc<Self>, problem: &Problem) {
        self.app.tell_problem(problem);
        self.refresh();
    }

    /// The application that is shown in one sentence, after what was done.
    pub(super) fn about(&self, said: Option<String>) -> String {
        let now = self.app.clock.now();
        let about = self.application().map_or_else(
            || tr("desk.review.none"),
            |queued| {
                let at = self.listed.borrow().iter().position(|id| *id == queued.id).unwrap_or_default() + 1;
                let (name, _) = who(&self.app, &queued.reference);
                let args: [(&str, &str); 4] = [
                    ("name", &name),
                    ("age", &age_text(&queued, now)),
                    ("at", &at.to_string()),
                    ("count", &self.listed.borrow().len().to_string()),
                ];
                fill("desk.review.now", &args)
            },
        );
        said.map(|said| format!("{said} {about}")).unwrap_or(about)
    }
}

/// Shows or hides an element that keeps its place.
pub(super) fn dim(element: &web_sys::Element, off: bool) {
    let _ = element.set_attribute("aria-disabled", if off { "true" } else { "false" });
    dom::mark(element, "data-off", off);
}
