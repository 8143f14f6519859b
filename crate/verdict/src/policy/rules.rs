//! The rules that purposes share.

use cbor::Date;

use super::drive;
use super::listed::Listed;
use super::standing::status_check;
use crate::check::{CheckState, Finding};
use crate::reason::Reason;
use licence::validity::{self, End};
use licence::{Facts, Group, POINTS_FULL, Points, SignedStatus, Standing, Vehicle, completed_years};

/// Years for which a class must have been held to rent \[P\].
pub(crate) const MIN_YEARS_HELD: i32 = 1;

/// Bands of points that an insurance is priced on, both ends included \[P\].
pub(crate) const POINT_BANDS: [(u64, u64); 4] = [(0, 0), (1, 5), (6, 8), (9, 11)];

fn number(value: u64) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// Returns whether the holder has reached an age on a day, by the signed `age_over_NN`. A wallet that has no answer for this age
/// gives the nearest one that decides (ISO/IEC 18013-5, 7.2.5): over a higher age is over this one. Where a date of birth was shown
/// for another purpose, the age is computed from it; a signed answer that it contradicts leaves it undetermined.
pub(super) fn age(fields: &Facts, at_least: u8, on: Date) -> Finding {
    let age = i64::from(at_least);
    if let Some(birth_date) = fields.birth_date {
        let reached = completed_years(birth_date, on) >= i32::from(at_least);
        let denied = fields.age_over.iter().any(|(age, over)| *age <= at_least && !over);
        return match (reached, denied) {
            (true, true) => Finding::undetermined(Reason::AgeDisputed { age }),
            (true, false) => Finding::pass(Reason::AgeReached { age }),
            (false, _) => Finding::fail(Reason::AgeBelow { age }),
        };
    }
    // Not over a lower age is not over this one, whatever this one says.
    let below = fields.age_over.iter().any(|(age, over)| *age <= at_least && !over);
    if below {
        Finding::fail(Reason::AgeBelow { age })
    } else if fields.age_over.range(at_least..).any(|(_, over)| *over) {
        Finding::pass(Reason::AgeReached { age })
    } else {
        Finding::undetermined(Reason::AgeUnknown { age })
    }
}

/// Returns the year of birth, which the date of birth has as well, with the age that is completed in the year of `on`.
pub(super) fn birth_year(fields: &Facts, on: Date) -> Option<Finding> {
    let year = fields.birth_year.or(fields.birth_date.map(Date::year))?;
    Some(Finding::pass(Reason::BirthYear { year: year.into(), age: (on.year() - year).into() }))
}

/// Returns the years held, from the earliest start among the held classes that cover the vehicle; `None` if no class covers
/// it, which is a finding of its own.
pub(super) fn years_held(
    fields: &Facts,
    vehicle: Vehicle,
    on: Date,
    at_least: Option<i32>,
) -> Option<Finding> {
    let first = drive::earliest(fields, vehicle.cn().held_class(), on)?;
    let years = completed_years(first.from, on);
    if let Some(at_least) = at_least.filter(|at_least| years < *at_least) {
        return Some(Finding::fail(Reason::HeldTooShort { years: at_least.into() }));
    }
    Some(Finding::pass(Reason::HeldYears { years: years.into(), class: first.class }))
}

/// Returns whether the licence is valid until a day; `None` if its end was not shown, which layer 3 reports.
pub(super) fn term(fields: &Facts, until: Date) -> Option<Finding> {
    let covered = match validity::end(fields) {
        End::LongTerm => true,
        End::On(date) => until <= date,
        End::Unknown => return None,
    };
    Some(if covered {
        Finding::pass(Reason::TermCovered { date: until })
    } else {
        Finding::fail(Reason::TermTooShort { date: until })
    })
}

/// Returns whether the status is accepted: A, H and I pass, an extension is undetermined, other letters fail. A list that
/// decides overrules the letters, except for an extension, which a list does not have.
pub(super) fn status_set(fields: &Facts, listed: Listed, on: Date) -> Option<Finding> {
    let extended = |status: &SignedStatus| status.letters.standing() == Standing::Known(Group::Extended);
    let status = match (listed.rule(), fields.status.as_ref()) {
        (Some(rule), status) if rule.state != CheckState::Pass || !status.is_some_and(extended) => {
            return Some(rule);
        }
        (_, status) => status?,
    };
    let letters = status.letters.clone();
    Some(match status_check(Some(status), on).state {
        CheckState::Pass if status.letters.standing() == Standing::Known(Group::Green) => {
            Finding::pass(Reason::StatusAccepted { letters })
        }
        CheckState::Fail => Finding::fail(Reason::StatusRefused { letters }),
        _ => Finding::undetermined(Reason::StatusReview { letters }),
    })
}

/// Passes below 12 points; `full` is the state for 12 and more.
pub(super) fn points_below_full(points: Points, full: CheckState) -> Finding {
    let (incurred, points) = (points.incurred, number(points.incurred));
    if incurred < POINTS_FULL {
        Finding::pass(Reason::PointsBelow { points })
    } else {
        Finding::new(full, Reason::PointsFull { points })
    }
}

/// Returns the band of points that prices a proposal; fails for 12 and more.
pub(super) fn points_band(points: Points) -> Finding {
    let band = POINT_BANDS.iter().find(|(from, to)| (*from..=*to).contains(&points.incurred));
    match band {
        Some((from, to)) => {
            let (from, to) = (number(*from), number(*to));
            Finding::pass(Reason::PointsBand { points: number(points.incurred), from, to })
        }
        None => points_below_full(points, CheckState::Fail),
    }
}

/// Returns that the holder was not compared with a booking or proposal.
pub(super) fn holder_not_compared() -> Finding {
    Finding::not_asked(Reason::HolderNotCompared)
}
