//! The list of showings from this device: time, purpose, and the names of the elements.

use std::rc::Rc;

use verdict::Purpose;

use super::app::App;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::dom;
use crate::storage::Asker;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{History, Shown};
use crate::ui::{format, words};

/// The list, newest first.
pub(super) fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let page = History::new()?;
    let screen = Screen::new(At::History, &page.root);
    app.link(&screen.scope, &page.back, || Route::Home);
    let app = app.clone();
    screen.scope.text(move || {
        page.list.set_text_content(None);
        let shown = app.shown.borrow();
        let several = app.licences().len() > 1;
        for entry in shown.iter().rev() {
            let Ok(line) = Shown::new() else {
                continue;
            };
            dom::set(&line.purpose, &tr(&format!("purpose.{}", entry.purpose)));
            let whose = several.then(|| app.wallet_at(entry.slot).and_then(|wallet| wallet.name())).flatten();
            dom::show(&line.whose, whose.is_some());
            dom::set(&line.whose, &whose.unwrap_or_default());
            let by = entry.asker.as_ref().map(asked_by);
            dom::show(&line.by, by.is_some());
            dom::set(&line.by, &by.unwrap_or_default());
            dom::set(&line.when, &format::recently(format::of_ms(entry.at), format::now()));
            dom::set(&line.what, &named(&entry.elements));
            let refused = entry.asker.as_ref().map(|asker| named(&asker.refused)).unwrap_or_default();
            dom::show(&line.refused, !refused.is_empty());
            dom::set(&line.refused, &fill("history.refused", &[("names", &refused)]));
            let _ = page.list.append_child(&line.root);
        }
        let unreadable = app.unreadable.get();
        dom::show(&page.list, !shown.is_empty());
        dom::show(&page.none, shown.is_empty() && unreadable == 0);
        dom::show(&page.unreadable_notice, unreadable > 0);
        dom::set(&page.unreadable, &fill("history.unreadable", &[("count", &unreadable.to_string())]));
    });
    Ok(screen)
}

/// The names of elements, as a list.
fn named(ids: &[String]) -> String {
    let names: Vec<String> = ids.iter().map(|id| tr(&licence::elements::name_key(id))).collect();
    format::list(&names)
}

/// Who asked, whether somebody vouches for the name, and for what.
fn asked_by(asker: &Asker) -> String {
    let name = words::isolate(&asker.name);
    let by = match &asker.vouched_by {
        Some(authority) => fill("history.by", &[("name", &name), ("authority", &words::isolate(authority))]),
        None => fill("history.by.unproven", &[("name", &name)]),
    };
    let Some(purpose) = &asker.purpose else {
        return by;
    };
    let purpose = match Purpose::from_code(purpose) {
        Some(known) => tr(&format!("purpose.{}", known.code())),
        None => words::isolate(purpose),
    };
    format!("{by} {}", fill("history.by.purpose", &[("purpose", &purpose)]))
}
