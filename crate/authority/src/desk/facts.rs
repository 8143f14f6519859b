//! Facts change, licences are suspended and reinstated, and drivers come to the counter.

use cbor::Timestamp;
use licence::{Group, Letter, Standing, shanghai_day};

use super::driver::{DriverFile, Ended};
use super::review::checked_note;
use super::state::{Desk, Plan};
use crate::application::Application;
use crate::driver::{Change, DriverFacts, Letters, with, without};
use crate::error::DeskError;
use crate::journal::{Details, Shown, StepKind, without_numbers};

/// The letters by which a desk suspends: 暂扣, 扣押, 扣留.
const SUSPENDS: &str = "DKU";
/// Most changes of one visit to the counter.
const CHANGES_MAX: usize = 16;

impl Desk {
    /// Returns the file and the facts of a driver.
    pub(super) fn known(
        &self,
        reference: &str,
        now: Timestamp,
    ) -> Result<(DriverFile, DriverFacts), DeskError> {
        let file = self.file(reference);
        let facts = self.facts(&file, now).ok_or(DeskError::DriverUnknown)?;
        Ok((file, facts))
    }

    /// Changes facts. A change of class, validity or authority ends the licence at once, and letters that say that it is gone do.
    fn change(
        &self,
        mut file: DriverFile,
        changes: &[Change],
        now: Timestamp,
    ) -> Result<(DriverFile, Vec<u64>), DeskError> {
        let day = shanghai_day(now);
        let before = self.facts(&file, now).ok_or(DeskError::DriverUnknown)?;
        let before_basis = before.basis();
        for change in changes {
            let facts = self.facts(&file, now).ok_or(DeskError::DriverUnknown)?;
            file.changes.add(change, &facts, day)?;
        }
        let after = self.facts(&file, now).ok_or(DeskError::DriverUnknown)?;
        let other = !before_basis.changed(&after.basis()).is_empty();
        let gone = matches!(after.letters.standing(), Standing::Known(Group::Gone));
        let mut ended = Vec::new();
        if other || gone {
            let ends = if other { Ended::Changed { at: now } } else { Ended::Gone { at: now } };
            if let Some(held) = file.licence.as_mut().filter(|held| held.ended.is_none()) {
                held.ended = Some(ends);
                ended.push(held.entry);
            }
            file.elsewhere_ended = Some(day);
        }
        if other {
            file.changes.card_from = Some(day);
        }
        Ok((file, ended))
    }

    /// Changes one fact.
    pub(super) fn change_facts(
        &self,
        reference: &str,
        change: Change,
        now: Timestamp,
    ) -> Result<Plan, DeskError> {
        let (file, facts) = self.known(reference, now)?;
        let (file, ended) = self.change(file, std::slice::from_ref(&change), now)?;
        let details = Details { ended, changes: vec![change], ..about(&file, &facts) };
        Ok(changed(StepKind::Changed, details, file))
    }

    /// Suspends the licence.
    pub(super) fn suspend(&self, reference: &str, letter: Letter, now: Timestamp) -> Result<Plan, DeskError> {
        let (file, facts) = self.known(reference, now)?;
        if !SUSPENDS.contains(letter.sign()) {
            return Err(DeskError::SuspendLetter);
        }
        if facts.letters.known().contains(&letter) {
            return Err(DeskError::Suspended);
        }
        let letters = with(&facts.letters, &letter.sign().to_string());
        let change = Change::Letters(Letters { letters, until: facts.extension_until });
        let (file, _) = self.change(file, &[change], now)?;
        let details = Details { letter: Some(letter), ..about(&file, &facts) };
        Ok(changed(StepKind::Suspended, details, file))
    }

    /// Takes a suspension back.
    pub(super) fn reinstate(&self, reference: &str, now: Timestamp) -> Result<Plan, DeskError> {
        let (file, facts) = self.known(reference, now)?;
        if !facts.letters.text().contains(|letter| SUSPENDS.contains(letter)) {
            return Err(DeskError::NotSuspended);
        }
        let letters = without(&facts.letters, SUSPENDS);
        let change = Change::Letters(Letters { letters, until: facts.extension_until });
        let (file, _) = self.change(file, std::slice::from_ref(&change), now)?;
        let details = Details { changes: vec![change], ..about(&file, &facts) };
        Ok(changed(StepKind::Reinstated, details, file))
    }

    /// Writes down what was shown at the counter, and what is changed by it.
    pub(super) fn counter(
        &self,
        reference: &str,
        shown: Vec<Shown>,
        changes: Vec<Change>,
        reopen: bool,
        note: Option<String>,
        now: Timestamp,
    ) -> Result<Plan, DeskError> {
        let (file, facts) = self.known(reference, now)?;
        if shown.is_empty() || changes.len() > CHANGES_MAX || (changes.is_empty() && !reopen) {
            return Err(DeskError::NothingToDo);
        }
        let note = checked_note(note)?;
        let (mut file, ended) = self.change(file, &changes, now)?;
        if reopen {
            match file.claim.take() {
                Some(Application::AtCounter(counter)) => file.claim = Some(counter.reopen().into()),
                _ => return Err(DeskError::NotAtCounter),
            }
        }
        let details = Details {
            shown: once(shown),
            note: note.as_deref().map(without_numbers),
            ended,
            reopened: reopen,
            changes,
            ..about(&file, &facts)
        };
        Ok(changed(StepKind::Counter, details, file))
    }
}

/// Returns what was shown, each paper once.
pub(super) fn once(shown: Vec<Shown>) -> Vec<Shown> {
    let mut once = Vec::new();
    for paper in shown {
        if !once.contains(&paper) {
            once.push(paper);
        }
    }
    once
}

fn about(file: &DriverFile, facts: &DriverFacts) -> Details {
    Details {
        driver: Some(file.reference.clone()),
        number_last4: Some(facts.number_last4()),
        ..Details::default()
    }
}

fn changed(step: StepKind, details: Details, file: DriverFile) -> Plan {
    let mut plan = Plan::new(step, details);
    plan.files.push(file);
    plan.status_changed = true;
    plan
}
