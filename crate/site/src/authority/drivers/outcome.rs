//! What a change would do, before it is saved: the same step is taken on a copy of the driver's file.

use std::cell::Cell;
use std::rc::Rc;

use authority::desk::{Action, Desk, Driver, DriverFile, LicenceState, Stored};
use authority::driver::{Change, Changed};
use authority::rollout::Rollout;
use cbor::Timestamp;

use crate::authority::problem::Problem;
use crate::authority::register::DeskRegister;
use crate::authority::words::{classes, validity};
use crate::ui::i18n::{fill, tr};
use crate::ui::words::letters;

/// Whoever is asked what would happen signs nothing.
const NOBODY: &str = "preview";

/// What a change does, one sentence each.
#[derive(Debug)]
pub(super) struct Outcome {
    /// What is different, as before → after.
    pub(super) facts: Vec<String>,
    /// What follows for the licence.
    pub(super) licence: Vec<String>,
}

/// Returns what these changes would do to a driver.
///
/// # Errors
/// Fails as the step itself would.
pub(super) fn of(
    driver: &Driver,
    changes: &[Change],
    practice: u32,
    now: Timestamp,
) -> Result<Outcome, Problem> {
    let file = DriverFile {
        changes: driver.changes.clone(),
        licence: driver.licence.clone(),
        ..DriverFile::new(driver.reference.clone())
    };
    let stored = Stored { drivers: vec![file], ..Stored::default() };
    let register = Box::new(DeskRegister::new(Rc::new(Cell::new(practice))));
    let mut desk = Desk::load(register, Rollout::built_in(), stored)?;
    // Nothing of this desk is kept; the ids of its steps need only be different.
    for (change, id) in changes.iter().zip(0..) {
        let (reference, change) = (driver.reference.clone(), change.clone());
        desk.act(Action::ChangeFacts { reference, change }, NOBODY, now, &mut |buffer| buffer.fill(id))?;
    }
    let after = desk.driver(&driver.reference, now).ok_or(Problem::Own("unexpected"))?;
    Ok(Outcome { facts: facts(driver, &after), licence: licence(driver, &after) })
}

/// A fact as it was and as it will be.
fn from_to(key: &str, before: &str, after: &str) -> String {
    fill("desk.outcome.fact", &[("fact", &tr(key)), ("before", before), ("after", after)])
}

fn facts(before: &Driver, after: &Driver) -> Vec<String> {
    let mut lines: Vec<String> =
        before.facts.basis().changed(&after.facts.basis()).iter().map(changed).collect();
    let (old, new) = (&before.facts, &after.facts);
    if old.letters != new.letters {
        let text = |of: &licence::StatusLetters| letters(&of.text());
        lines.push(from_to("desk.label.letters", &text(&old.letters), &text(&new.letters)));
    }
    if old.points != new.points {
        lines.push(from_to("desk.label.points", &old.points.to_string(), &new.points.to_string()));
    }
    lines
}

/// A change of what a licence is issued on.
pub(super) fn changed(changed: &Changed) -> String {
    match changed {
        Changed::Classes { before, after } => {
            from_to("desk.label.classes", &classes(before), &classes(after))
        }
        Changed::Validity { before, after } => {
            from_to("desk.label.validity", &validity(before), &validity(after))
        }
        Changed::Office { before, after } => from_to("desk.label.office", before, after),
    }
}

fn licence(before: &Driver, after: &Driver) -> Vec<String> {
    let entry = after.licence.as_ref().map(|held| held.entry.to_string()).unwrap_or_default();
    let args = [("entry", &*entry)];
    let ends = !before.facts.basis().changed(&after.facts.basis()).is_empty();
    let mut lines = Vec::new();
    match (before.state, after.state) {
        (LicenceState::None, _) if ends => lines.push(tr("desk.outcome.ends.elsewhere")),
        (LicenceState::None, _) => lines.push(tr("desk.outcome.none")),
        (LicenceState::Ended, LicenceState::Ended) => lines.push(tr("desk.outcome.ended-already")),
        (_, LicenceState::Ended) => {
            lines.push(fill("desk.outcome.ends", &args));
            lines.push(tr(if ends { "desk.outcome.reclaim" } else { "desk.outcome.gone" }));
        }
        (LicenceState::Suspended, LicenceState::Serving) => lines.push(fill("desk.outcome.valid", &args)),
        (LicenceState::Serving, LicenceState::Suspended) => {
            lines.push(fill("desk.outcome.suspended", &args));
        }
        _ => lines.push(tr("desk.outcome.refresh")),
    }
    lines.push(tr("desk.outcome.list"));
    lines
}
