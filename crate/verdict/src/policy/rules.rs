//! The single rules of the purposes.

use cbor::Date;

use super::drive::{self, Vehicle};
use super::listed::Listed;
use super::standing::status_check;
use crate::check::{Check, State};
use crate::message::Arg;
use licence::calendar::completed_years;
use licence::elements::{LicenceFields, POINTS_FULL, Points, SignedStatus};
use licence::status::{Group, Standing};
use licence::validity::{self, End};

/// Years for which a class must have been held to rent \[P\].
pub const MIN_YEARS_HELD: i32 = 1;

/// Bands of points that an insurance is priced on, both ends included \[P\].
pub const POINT_BANDS: [(u64, u64); 4] = [(0, 0), (1, 5), (6, 8), (9, 11)];

fn number(value: impl TryInto<i64>) -> Arg {
    Arg::Number(value.try_into().unwrap_or(i64::MAX))
}

/// At least so old: by a signed answer, and by no guess. Who is over a higher age is over this one, and a wallet that has
/// no answer for this age gives the nearest one that tells (ISO/IEC 18013-5, 7.2.5).
pub(super) fn age(fields: &LicenceFields, at_least: u8) -> Check {
    let arg = [("age", number(at_least))];
    // Who is not over a lower age is not over this one, whatever this one says.
    let below = fields.age_over.iter().any(|(age, over)| *age <= at_least && !over);
    if below {
        Check::new(State::Fail, "age-below", arg)
    } else if fields.age_over.range(at_least..).any(|(_, over)| *over) {
        Check::new(State::Pass, "age-reached", arg)
    } else {
        Check::new(State::Undetermined, "age-unknown", arg)
    }
}

/// The year of birth, with the age that is completed in the year of `on`.
pub(super) fn birth_year(fields: &LicenceFields, on: Date) -> Option<Check> {
    let year = fields.birth_year?;
    let args = [("year", number(year)), ("age", number(on.year() - year))];
    Some(Check::new(State::Pass, "birth-year", args))
}

/// Years held, from the earliest start among the held classes that cover the vehicle.
///
/// None where no class covers it: then that is the reason, and not the years.
pub(super) fn years_held(
    fields: &LicenceFields,
    vehicle: Vehicle,
    on: Date,
    at_least: Option<i32>,
) -> Option<Check> {
    let first = drive::earliest(fields, vehicle.class, on)?;
    let years = completed_years(first.from, on);
    if let Some(at_least) = at_least.filter(|at_least| years < *at_least) {
        return Some(Check::new(State::Fail, "held-too-short", [("years", number(at_least))]));
    }
    let args = [("years", number(years)), ("class", Arg::Class(first.class))];
    Some(Check::new(State::Pass, "held-years", args))
}

/// The licence is valid on a day to come. None where its end was not shown: layer 3 says so.
pub(super) fn term(fields: &LicenceFields, until: Date) -> Option<Check> {
    let covered = match validity::end(fields) {
        End::LongTerm => true,
        End::On(date) => until <= date,
        End::Unknown => return None,
    };
    let arg = [("date", Arg::Date(until))];
    Some(if covered {
        Check::new(State::Pass, "term-covered", arg)
    } else {
        Check::new(State::Fail, "term-too-short", arg)
    })
}

/// Within A, H and I: accepted; within an extension: a person looks; else refused with the letter. A list that
/// decides overrules the letters; only whether an extension lasts is theirs to say, since a list does not.
pub(super) fn status_set(fields: &LicenceFields, listed: Listed, on: Date) -> Option<Check> {
    let extended = |status: &SignedStatus| status.letters.standing() == Standing::Known(Group::Extended);
    let status = match (listed.rule(), fields.status.as_ref()) {
        (Some(rule), status) if rule.state != State::Pass || !status.is_some_and(extended) => {
            return Some(rule);
        }
        (_, status) => status?,
    };
    let letters = [("letters", Arg::Letters(status.letters.text()))];
    Some(match status_check(Some(status), on).state {
        State::Pass if status.letters.standing() == Standing::Known(Group::Green) => {
            Check::new(State::Pass, "status-accepted", letters)
        }
        State::Fail => Check::new(State::Fail, "status-refused", letters),
        _ => Check::new(State::Undetermined, "status-review", letters),
    })
}

/// Fewer than 12 points; `full` is what 12 of them mean for the purpose.
pub(super) fn points_below_full(points: Points, full: State) -> Check {
    let arg = [("points", number(points.incurred))];
    if points.incurred < POINTS_FULL {
        Check::new(State::Pass, "points-below", arg)
    } else {
        Check::new(full, "points-full", arg)
    }
}

/// The band of points that prices a proposal; 12 is refused.
pub(super) fn points_band(points: Points) -> Check {
    let band = POINT_BANDS.iter().find(|(from, to)| (*from..=*to).contains(&points.incurred));
    match band {
        Some((from, to)) => {
            let args = [("points", number(points.incurred)), ("from", number(*from)), ("to", number(*to))];
            Check::new(State::Pass, "points-band", args)
        }
        None => points_below_full(points, State::Fail),
    }
}
