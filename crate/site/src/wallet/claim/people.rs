//! The first two steps of a claim, welcome and person, and the photo on file.

use std::rc::Rc;

use authority::application::PhotoOnFile;
use authority::error::ClaimCode;

use super::in_app;
use crate::browser::{dom, name};
use crate::ui::format;
use crate::ui::i18n::{Language, fill, language, tr};
use crate::ui::markup::wallet::{OnFile, People, PeopleGroup, Person as Row, Welcome};
use crate::ui::scope::Scope;
use crate::wallet::app::App;
use crate::wallet::application::{self, forget, keep};
use crate::wallet::issuer::{Group, Issuer, Person};
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// Step 1: the welcome.
pub(super) fn welcome(app: &Rc<App>) -> Result<Screen, Problem> {
    let page = Welcome::new()?;
    let screen = Screen::new(At::Welcome, &page.root);
    app.link(&screen.scope, &page.start, || Route::Claim(Claim::People(None)));
    // Some systems keep what an app on the home screen stores apart from the browser.
    let installed = name::is_installed();
    dom::show(&page.own_store, installed);
    dom::show(&page.again, !installed);
    in_app::put(&screen.scope, &page);
    Ok(screen)
}

/// Step 2: the people who can claim.
pub(super) fn screen(app: &Rc<App>, issuer: impl Issuer, why: Option<Problem>) -> Result<Screen, Problem> {
    let page = People::new()?;
    let screen = Screen::new(At::People, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    app.link(&screen.scope, &page.back, || Route::Claim(Claim::Welcome));
    let people = issuer.people();
    for group in Group::ALL {
        let of_group: Vec<_> = people.iter().filter(|person| person.group == group).cloned().collect();
        let Ok(place) = PeopleGroup::new() else {
            continue;
        };
        if of_group.is_empty() {
            continue;
        }
        let _ = place.root.set_attribute("data-group", group.code());
        let title = place.title.clone();
        screen.scope.text(move || dom::set(&title, &tr(&format!("people.{}", group.code()))));
        let _ = page.groups.append_child(&place.root);
        for person in of_group {
            let Ok(row) = Row::new() else {
                continue;
            };
            draw(&screen.scope, &row, &person);
            let _ = place.people.append_child(&row.root);
            let (app, issuer, said) = (app.clone(), issuer.clone(), notices.clone());
            screen.scope.click(&row.person, move || {
                said.clear();
                let (there, issuer) = (app.clone(), issuer.clone());
                app.follow(async move { choose(&there, &issuer, person.reference).await });
            });
        }
    }
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// Writes the row of a person.
fn draw(scope: &Scope, row: &Row, person: &Person) {
    dom::set(&row.name, &person.name);
    dom::set(&row.pinyin, &person.name_latin);
    dom::set(&row.classes, &person.classes);
    dom::show(&row.portrait, person.photo.is_some());
    dom::show(&row.no_photo, person.photo.is_none());
    if let Some(photo) = &person.photo {
        row.portrait.set_src(photo);
    }
    let (about, story, opens) = (row.about.clone(), person.story.clone(), person.opens);
    scope.text(move || {
        let words = match opens {
            Some((city, latin, from)) => {
                let city = if language() == Language::Chinese { city } else { latin };
                fill("people.opens", &[("city", city), ("date", &format::day(from))])
            }
            None => tr(&story),
        };
        dom::set(&about, &words);
    });
    let _ = row.person.set_attribute("data-person", person.reference);
}

/// A person was chosen: the same one as before resumes the application, another one starts a new one.
async fn choose(app: &App, issuer: &impl Issuer, reference: &str) -> Result<Route, Problem> {
    let waits = application::read(app).await.ok().flatten();
    if waits.is_none_or(|waiting| waiting.application.claim().reference() != reference) {
        match issuer.apply(reference).await {
            Ok(application) => keep(app, &application, None).await?,
            Err(problem) => return Ok(Route::Claim(Claim::People(Some(problem)))),
        }
    }
    Ok(Route::Claim(Claim::Resume(None)))
}

/// Step 3 with a photo on file: the person confirms it.
pub(super) fn on_file(
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
    // Back leads to the choice of a person: this application is forgotten.
    let there = app.clone();
    screen.scope.click(&page.back, move || {
        let app = there.clone();
        there.follow(async move {
            forget(&app).await?;
            Ok(Route::Claim(Claim::People(None)))
        });
    });
    let (there, said) = (app.clone(), notices.clone());
    screen.scope.act(&page.confirm, move || {
        let (app, notices, issuer) = (there.clone(), said.clone(), issuer.clone());
        let application = application.clone();
        async move {
            notices.clear();
            match issuer.confirm_photo(application).await {
                Ok((approved, portraits)) => app.go(Route::Claim(Claim::Make(approved, portraits))),
                Err(problem) => notices.say(problem),
            }
        }
    });
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}
