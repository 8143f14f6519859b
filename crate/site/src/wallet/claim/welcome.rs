//! The welcome, before a claim begins.

use std::rc::Rc;

use super::in_app;
use crate::browser::{dom, name};
use crate::ui::markup::wallet::Welcome;
use crate::wallet::app::App;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// What a licence on this device is, and the way to it.
pub(super) fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let page = Welcome::new()?;
    let screen = Screen::new(At::Welcome, &page.root);
    let there = app.clone();
    screen.scope.click(&page.start, move || {
        let app = there.clone();
        there.follow(async move {
            // From here on a reload leads back to the fields.
            let draft = app.store.draft().await?.unwrap_or_default();
            app.store.put_draft(&draft).await?;
            Ok(Route::Claim(Claim::People(None)))
        });
    });
    // Some systems keep what an app on the home screen stores apart from the browser.
    let installed = name::is_installed();
    dom::show(&page.own_store, installed);
    dom::show(&page.again, !installed);
    in_app::put(&screen.scope, &page);
    Ok(screen)
}
