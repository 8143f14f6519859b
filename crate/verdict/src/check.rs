//! One check and what it found.

use serde::{Deserialize, Serialize};

use crate::code::{Cause, Code};
use crate::message::Message;
use crate::reason::{Reason, ReasonCode};

/// The result of a check or of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// Nobody asked, or there was nothing to compare with: grey, does not count.
    NotAsked,
    /// The check passed.
    Pass,
    /// Inconclusive, or a person should look: never green, never a refusal.
    Undetermined,
    /// The check failed.
    Fail,
}

impl CheckState {
    /// All four.
    pub const ALL: [CheckState; 4] =
        [CheckState::Pass, CheckState::Fail, CheckState::Undetermined, CheckState::NotAsked];

    /// The state of several: one failure fails, else one doubt leaves a doubt.
    pub fn worst(states: impl IntoIterator<Item = CheckState>) -> CheckState {
        states.into_iter().max().unwrap_or(CheckState::NotAsked)
    }

    /// Stable, in kebab case: `not-asked`, `pass`, `undetermined`, `fail`.
    pub const fn text(self) -> &'static str {
        match self {
            CheckState::NotAsked => "not-asked",
            CheckState::Pass => "pass",
            CheckState::Undetermined => "undetermined",
            CheckState::Fail => "fail",
        }
    }
}

/// One check with its cause: what policies give and the headline is chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it found.
    pub state: CheckState,
    /// Why.
    pub cause: Cause,
}

impl Finding {
    /// A finding of any stage.
    pub fn new(state: CheckState, cause: impl Into<Cause>) -> Finding {
        Finding { state, cause: cause.into() }
    }

    /// Checked, and right.
    pub fn pass(reason: Reason) -> Finding {
        Finding::new(CheckState::Pass, reason)
    }

    /// Checked, and wrong.
    pub fn fail(cause: impl Into<Cause>) -> Finding {
        Finding::new(CheckState::Fail, cause)
    }

    /// Could not be settled.
    pub fn undetermined(cause: impl Into<Cause>) -> Finding {
        Finding::new(CheckState::Undetermined, cause)
    }

    /// Nobody asked.
    pub fn not_asked(reason: Reason) -> Finding {
        Finding::new(CheckState::NotAsked, reason)
    }

    /// The reason, where it is one of this crate's.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.cause {
            Cause::Own(reason) => Some(reason),
            Cause::Envelope(_)
            | Cause::Proof(_)
            | Cause::Outcome(_)
            | Cause::StatusList(_)
            | Cause::Answer(_) => None,
        }
    }

    /// Whether it is this reason, whatever its values.
    pub fn is(&self, code: ReasonCode) -> bool {
        self.cause.code() == Code::Own(code)
    }
}

/// One check as a verdict shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it found.
    pub state: CheckState,
    /// Its code.
    pub code: Code,
    /// The plain reason.
    pub message: Message,
}

impl From<&Finding> for Check {
    fn from(finding: &Finding) -> Check {
        Check { state: finding.state, code: finding.cause.code(), message: finding.cause.message() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_state_decides() {
        use CheckState::{Fail, NotAsked, Pass, Undetermined};
        assert_eq!(CheckState::worst([]), NotAsked);
        assert_eq!(CheckState::worst([NotAsked, NotAsked]), NotAsked);
        assert_eq!(CheckState::worst([NotAsked, Pass]), Pass);
        assert_eq!(CheckState::worst([Pass, Undetermined, Pass]), Undetermined);
        assert_eq!(CheckState::worst([Undetermined, Fail, Pass]), Fail);
    }
}
