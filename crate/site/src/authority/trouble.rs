//! What is shown where the desk cannot work: what happened, and the way out.

use super::view::View;
use crate::browser::dom;
use crate::ui::i18n::{has, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Trouble;

/// A view of a problem: the sentence of `key`, and of `<key>.next`.
pub(super) fn view(key: &'static str, code: &'static str) -> Result<View, Missing> {
    let markup = Trouble::new()?;
    let view = View::new(&markup.root);
    let _ = markup.root.set_attribute("data-problem", code);
    view.scope.click(&markup.again, || {
        let _ = dom::window().location().reload();
    });
    view.scope.text(move || {
        let next = format!("{key}.next");
        dom::set(&markup.title, &tr(key));
        dom::set(&markup.text, &if has(&next) { tr(&next) } else { tr("common.unexpected") });
        dom::set(&markup.code, code);
    });
    Ok(view)
}
