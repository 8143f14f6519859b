//! The last question before the licence is made, or before a photo is handed in for review.

use std::rc::Rc;

use authority::application::{Application, Occasion};
use authority::photo::PhotoSource;

use super::checks::Checks;
use super::desk_carriers;
use crate::browser::dom;
use crate::storage::StoreError;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::{Confirm, Fact};
use crate::ui::portrait::Picture;
use crate::wallet::app::App;
use crate::wallet::application::{self, Pending, keep};
use crate::wallet::issuer::{Issuer, OnRecord};
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// What is about to happen, with the photo and the licence that it is about.
pub(super) async fn screen(
    app: &Rc<App>,
    issuer: impl Issuer,
    waiting: Pending,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let page = Confirm::new()?;
    let screen = Screen::new(At::Confirm, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    let claim = waiting.application.claim();
    let kind = match (claim.occasion(), waiting.confirming) {
        (Occasion::FirstClaim, Some(PhotoSource::OnFile)) => "on-file",
        (Occasion::FirstClaim, _) => "photo",
        _ => "replace",
    };
    let found = issuer.on_record(claim.reference());
    if let Some(photo) = waiting.photo.as_ref().filter(|_| kind != "on-file") {
        Checks::of_photo(scope, &page.checks, photo.large.clone())?;
    }
    match &waiting.photo {
        Some(photo) => Picture::show_in(scope, &page.photo, &photo.large),
        None => {
            let on_file = found.as_ref().and_then(|found| found.person.photo.clone());
            page.photo.set_src(&on_file.unwrap_or_default());
        }
    }
    dom::show(&page.step, kind != "replace");
    let written = page.clone();
    scope.text(move || {
        dom::set(&written.title, &tr(&format!("confirm.title.{kind}")));
        dom::set(&written.what, &tr(&format!("confirm.what.{kind}")));
        dom::set(&written.leaves, &tr(&format!("confirm.leaves.{kind}")));
        dom::set(&written.confirm, &tr(if kind == "on-file" { "confirm.claim" } else { "confirm.submit" }));
        if let Some(found) = &found {
            facts(&written, found);
        }
    });
    let (there, before) = (app.clone(), waiting.application.clone());
    scope.click(&page.back, move || {
        let (app, application) = (there.clone(), before.clone());
        there.follow(async move {
            keep(&app, &application, None).await?;
            Ok(Route::Claim(Claim::Resume(None)))
        });
    });
    let (there, said, signer) = (app.clone(), notices.clone(), issuer.clone());
    scope.act(&page.confirm, move || {
        let (app, notices, issuer) = (there.clone(), said.clone(), signer.clone());
        async move {
            notices.clear();
            match confirm(&app, &issuer).await {
                Ok(route) => app.go(route),
                Err(problem) => notices.say(problem),
            }
        }
    });
    // The photo on file is the desk's own: it answers at once.
    let ways = match kind {
        "on-file" => desk_carriers::put(app, scope, &page.carriers, &notices, issuer, &waiting).await?,
        _ => None,
    };
    dom::show(&page.desk, ways.is_some());
    page.desk.set_open(ways == Some(true));
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// Whose licence it is.
fn facts(page: &Confirm, found: &OnRecord) {
    page.facts.set_text_content(None);
    let lines = [
        ("details.name", found.person.name.clone()),
        ("element.document_number", format::masked(&found.number)),
        ("element.classes", found.person.classes.clone()),
        ("element.expiry_date", found.until.map_or_else(|| tr("common.long-term"), format::day)),
    ];
    for (key, value) in lines {
        let Ok(line) = Fact::new() else {
            continue;
        };
        dom::set(&line.label, &tr(key));
        dom::set(&line.value, &value);
        let _ = page.facts.append_child(&line.root);
    }
}

/// Does what was confirmed, with what is stored now: another tab may have gone on.
async fn confirm(app: &App, issuer: &impl Issuer) -> Result<Route, Problem> {
    let changed = Problem::Store(StoreError::Changed);
    let Some(Pending { application, photo, confirming: Some(source), .. }) = application::read(app).await?
    else {
        return Err(changed);
    };
    match (application, photo) {
        (Application::PhotoOnFile(on_file), _) => {
            let (approved, portraits) = issuer.confirm_photo(on_file).await?;
            Ok(Route::Claim(Claim::Make(approved, portraits)))
        }
        (Application::PhotoNeeded(needed), Some(portraits)) => {
            let submitted = issuer.submit_photo(needed, &portraits, source).await?;
            keep(app, &submitted.into(), Some(portraits)).await?;
            Ok(Route::Claim(Claim::Resume(None)))
        }
        _ => Err(changed),
    }
}
