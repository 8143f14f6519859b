//! What the journal says of a driver, newest first.

use std::rc::Rc;

use web_sys::HtmlElement;

use crate::authority::app::App;
use crate::authority::steps;
use crate::browser::dom;
use crate::ui::i18n::tr;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Line;
use crate::ui::scope::Scope;

/// Most steps that are shown; the journal has all.
const SHOWN: usize = 30;

/// Writes the steps about a driver.
pub(super) fn draw(
    app: &Rc<App>,
    scope: &Scope,
    place: &HtmlElement,
    reference: &str,
) -> Result<(), Missing> {
    let found: Vec<_> = {
        let desk = app.desk();
        let of = |step: &authority::journal::Step| step.details.driver.as_deref() == Some(reference);
        desk.steps().rev().flatten().filter(of).take(SHOWN).collect()
    };
    if found.is_empty() {
        let line = Line::new()?;
        let _ = place.append_child(&line.root);
        scope.text(move || dom::set(&line.root, &tr("desk.history.none")));
    }
    for step in found {
        let line = steps::line(scope, None, step)?;
        let _ = place.append_child(&line);
    }
    Ok(())
}
