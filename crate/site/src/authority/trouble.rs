//! What is shown where the desk cannot work: what happened, and the way out.

use super::problem::Problem;
use super::view::View;
use crate::browser::dom;
use crate::ui::i18n::tr;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Trouble;

/// A view of a problem.
pub(super) fn view(problem: &Problem) -> Result<View, Missing> {
    let markup = Trouble::new()?;
    let view = View::new(&markup.root);
    let _ = markup.root.set_attribute("data-problem", problem.code());
    view.scope.click(&markup.again, || {
        let _ = dom::window().location().reload();
    });
    let problem = problem.clone();
    view.scope.text(move || {
        dom::set(&markup.title, &problem.title());
        dom::set(&markup.text, &problem.next().unwrap_or_else(|| tr("common.unexpected")));
        dom::set(&markup.code, problem.code());
    });
    Ok(view)
}
