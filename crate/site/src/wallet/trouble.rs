//! The screen of a problem: what happened, and what to do.

use std::rc::Rc;

use web_sys::HtmlElement;

use super::app::App;
use super::deleting;
use super::problem::{Own, Problem};
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::dom;
use crate::storage::{Sentinel, StoreError};
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::{Page, Problem as Markup};
use crate::ui::scope::Scope;

/// The store was emptied by the browser or the user.
pub(super) fn lost(app: &Rc<App>) -> Result<Screen, Problem> {
    let (screen, markup) = say(Problem::Own(Own::Lost))?;
    dom::show(&markup.act, true);
    label(&screen.scope, &markup.act, "problem.lost.act");
    app.link(&screen.scope, &markup.act, || {
        Sentinel::clear_all();
        Route::Home
    });
    Ok(screen)
}

/// A problem, with the way out where there is one.
pub(super) fn screen(app: &Rc<App>, problem: Problem) -> Result<Screen, Problem> {
    let way_out = matches!(
        problem,
        Problem::Store(StoreError::Damaged | StoreError::Unreadable)
            | Problem::NotVerified(_)
            | Problem::NotDrawn(_)
            | Problem::Coded(..)
            | Problem::Rejected(_)
            | Problem::Own(Own::OtherKey)
    );
    let (screen, markup) = say(problem)?;
    if way_out {
        dom::show(&markup.other, true);
        label(&screen.scope, &markup.other, "problem.delete");
        let app = app.clone();
        screen.scope.click(&markup.other, move || deleting::ask(&app));
    }
    Ok(screen)
}

/// Shows a problem where there is no app to show it in: the page does nothing else then.
pub(super) fn refuse(page: &Page, scope: &Scope, problem: Problem) {
    if let Ok((screen, _)) = say(problem) {
        dom::put(&page.app, &screen.root);
        // Its texts follow the language.
        scope.keep(screen);
    }
}

fn say(problem: Problem) -> Result<(Screen, Markup), Problem> {
    let markup = Markup::new()?;
    let screen = Screen::new(At::Problem, &markup.root);
    // Loading again changes neither the address of the page nor a loss.
    let helps =
        !matches!(problem, Problem::Own(Own::Framed | Own::SharedOrigin | Own::NotSecure | Own::Lost));
    let _ = markup.root.set_attribute("data-problem", problem.code());
    let page = markup.clone();
    screen.scope.text(move || {
        dom::set(&page.title, &problem.title());
        dom::set(&page.text, &problem.next());
        dom::set(&page.code, problem.code());
    });
    if helps {
        dom::show(&markup.act, true);
        label(&screen.scope, &markup.act, "problem.reload");
        screen.scope.click(&markup.act, || {
            let _ = dom::window().location().reload();
        });
    }
    Ok((screen, markup))
}

fn label(scope: &Scope, element: &HtmlElement, key: &'static str) {
    let element = element.clone();
    scope.text(move || dom::set(&element, &tr(key)));
}
