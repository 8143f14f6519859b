//! Which screen a route leads to.

use std::rc::Rc;

use super::app::{App, Work};
use super::problem::Problem;
use super::route::{Claim, Route};
use super::screen::{At, Screen};
use super::{answer, claim, consent, details, history, home, present, purpose, question, trouble};
use crate::browser::trial;
use crate::storage::Sentinel;
use crate::ui::markup::wallet::Nowhere;

/// Makes the screen of a route.
pub(super) fn screen(app: Rc<App>, route: Route) -> Work<Screen> {
    Box::pin(async move {
        match route {
            Route::Home => first(&app).await,
            Route::Details => details::screen(&app).await,
            Route::History => history::screen(&app),
            Route::Purpose(why) => purpose::screen(&app, why),
            Route::Present(presentation) => present::screen(&app, presentation).await,
            Route::Question(why) => question::screen(&app, why),
            Route::Consent(question) => consent::screen(&app, question),
            Route::Answer(answer) => answer::screen(&app, answer).await,
            Route::Claim(step) => claiming(&app, step).await,
            Route::Problem(problem) => trouble::screen(&app, problem),
        }
    })
}

/// The screen for what is loaded: the card, "lost", the application that waits, or the welcome.
async fn first(app: &Rc<App>) -> Result<Screen, Problem> {
    if app.wallet().is_none()
        && let Some(other) = app.wallets().first()
    {
        // The one on top cannot be read; it is told apart in the stack.
        app.set_top(other.stored.slot);
    }
    if app.wallet().is_some() {
        return home::screen(app).await;
    }
    if let Some(Err(problem)) = app.licences().remove(&app.top()) {
        return trouble::screen(app, problem);
    }
    if Sentinel::marked().next().is_some() {
        return trouble::lost(app);
    }
    let Some(issuer) = app.issuer else {
        return nowhere();
    };
    let first = match (claim::begun(app).await?, trial::is_on()) {
        (Some(begun), _) => begun,
        (None, true) => Claim::People(None),
        (None, false) => Claim::Welcome,
    };
    claim::screen(app, issuer, first).await
}

async fn claiming(app: &Rc<App>, step: Claim) -> Result<Screen, Problem> {
    match app.issuer {
        Some(issuer) => claim::screen(app, issuer, step).await,
        None => nowhere(),
    }
}

/// This build has no issuer.
fn nowhere() -> Result<Screen, Problem> {
    Ok(Screen::new(At::Nowhere, &Nowhere::new()?.root))
}
