//! What was shown from this device: when, what for, and the names of what left.

use std::rc::Rc;

use super::App;
use super::problem::Problem;
use super::screen::Screen;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::tr;

/// The list, newest first.
pub(super) fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let mut screen = Screen::new("history")?;
    let (root, app) = (screen.root.clone(), app.clone());
    screen.text(move || {
        let Some(list) = dom::slot(&root, "list") else {
            return;
        };
        list.set_text_content(None);
        let shown = app.shown.borrow();
        for entry in shown.iter().rev() {
            let Some(line) = dom::template("t-shown") else {
                continue;
            };
            dom::write(&line, "purpose", &tr(&format!("purpose.{}", entry.purpose)));
            dom::write(&line, "when", &format::recently(format::of_ms(entry.at), format::now()));
            let names: Vec<String> =
                entry.elements.iter().map(|id| tr(&licence::elements::name_key(id))).collect();
            dom::write(&line, "what", &format::list(&names));
            let _ = list.append_child(&line);
        }
        dom::show(&list, !shown.is_empty());
        if let Some(none) = dom::slot(&root, "none") {
            dom::show(&none, shown.is_empty());
        }
    });
    Ok(screen)
}
