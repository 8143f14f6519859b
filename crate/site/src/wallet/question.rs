//! The screen that reads a verifier's question, by camera or from pictures.

use std::rc::Rc;

use super::answering;
use super::app::App;
use super::notices::Notices;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::scan::place::Place;
use crate::scan::progress::Progress;
use crate::scan::reader::Reader;
use crate::ui::markup::wallet::Question as Markup;

/// The screen that reads a question. A question leads to the consent; anything else is a problem that is shown.
pub(super) fn screen(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let page = Markup::new()?;
    let screen = Screen::new(At::Question, &page.root);
    let scope = &screen.scope;
    app.link(scope, &page.back, || Route::Home);
    let place = Rc::new(Place::from(&page));
    let notices = Notices::new(&page.problem, scope);
    if let Some(why) = why {
        notices.say(why);
    }
    let there = app.clone();
    let progress = Progress::of_question(&place);
    Reader::start(scope, &place, progress, (&page.camera_start, &page.files), move |payload| {
        match answering::Question::read(&payload, there.wallets()) {
            Ok(question) => {
                there.go(Route::Consent(Box::new(question)));
                false
            }
            Err(problem) => {
                notices.say(problem);
                true
            }
        }
    });
    Ok(screen)
}
