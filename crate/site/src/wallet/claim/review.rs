//! The photo is reviewed: how long it waits, and the answer. Where no desk is at hand the visitor answers as the reviewer.

use std::cell::Cell;
use std::rc::Rc;

use authority::application::Application;
use authority::desk::due;
use authority::photo::RejectReason;
use cbor::Timestamp;
use licence::shanghai_day;
use web_sys::HtmlOptionElement;

use super::{desk_answer, desk_carriers, photo};
use crate::browser::{dom, trial};
use crate::storage::StoreError;
use crate::ui::format;
use crate::ui::i18n::{fill, has, tr};
use crate::ui::markup::wallet::Review;
use crate::ui::portrait::Picture;
use crate::ui::scope::Scope;
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application::{self, Pending, forget, keep};
use crate::wallet::issuer::Issuer;
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The photo that waits for its review, or the result.
pub(super) async fn screen(
    app: &Rc<App>,
    issuer: impl Issuer,
    waiting: Pending,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let page = Review::new()?;
    let screen = Screen::new(At::Review, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    let large = waiting.photo.as_ref().map(|photo| photo.large.clone()).unwrap_or_default();
    Picture::show_in(scope, &page.photo, &large);
    let at_counter = matches!(waiting.application, Application::AtCounter(_));
    let replacing = waiting.is_of_held();
    let again = waiting.is_reclaim();

    let reasons = reasons(&page);
    let (written, last) = (page.clone(), waiting.application.rejections().last().map(|r| r.reason));
    let note = photo::note(&waiting);
    scope.text(move || {
        let title = match (again, at_counter) {
            (true, _) => tr("reclaim.title"),
            (_, true) => tr("application.at-counter"),
            (_, false) => tr("application.photo-submitted"),
        };
        dom::set(&written.title, &title);
        let lead = match last {
            Some(reason) if at_counter => photo::with_note(photo::reason(reason), note.as_deref()),
            _ if again => tr("reclaim.lead"),
            _ if replacing => tr("application.old-photo-serves"),
            _ => tr("review.lead"),
        };
        dom::set(&written.lead, &lead);
        // The chosen one stays chosen.
        for (reason, option) in &reasons {
            option.set_text_content(Some(&photo::reason(*reason)));
        }
        let other = match (again, replacing) {
            (true, _) => tr("reclaim.not-now"),
            (_, true) => tr("review.keep-old"),
            (_, false) => tr("review.anew"),
        };
        dom::set(&written.other, &other);
    });
    let (counter, office) = (page.counter.clone(), issuer.person(waiting.application.claim().reference()));
    dom::show(&counter, at_counter);
    let visit = page.counter_office.clone();
    scope.text(move || {
        let office = office.as_ref().map(|person| words::isolate(&person.office)).unwrap_or_default();
        dom::set(&visit, &fill("review.counter.office", &[("office", &office)]));
    });
    dom::show(&page.desk, !at_counter && !again);
    // A trial has no other machine.
    page.desk.set_open(trial::is_on());
    dom::show(&page.step, !replacing);
    dom::show(&page.figure, !at_counter && !again && !large.is_empty());
    status(app, scope, &page, &waiting.application);
    desk_carriers::put(app, scope, &page.carriers, &notices, issuer.clone(), &waiting).await?;
    app.link(scope, &page.back, move || photo::back(replacing));
    for (button, approves) in [(&page.approve, true), (&page.reject, false)] {
        let (there, said, issuer, chosen) =
            (app.clone(), notices.clone(), issuer.clone(), page.review_reason.clone());
        scope.act(button, move || {
            let (app, notices, issuer) = (there.clone(), said.clone(), issuer.clone());
            let reason = if approves { None } else { RejectReason::from_code(&chosen.value()) };
            async move {
                notices.clear();
                if reason.is_none() && !approves {
                    return notices.say(Problem::Unexpected);
                }
                match decide(&app, &issuer, reason).await {
                    Ok(why) => app.go(Route::Claim(Claim::Resume(why))),
                    Err(problem) => notices.say(problem),
                }
            }
        });
    }
    dom::show(&page.other, at_counter || again);
    let there = app.clone();
    scope.click(&page.other, move || {
        let app = there.clone();
        there.follow(async move {
            forget(&app).await?;
            Ok(photo::back(replacing))
        });
    });
    dom::show(&page.again, why.is_some());
    app.link(scope, &page.again, || Route::Claim(Claim::Resume(None)));
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// Since when the photo waits, and the button that asks for an answer.
fn status(app: &Rc<App>, scope: &Scope, page: &Review, application: &Application) {
    let handed_in = match application {
        Application::PhotoSubmitted(submitted) => Some(submitted.submitted_at()),
        _ => None,
    };
    dom::show(&page.status, handed_in.is_some());
    let Some(handed_in) = handed_in else {
        return;
    };
    let asked: Rc<Cell<Option<Timestamp>>> = Rc::default();
    let (written, last) = (page.clone(), asked.clone());
    let write = Rc::new(move || {
        let since = format::recently(handed_in, format::now());
        // The end of that day.
        let by = format::day(shanghai_day(due(handed_in).plus_seconds(-1)));
        dom::set(&written.since, &fill("review.since", &[("when", &since), ("due", &by)]));
        let no_answer = last.get().map(|at| fill("review.no-answer", &[("time", &format::time(at))]));
        dom::set(&written.asked, &no_answer.unwrap_or_default());
    });
    let writes = write.clone();
    scope.text(move || writes());
    let (there, before) = (app.clone(), application.clone());
    scope.act(&page.refresh, move || {
        let (app, before, asked, write) = (there.clone(), before.clone(), asked.clone(), write.clone());
        async move {
            if let Some(route) = desk_answer::of_mailbox(&app).await {
                return app.go(route.unwrap_or_else(|why| Route::Claim(Claim::Resume(Some(why)))));
            }
            // What is stored is the answer, once it came: by another tab, or by what was read from a desk.
            match application::read(&app).await {
                Ok(Some(now)) if now.application == before => {
                    asked.set(Some(format::now()));
                    write();
                }
                Ok(Some(_)) => app.go(Route::Claim(Claim::Resume(None))),
                Ok(None) => app.go(Route::Home),
                Err(problem) => app.go(Route::Claim(Claim::Resume(Some(problem)))),
            }
        }
    });
}

/// An option for each reason.
fn reasons(page: &Review) -> Vec<(RejectReason, HtmlOptionElement)> {
    let options = RejectReason::ALL.iter().copied().filter_map(|reason| {
        let option = HtmlOptionElement::new_with_text_and_value("", reason.code()).ok()?;
        page.review_reason.append_child(&option).ok()?;
        Some((reason, option))
    });
    options.collect()
}

/// Answers as the reviewer. Returns the problem to show if the photo is rejected.
async fn decide(
    app: &App,
    issuer: &impl Issuer,
    rejected: Option<RejectReason>,
) -> Result<Option<Problem>, Problem> {
    let Some(Pending { application: Application::PhotoSubmitted(submitted), photo, .. }) =
        application::read(app).await?
    else {
        return Err(Problem::Store(StoreError::Changed));
    };
    let after = issuer.review(submitted, rejected).await?;
    // A rejected one is shown beside the reason until the next is handed in.
    keep(app, &after, photo).await?;
    Ok(rejected
        .filter(|reason| has(&format!("code.{}", reason.code())))
        .filter(|_| matches!(after, Application::PhotoNeeded(_)))
        .map(Problem::Rejected))
}
