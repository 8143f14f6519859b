//! The photo is reviewed. In the demo the visitor plays the reviewer: approve, or reject with a reason.

use std::rc::Rc;

use authority::application::Application;
use authority::demo::ReviewAnswer;
use authority::photo::RejectReason;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};

use super::{AUTHORITY, App, Pending, forget, keep, people, photo, resume};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{has, tr};
use crate::wallet::media::Picture;
use crate::wallet::problem::{self, Problem};
use crate::wallet::screen::Screen;
use crate::wallet::start;

/// The pending photo, or the result of its review.
pub(super) fn screen(app: &Rc<App>, waiting: Pending, why: Option<Problem>) -> Result<Screen, Problem> {
    let mut screen = Screen::new("review")?;
    let root = screen.root.clone();
    let large = waiting.photo.as_ref().map(|(large, _)| large.clone()).unwrap_or_default();
    Picture::show_in(&mut screen, &root, "photo", &large);
    let at_counter = matches!(waiting.application, Application::AtCounter(_));
    let replacing = waiting.is_replacement();

    let (page, last) = (root.clone(), waiting.application.rejections().last().map(|r| r.reason));
    screen.text(move || {
        let title = if at_counter { tr("application.at-counter") } else { tr("application.photo-submitted") };
        dom::write(&page, "title", &title);
        let lead = match last {
            Some(reason) if at_counter => photo::reason(reason),
            _ if replacing => tr("application.old-photo-serves"),
            _ => tr("review.lead"),
        };
        dom::write(&page, "lead", &lead);
        reasons(&page);
    });
    if let Some(desk) = dom::slot(&root, "desk") {
        dom::show(&desk, !at_counter);
    }
    if let Ok(Some(figure)) = root.query_selector("figure") {
        dom::show(&figure, !at_counter && !large.is_empty());
    }
    if !replacing {
        photo::back_to_people(&mut screen, app);
    }
    for (action, answer) in [("approve", true), ("reject", false)] {
        let (there, page) = (app.clone(), root.clone());
        screen.act(action, move || {
            let (app, page) = (there.clone(), page.clone());
            async move {
                problem::clear(&page);
                let answer = if answer { Some(ReviewAnswer::Approve) } else { chosen(&page) };
                match decide(&app, answer).await {
                    Ok(why) => app.go(|app| async move { super::resume_after(&app, why).await }),
                    Err(problem) => problem.say_in(&page),
                }
            }
        });
    }
    if let Some(other) = screen.find("[data-action=\"other\"]") {
        dom::show(&other, at_counter);
        let label = other.clone();
        screen.text(move || {
            let text = if replacing { tr("review.keep-old") } else { tr("review.other") };
            label.set_text_content(Some(&text));
        });
    }
    let there = app.clone();
    screen.click("other", move || {
        there.go(move |app| async move {
            forget(&app).await?;
            if replacing { start::first_screen(&app).await } else { people::screen(&app).await }
        });
    });
    if let Some(again) = screen.find("[data-action=\"again\"]") {
        dom::show(&again, why.is_some());
    }
    let there = app.clone();
    screen.click("again", move || there.go(|app| async move { resume(&app).await }));
    if let Some(why) = why {
        why.say_in(&root);
    }
    Ok(screen)
}

/// The reasons in the language that is shown; the chosen one stays chosen.
fn reasons(root: &Element) {
    let Some(select) = root.query_selector("select").ok().flatten() else {
        return;
    };
    let options = dom::all_in(&select, "option");
    for (index, reason) in RejectReason::ALL.into_iter().enumerate() {
        let text = photo::reason(reason);
        if let Some(option) = options.get(index) {
            option.set_text_content(Some(&text));
        } else if let Ok(option) = dom::document().create_element("option") {
            let _ = option.set_attribute("value", reason.code());
            option.set_text_content(Some(&text));
            let _ = select.append_child(&option);
        }
    }
}

fn chosen(root: &Element) -> Option<ReviewAnswer> {
    let select: HtmlSelectElement = root.query_selector("select").ok()??.dyn_into().ok()?;
    RejectReason::from_code(&select.value()).map(ReviewAnswer::Reject)
}

/// Gives the answer; answers with what the holder must hear, where it is a no.
async fn decide(app: &Rc<App>, answer: Option<ReviewAnswer>) -> Result<Option<Problem>, Problem> {
    let answer = answer.ok_or(Problem::Unexpected)?;
    let Some(Pending { application: Application::PhotoSubmitted(submitted), photo }) =
        super::pending(app).await?
    else {
        return Err(Problem::Store(crate::storage::StoreError::Changed));
    };
    let after = AUTHORITY.review(submitted, answer, format::now());
    let approved = matches!(after, Application::Approved(_));
    keep(app, &after, photo.filter(|_| approved)).await?;
    Ok(match answer {
        ReviewAnswer::Reject(reason) if has(&format!("code.{}", reason.code())) => {
            Some(Problem::coded(reason.code())).filter(|_| matches!(after, Application::PhotoNeeded(_)))
        }
        _ => None,
    })
}
