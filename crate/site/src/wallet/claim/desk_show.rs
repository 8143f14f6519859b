//! Who receives the application, and the sealed application as codes.

use std::rc::Rc;

use authority::post::VerifiedDesk;

use super::desk_sent::Sent;
use crate::browser::dom;
use crate::post::showing;
use crate::storage::StoreError;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{PostDesk, PostShow};
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application;
use crate::wallet::issuer::Issuer;
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Desk, DeskMessage, Route};
use crate::wallet::screen::{At, Screen};

/// The desk whose offer was read, by its name; nothing was sent to it yet.
pub(super) async fn confirm(
    app: &Rc<App>,
    issuer: impl Issuer,
    desk: &Rc<VerifiedDesk>,
) -> Result<Screen, Problem> {
    let page = PostDesk::new()?;
    let screen = Screen::new(At::DeskConfirm, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    let waiting = application::read(app).await?;
    let with_photo = waiting.is_some_and(|waiting| waiting.own_photo().is_some());
    let (written, told) = (page.clone(), desk.clone());
    scope.text(move || {
        dom::set(&written.what, &tr(if with_photo { "post.desk.what" } else { "post.desk.what.on-file" }));
        dom::set(&written.name, told.name());
        dom::set(
            &written.authority,
            &fill("post.desk.authority", &[("authority", &words::isolate(told.authority()))]),
        );
        dom::set(&written.until, &fill("post.desk.until", &[("time", &format::moment(told.until()))]));
    });
    for control in [&page.back, &page.other] {
        app.link(scope, control, || Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Offer, None))));
    }
    let (there, said, desk) = (app.clone(), notices, desk.clone());
    scope.act(&page.seal, move || {
        let (app, notices, issuer, desk) = (there.clone(), said.clone(), issuer.clone(), desk.clone());
        async move {
            let prepared = async {
                let waiting = application::read(&app).await?.ok_or(Problem::Store(StoreError::Changed))?;
                Sent::prepare(&app, &issuer, &waiting, &desk).await
            };
            match prepared.await {
                Ok(_) => app.go(Route::Claim(Claim::Desk(Desk::Show))),
                Err(problem) => notices.say(problem),
            }
        }
    });
    Ok(screen)
}

/// The sealed application as codes for the desk's camera, or as a file.
pub(super) async fn show(app: &Rc<App>) -> Result<Screen, Problem> {
    let sent = Sent::read(app).await?.ok_or(Problem::Store(StoreError::Changed))?;
    let page = PostShow::new()?;
    let screen = Screen::new(At::DeskShow, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    app.link(scope, &page.back, || Route::Claim(Claim::Resume(None)));
    app.link(scope, &page.read_answer, || Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Answer, None))));
    let (written, desk) = (page.clone(), sent.desk.clone());
    scope.text(move || {
        dom::set(&written.lead, &fill("post.show.lead", &[("desk", &words::isolate(&desk))]));
    });
    let (saved, said) = (sent.clone(), notices.clone());
    scope.click(&page.save, move || {
        if !saved.save() {
            said.say(Problem::Unexpected);
        }
    });
    let stopped = notices.clone();
    showing::show(scope, &page.code, (&page.larger, &page.smaller), sent.payload, move |why| {
        stopped.say(why.into());
    })?;
    Ok(screen)
}
