//! The queue, and the photo that is reviewed: approve, reject, undo, next, all by one key each.
//!
//! ```text
//! list -> case -> approve | reject (reasons) -> the next one; undo for 30 seconds
//! ```

mod case;
mod filters;
mod keys;
mod list;
mod reasons;
mod state;
mod undo;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::desk::QueueFilter;

use self::state::{Parts, Review};
use super::app::App;
use super::practice;
use super::view::View;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Review as Markup;

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
        parts: Parts {
            list: list::draw,
            mark: |review| list::mark(review),
            case: case::draw,
            no_reasons: |review| reasons::close(review),
            undo: |review| undo::show(review),
        },
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
