//! The queue, and the photo that is reviewed: approve, reject, undo, next, all by one key each.
//!
//! ```text
//! list -> case -> approve | reject (reasons) -> the next one; undo for 30 seconds
//! ```

mod case;
mod filters;
mod keys;
mod list;
mod measures;
mod reasons;
mod undo;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::desk::{Action, ApplicationId, QueueFilter, Queued, Stage};
use authority::photo::RejectReason;
use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::practice;
use super::problem::Problem;
use super::view::View;
use super::words::who;
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Review as Markup;
use crate::ui::scope::Scope;

/// The view.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Markup::new()?;
    let view = View::new(&page.root);
    let review = Rc::new(Review {
        app: app.clone(),
        page: page.clone(),
        chosen: Cell::default(),
        listed: RefCell::default(),
        list: RefCell::default(),
        case: RefCell::default(),
        ready: Cell::default(),
        ticks: Cell::default(),
    });
    filters::offer(&review, &view.scope);
    reasons::offer(&review, &view.scope)?;
    keys::listen(&review, &view.scope);
    practice::offer(app, &view.scope, &page.practice_count, &page.practice, &page.practice_progress);
    let nothing = app.desk().queue(&QueueFilter::default(), app.clock.now()).is_empty();
    page.practice_box.set_open(nothing);
    let buttons: [(_, Act); 6] = [
        (&page.approve, Review::approve),
        (&page.reject, reasons::toggle),
        (&page.undo, undo::undo),
        (&page.next, |review| review.step(1)),
        (&page.previous, |review| review.step(-1)),
        (&page.help, keys::help),
    ];
    for (button, act) in buttons {
        let there = review.clone();
        view.scope.click(button, move || act(&there));
    }
    let written = review.clone();
    view.scope.text(move || written.refresh());
    let ticking = review.clone();
    view.scope.every(1_000, move || {
        undo::show(&ticking);
        // Ages are shown to the minute.
        ticking.ticks.set(ticking.ticks.get() + 1);
        if ticking.ticks.get().is_multiple_of(30) && !ticking.app.is_busy() {
            list::draw(&ticking);
        }
    });
    // What is drawn holds the review itself.
    let ended = review.clone();
    view.scope.leave(move || {
        ended.list.take();
        ended.case.take();
    });
    Ok(view)
}

/// What a button does.
type Act = fn(&Rc<Review>);

/// The view, as long as it is shown.
struct Review {
    app: Rc<App>,
    page: Markup,
    /// The application that is shown.
    chosen: Cell<Option<ApplicationId>>,
    /// The applications of the list, in their order.
    listed: RefCell<Vec<ApplicationId>>,
    /// What the list started.
    list: RefCell<Scope>,
    /// What the case started.
    case: RefCell<Scope>,
    /// Whether the photo of the case is on the screen: nothing is decided before.
    ready: Cell<bool>,
    ticks: Cell<u32>,
}

impl Review {
    /// The application that is shown.
    fn application(&self) -> Option<Queued> {
        self.chosen.get().and_then(|id| self.app.desk().application(id).cloned())
    }

    /// Draws everything again; what is shown stays, if it is there.
    fn refresh(self: &Rc<Self>) {
        list::draw(self);
        let listed = self.listed.borrow().clone();
        let stays = self.chosen.get().filter(|id| listed.contains(id));
        self.choose(stays.or_else(|| listed.first().copied()));
        undo::show(self);
        self.app.count();
    }

    /// Shows an application, or that there is none.
    fn choose(self: &Rc<Self>, id: Option<ApplicationId>) {
        if self.chosen.replace(id) != id {
            reasons::close(self);
        }
        list::mark(self);
        case::draw(self);
    }

    /// Shows the next application of the list, or the one before.
    fn step(self: &Rc<Self>, by: isize) {
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
    fn can_decide(&self) -> bool {
        self.ready.get()
            && !self.app.is_busy()
            && self.application().is_some_and(|queued| queued.stage() == Stage::ToReview)
    }

    fn approve(self: &Rc<Self>) {
        if let Some(id) = self.chosen.get().filter(|_| self.can_decide()) {
            self.decide(Action::Approve { id }, "desk.review.approved");
        }
    }

    fn reject(self: &Rc<Self>, reason: RejectReason) {
        if let Some(id) = self.chosen.get().filter(|_| self.can_decide()) {
            let note = Some(self.page.note.value()).filter(|note| !note.trim().is_empty());
            self.decide(Action::Reject { id, reason, note }, "desk.review.rejected");
        }
    }

    /// Decides, and shows the next one once that is stored.
    fn decide(self: &Rc<Self>, action: Action<'static>, said: &'static str) {
        let review = self.clone();
        spawn_local(async move {
            let listed = review.listed.borrow().clone();
            let at = listed.iter().position(|id| Some(*id) == review.chosen.get()).unwrap_or_default();
            let name = review.application().map(|queued| who(&review.app, &queued.reference).0);
            match review.app.act(action).await {
                Ok(_) => {
                    list::draw(&review);
                    let listed = review.listed.borrow().clone();
                    review.choose(listed.get(at).or(listed.last()).copied());
                    undo::show(&review);
                    review.app.count();
                    let said = fill(said, &[("name", &name.unwrap_or_default())]);
                    review.app.say(&review.about(Some(said)));
                }
                Err(problem) => review.failed(&problem),
            }
        });
    }

    /// Says what went wrong, and shows what is stored.
    fn failed(self: &Rc<Self>, problem: &Problem) {
        self.app.tell_problem(problem);
        self.refresh();
    }

    /// The application that is shown in one sentence, after what was done.
    fn about(&self, said: Option<String>) -> String {
        let now = self.app.clock.now();
        let about = self.application().map_or_else(
            || tr("desk.review.none"),
            |queued| {
                let at = self.listed.borrow().iter().position(|id| *id == queued.id).unwrap_or_default() + 1;
                let (name, _) = who(&self.app, &queued.reference);
                let args: [(&str, &str); 4] = [
                    ("name", &name),
                    ("age", &list::age_text(&queued, now)),
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
fn dim(element: &web_sys::Element, off: bool) {
    let _ = element.set_attribute("aria-disabled", if off { "true" } else { "false" });
    dom::mark(element, "data-off", off);
}
