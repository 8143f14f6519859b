//! Layer 4, if no list decides: the status by the signed letters, and their age.

use cbor::{Date, Timestamp};

use crate::check::{CheckState, Finding};
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;
use licence::{Group, SignedStatus, Standing, shanghai_day};

/// What a purpose requires of the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusDemand {
    /// Nothing.
    NotAsked,
    /// A status of at most this age, in seconds.
    Within(i64),
    /// A status of any age, if there is one.
    IfThere,
}

/// Returns what these terms require of the status.
pub(crate) fn status_demand(terms: &Terms) -> StatusDemand {
    match (terms.purpose, status_max_age_seconds(terms.purpose)) {
        (Purpose::None, _) if !terms.status_needed => StatusDemand::IfThere,
        (_, Some(seconds)) => StatusDemand::Within(seconds),
        (_, None) => StatusDemand::NotAsked,
    }
}

/// Seconds by which letters and lists may be ahead of the clock.
pub(super) const AHEAD_SECONDS: i64 = 60;

/// Returns the greatest age of a status for a purpose, in seconds; `None` if the purpose asks for no status.
pub(crate) fn status_max_age_seconds(purpose: Purpose) -> Option<i64> {
    match purpose {
        Purpose::Roadside | Purpose::Rental | Purpose::Freight | Purpose::Passenger | Purpose::Counter => {
            Some(24 * 3600)
        }
        Purpose::Insurance => Some(7 * 24 * 3600),
        Purpose::AgeOnly => None,
        // Of any age; the date is reported.
        Purpose::None => Some(i64::MAX),
    }
}

/// Returns what the letters mean on a day. Their age is another check: a bad letter does not improve with age.
pub(crate) fn status_check(status: Option<&SignedStatus>, on: Date) -> Finding {
    let Some(status) = status else {
        return Finding::undetermined(Reason::StatusMissing);
    };
    let of_group = |group| of_group(group, status, on);
    match status.letters.standing() {
        Standing::Known(group) => of_group(group),
        Standing::Empty => Finding::undetermined(Reason::StatusEmpty),
        // An unknown letter beside a bad one does not make the result undetermined.
        Standing::Unknown { worst: Some(group) } if of_group(group).state == CheckState::Fail => {
            of_group(group)
        }
        Standing::Unknown { .. } => {
            Finding::undetermined(Reason::StatusUnknown { letters: status.letters.clone() })
        }
    }
}

/// Returns what a group of letters means on a day.
fn of_group(group: Group, status: &SignedStatus, on: Date) -> Finding {
    let (letters, moment) = (status.letters.clone(), status.as_of);
    match group {
        Group::Green => Finding::pass(Reason::StatusGood { letters, moment }),
        Group::Red => Finding::fail(Reason::StatusRed { letters, moment }),
        Group::Abnormal => Finding::fail(Reason::StatusAbnormal { letters, moment }),
        Group::Gone => Finding::fail(Reason::StatusGone { letters, moment }),
        Group::Extended => match status.until {
            Some(until) if on <= until => Finding::pass(Reason::StatusExtended { letters, date: until }),
            Some(until) => Finding::fail(Reason::StatusExtensionOver { letters, date: until }),
            None => Finding::undetermined(Reason::StatusExtensionUndated { letters }),
        },
    }
}

/// Returns whether a status of this moment is recent enough.
pub(crate) fn status_age(moment: Timestamp, now: Timestamp, max_age_seconds: i64) -> Finding {
    let age = now.seconds_since(moment);
    if age < -AHEAD_SECONDS {
        Finding::undetermined(Reason::StatusAhead { moment })
    } else if age > max_age_seconds {
        Finding::undetermined(Reason::StatusOld { moment, hours: age / 3600 })
    } else {
        Finding::pass(Reason::StatusRecent { moment })
    }
}

/// Returns the findings of layer 4 by the letters alone; empty if the status is not asked.
pub(super) fn judge(status: Option<&SignedStatus>, demand: StatusDemand, now: Timestamp) -> Vec<Finding> {
    let max_age = match (demand, status) {
        (StatusDemand::NotAsked, _) | (StatusDemand::IfThere, None) => return Vec::new(),
        (StatusDemand::Within(seconds), _) => seconds,
        (StatusDemand::IfThere, Some(_)) => i64::MAX,
    };
    let mut checks = vec![status_check(status, shanghai_day(now))];
    checks.extend(status.map(|status| status_age(status.as_of, now, max_age)));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;
    use licence::{LETTER_TABLE, StatusLetters};

    const NOW: Timestamp = Timestamp::from_unix(1_795_320_000);

    fn signed(letters: &str, until: Option<&str>) -> SignedStatus {
        SignedStatus {
            letters: StatusLetters::parse(letters),
            as_of: NOW,
            until: until.map(|text| Date::parse(text).unwrap()),
        }
    }

    fn of(letters: &str, until: Option<&str>, on: &str) -> (CheckState, String) {
        let check = status_check(Some(&signed(letters, until)), Date::parse(on).unwrap());
        (check.state, check.cause.code().to_string())
    }

    #[test]
    fn every_letter() {
        for row in &LETTER_TABLE {
            let (state, _) = of(&row.sign.to_string(), None, "2026-11-22");
            let expected = match row.group {
                Group::Green => CheckState::Pass,
                Group::Extended => CheckState::Undetermined,
                Group::Red | Group::Abnormal | Group::Gone => CheckState::Fail,
            };
            assert_eq!(state, expected, "{}", row.sign);
        }
    }

    #[test]
    fn extension_lasts_through_its_last_day() {
        for letter in ["N", "P", "T", "HP"] {
            assert_eq!(of(letter, Some("2026-11-22"), "2026-11-22").0, CheckState::Pass);
            let over = of(letter, Some("2026-11-22"), "2026-11-23");
            assert_eq!(over, (CheckState::Fail, "status-extension-over".to_owned()));
        }
    }

    #[test]
    fn unknown_letters_are_a_doubt_unless_another_is_bad() {
        assert_eq!(of("Q", None, "2026-11-22"), (CheckState::Undetermined, "status-unknown".to_owned()));
        assert_eq!(of("AQ", None, "2026-11-22").0, CheckState::Undetermined);
        assert_eq!(of("DQ", None, "2026-11-22"), (CheckState::Fail, "status-red".to_owned()));
        assert_eq!(of("", None, "2026-11-22").1, "status-empty");
        let none = status_check(None, Date::parse("2026-11-22").unwrap());
        assert_eq!((none.state, none.cause.code().text()), (CheckState::Undetermined, "status-missing"));
    }

    #[test]
    fn borders_of_the_age() {
        for (purpose, hours) in [(Purpose::Roadside, 24), (Purpose::Rental, 24), (Purpose::Insurance, 168)] {
            let max = status_max_age_seconds(purpose).unwrap();
            let status = signed("A", None);
            let at = |seconds| status_age(status.as_of, NOW.plus_seconds(seconds), max).cause.code().text();
            assert_eq!(at(hours * 3600), "status-recent");
            assert_eq!(at(hours * 3600 + 1), "status-old");
            assert_eq!(at(-60), "status-recent");
            assert_eq!(at(-61), "status-ahead");
        }
        assert_eq!(status_max_age_seconds(Purpose::AgeOnly), None);
    }
}
