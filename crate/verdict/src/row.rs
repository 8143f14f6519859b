//! A row of a verdict while it is judged: with the causes, from which the headline is chosen.

use crate::check::{Check, CheckState, Finding};
use crate::layer::LayerId;
use crate::message::Message;
use crate::reason::{Reason, ReasonCode};
use crate::verdict::Layer;
use crate::words::Summary;

/// One of the five rows.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: LayerId,
    /// At least one.
    pub(crate) findings: Vec<Finding>,
    summary: Message,
}

impl Row {
    /// Creates a row: its state from its findings, its summary from the finding that decides; `pass` if all pass.
    pub(crate) fn new(id: LayerId, mut findings: Vec<Finding>, pass: Summary) -> Row {
        if findings.is_empty() {
            findings.push(Finding::not_asked(Reason::NotAsked));
        }
        let state = worst(&findings);
        let deciding = findings.iter().find(|finding| finding.state == state);
        let summary = match (state, deciding) {
            (CheckState::Pass, _) => pass.into(),
            // Why there is nothing to ask is worth saying.
            (CheckState::NotAsked, Some(finding)) if finding.is(ReasonCode::StatusNotPublished) => {
                finding.cause.message()
            }
            (CheckState::NotAsked, _) | (_, None) => Summary::NotAsked.into(),
            (CheckState::Fail | CheckState::Undetermined, Some(finding)) => finding.cause.message(),
        };
        Row { id, findings, summary }
    }

    /// Creates the row at which verification ended.
    pub(crate) fn ended(id: LayerId, finding: Finding) -> Row {
        Row::new(id, vec![finding], Summary::NotReached)
    }

    /// Puts a finding before the others; it becomes the summary if none is worse.
    pub(crate) fn put_first(&mut self, finding: Finding) {
        if finding.state >= self.state() {
            self.summary = finding.cause.message();
        }
        self.findings.insert(0, finding);
    }

    /// Adds findings; the first one of a worse state becomes the summary.
    pub(crate) fn add(&mut self, findings: &[Finding]) {
        let before = self.state();
        self.findings.extend_from_slice(findings);
        let state = self.state();
        let deciding = self.findings.iter().find(|finding| finding.state == state);
        if let Some(finding) = deciding.filter(|_| state > before) {
            self.summary = finding.cause.message();
        }
    }

    fn not_reached(id: LayerId) -> Row {
        Row {
            id,
            findings: vec![Finding::not_asked(Reason::NotReached)],
            summary: Summary::NotReached.into(),
        }
    }

    /// Returns the state of its findings together.
    pub(crate) fn state(&self) -> CheckState {
        worst(&self.findings)
    }
}

fn worst(findings: &[Finding]) -> CheckState {
    CheckState::worst(findings.iter().map(|finding| finding.state))
}

/// Returns the rows that were reached, then the others as not reached.
pub(crate) fn after(reached: Vec<Row>) -> [Row; 5] {
    let mut reached = reached.into_iter();
    LayerId::ALL.map(|id| reached.next().unwrap_or_else(|| Row::not_reached(id)))
}

/// Returns the layers of a verdict.
pub(crate) fn shown(rows: &[Row; 5]) -> [Layer; 5] {
    rows.each_ref().map(|row| Layer {
        id: row.id,
        state: row.state(),
        summary: row.summary.clone(),
        checks: row.findings.iter().map(Check::from).collect(),
    })
}
