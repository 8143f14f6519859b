//! What the page shows first: guards, then what is stored, then the screen that fits it.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use super::holder::Wallet;
use super::problem::Problem;
use super::screen::Screen;
use super::{App, guard, home};
use crate::browser::dom;
use crate::storage::{Sentinel, Store, StoreError, Tabs};
use crate::ui::scope::Scope;
use crate::ui::{format, i18n};

/// Loads what is stored and shows the first screen.
pub(super) async fn run(page: &'static Scope, place: &Element) -> Result<(), Problem> {
    guard::check()?;
    let store = Store::open(move || outdated(page)).await?;
    let app = Rc::new_cyclic(|weak: &std::rc::Weak<App>| {
        let heard = weak.clone();
        App {
            place: place.clone(),
            store,
            tabs: Tabs::listen(move || {
                if let Some(app) = heard.upgrade() {
                    other_tab_changed(&app);
                }
            }),
            wallet: RefCell::new(None),
            shown: RefCell::new(Vec::new()),
            screen: RefCell::new(None),
        }
    });
    page.on(&dom::window(), i18n::CHANGED, |_| super::problem::translate());
    let behind = app.clone();
    page.on(&dom::window(), "popstate", move |_| behind.go_home());
    app.go(|app| async move { load_then_first(&app).await });
    Ok(())
}

/// Reads and verifies what is stored, refreshes it where it is old, and gives the screen for it.
async fn load_then_first(app: &Rc<App>) -> Result<Screen, Problem> {
    load(app).await?;
    #[cfg(feature = "demo")]
    super::refresh::when_old(app).await;
    first_screen(app).await
}

/// Reads and verifies what is stored.
pub(super) async fn load(app: &Rc<App>) -> Result<(), Problem> {
    let stored = app.store.licence().await.inspect_err(|_| {
        app.wallet.borrow_mut().take();
    })?;
    *app.shown.borrow_mut() = app.store.shown().await.unwrap_or_default();
    let Some(stored) = stored else {
        app.wallet.borrow_mut().take();
        return Ok(());
    };
    #[cfg(feature = "demo")]
    let stored = super::refresh::when_ended(app, stored).await;
    let wallet = Wallet::verify(stored, format::now()).inspect_err(|_| {
        app.wallet.borrow_mut().take();
    })?;
    if Sentinel::read().is_none_or(|mark| mark.generation < wallet.stored.generation) {
        Sentinel::set(wallet.stored.generation);
    }
    *app.wallet.borrow_mut() = Some(Rc::new(wallet));
    Ok(())
}

/// The screen for what is loaded: the card, the application that waits, "lost", or the welcome.
pub(super) async fn first_screen(app: &Rc<App>) -> Result<Screen, Problem> {
    if app.wallet().is_some() {
        return home::screen(app).await;
    }
    if Sentinel::read().is_some() {
        return lost_screen(app);
    }
    #[cfg(feature = "demo")]
    return super::claim::first_screen(app).await;
    #[cfg(not(feature = "demo"))]
    Screen::new("nowhere")
}

/// The store was emptied behind the wallet's back.
fn lost_screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let mut screen = problem_screen(app, &Problem::Named("lost"))?;
    let Some(act) = dom::slot(&screen.root, "act") else {
        return Err(Problem::Unexpected);
    };
    dom::show(&act, true);
    label(&mut screen, &act, "problem.lost.act");
    let again = app.clone();
    screen.on(&act, "click", move |_| {
        Sentinel::clear();
        again.go_home();
    });
    Ok(screen)
}

/// A screen that says what is wrong and how to get out.
pub(super) fn problem_screen(app: &Rc<App>, problem: &Problem) -> Result<Screen, Problem> {
    let mut screen = problem_text(problem)?;
    let way_out = matches!(
        problem,
        Problem::Store(StoreError::Damaged | StoreError::Unreadable)
            | Problem::Coded(..)
            | Problem::Named("other-key")
    );
    if !way_out {
        return Ok(screen);
    }
    if let Some(other) = dom::slot(&screen.root, "other") {
        dom::show(&other, true);
        label(&mut screen, &other, "problem.delete");
        let app = app.clone();
        screen.on(&other, "click", move |_| super::details::ask_delete(&app));
    }
    Ok(screen)
}

fn problem_text(problem: &Problem) -> Result<Screen, Problem> {
    let mut screen = Screen::new("problem")?;
    // Loading again changes nothing about where the page is, nor about what is lost.
    let helps = !matches!(problem, Problem::Named("framed" | "shared-origin" | "not-secure" | "lost"));
    let (root, problem) = (screen.root.clone(), problem.clone());
    let _ = root.set_attribute("data-problem", problem.code());
    screen.text(move || {
        dom::write(&root, "title", &problem.title());
        dom::write(&root, "text", &problem.next());
        dom::write(&root, "code", problem.code());
    });
    if helps && let Some(act) = dom::slot(&screen.root, "act") {
        dom::show(&act, true);
        label(&mut screen, &act, "problem.reload");
        screen.on(&act, "click", |_| {
            let _ = dom::window().location().reload();
        });
    }
    Ok(screen)
}

fn label(screen: &mut Screen, element: &Element, key: &'static str) {
    let element = element.clone();
    screen.text(move || element.set_text_content(Some(&crate::ui::i18n::tr(key))));
}

/// Shows a problem where there is no app to show it in: the page does nothing else then.
pub(super) fn refuse(page: &Scope, place: &Element, problem: Problem) {
    let Ok(screen) = problem_text(&problem) else {
        return;
    };
    dom::put(place, &screen.root);
    // Kept as long as the page: its texts follow the language.
    page.keep(screen);
}

/// Another tab claimed, refreshed, showed or deleted: this one reads anew. A screen on which somebody is doing
/// something is left alone unless the licence under it changed.
fn other_tab_changed(app: &Rc<App>) {
    let app = app.clone();
    spawn_local(async move {
        let before = app.wallet().map(|wallet| wallet.stored.generation);
        let read = load(&app).await;
        let changed = before != app.wallet().map(|wallet| wallet.stored.generation);
        let idle = ["home", "history", "welcome", "people", "on-file", "photo", "review"];
        if read.is_ok() && !changed && !idle.iter().any(|name| app.is_shown(name)) {
            return;
        }
        if changed {
            super::say(&crate::ui::i18n::tr("tabs.changed"));
        }
        app.go(move |app| async move {
            read?;
            if app.is_shown("history") && !changed {
                super::history::screen(&app)
            } else {
                first_screen(&app).await
            }
        });
    });
}

/// A newer version of the site opened the database: this page can no longer write.
fn outdated(page: &Scope) {
    if let Some(place) = dom::by_id("app") {
        refuse(page, &place, Problem::Named("outdated"));
    }
}
