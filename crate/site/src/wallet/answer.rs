//! The encrypted answer on a white full screen, until the question ends.

use std::cell::Cell;
use std::rc::Rc;

use cbor::Timestamp;
use protocol::MAX_LIFE_SECONDS;

use super::answering::Answer;
use super::app::App;
use super::full_screen;
use super::groups;
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::Screen;
use crate::browser::dom;
use crate::browser::frames::each_frame;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::painter::Stopped;
use crate::ui::projector::Projector;

/// By what an answer is known in the list of what was shown.
const PURPOSE: &str = "asked";

/// The full screen with the answer.
pub(super) async fn screen(app: &Rc<App>, answer: Answer) -> Result<Screen, Problem> {
    let Answer { payload, shown, until, wallet, asker } = answer;
    let (screen, page) = full_screen::of(&wallet, PURPOSE)?;
    let life = until.seconds_since(format::now()).clamp(1, MAX_LIFE_SECONDS);
    let projector = Rc::new(Projector::new(&page.code)?);
    projector.show(payload, ends_ms(until));
    app.remember(&wallet, PURPOSE, &shown, Some(asker)).await;

    let slot = wallet.stored.slot;
    let seconds = Rc::new(Cell::new(-1));
    let (written, counted, again) = (page.clone(), app.clone(), seconds.clone());
    screen.scope.text(move || {
        dom::set(&written.purpose, &tr("answer.title"));
        dom::set(&written.shows, &groups::named(&groups::name_keys(&shown)));
        dom::set(&written.warning, &wallet.warning());
        dom::set(&written.rhythm, &tr("answer.once"));
        dom::set(&written.count, &full_screen::count(&counted.shown_of(slot)));
        again.set(-1);
    });
    let shown_in = projector.clone();
    full_screen::ease(&screen.scope, &page, &projector, move |form| shown_in.toggle(form));
    let there = app.clone();
    full_screen::leave(&screen, &page, app, &projector, move || {
        stop(&there, Problem::Own(Own::QuestionHidden))
    });
    full_screen::stay_awake(&screen.scope, &projector);

    let there = app.clone();
    let frames = each_frame(move |at| match projector.step(at, || full_screen::room(&page)) {
        Ok(()) => {
            seconds.set(full_screen::ring(&page, &projector, life, seconds.get()));
            true
        }
        Err(stopped) => {
            let ended = Problem::Own(Own::AnswerEnded);
            stop(&there, if stopped == Stopped::Ended { ended } else { stopped.into() });
            false
        }
    });
    screen.scope.keep(frames);
    Ok(screen)
}

/// In milliseconds since 1970.
fn ends_ms(until: Timestamp) -> u64 {
    u64::try_from(until.unix()).unwrap_or(0).saturating_mul(1000)
}

fn stop(app: &Rc<App>, why: Problem) {
    app.go(Route::Question(Some(why)));
}
