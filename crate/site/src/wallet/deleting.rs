//! Deleting the wallet, after a confirmation.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::notices::Notices;
use super::problem::Problem;
use super::route::{Claim, Route};
use crate::browser::dom;
use crate::storage::{self, Sentinel, settings};
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Delete;
use crate::ui::scope::Scope;

/// Asks for confirmation, and deletes the wallet.
pub(super) fn ask(app: &Rc<App>) {
    let Ok(dialog) = Delete::new() else {
        return;
    };
    let _ = dom::document().body().map(|body| body.append_child(&dialog.root));
    let scope = Scope::new();
    let notices = Notices::new(&dialog.problem, &scope);
    let closing = dialog.root.clone();
    scope.click(&dialog.cancel, move || closing.close());
    let (there, closing) = (app.clone(), dialog.root.clone());
    scope.click(&dialog.delete, move || {
        let (app, dialog, notices) = (there.clone(), closing.clone(), notices.clone());
        spawn_local(async move {
            match delete(&app).await {
                Ok(()) => {
                    dialog.close();
                    app.tell(&tr("delete.done"));
                    app.go(Route::Home);
                }
                Err(problem) => notices.say(problem),
            }
        });
    });
    // The dialog holds its scope until it is closed.
    let held = Rc::new(RefCell::new(None));
    let (ends, gone) = (held.clone(), dialog.root.clone());
    scope.on(&dialog.root, "close", move |_| {
        gone.remove();
        ends.take();
    });
    held.replace(Some(scope));
    let _ = dialog.root.show_modal();
}

/// Removes the wallet, and goes to the choice of a demo driver.
pub(super) async fn another_driver(app: Rc<App>) -> Result<Route, Problem> {
    delete(&app).await?;
    Ok(Route::Claim(Claim::People(None)))
}

/// Removes key, licence, application and list, then the mark that they were there.
pub(super) async fn delete(app: &Rc<App>) -> Result<(), Problem> {
    let store = app.store.clone();
    let mark = Sentinel::read().map_or(0, |mark| mark.generation);
    storage::exclusive(async move { store.delete_all(mark).await }).await??;
    Sentinel::clear();
    // The wallet is new again.
    settings::PERSISTENCE_TOLD.remove();
    settings::LAST_PURPOSE.remove();
    app.set_wallet(None);
    app.shown.borrow_mut().clear();
    app.tabs.announce();
    Ok(())
}
