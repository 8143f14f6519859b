//! The photo on file, which the authority fetches by itself: is it the holder?

use std::rc::Rc;

use authority::application::PhotoOnFile;
use authority::error::ClaimCode;
use authority::photo::PhotoSource;

use crate::browser::dom;
use crate::ui::i18n::fill;
use crate::ui::markup::wallet::OnFile;
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application::keep_to_confirm;
use crate::wallet::issuer::Issuer;
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The photo, and the way on.
pub(super) fn screen(
    app: &Rc<App>,
    issuer: impl Issuer,
    application: PhotoOnFile,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let reference = application.claim().reference();
    let person = issuer.person(reference).ok_or(Problem::coded(ClaimCode::PersonUnknown.info()))?;
    let page = OnFile::new()?;
    let screen = Screen::new(At::OnFile, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    dom::set(&page.name, &person.name);
    dom::set(&page.pinyin, &person.name_latin);
    page.photo.set_src(&person.photo.unwrap_or_default());
    let (contact, office) = (page.contact.clone(), person.office);
    screen.scope.text(move || {
        dom::set(&contact, &fill("on-file.not-me.about", &[("office", &words::isolate(&office))]));
    });
    // The application stays: the same licence goes on with it.
    app.link(&screen.scope, &page.back, || Route::Claim(Claim::Found));
    let (there, said) = (app.clone(), notices.clone());
    screen.scope.act(&page.next, move || {
        let (app, notices, application) = (there.clone(), said.clone(), application.clone());
        async move {
            notices.clear();
            match keep_to_confirm(&app, &application.into(), None, Some(PhotoSource::OnFile)).await {
                Ok(()) => app.go(Route::Claim(Claim::Resume(None))),
                Err(problem) => notices.say(problem),
            }
        }
    });
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}
