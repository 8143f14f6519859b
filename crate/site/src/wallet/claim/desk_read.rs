//! The screen that reads what a desk shows: its offer, or its answer; by camera, from pictures, or from a file.

use std::rc::Rc;

use authority::post::{DeskOffer, VerifiedDesk};

use super::desk_answer;
use crate::browser::dom;
use crate::composition;
use crate::post::kind::Kind;
use crate::scan::place::Place;
use crate::scan::progress::Progress;
use crate::scan::reader::Reader;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::PostRead;
use crate::wallet::app::App;
use crate::wallet::notices::Notices;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Desk, DeskMessage, Route};
use crate::wallet::screen::{At, Screen};

/// Verifies an offer under the authority's root for desks.
pub(super) fn verify_offer(payload: &[u8]) -> Result<VerifiedDesk, Problem> {
    let offer = DeskOffer::decode(payload).map_err(|error| Problem::coded(error.kind().info()))?;
    composition::desks()
        .verify(&offer, format::now(), &signature::RustCrypto)
        .map_err(|error| Problem::Coded(error.kind().info(), error.args()))
}

/// The screen; what is read leads on by itself.
pub(super) fn screen(app: &Rc<App>, what: DeskMessage, why: Option<Problem>) -> Result<Screen, Problem> {
    let page = PostRead::new()?;
    let screen = Screen::new(At::DeskRead, &page.root);
    let scope = &screen.scope;
    app.link(scope, &page.back, || Route::Claim(Claim::Resume(None)));
    let _ = page.root.set_attribute("data-what", if what == DeskMessage::Offer { "offer" } else { "answer" });
    let written = page.clone();
    scope.text(move || {
        let (title, lead) = match what {
            DeskMessage::Offer => (tr("post.read.offer"), tr("post.read.offer.lead")),
            DeskMessage::Answer => (tr("post.read.answer"), tr("post.read.answer.lead")),
        };
        dom::set(&written.title, &title);
        dom::set(&written.lead, &lead);
    });
    let place = Rc::new(Place::from(&page));
    let notices = Notices::new(&page.problem, scope);
    if let Some(why) = why {
        notices.say(why);
    }
    let there = app.clone();
    let progress = Progress::new(&place);
    Reader::start(scope, &place, progress, (&page.camera_start, &page.files), move |payload| {
        match (what, Kind::of(&payload)) {
            (DeskMessage::Offer, Some(Kind::Offer)) => match verify_offer(&payload) {
                Ok(desk) => {
                    there.go(Route::Claim(Claim::Desk(Desk::Confirm(Box::new(desk)))));
                    return false;
                }
                Err(problem) => notices.say(problem),
            },
            (DeskMessage::Answer, Some(Kind::Answer)) => {
                let app = there.clone();
                there.follow(async move {
                    let applied = desk_answer::apply(&app, &payload).await;
                    let again = |why| Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Answer, Some(why))));
                    Ok(applied.unwrap_or_else(again))
                });
                return false;
            }
            (DeskMessage::Offer, _) => notices.say(Problem::Own(Own::NotADesk)),
            (DeskMessage::Answer, _) => notices.say(Problem::Own(Own::NotAnAnswer)),
        }
        true
    });
    Ok(screen)
}
