//! Deleting one licence, or the wallet, after a confirmation.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::app::{App, Licences};
use super::load;
use super::notices::Notices;
use super::problem::Problem;
use super::route::{Claim, Route};
use crate::browser::dom;
use crate::storage::{self, Sentinel, Slot, settings};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::Delete;
use crate::ui::scope::Scope;
use crate::ui::words;

/// Asks for confirmation, and deletes the licence on top; the wallet, if it has no other.
pub(super) fn ask(app: &Rc<App>) {
    let Ok(dialog) = Delete::new() else {
        return;
    };
    let slot = app.top();
    let others = app.licences().keys().any(|other| *other != slot);
    let _ = dom::document().body().map(|body| body.append_child(&dialog.root));
    let scope = Scope::new();
    let notices = Notices::new(&dialog.problem, &scope);
    let (what, name) = (dialog.what.clone(), app.wallet_at(slot).and_then(|wallet| wallet.name()));
    scope.text(move || {
        let words = match &name {
            Some(name) if others => fill("delete.one", &[("name", &words::isolate(name))]),
            _ if others => tr("delete.one.unnamed"),
            _ => tr("delete.what"),
        };
        dom::set(&what, &words);
    });
    let closing = dialog.root.clone();
    scope.click(&dialog.cancel, move || closing.close());
    let (there, closing) = (app.clone(), dialog.root.clone());
    scope.click(&dialog.delete, move || {
        let (app, dialog, notices) = (there.clone(), closing.clone(), notices.clone());
        spawn_local(async move {
            let deleted = if others { delete_one(&app, slot).await } else { delete_all(&app).await };
            match deleted {
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
    delete_all(&app).await?;
    Ok(Route::Claim(Claim::People(None)))
}

/// Removes a licence with its key, what was shown of it and an application about it, then the mark that it was there.
async fn delete_one(app: &Rc<App>, slot: Slot) -> Result<(), Problem> {
    let store = app.store.clone();
    let mark = Sentinel::read(slot).map_or(0, |mark| mark.generation);
    storage::exclusive(async move { store.delete(slot, mark).await }).await??;
    Sentinel::clear(slot);
    load::load(app).await?;
    app.tabs.announce();
    Ok(())
}

/// Removes every key, licence, application and list, then the marks that they were there.
pub(super) async fn delete_all(app: &Rc<App>) -> Result<(), Problem> {
    let store = app.store.clone();
    let marks: Vec<_> = Sentinel::marked().collect();
    storage::exclusive(async move { store.delete_all(&marks).await }).await??;
    Sentinel::clear_all();
    // The wallet is new again.
    settings::PERSISTENCE_TOLD.remove();
    settings::LAST_PURPOSE.remove();
    app.set_licences(Licences::new());
    app.set_top(Slot::FIRST);
    app.shown.borrow_mut().clear();
    app.tabs.announce();
    Ok(())
}
