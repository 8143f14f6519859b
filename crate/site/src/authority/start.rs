//! The start of the page, and its reactions to the browser and to other tabs.

use std::cell::OnceCell;
use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::problem::Problem;
use super::route::Route;
use super::store::Store;
use super::tabs::Tabs;
use super::typing::is_unfinished;
use super::{carriers, drivers, journal, photograph, review, rollout, status, trouble};
use crate::browser::dom;
use crate::storage::{Ended, StoreError};
use crate::ui::markup::authority::Page;
use crate::ui::scope::Scope;

/// Starts the desk; `scope` lives as long as the page.
pub(crate) fn start(scope: &'static Scope) {
    spawn_local(async move {
        let Ok(page) = Page::find() else {
            return;
        };
        if let Err(problem) = run(&page, scope).await {
            refuse(&page, scope, &problem);
        }
    });
}

async fn run(page: &Page, scope: &'static Scope) -> Result<(), Problem> {
    let refused = page.clone();
    let store = Store::open(move |ended| match ended {
        Ended::Outdated => refuse(&refused, scope, &Problem::Store(StoreError::Newer)),
        // The next piece of work opens it again, or says that it cannot.
        Ended::Closed => {}
    });
    let store = store.await?;
    let opened: Rc<OnceCell<Weak<App>>> = Rc::default();
    let there = opened.clone();
    let tabs = Tabs::listen(move || {
        if let Some(app) = there.get().and_then(Weak::upgrade) {
            spawn_local(async move { read_again(&app).await });
        }
    });
    let app = Rc::new(App::new(page.clone(), store, tabs, |app, route| match route {
        Route::Review => review::view(app),
        Route::Carriers(shown) => carriers::view(app, *shown),
        Route::Drivers => drivers::view(app),
        Route::Driver(reference) => drivers::driver(app, reference),
        Route::Photograph(reference) => photograph::view(app, reference),
        Route::Status => status::view(app),
        Route::Journal => journal::view(app),
        Route::Rollout => rollout::view(app),
    })?);
    let _ = opened.set(Rc::downgrade(&app));
    app.load().await?;
    let there = app.clone();
    spawn_local(async move {
        // Without a key or a post box photos are reviewed all the same.
        let attended = async {
            carriers::own_key(&there).await?;
            carriers::attend(&there, scope).await
        };
        if let Err(problem) = attended.await {
            there.tell_problem(&problem);
        }
    });
    let there = app.clone();
    scope.on(&dom::window(), "hashchange", move |_| {
        // The link that skips to the content names no view.
        if let Some(route) = here() {
            there.show(&route);
        }
    });
    app.show(&here().unwrap_or(Route::FIRST));
    Ok(())
}

/// Another tab changed what is stored. Input that is in progress would be lost, and stays: what it leads to is refused if it
/// does not fit any more.
async fn read_again(app: &Rc<App>) {
    if app.is_busy() {
        return;
    }
    match app.load().await {
        Ok(()) if !is_unfinished() => app.show_again(),
        Ok(()) => app.count(),
        Err(problem) => app.tell_problem(&problem),
    }
}

/// The view that the address names.
fn here() -> Option<Route> {
    Route::of_hash(&dom::window().location().hash().unwrap_or_default())
}

/// Shows a problem in place of the desk: the page does nothing else then.
fn refuse(page: &Page, scope: &Scope, problem: &Problem) {
    if let Ok(view) = trouble::view(problem) {
        dom::put(&page.app, &view.root);
        // Its texts follow the language.
        scope.keep(view);
    }
}
