//! The rules that a Chinese licence is judged by, and those that are the same for every document.

use cbor::Date;

use super::drive;
use super::listed::{Listed, agree};
use super::rule::PointsBand;
use super::standing::status_check;
use crate::check::{CheckState, Finding};
use crate::reason::Reason;
use licence::validity::{self, End};
use licence::{
    Facts, Group, Letter, POINTS_FULL, Points, Profile, SignedStatus, Standing, Vehicle, completed_years,
};

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
    let of_date = fields.birth_date.map(Date::year);
    let year = match fields.profile {
        Profile::Cn => fields.birth_year.or(of_date),
        Profile::Iso | Profile::Us | Profile::Id | Profile::Age => of_date.or(fields.birth_year),
    }?;
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

/// Returns whether the status is A, normal, and no other letter beside it. `None` if no letters were shown and no list
/// refuses.
pub(super) fn only_normal(fields: &Facts, listed: Listed, on: Date) -> Option<Finding> {
    if let Some(rule) = listed.rule().filter(|rule| rule.state != CheckState::Pass) {
        return Some(rule);
    }
    let status = fields.status.as_ref()?;
    let letters = status.letters.clone();
    if letters.known() == [Letter::A] && !letters.has_unknown() {
        return Some(Finding::pass(Reason::StatusAccepted { letters }));
    }
    // A list that calls the licence valid overrules letters that do not; which letter holds now, it does not say.
    let overruled = matches!(listed, Listed::Decided { status: entry, .. } if !agree(entry, status));
    Some(if overruled || status_check(Some(status), on).state == CheckState::Undetermined {
        Finding::undetermined(Reason::StatusReview { letters })
    } else {
        Finding::fail(Reason::StatusNotNormal { letters })
    })
}

/// Returns whether the novice year is over; `None` if it was not shown. `professional` says whether the vehicle is driven in
/// goods or passenger transport, which the law forbids a novice.
pub(super) fn no_novice(fields: &Facts, vehicle: Vehicle, on: Date, professional: bool) -> Option<Finding> {
    let (novice, class) = (fields.novice_until?, vehicle.cn().class);
    Some(match novice.of(class).filter(|_| novice.is_novice(class, on)) {
        Some(date) if professional => Finding::fail(Reason::NoviceProfessional { date }),
        Some(date) => Finding::fail(Reason::NoviceNotAccepted { date }),
        None => Finding::pass(Reason::NotNovice),
    })
}

/// Returns whether there are fewer points than `below`; 12 is full.
pub(super) fn points_below(points: Points, below: u8) -> Finding {
    let (incurred, points) = (points.incurred, number(points.incurred));
    if incurred >= POINTS_FULL {
        Finding::fail(Reason::PointsFull { points })
    } else if incurred >= u64::from(below) {
        Finding::fail(Reason::PointsAbove { points, most: i64::from(below) - 1 })
    } else {
        Finding::pass(Reason::PointsBelow { points })
    }
}

/// Returns the band of points; fails outside of every band, and for 12 and more.
pub(super) fn points_band(points: Points, bands: &[PointsBand]) -> Finding {
    let incurred = points.incurred;
    let band = bands.iter().find(|band| (u64::from(band.from)..=u64::from(band.to)).contains(&incurred));
    match band {
        Some(band) if incurred < POINTS_FULL => Finding::pass(Reason::PointsBand {
            points: number(incurred),
            from: band.from.into(),
            to: band.to.into(),
        }),
        _ => points_below(points, bands.last().map_or(0, |band| band.to.saturating_add(1))),
    }
}
