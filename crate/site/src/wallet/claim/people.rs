//! The first two steps, and the photo on file: what this is, who you are in the demo, is this your photo.

use std::rc::Rc;

use authority::application::Application;
use authority::demo::DemoPerson;

use super::picture::fetch;
use super::{AUTHORITY, App, claim_problem, forget, keep, make, pending, resume};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::wallet::problem::{self, Problem};
use crate::wallet::screen::Screen;

/// Step 1: what this is.
pub(super) fn welcome(app: &Rc<App>) -> Result<Screen, Problem> {
    let mut screen = Screen::new("welcome")?;
    let app = app.clone();
    screen.click("start", move || app.go(|app| async move { self::screen(&app).await }));
    Ok(screen)
}

/// Step 2: the demo drivers.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    screen_after(app, None).await
}

async fn screen_after(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let mut screen = Screen::new("people")?;
    let list = dom::slot(&screen.root, "people").ok_or(Problem::Unexpected)?;
    for person in AUTHORITY.people() {
        let Some(row) = dom::template("t-person") else {
            continue;
        };
        dom::write(&row, "name", &person.name_zh());
        dom::write(&row, "pinyin", &person.name_latin());
        dom::write(&row, "classes", &person.classes());
        if let (Some(image), Some(none)) = (dom::slot(&row, "portrait"), dom::slot(&row, "no-photo")) {
            dom::show(&image, person.photo_on_file);
            dom::show(&none, !person.photo_on_file);
            if person.photo_on_file {
                let _ = image.set_attribute("src", &person.portrait_path());
            }
        }
        let about = row.clone();
        screen.text(move || dom::write(&about, "about", &tr(&person.story_key())));
        let _ = list.append_child(&row);
        let Ok(Some(button)) = row.query_selector("button") else {
            continue;
        };
        let _ = button.set_attribute("data-person", person.id);
        let (app, root) = (app.clone(), screen.root.clone());
        screen.on(&button, "click", move |_| {
            problem::clear(&root);
            app.go(move |app| async move { choose(&app, person).await });
        });
    }
    if let Some(why) = why {
        why.say_in(&screen.root);
    }
    Ok(screen)
}

/// A driver was chosen: the same one as before goes on where they were, another one starts.
async fn choose(app: &Rc<App>, person: &'static DemoPerson) -> Result<Screen, Problem> {
    if let Ok(Some(waiting)) = pending(app).await
        && waiting.application.claim().reference() == person.id
    {
        return resume(app).await;
    }
    match AUTHORITY.start(person.id, format::now()) {
        Ok(application) => {
            keep(app, &application, None).await?;
            resume(app).await
        }
        Err(error) => screen_after(app, Some(claim_problem(&error))).await,
    }
}

/// Step 3 with a photo on file: is it yours?
pub(super) async fn on_file(
    app: &Rc<App>,
    application: Application,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let id = application.claim().reference().to_owned();
    let person = AUTHORITY.person(&id).ok_or(Problem::coded("claim-person-unknown"))?;
    let mut screen = Screen::new("on-file")?;
    let root = screen.root.clone();
    dom::write(&root, "name", &person.name_zh());
    dom::write(&root, "pinyin", &person.name_latin());
    if let Some(image) = dom::slot(&root, "photo") {
        let _ = image.set_attribute("src", &person.portrait_path());
    }
    // Back means another driver: this one is forgotten, nothing else is lost.
    if let Some(back) = screen.find("[data-go=\"back\"]") {
        let _ = back.set_attribute("data-own", "");
        let there = app.clone();
        screen.on(&back, "click", move |_| {
            there.go(|app| async move {
                forget(&app).await?;
                self::screen(&app).await
            });
        });
    }
    let (there, page) = (app.clone(), root.clone());
    screen.act("confirm", move || {
        let (app, page, application) = (there.clone(), page.clone(), application.clone());
        async move {
            problem::clear(&page);
            match confirm(application, person).await {
                Ok((approved, portraits)) => {
                    app.go(|app| async move { make::screen(&app, approved, portraits) });
                }
                Err(problem) => problem.say_in(&page),
            }
        }
    });
    if let Some(why) = why {
        why.say_in(&root);
    }
    Ok(screen)
}

async fn confirm(
    application: Application,
    person: &'static DemoPerson,
) -> Result<(authority::application::Approved, (Vec<u8>, Vec<u8>)), Problem> {
    let Application::PhotoOnFile(on_file) = application else {
        return Err(Problem::Unexpected);
    };
    let large = fetch(&person.portrait_path()).await?;
    let small = AUTHORITY.small_portrait(person.id).ok_or(Problem::Unexpected)?.to_vec();
    let approved = AUTHORITY
        .confirm_photo(on_file, &large, format::now())
        .map_err(|(_, error)| Problem::coded(error.code()))?;
    Ok((approved, (large, small)))
}
