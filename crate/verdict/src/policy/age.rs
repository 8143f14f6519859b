//! Whether the holder has reached an age, from whatever a document says about it.

use cbor::Date;
use licence::{Facts, completed_years};

use super::days::Days;
use crate::check::Finding;
use crate::reason::Reason;

/// Returns whether an age is reached on a day, and a doubt if what the document says about it disagrees.
///
/// The date of birth decides if it was shown. Else the issuer's answers do, the nearest one that a wallet has (ISO/IEC
/// 18013-5, 7.2.5): who is over a higher age is over this one, and who is not over a lower age is not over this one. The age
/// and the year of birth decide where they are far enough from the border. Of two that disagree the worse counts.
pub(super) fn check(facts: &Facts, at_least: u8, on: Date, days: &Days) -> Vec<Finding> {
    let age = i64::from(at_least);
    let least = i32::from(at_least);
    let disputed = || Finding::undetermined(Reason::AgeDisputed { age });
    let below = facts.age_over.range(..=at_least).any(|(_, over)| !over);
    // The issuer's answers are of the day of issue: what was reached then is reached now.
    let over = facts.age_over.range(at_least..).any(|(_, over)| *over)
        || facts.age_in_years.is_some_and(|years| years >= least);
    if let Some(birth_date) = facts.birth_date {
        return match days.decide(on, |on| completed_years(birth_date, on) >= least) {
            Some(true) if below => vec![disputed()],
            Some(true) => vec![Finding::pass(Reason::AgeReached { age })],
            Some(false) if over => vec![Finding::fail(Reason::AgeBelow { age }), disputed()],
            Some(false) => vec![Finding::fail(Reason::AgeBelow { age })],
            None if over && !below => vec![Finding::pass(Reason::AgeReached { age })],
            None => vec![Finding::undetermined(Reason::DayUndecided { date: on })],
        };
    }
    // In a year somebody completes the difference of the years, on a day that is not known.
    let turns = facts.birth_year.map(|year| on.year() - year);
    let (too_young, old_enough) =
        (turns.is_some_and(|turns| turns < least), turns.is_some_and(|turns| turns > least));
    match (below || too_young, over || old_enough) {
        (true, true) => vec![Finding::fail(Reason::AgeBelow { age }), disputed()],
        (true, false) => vec![Finding::fail(Reason::AgeBelow { age })],
        (false, true) => vec![Finding::pass(Reason::AgeReached { age })],
        (false, false) => vec![Finding::undetermined(Reason::AgeUnknown { age })],
    }
}
