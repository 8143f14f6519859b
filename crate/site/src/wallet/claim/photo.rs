//! A photo is needed: the camera, or a file.

use std::rc::Rc;

use authority::photo::{PhotoSource, RejectReason};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;

use crate::browser::{dom, fetch, trial};
use crate::photograph::picture;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::Photo;
use crate::ui::portrait::Picture;
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application::{Pending, forget};
use crate::wallet::issuer::Issuer;
use crate::wallet::notices::Notices;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The two ways to a photo, the drawing of a trial, and the result of the last review.
pub(super) fn screen(
    app: &Rc<App>,
    issuer: &impl Issuer,
    waiting: &Pending,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let page = Photo::new()?;
    let screen = Screen::new(At::Photo, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    let replacing = waiting.is_replacement();
    let rejections = waiting.application.rejections().len();
    let (written, note) = (page.clone(), note(waiting));
    screen.scope.text(move || {
        let title = match (rejections, replacing) {
            (0, true) => tr("photo.title.replace"),
            (0, false) => tr("application.photo-needed"),
            (count, _) => fill("photo.title.rejected", &[("count", &count.to_string())]),
        };
        dom::set(&written.title, &title);
        dom::set(&written.step, &if replacing { String::new() } else { tr("wallet.step.3") });
        let lead = if rejections > 0 {
            let count = fill("application.rejected-count", &[("count", &rejections.to_string())]);
            with_note(count, note.as_deref())
        } else if replacing {
            tr("application.old-photo-serves")
        } else {
            tr("photo.lead")
        };
        dom::set(&written.lead, &lead);
    });
    let rejected = waiting.photo.as_ref().filter(|_| rejections > 0).map(|photo| photo.large.clone());
    dom::show(&page.figure, rejected.is_some());
    Picture::show_in(&screen.scope, &page.rejected, &rejected.unwrap_or_default());
    app.link(&screen.scope, &page.back, move || back(replacing));
    app.link(&screen.scope, &page.camera, || Route::Claim(Claim::Camera));
    let (there, said, input) = (app.clone(), notices.clone(), page.file.clone());
    screen.scope.on(&page.file, "change", move |_| {
        said.clear();
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file may be chosen again after a failure.
        input.set_value("");
        let (app, notices) = (there.clone(), said.clone());
        spawn_local(async move {
            match picture::of_file(&file).await {
                Ok(source) => app.go(Route::Claim(Claim::Crop(source, PhotoSource::File))),
                Err(problem) => notices.say(problem.into()),
            }
        });
    });
    let drawing = issuer.person(waiting.application.claim().reference()).map(|person| person.drawing);
    let drawing = drawing.filter(|_| trial::is_on());
    dom::show(&page.drawing, drawing.is_some());
    if let Some(path) = drawing {
        let (there, said) = (app.clone(), notices.clone());
        screen.scope.act(&page.drawing, move || {
            let (app, notices, path) = (there.clone(), said.clone(), path.clone());
            async move {
                notices.clear();
                match drawn(&path).await {
                    Ok(source) => app.go(Route::Claim(Claim::Crop(source, PhotoSource::File))),
                    Err(problem) => notices.say(problem),
                }
            }
        });
    }
    dom::show(&page.withdraw, replacing);
    let there = app.clone();
    screen.scope.click(&page.withdraw, move || {
        let app = there.clone();
        there.follow(async move {
            forget(&app).await?;
            Ok(Route::Home)
        });
    });
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// The drawing at a path, on a canvas.
async fn drawn(path: &str) -> Result<HtmlCanvasElement, Problem> {
    let drawing = fetch::as_blob(path).await.ok_or(Problem::Own(Own::PhotoFetch))?;
    Ok(picture::of_file(&drawing).await?)
}

/// Back from a photo: to the licence that was found, where the application stays and goes on; home, where it is about a
/// licence that is there.
pub(super) fn back(replacing: bool) -> Route {
    if replacing { Route::Home } else { Route::Claim(Claim::Found) }
}

/// What the desk wrote beside the last rejection.
pub(super) fn note(waiting: &Pending) -> Option<String> {
    waiting.application.rejections().last().and_then(|rejection| rejection.note.clone())
}

/// A sentence, and after it what the desk wrote.
pub(super) fn with_note(sentence: String, note: Option<&str>) -> String {
    match note {
        Some(note) => {
            format!("{sentence} {}", fill("application.rejected-note", &[("note", &words::isolate(note))]))
        }
        None => sentence,
    }
}

/// The word for a rejection's reason.
pub(super) fn reason(reason: RejectReason) -> String {
    tr(&format!("code.{}", reason.code()))
}
