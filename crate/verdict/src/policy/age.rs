//! Whether the holder has reached an age, from whatever a document says about it.

use cbor::Date;
use licence::{Facts, completed_years};

use super::days::Days;
use crate::check::Finding;
use crate::reason::Reason;

/// Returns whether an age is reached on a day.
///
/// The date of birth decides if it was shown. Else the issuer's answers do, the nearest one that a wallet has (ISO/IEC
/// 18013-5, 7.2.5): who is over a higher age is over this one, and who is not over a lower age is not over this one. The age
/// and the year of birth decide where they are far enough from the border.
pub(super) fn check(facts: &Facts, at_least: u8, on: Date, days: &Days) -> Finding {
    let age = i64::from(at_least);
    let least = i32::from(at_least);
    let below = facts.age_over.range(..=at_least).any(|(_, over)| !over);
    let over = facts.age_over.range(at_least..).any(|(_, over)| *over);
    if let Some(birth_date) = facts.birth_date {
        return match days.decide(on, |on| completed_years(birth_date, on) >= least) {
            // The answers are of the day of issue: one may be too old, or wrong.
            Some(true) if below => Finding::undetermined(Reason::AgeDisputed { age }),
            Some(true) => Finding::pass(Reason::AgeReached { age }),
            Some(false) => Finding::fail(Reason::AgeBelow { age }),
            None if over && !below => Finding::pass(Reason::AgeReached { age }),
            None => Finding::undetermined(Reason::DayUndecided { date: on }),
        };
    }
    // In a year somebody completes the difference of the years, on a day that is not known.
    let turns = facts.birth_year.map(|year| on.year() - year);
    let old_enough =
        turns.is_some_and(|turns| turns > least) || facts.age_in_years.is_some_and(|years| years >= least);
    if below || turns.is_some_and(|turns| turns < least) {
        Finding::fail(Reason::AgeBelow { age })
    } else if over || old_enough {
        Finding::pass(Reason::AgeReached { age })
    } else {
        Finding::undetermined(Reason::AgeUnknown { age })
    }
}
