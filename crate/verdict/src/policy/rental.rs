//! 租车: may this vehicle be rented to this holder until the day of return?

use licence::Facts;

use super::drive;
use super::listed::Listed;
use super::rules::{self, MIN_YEARS_HELD};
use crate::check::{CheckState, Finding};
use crate::purpose::Terms;

/// Returns the findings for a rental from the first day to the last.
pub(super) fn judge(fields: &Facts, listed: Listed, terms: &Terms) -> Vec<Finding> {
    let vehicle = terms.judged_vehicle();
    let mut findings = vec![rules::age(fields, terms.age_at_least, terms.from)];
    findings.extend(drive::class_checks(fields, vehicle, terms.from));
    // The stop age must not be reached before the day of return.
    findings.extend(drive::stop_age_checks(fields, vehicle, terms.until));
    findings.extend(rules::years_held(fields, vehicle, terms.from, Some(MIN_YEARS_HELD)));
    findings.extend(drive::novice_check(fields, vehicle, terms.from));
    findings.extend(rules::term(fields, terms.until));
    findings.extend(rules::status_set(fields, listed, terms.until));
    // Rental does not need points, since letter B means 12 of them. If shown, they count.
    findings.extend(fields.points.map(|points| rules::points_below_full(points, CheckState::Fail)));
    findings
}
