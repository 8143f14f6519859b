//! The device's clock beside what is stored: a wrong one is named as that, and never costs a licence.

use licence::shanghai_day;
use mdoc::{TrustError, VerifyError};

use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::workers::earliest_time;

/// What the device's clock and the stored licence say of each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ClockProblem {
    /// The clock is before the licence, or before this program was made.
    Behind,
    /// By the clock the licence's signature has ended.
    Ended,
}

impl ClockProblem {
    /// Returns the problem if this failure depends on the clock.
    pub(super) fn of(error: &VerifyError) -> Option<Self> {
        match error {
            VerifyError::Trust(TrustError::DsNotYet | TrustError::IacaNotYet) => Some(Self::Behind),
            VerifyError::Trust(TrustError::DsExpired | TrustError::IacaExpired) => Some(Self::Ended),
            _ => None,
        }
    }

    /// The stable code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Behind => "clock-behind",
            Self::Ended => "clock-ended",
        }
    }

    /// What happened.
    pub(super) fn title(self) -> String {
        match self {
            Self::Behind => tr("problem.clock-behind"),
            Self::Ended => tr("problem.clock-ended"),
        }
    }

    /// What to do about it.
    pub(super) fn next(self) -> String {
        let today = format::day(shanghai_day(format::now()));
        let key = match self {
            Self::Behind => "problem.clock-behind.next",
            Self::Ended => "problem.clock-ended.next",
        };
        fill(key, &[("date", &today)])
    }
}

/// Fails if the clock is before the time at which this program was made: nothing is issued or replaced then.
pub(super) fn check() -> Result<(), ClockProblem> {
    if format::now() < earliest_time() { Err(ClockProblem::Behind) } else { Ok(()) }
}
