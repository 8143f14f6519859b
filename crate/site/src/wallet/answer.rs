//! The encrypted answer on a white full screen, until the question ends.

use std::cell::Cell;
use std::rc::Rc;

use cbor::Timestamp;
use licence::elements::name_key;
use protocol::message::MAX_LIFE_SECONDS;
use verdict::card::Ground;

use super::holder::Wallet;
use super::problem::Problem;
use super::screen::Screen;
use super::{App, full_screen, present, question};
use crate::browser::dom;
use crate::browser::frames::each_frame;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::projector::{Projector, Stopped};

/// By what an answer is known in the list of what was shown.
pub(super) const PURPOSE: &str = "asked";

/// An answer that is signed, encrypted and ready to be drawn.
pub(super) struct Ready {
    /// The payload of the QR link.
    pub(super) payload: Vec<u8>,
    /// The identifiers of what it shows.
    pub(super) shown: Vec<String>,
    /// The last second in which the question can be answered.
    pub(super) until: Timestamp,
    /// Whose licence it is.
    pub(super) wallet: Rc<Wallet>,
}

/// The full screen with the answer.
pub(super) async fn screen(app: &Rc<App>, ready: Ready) -> Result<Screen, Problem> {
    let mut screen = Screen::new("present")?;
    let root = screen.root.clone();
    let red = ready.wallet.card_status().ground == Ground::Red;
    let _ = root.set_attribute("data-group", if red { "red" } else { "green" });
    let _ = root.set_attribute("data-purpose", PURPOSE);
    if let Some(warning) = dom::slot(&root, "warning") {
        dom::show(&warning, red);
    }
    let life = ready.until.seconds_since(format::now()).clamp(1, MAX_LIFE_SECONDS);
    let projector = Rc::new(Projector::new(&root)?);
    let ends_ms = u64::try_from(ready.until.unix()).unwrap_or(0).saturating_mul(1000);
    projector.show(ready.payload, ends_ms);
    present::remember(app, PURPOSE, &ready.shown).await;

    let seconds = Rc::new(Cell::new(-1));
    let (page, names, counted, again) = (root.clone(), ready.shown, app.clone(), seconds.clone());
    let wallet = ready.wallet.clone();
    screen.text(move || {
        dom::write(&page, "purpose", &tr("answer.title"));
        let shown: Vec<String> = names.iter().map(|id| tr(&name_key(id))).collect();
        dom::write(&page, "shows", &format::list(&shown));
        dom::write(&page, "warning", &wallet.warning());
        dom::write(&page, "rhythm", &tr("answer.once"));
        dom::write(&page, "count", &present::count(&counted.shown.borrow()));
        again.set(-1);
    });
    full_screen::ease(&mut screen, &projector);
    let there = app.clone();
    full_screen::leave(&mut screen, app, &projector, move || stop(&there, "question-hidden"));
    full_screen::stay_awake(&mut screen, &projector);

    let there = app.clone();
    let frames = each_frame(move |at| match projector.step(at, || full_screen::room(&root)) {
        Ok(()) => {
            seconds.set(full_screen::ring(&root, &projector, life, seconds.get()));
            true
        }
        Err(Stopped::Ended) => {
            stop(&there, "answer-ended");
            false
        }
        Err(other) => {
            let why: Problem = other.into();
            there.go(|app| async move { question::screen_after(&app, Some(why)) });
            false
        }
    });
    screen.leave(move || drop(frames));
    Ok(screen)
}

fn stop(app: &Rc<App>, why: &'static str) {
    app.go(move |app| async move { question::screen_after(&app, Some(Problem::Named(why))) });
}
