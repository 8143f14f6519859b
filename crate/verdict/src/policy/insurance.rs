//! 投保: the facts on which an insurance proposal is priced.

use licence::Facts;

use super::drive;
use super::listed::Listed;
use super::rules;
use crate::check::Finding;
use crate::purpose::Terms;

/// Returns the findings for a proposal, as of the first day of the cover.
pub(super) fn judge(fields: &Facts, listed: Listed, terms: &Terms) -> Vec<Finding> {
    let vehicle = terms.judged_vehicle();
    let mut findings = Vec::new();
    findings.extend(rules::birth_year(fields, terms.from));
    findings.extend(drive::class_checks(fields, vehicle, terms.from));
    findings.extend(drive::stop_age_checks(fields, vehicle, terms.from));
    findings.extend(rules::years_held(fields, vehicle, terms.from, None));
    findings.extend(drive::novice_check(fields, vehicle, terms.from));
    findings.extend(rules::term(fields, terms.from));
    findings.extend(rules::status_set(fields, listed, terms.from));
    findings.extend(fields.points.map(rules::points_band));
    findings
}
