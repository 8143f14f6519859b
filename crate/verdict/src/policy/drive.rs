//! May this holder drive this vehicle on this day? Returns a state with its reasons, not a colour.

use super::standing::status_check;
use super::validity::validity_check;
use crate::check::{CheckState, Finding};
use crate::message::Element;
use crate::reason::Reason;
use cbor::Date;
use licence::elements::id;
use licence::{Class, Cover, Facts, HeldClass, Vehicle, completed_years};

/// The answer: *pass* is yes, *fail* is no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriveAnswer {
    /// Fail if any reason fails, else undetermined if any is, else pass.
    pub outcome: CheckState,
    /// Every finding, passes included.
    pub reasons: Vec<Finding>,
}

/// The stop age of A and B classes, past which an extension can reach.
const EXTENDABLE_STOP_AGE: u8 = 63;

/// Whether the holder may drive `vehicle` on the day `on`: class, trailer, stop age, novice year,
/// validity and status. The age of the status data is not judged here.
pub fn may_drive(fields: &Facts, vehicle: Vehicle, on: Date) -> DriveAnswer {
    let mut reasons = but_for_status(fields, vehicle, on);
    reasons.push(status_check(fields.status.as_ref(), on));
    let outcome = CheckState::worst(reasons.iter().map(|reason| reason.state));
    DriveAnswer { outcome, reasons }
}

/// As [`may_drive`], without the status.
pub(super) fn but_for_status(fields: &Facts, vehicle: Vehicle, on: Date) -> Vec<Finding> {
    let mut reasons = class_checks(fields, vehicle, on);
    reasons.extend(stop_age_checks(fields, vehicle, on));
    reasons.extend(novice_check(fields, vehicle, on));
    reasons.push(validity_check(fields, on));
    reasons
}

/// Returns the held class that covers a class of vehicle and began first, among those that have begun.
pub(super) fn earliest(fields: &Facts, vehicle: Class, on: Date) -> Option<HeldClass> {
    let held = fields.classes.as_ref()?.known.iter();
    held.filter(|held| held.from <= on && held.class.covers(vehicle) == Cover::Yes)
        .min_by_key(|held| held.from)
        .copied()
}

/// Returns whether a held class covers the vehicle and, if it has one, the trailer.
pub(super) fn class_checks(fields: &Facts, vehicle: Vehicle, on: Date) -> Vec<Finding> {
    if fields.classes.is_none() {
        return vec![Finding::undetermined(Reason::ClassUnreadable { vehicle })];
    }
    let mut checks = vec![covered(fields, vehicle.without_trailer(), on)];
    if let Some(towing) = vehicle.cn().towing {
        checks.push(match earliest(fields, towing, on) {
            Some(held) => Finding::pass(Reason::TrailerCovers { class: held.class }),
            None => Finding::fail(Reason::TrailerNotCovered { vehicle }),
        });
    }
    checks
}

fn covered(fields: &Facts, vehicle: Vehicle, on: Date) -> Finding {
    let cn = vehicle.cn();
    if let Some(held) = earliest(fields, cn.class, on) {
        return Finding::pass(Reason::ClassCovers { vehicle, class: held.class });
    }
    let classes = fields.classes.clone().unwrap_or_default();
    let begun = |held: &&HeldClass| held.from <= on;
    if let Some(held) = cn.by_mass.and_then(|class| earliest(fields, class, on)) {
        return Finding::undetermined(Reason::ClassByMass { vehicle, class: held.class });
    }
    let later = classes.known.iter().filter(|held| held.class.covers(cn.class) == Cover::Yes);
    if let Some(from) = later.map(|held| held.from).min() {
        return Finding::fail(Reason::ClassNotYet { vehicle, date: from });
    }
    let mut disputed = classes.known.iter().filter(begun).map(|held| held.class.covers(cn.class));
    if disputed.any(|cover| cover == Cover::Disputed) {
        Finding::undetermined(Reason::ClassDisputed { vehicle })
    } else if !classes.unknown.is_empty() {
        Finding::undetermined(Reason::ClassUnreadable { vehicle })
    } else {
        Finding::fail(Reason::ClassNotCovered { vehicle })
    }
}

/// Bounds of an age in completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AgeRange {
    at_least: Option<i32>,
    at_most: Option<i32>,
}

fn age_range(fields: &Facts, on: Date) -> AgeRange {
    if let Some(birth_date) = fields.birth_date {
        let age = completed_years(birth_date, on);
        return AgeRange { at_least: Some(age), at_most: Some(age) };
    }
    // `age_over_NN` is of the day of issue: true stays true, false may have changed.
    let over = fields.age_over.iter().filter(|(_, over)| **over).map(|(age, _)| i32::from(*age)).max();
    match fields.birth_year {
        Some(year) => {
            let turns = on.year() - year;
            AgeRange { at_least: Some(over.unwrap_or(0).max(turns - 1)), at_most: Some(turns) }
        }
        None => AgeRange { at_least: over, at_most: None },
    }
}

/// Returns whether the holder is below the stop age of the vehicle, and of the unit with its trailer.
pub(super) fn stop_age_checks(fields: &Facts, vehicle: Vehicle, on: Date) -> Vec<Finding> {
    let cn = vehicle.cn();
    let combination = cn.towing.map(|towing| (vehicle, towing));
    [Some((vehicle.without_trailer(), cn.class)), combination]
        .into_iter()
        .flatten()
        .filter_map(|(vehicle, class)| stop_age(fields, vehicle, class, on))
        .collect()
}

fn stop_age(fields: &Facts, vehicle: Vehicle, class: Class, on: Date) -> Option<Finding> {
    let stops_at = class.row().stops_at?;
    let age = i64::from(stops_at);
    let range = age_range(fields, on);
    if range.at_most.is_some_and(|most| most < i32::from(stops_at)) {
        return Some(Finding::pass(Reason::StopAgeBelow { vehicle, age }));
    }
    let extendable = matches!(class, Class::A1 | Class::A2 | Class::A3 | Class::B1 | Class::B2);
    let extended = fields.extended_until.and_then(|extension| extension.until);
    if let Some(until) = extended
        && extendable
        && stops_at == EXTENDABLE_STOP_AGE
        && on <= until
    {
        return Some(Finding::pass(Reason::StopAgeExtended { vehicle, date: until }));
    }
    let reached = range.at_least.is_some_and(|least| least >= i32::from(stops_at));
    // If `extended_until` was not shown, a reached stop age is undetermined.
    Some(if reached && (!extendable || fields.extended_until.is_some()) {
        Finding::fail(Reason::StopAgeReached { vehicle, age })
    } else {
        Finding::undetermined(Reason::StopAgeUnproven { vehicle, age })
    })
}

/// Returns the finding on the novice year: it passes, and fails with a trailer. `None` if it was not shown and there is no
/// trailer; then the missing element is reported.
pub(super) fn novice_check(fields: &Facts, vehicle: Vehicle, on: Date) -> Option<Finding> {
    let Some(novice) = fields.novice_until else {
        return vehicle.has_trailer().then(|| {
            Finding::undetermined(Reason::ElementMissing {
                element: Element(fields.profile, id::NOVICE_UNTIL),
            })
        });
    };
    let class = vehicle.cn().class;
    Some(match novice.of(class).filter(|_| novice.is_novice(class, on)) {
        Some(last) if vehicle.has_trailer() => Finding::fail(Reason::NoviceTrailer { date: last }),
        Some(last) => Finding::pass(Reason::Novice { date: last }),
        None => Finding::pass(Reason::NotNovice),
    })
}

#[cfg(test)]
mod tests;
