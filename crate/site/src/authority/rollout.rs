//! From which day licences of which office can be claimed; the demo's calendar, and the desk's settings.

use std::rc::Rc;

use authority::rollout::{Batch as Of, IssuingOffice, RolloutRow, TABLE};
use cbor::Date;
use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::clock::DAYS;
use super::view::View;
use super::words::city;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{Batch, CalendarDay, Rollout};

/// Days after today to which the calendar can be set, too: a review is late then, a photo can be replaced.
const LATER: [(&str, i32); 2] = [("desk.calendar.days", 3), ("desk.calendar.months", 184)];
/// Most characters of the name of a clerk.
const CLERK_MAX: usize = 64;

/// The view.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Rollout::new()?;
    let view = View::new(&page.root);
    let today = app.clock.today();
    let mut offices: Vec<IssuingOffice> = Vec::new();
    for driver in app.desk().search("", app.clock.now()) {
        if !offices.contains(&driver.facts.office) {
            offices.push(driver.facts.office);
        }
    }
    let rows = app.desk().rollout().rows().to_vec();
    for row in rows {
        let line = Batch::new()?;
        let _ = page.batches.append_child(&line.root);
        let open = row.from <= today;
        let _ = line.root.set_attribute("data-open", if open { "yes" } else { "no" });
        let of_row = |office: &&IssuingOffice| {
            app.desk().rollout().row_of(office).is_some_and(|found| found.batch == row.batch)
        };
        let mine: Vec<String> = offices.iter().filter(of_row).map(|office| office.city.clone()).collect();
        view.scope.text(move || write(&line, &row, &mine, open));
    }
    let said = page.today.clone();
    let is_set = app.clock.is_set_to().is_some();
    view.scope.text(move || {
        let key = if is_set { "desk.rollout.today.set" } else { "desk.rollout.today" };
        dom::set(&said, &fill(key, &[("date", &format::day(today))]));
    });
    calendar(app, &view, &page)?;
    settings(app, &view, &page);
    Ok(view)
}

fn write(line: &Batch, row: &RolloutRow, offices: &[String], open: bool) {
    let code = match row.batch {
        Of::Pilot => "pilot",
        Of::First => "first",
        Of::Second => "second",
        Of::All => "all",
    };
    dom::set(&line.name, &tr(&format!("desk.batch.{code}")));
    dom::set(&line.from, &format::day(row.from));
    let cities = TABLE.iter().find(|known| known.batch == row.batch).and_then(|known| known.cities);
    dom::set(
        &line.who,
        &match cities {
            Some(count) => fill("desk.batch.cities", &[("count", &count.to_string())]),
            None => tr("desk.batch.everywhere"),
        },
    );
    dom::set(&line.named, &row.cities.join("、"));
    for part in [&line.named, &line.named_label] {
        dom::show(part, !row.cities.is_empty());
    }
    let offices: Vec<String> = offices.iter().map(|name| city(name)).collect();
    dom::set(&line.offices, &format::list(&offices));
    for part in [&line.offices, &line.offices_label] {
        dom::show(part, !offices.is_empty());
    }
    dom::set(&line.state, &tr(if open { "desk.batch.open" } else { "desk.batch.closed" }));
}

/// The demo's calendar.
fn calendar(app: &Rc<App>, view: &View, page: &Rollout) -> Result<(), Missing> {
    let own = format::now();
    let later = LATER.map(|(key, days)| (Some(licence::shanghai_day(own).plus_days(days)), Some(key)));
    let days = DAYS.iter().map(|day| (Date::parse(day), None));
    let set = app.clock.is_set_to();
    for (day, key) in [(None, Some("desk.calendar.today"))].into_iter().chain(later).chain(days) {
        let choice = CalendarDay::new()?;
        let _ = page.days.append_child(&choice.root);
        choice.day.set_checked(set == day);
        let _ = choice.day.set_attribute("value", &day.map(format::printed_day).unwrap_or_default());
        let words = choice.label.clone();
        view.scope.text(move || {
            let text = match (key, day) {
                (Some(key), Some(day)) => fill(key, &[("date", &format::day(day))]),
                (Some(key), None) => tr(key),
                (None, day) => day.map(format::day).unwrap_or_default(),
            };
            dom::set(&words, &text);
        });
        let there = app.clone();
        view.scope.on(&choice.day, "change", move |_| {
            let app = there.clone();
            spawn_local(async move {
                match app.set_settings(|settings| settings.calendar = day).await {
                    Ok(()) => {
                        app.show_again();
                        let today = format::day(app.clock.today());
                        app.tell(&fill("desk.rollout.today.set", &[("date", &today)]));
                    }
                    Err(problem) => app.tell_problem(&problem),
                }
            });
        });
    }
    Ok(())
}

/// Who works here, and deleting everything.
fn settings(app: &Rc<App>, view: &View, page: &Rollout) {
    page.clerk.set_value(&app.settings().clerk);
    let (there, field) = (app.clone(), page.clerk.clone());
    view.scope.on(&page.clerk, "change", move |_| {
        let (app, field) = (there.clone(), field.clone());
        spawn_local(async move {
            let name: String = field.value().trim().chars().take(CLERK_MAX).collect();
            if name.is_empty() {
                return field.set_value(&app.settings().clerk);
            }
            match app.set_settings(|settings| settings.clerk.clone_from(&name)).await {
                Ok(()) => app.tell(&tr("desk.clerk.saved")),
                Err(problem) => app.tell_problem(&problem),
            }
        });
    });
    let dialog = page.clear_dialog.clone();
    view.scope.click(&page.clear, move || {
        let _ = dialog.show_modal();
    });
    let dialog = page.clear_dialog.clone();
    view.scope.click(&page.clear_no, move || dialog.close());
    let (there, dialog) = (app.clone(), page.clear_dialog.clone());
    view.scope.act(&page.clear_yes, move || {
        let (app, dialog) = (there.clone(), dialog.clone());
        async move {
            dialog.close();
            let cleared = async {
                app.store.clear().await?;
                app.load().await
            };
            match cleared.await {
                Ok(()) => {
                    app.tabs.announce();
                    app.show_again();
                    app.tell(&tr("desk.clear.done"));
                }
                Err(problem) => app.tell_problem(&problem),
            }
        }
    });
}
