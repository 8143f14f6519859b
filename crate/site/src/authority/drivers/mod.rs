//! Drivers: the search, and the page of one.

mod editor;
mod history;
mod outcome;
mod page;
mod receipt;

use std::cell::RefCell;
use std::rc::Rc;

use authority::desk::LicenceState;

use super::app::App;
use super::route::Route;
use super::view::View;
use super::words::classes;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{DriverRow, Drivers};
use crate::ui::words::letters;

pub(super) use page::driver;

/// Most drivers that are listed.
const LISTED: usize = 50;

thread_local! {
    // What was searched for last, so that the way back from a driver leads to the same list.
    static SOUGHT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The search.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Drivers::new()?;
    let view = View::new(&page.root);
    page.text.set_value(&SOUGHT.with_borrow(Clone::clone));
    let (there, drawn) = (app.clone(), page.clone());
    view.scope.text(move || list(&there, &drawn));
    let there = app.clone();
    let field = page.text.clone();
    view.scope.on(&field, "input", move |_| {
        SOUGHT.set(page.text.value());
        list(&there, &page);
    });
    Ok(view)
}

fn list(app: &App, page: &Drivers) {
    let text = page.text.value();
    // Spaces of a number that was typed in groups are no part of it.
    let plain: String = text.split_whitespace().collect();
    let sought = if plain.chars().any(|c| c.is_ascii_digit()) { &plain } else { text.trim() };
    let found = app.desk().search(sought, app.clock.now());
    page.rows.set_text_content(None);
    for driver in found.iter().take(LISTED) {
        let Ok(row) = DriverRow::new() else {
            return;
        };
        let _ = row.link.set_attribute("href", &Route::driver_link(&driver.reference));
        dom::set(&row.name, &driver.facts.name_zh());
        dom::set(&row.pinyin, &driver.facts.name_latin());
        dom::set(&row.number, &format::grouped(&driver.facts.number));
        dom::set(&row.classes, &classes(&driver.facts.classes));
        dom::set(&row.letters, &letters(&driver.facts.letters.text()));
        dom::set(&row.state, &state(driver.state));
        let _ = page.rows.append_child(&row.root);
    }
    let count = found.len().to_string();
    dom::set(
        &page.count,
        &match found.len() {
            0 => tr("desk.drivers.none"),
            more if more > LISTED => fill("desk.drivers.many", &[("count", &LISTED.to_string())]),
            _ => fill("desk.drivers.count", &[("count", &count)]),
        },
    );
}

/// The state of an electronic licence.
fn state(state: LicenceState) -> String {
    tr(match state {
        LicenceState::None => "desk.licence.none",
        LicenceState::Serving => "desk.licence.serving",
        LicenceState::Suspended => "desk.licence.suspended",
        LicenceState::Ended => "desk.licence.ended",
    })
}
