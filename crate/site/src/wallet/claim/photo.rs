//! A photo is needed: the camera, or a file.

use std::rc::Rc;

use authority::application::Application;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{App, Pending, camera, crop, forget, people, picture};
use crate::browser::dom;
use crate::ui::i18n;
use crate::ui::i18n::{fill, tr};
use crate::wallet::problem::{self, Problem};
use crate::wallet::screen::Screen;

/// The two ways to a photo, and what the last review said.
pub(super) fn screen(app: &Rc<App>, waiting: Pending, why: Option<Problem>) -> Result<Screen, Problem> {
    let mut screen = Screen::new("photo")?;
    let root = screen.root.clone();
    let replacing = waiting.is_replacement();
    let rejections = waiting.application.rejections().len();
    let page = root.clone();
    screen.text(move || {
        let title = if replacing { tr("photo.title.replace") } else { tr("application.photo-needed") };
        dom::write(&page, "title", &title);
        dom::write(&page, "step", &if replacing { String::new() } else { tr("wallet.step.3") });
        let lead = if rejections > 0 {
            fill("application.rejected-count", &[("count", &rejections.to_string())])
        } else if replacing {
            tr("application.old-photo-serves")
        } else {
            tr("photo.lead")
        };
        dom::write(&page, "lead", &lead);
    });
    if !replacing {
        back_to_people(&mut screen, app);
    }
    let there = app.clone();
    screen.click("camera", move || there.go(|app| async move { camera::screen(&app).await }));
    if let Some(input) = screen.find("input[type=file]").and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) {
        let (there, page, chosen) = (app.clone(), root.clone(), input.clone());
        screen.on(&input, "change", move |_| {
            problem::clear(&page);
            let Some(file) = chosen.files().and_then(|files| files.get(0)) else {
                return;
            };
            // The same file may be chosen again after a failure.
            chosen.set_value("");
            let (app, page) = (there.clone(), page.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match picture::of_file(&file).await {
                    Ok(source) => {
                        app.go(|app| async move { crop::screen(&app, source, crop::From::File) });
                    }
                    Err(problem) => problem.say_in(&page),
                }
            });
        });
    }
    if let Some(withdraw) = screen.find("[data-action=\"withdraw\"]") {
        dom::show(&withdraw, replacing);
    }
    let there = app.clone();
    screen.click("withdraw", move || {
        there.go(|app| async move {
            forget(&app).await?;
            crate::wallet::start::first_screen(&app).await
        });
    });
    if let Some(why) = why {
        why.say_in(&root);
    }
    Ok(screen)
}

/// Back means the list of drivers; the application stays, and goes on when the same driver is chosen.
pub(super) fn back_to_people(screen: &mut Screen, app: &Rc<App>) {
    let Some(back) = screen.find("[data-go=\"back\"]") else {
        return;
    };
    let _ = back.set_attribute("data-own", "");
    let app = app.clone();
    screen.on(&back, "click", move |_| app.go(|app| async move { people::screen(&app).await }));
}

/// The application must still wait for a photo: another tab may have handed one in.
pub(super) async fn still_needed(app: &Rc<App>) -> Result<authority::application::PhotoNeeded, Problem> {
    match super::pending(app).await? {
        Some(Pending { application: Application::PhotoNeeded(needed), .. }) => Ok(needed),
        _ => Err(Problem::Store(crate::storage::StoreError::Changed)),
    }
}

/// The word for a rejection's reason.
pub(super) fn reason(reason: authority::photo::RejectReason) -> String {
    i18n::tr(&format!("code.{}", reason.code()))
}
