//! One check and what it found.

use serde::{Deserialize, Serialize};

use crate::code::{Cause, Code};
use crate::message::Message;
use crate::reason::{Reason, ReasonCode};

/// The result of a check or of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// Not asked, or nothing to compare with: grey, and without effect on the colour.
    NotAsked,
    /// The check passed.
    Pass,
    /// Inconclusive, or for a person to decide: never green, never a refusal.
    Undetermined,
    /// The check failed.
    Fail,
}

impl CheckState {
    /// All four.
    pub const ALL: [CheckState; 4] =
        [CheckState::Pass, CheckState::Fail, CheckState::Undetermined, CheckState::NotAsked];

    /// Combines states: fail if any fails, else undetermined if any is, else pass if any passes.
    pub fn worst(states: impl IntoIterator<Item = CheckState>) -> CheckState {
        states.into_iter().max().unwrap_or(CheckState::NotAsked)
    }

    /// Returns the stable text, in kebab case: `not-asked`, `pass`, `undetermined`, `fail`.
    pub const fn text(self) -> &'static str {
        match self {
            CheckState::NotAsked => "not-asked",
            CheckState::Pass => "pass",
            CheckState::Undetermined => "undetermined",
            CheckState::Fail => "fail",
        }
    }
}

/// One check with its cause, from which headline and summary are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The result.
    pub state: CheckState,
    /// The cause.
    pub cause: Cause,
}

impl Finding {
    /// Creates a finding of any stage.
    pub fn new(state: CheckState, cause: impl Into<Cause>) -> Finding {
        Finding { state, cause: cause.into() }
    }

    /// Creates a finding that passes.
    pub fn pass(reason: Reason) -> Finding {
        Finding::new(CheckState::Pass, reason)
    }

    /// Creates a finding that fails.
    pub fn fail(cause: impl Into<Cause>) -> Finding {
        Finding::new(CheckState::Fail, cause)
    }

    /// Creates an undetermined finding.
    pub fn undetermined(cause: impl Into<Cause>) -> Finding {
        Finding::new(CheckState::Undetermined, cause)
    }

    /// Creates a finding that was not asked.
    pub fn not_asked(reason: Reason) -> Finding {
        Finding::new(CheckState::NotAsked, reason)
    }

    /// Returns the reason, if it is one of this crate's.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.cause {
            Cause::Own(reason) => Some(reason),
            Cause::Envelope(_)
            | Cause::Proof(_)
            | Cause::Outcome(_)
            | Cause::StatusList(_)
            | Cause::Answer(_)
            | Cause::Deviation(_) => None,
        }
    }

    /// Whether it is this reason, whatever its values.
    pub fn is(&self, code: ReasonCode) -> bool {
        self.cause.code() == Code::Own(code)
    }
}

/// One check of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The result.
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
