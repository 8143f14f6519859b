//! A step of the journal in words.

use authority::driver::Change;
use authority::journal::{Details, Step};
use web_sys::HtmlElement;

use super::route::Route;
use super::words::{classes, occasion, reason, validity};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::StepLine;
use crate::ui::scope::Scope;
use crate::ui::words::letters;

/// A line of a list of steps; with the name of the driver, where the list is of several.
pub(super) fn line(scope: &Scope, name: Option<String>, step: Step) -> Result<HtmlElement, Missing> {
    let line = StepLine::new()?;
    let _ = line.root.set_attribute("data-step", step.step.code());
    dom::show(&line.who, name.is_some());
    if let Some(reference) = &step.details.driver {
        let _ = line.who.set_attribute("href", &Route::driver_link(reference));
    }
    dom::set(&line.who, &name.unwrap_or_default());
    dom::set(&line.index, &(step.sequence + 1).to_string());
    dom::set(&line.clerk, &step.clerk);
    let root = line.root.clone();
    scope.text(move || {
        dom::set(&line.at, &format::printed_moment(step.event_time.0));
        dom::set(&line.what, &tr(&format!("desk.step.{}", step.step.code())));
        let said = said(&step.details);
        dom::show(&line.details, !said.is_empty());
        dom::set(&line.details, &said.join(" · "));
    });
    Ok(root)
}

/// What a step says beside its kind.
pub(super) fn said(details: &Details) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(details.occasion.map(occasion));
    said.extend(details.undid.map(|kind| tr(&format!("desk.step.{}", kind.code()))));
    said.extend(details.reason.map(reason));
    said.extend(details.code.clone());
    said.extend(details.letter.map(|letter| letters(&letter.sign().to_string())));
    said.extend(details.changes.iter().map(change));
    let shown: Vec<String> = details.shown.iter().copied().map(super::words::shown_text).collect();
    if !shown.is_empty() {
        said.push(fill("desk.step.shown", &[("papers", &format::list(&shown))]));
    }
    if details.reopened {
        said.push(tr("desk.step.reopened"));
    }
    if let Some(entry) = details.entry {
        said.push(fill("desk.step.entry", &[("entry", &entry.to_string())]));
    }
    for entry in &details.ended {
        said.push(fill("desk.step.ended", &[("entry", &entry.to_string())]));
    }
    said.extend(details.note.clone());
    said
}

fn change(change: &Change) -> String {
    let (fact, value) = match change {
        Change::Classes { classes: held } => ("classes", classes(held)),
        Change::Validity(term) => ("validity", validity(term)),
        Change::Office(office) => ("office", super::words::city(&office.city)),
        Change::Letters(set) => ("letters", letters(&set.letters.text())),
        Change::Points { incurred } => ("points", incurred.to_string()),
    };
    fill("desk.step.change", &[("fact", &tr(&format!("desk.label.{fact}"))), ("value", &value)])
}
