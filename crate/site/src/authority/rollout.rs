//! From which day licences of which office can be claimed, and the demo's calendar.

use std::rc::Rc;

use authority::rollout::{Batch as Of, BatchRow, TABLE};
use cbor::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::app::App;
use super::clock::DAYS;
use super::route::Route;
use super::view::View;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{Batch, CalendarDay, Rollout};

/// The view.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Rollout::new()?;
    let view = View::new(&page.root);
    let today = app.clock.today();
    for row in &TABLE {
        let line = Batch::new()?;
        let _ = page.batches.append_child(&line.root);
        let open = row.first_day() <= today;
        let _ = line.root.set_attribute("data-open", if open { "yes" } else { "no" });
        view.scope.text(move || write(&line, row, open));
    }
    let said = page.today.clone();
    let is_set = app.clock.is_set_to().is_some();
    view.scope.text(move || {
        let key = if is_set { "desk.rollout.today.set" } else { "desk.rollout.today" };
        dom::set(&said, &fill(key, &[("date", &format::day(today))]));
    });
    for day in std::iter::once(None).chain(DAYS.iter().map(|day| Date::parse(day))) {
        let choice = CalendarDay::new()?;
        let _ = page.days.append_child(&choice.root);
        choice.day.set_checked(app.clock.is_set_to() == day);
        let words = choice.label.clone();
        view.scope
            .text(move || dom::set(&words, &day.map_or_else(|| tr("desk.calendar.today"), format::day)));
        let there = app.clone();
        view.scope.on(&choice.day, "change", move |event| {
            let chosen = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if chosen.is_some_and(|input| input.checked()) {
                choose(&there, day);
            }
        });
    }
    Ok(view)
}

fn write(line: &Batch, row: &BatchRow, open: bool) {
    let code = match row.batch {
        Of::Pilot => "pilot",
        Of::First => "first",
        Of::Second => "second",
        Of::All => "all",
    };
    dom::set(&line.name, &tr(&format!("desk.batch.{code}")));
    dom::set(&line.from, &format::day(row.first_day()));
    dom::set(
        &line.who,
        &match row.cities {
            Some(count) => fill("desk.batch.cities", &[("count", &count.to_string())]),
            None => tr("desk.batch.everywhere"),
        },
    );
    dom::set(&line.named, &row.named.join("、"));
    for part in [&line.named, &line.named_label] {
        dom::show(part, !row.named.is_empty());
    }
    dom::set(&line.state, &tr(if open { "desk.batch.open" } else { "desk.batch.closed" }));
}

/// Sets the calendar once it is stored.
fn choose(app: &Rc<App>, day: Option<Date>) {
    let app = app.clone();
    spawn_local(async move {
        match app.store.put_calendar(day).await {
            Ok(()) => {
                app.clock.set(day);
                app.show(&Route::Rollout);
                app.tell(&fill("desk.rollout.today.set", &[("date", &format::day(app.clock.today()))]));
            }
            Err(error) => app.tell_error(error),
        }
    });
}
