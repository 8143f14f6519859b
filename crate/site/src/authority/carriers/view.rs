//! The view: the desk's code, reading an application, and answers as codes and files.

use std::cell::RefCell;
use std::rc::Rc;

use authority::desk::{ApplicationId, QueueFilter, Queued, Stage};
use wasm_bindgen_futures::spawn_local;

use super::receive::Taken;
use super::{answers, letters, offer, receive};
use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::register::practice_index;
use crate::authority::route::Route;
use crate::authority::view::View;
use crate::authority::words::{occasion, who};
use crate::browser::dom;
use crate::post::kind::Kind;
use crate::post::{file, showing};
use crate::scan::place::Place;
use crate::scan::progress::Progress;
use crate::scan::reader::Reader;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{AnswerRow, Carriers};
use crate::ui::scope::Scope;
use crate::ui::words::isolate;

/// Most rows.
const ROWS: usize = 40;

/// The view; the answer to `opened` is shown at once.
pub(in crate::authority) fn view(app: &Rc<App>, opened: Option<ApplicationId>) -> Result<View, Missing> {
    let page = Carriers::new()?;
    let view = View::new(&page.root);
    own_offer(app, &view, &page);
    let shown: Rc<RefCell<Scope>> = Rc::default();
    reading(app, &view, &page, &shown);
    let rows: Rc<RefCell<Scope>> = Rc::default();
    let (there, drawn, code, lines) = (app.clone(), page.clone(), shown.clone(), rows.clone());
    view.scope.text(move || {
        lines.replace(list(&there, &drawn, &code));
    });
    if let Some(id) = opened {
        let (app, page, code) = (app.clone(), page.clone(), shown.clone());
        spawn_local(async move {
            if let Err(problem) = hand_over(&app, &page, &code, id).await {
                app.tell_problem(&problem);
            }
        });
    }
    let (dialog, ended) = (page.code_dialog.clone(), shown.clone());
    view.scope.click(&page.code_close, move || {
        dialog.close();
        ended.take();
    });
    view.scope.on(&page.code_dialog, "close", {
        let ended = shown.clone();
        move |_| {
            drop(ended.take());
            if opened.is_some() {
                // It was seen: neither news nor a reload opens it again.
                let _ = dom::window().location().replace(Route::POST);
            }
        }
    });
    view.scope.leave(move || {
        shown.take();
        rows.take();
    });
    Ok(view)
}

/// Shows the desk's own code.
fn own_offer(app: &Rc<App>, view: &View, page: &Carriers) {
    let payload: Rc<RefCell<Option<Vec<u8>>>> = Rc::default();
    let code: Rc<RefCell<Scope>> = Rc::default();
    view.scope.keep(code.clone());
    let (there, page, made, drawn) = (app.clone(), page.clone(), payload.clone(), code);
    let saving = page.offer_save.clone();
    dom::mark(&saving, "disabled", true);
    spawn_local(async move {
        match offer::offer(&there).await {
            Ok(offered) => {
                let scope = drawn.borrow();
                let ease = (&*page.offer_larger, &*page.offer_smaller);
                let _ = showing::show(&scope, &page.offer_code, (ease.0, ease.1), offered.clone(), |_| {});
                made.replace(Some(offered));
                dom::mark(&page.offer_save, "disabled", false);
            }
            Err(problem) => there.tell_problem(&problem),
        }
    });
    view.scope.click(&saving, move || {
        if let Some(payload) = payload.borrow().as_ref() {
            file::save(Kind::Offer, "desk", payload);
        }
    });
}

/// Reads an application by camera, from pictures or from a file. Where it is refused, the answer is shown at once: it is in no
/// queue, and the wallet may be on another machine.
fn reading(app: &Rc<App>, view: &View, page: &Carriers, code: &Rc<RefCell<Scope>>) {
    let place = Rc::new(Place::from(page));
    let progress = Progress::new(&place);
    let (app, shown, code) = (app.clone(), page.clone(), code.clone());
    Reader::start(&view.scope, &place, progress, (&page.camera_start, &page.files), move |payload| {
        if Kind::of(&payload) != Some(Kind::Application) {
            app.tell_problem(&Problem::Own("no-application"));
            return true;
        }
        let (app, page, code) = (app.clone(), shown.clone(), code.clone());
        spawn_local(async move {
            match receive::receive(&app, &payload).await {
                Ok(Taken { id, name, effects }) => {
                    if effects.answer.is_some() {
                        app.tell(&tr("desk.post.received.refused"));
                        if let Err(problem) = show_answer(&app, &page, &code, id, &name).await {
                            app.tell_problem(&problem);
                        }
                        return;
                    }
                    let waits = app.desk().application(id).map(Queued::stage);
                    app.show_again();
                    app.tell(&tr(match waits {
                        Some(Stage::ToReview) => "desk.post.received.review",
                        _ => "desk.post.received.answer",
                    }));
                }
                Err(problem) => app.tell_problem(&problem),
            }
        });
        true
    });
}

/// Draws the answers that are to be handed over, and those that were.
fn list(app: &Rc<App>, page: &Carriers, code: &Rc<RefCell<Scope>>) -> Scope {
    let scope = Scope::new();
    let now = app.clock.now();
    let queued: Vec<Queued> = {
        let desk = app.desk();
        let all = desk.queue(&QueueFilter::default(), now).into_iter().rev();
        let mine = all.filter(|queued| practice_index(&queued.reference).is_none());
        mine.filter(|queued| queued.stage() != Stage::ToReview).take(ROWS).cloned().collect()
    };
    page.rows.set_text_content(None);
    dom::show(&page.none, queued.is_empty());
    for one in &queued {
        let Ok(row) = AnswerRow::new() else {
            return scope;
        };
        let _ = page.rows.append_child(&row.root);
        let (name, _) = who(app, &one.reference);
        dom::set(&row.name, &name);
        dom::set(&row.what, &occasion(one.occasion));
        let to_answer = one.stage() == Stage::ToAnswer;
        dom::set(&row.state, &tr(if to_answer { "desk.stage.to-answer" } else { "desk.stage.done" }));
        dom::set(&row.show, &tr(if to_answer { "desk.post.hand-over" } else { "desk.post.show" }));
        let (there, page, code, id) = (app.clone(), page.clone(), code.clone(), one.id);
        scope.act(&row.show, move || {
            let (app, page, code) = (there.clone(), page.clone(), code.clone());
            async move {
                if let Err(problem) = hand_over(&app, &page, &code, id).await {
                    app.tell_problem(&problem);
                }
            }
        });
    }
    scope
}

/// Makes an answer, unless it is there, and shows it.
async fn hand_over(
    app: &Rc<App>,
    page: &Carriers,
    code: &Rc<RefCell<Scope>>,
    id: ApplicationId,
) -> Result<(), Problem> {
    if app.desk().application(id).is_some_and(|queued| queued.stage() == Stage::ToAnswer) {
        answers::answer(app, id).await?;
        app.count();
    }
    // The wallet may be in this browser. Without a post box the answer is shown all the same.
    let _ = letters::deliver(app, id).await;
    let name = app.desk().application(id).map(|queued| who(app, &queued.reference).0).unwrap_or_default();
    show_answer(app, page, code, id, &name).await
}

/// Shows a stored answer as codes, with a button that saves it.
async fn show_answer(
    app: &Rc<App>,
    page: &Carriers,
    code: &Rc<RefCell<Scope>>,
    id: ApplicationId,
    name: &str,
) -> Result<(), Problem> {
    let payload = app.store.answer(id).await?.ok_or(Problem::Own("no-answer"))?;
    dom::set(&page.code_title, &fill("desk.post.for", &[("name", &isolate(name))]));
    code.replace(Scope::new());
    let scope = code.borrow();
    let _ = page.code_dialog.show_modal();
    let saved = payload.clone();
    scope.click(&page.code_save, move || {
        file::save(Kind::Answer, &id.to_hex(), &saved);
    });
    let ease = (&*page.code_larger, &*page.code_smaller);
    showing::show(&scope, &page.code, (ease.0, ease.1), payload, |_| {})
        .map_err(|_| Problem::Own("unexpected"))
}
