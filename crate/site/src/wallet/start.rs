//! The start of the page, and its reactions to other tabs and the browser.

use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::At;
use super::{guard, load, refresh, router, trouble};
use crate::browser::dom;
use crate::storage::{Store, Tabs};
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Page;
use crate::ui::scope::Scope;

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
    // A newer version of the site opened the database: this page can no longer write.
    let store = Store::open(move || trouble::refuse(&refused, scope, Problem::Own(Own::Outdated))).await?;
    let app = Rc::new_cyclic(|weak: &Weak<App>| {
        let heard = weak.clone();
        let tabs = Tabs::listen(move || {
            if let Some(app) = heard.upgrade() {
                other_tab_changed(&app);
            }
        });
        App::new(page.clone(), store, tabs, router::screen)
    });
    let behind = app.clone();
    scope.on(&dom::window(), "popstate", move |_| behind.go(Route::Home));
    let first = app.clone();
    app.follow(async move {
        load::load(&first).await?;
        refresh::when_old(&first).await;
        Ok(Route::Home)
    });
    Ok(())
}

/// Another tab claimed, refreshed, showed or deleted: this one loads again. A screen with input in progress stays unless
/// its licence changed.
fn other_tab_changed(app: &Rc<App>) {
    let app = app.clone();
    spawn_local(async move {
        let before = app.wallet().map(|wallet| wallet.stored.generation);
        let read = load::load(&app).await;
        let changed = before != app.wallet().map(|wallet| wallet.stored.generation);
        if read.is_ok() && !changed && !app.at().is_some_and(At::is_idle) {
            return;
        }
        if changed {
            app.say(&tr("tabs.changed"));
        }
        let route = if app.at() == Some(At::History) && !changed { Route::History } else { Route::Home };
        app.follow(async { read.map(|()| route) });
    });
}
