//! The start of the page, and its reactions to other tabs and the browser.

use std::cell::OnceCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::app::App;
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::At;
use super::{calendar, deleting, guard, load, refresh, router, trouble};
use crate::browser::dom;
use crate::browser::trial;
use crate::browser::wait::pause;
use crate::storage::{Ended, Store, Tabs};
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Page;
use crate::ui::scope::Scope;

/// Milliseconds in which the browser clears what it closed.
const CLOSED_MS: i32 = 2_000;

/// Starts the wallet; `scope` lives as long as the page.
pub(crate) fn start(scope: &'static Scope) {
    spawn_local(async move {
        let Ok(page) = Page::find() else {
            return;
        };
        if let Err(problem) = run(&page, scope).await {
            trouble::refuse(&page, scope, problem);
        }
    });
}

/// Loads what is stored and shows the first screen.
async fn run(page: &Page, scope: &'static Scope) -> Result<(), Problem> {
    guard::check()?;
    let refused = page.clone();
    let opened: Rc<OnceCell<Weak<App>>> = Rc::default();
    let there = opened.clone();
    let store = Store::open(move |ended| match ended {
        // A newer version of the site opened the database: this page can no longer write.
        Ended::Outdated => trouble::refuse(&refused, scope, Problem::Own(Own::Outdated)),
        Ended::Closed => {
            if let Some(app) = there.get().and_then(Weak::upgrade) {
                spawn_local(async move { after_close(&app).await });
            }
        }
    });
    let store = store.await?;
    let app = Rc::new_cyclic(|weak: &Weak<App>| {
        let heard = weak.clone();
        let tabs = Tabs::listen(move || {
            if let Some(app) = heard.upgrade() {
                spawn_local(async move { read_again(&app).await });
            }
        });
        App::new(page.clone(), store, tabs, router::screen)
    });
    let _ = opened.set(Rc::downgrade(&app));
    let behind = app.clone();
    scope.on(&dom::window(), "popstate", move |_| go_back(&behind));
    if trial::is_on() {
        let there = app.clone();
        scope.on(&dom::window(), trial::ANOTHER_DRIVER, move |_| {
            there.follow(deleting::another_driver(there.clone()));
        });
    }
    let first = app.clone();
    app.follow(async move {
        if trial::is_on() {
            calendar::forget_later(&first).await?;
        }
        load::load(&first).await?;
        refresh::when_old(&first).await;
        Ok(Route::Home)
    });
    Ok(())
}

/// The browser's Back button: what the arrow on the screen does, or home.
fn go_back(app: &Rc<App>) {
    if !app.back.pressed(app.at()) {
        return;
    }
    let arrow = app.root().and_then(|root| root.query_selector("[data-go=\"back\"]").ok().flatten());
    match arrow.and_then(|arrow| arrow.dyn_into::<HtmlElement>().ok()) {
        Some(arrow) => arrow.click(),
        None => app.go(Route::Home),
    }
}

/// The browser closed the store: this tab loads again, and once more when the browser is still at work on it.
async fn after_close(app: &Rc<App>) {
    read_again(app).await;
    if app.unread.get().is_some() {
        pause(CLOSED_MS).await;
        read_again(app).await;
    }
}

/// Another tab claimed, refreshed, showed or deleted, or the browser closed the store: this tab loads again. A screen with
/// input in progress stays unless its licence changed; so does the card while the store cannot be reached.
async fn read_again(app: &Rc<App>) {
    let loaded = || app.wallet().map(|wallet| (wallet.stored.slot, wallet.stored.generation));
    let before = loaded();
    let mut read = load::load(app).await;
    app.unread.take();
    if let (Err(Problem::Store(error)), true) = (&read, app.wallet().is_some()) {
        app.unread.set(Some(*error));
        read = Ok(());
    }
    let changed = before != loaded();
    if read.is_ok() && !changed && !app.at().is_some_and(At::is_idle) {
        return;
    }
    if changed {
        app.tell(&tr("tabs.changed"));
    }
    let route = if app.at() == Some(At::History) && !changed { Route::History } else { Route::Home };
    app.follow(async { read.map(|()| route) });
}
