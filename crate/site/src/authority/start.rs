//! The start of the page, and its reactions to the browser.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::route::Route;
use super::store::Store;
use super::{rollout, trouble};
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
        if let Err(error) = run(&page, scope).await {
            refuse(&page, scope, error);
        }
    });
}

async fn run(page: &Page, scope: &'static Scope) -> Result<(), StoreError> {
    let refused = page.clone();
    let store = Store::open(move |ended| match ended {
        Ended::Outdated => refuse(&refused, scope, StoreError::Newer),
        // The next piece of work opens it again, or says that it cannot.
        Ended::Closed => {}
    });
    let app = Rc::new(App::new(page.clone(), store.await?, |app, route| match route {
        Route::Rollout => rollout::view(app),
    }));
    app.clock.set(app.store.calendar().await?);
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

/// The view that the address names.
fn here() -> Option<Route> {
    Route::of_hash(&dom::window().location().hash().unwrap_or_default())
}

/// Shows a problem in place of the desk: the page does nothing else then.
fn refuse(page: &Page, scope: &Scope, error: StoreError) {
    if let Ok(view) = trouble::view(error.key(), error.code()) {
        dom::put(&page.app, &view.root);
        // Its texts follow the language.
        scope.keep(view);
    }
}
