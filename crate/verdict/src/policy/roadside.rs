//! 执法检查: what may this holder drive now, or may the holder drive the vehicle that the officer chose?

use cbor::Date;
use licence::Facts;

use super::allowed;
use super::drive;
use super::listed::Listed;
use super::rules;
use super::standing::status_check;
use super::validity::validity_check;
use crate::check::{CheckState, Finding};
use crate::purpose::Terms;

/// Returns the findings of a roadside check, as of `today`.
pub(super) fn judge(fields: &Facts, listed: Listed, terms: &Terms, today: Date) -> Vec<Finding> {
    let mut findings = match terms.vehicle {
        Some(vehicle) => drive::but_for_status(fields, vehicle, today),
        None => {
            let mut findings = allowed::classes(fields, today);
            findings.push(validity_check(fields, today));
            findings
        }
    };
    findings.push(listed.rule().unwrap_or_else(|| status_check(fields.status.as_ref(), today)));
    // Full points alone do not refuse; letter B does.
    findings.extend(fields.points.map(|points| rules::points_below_full(points, CheckState::Undetermined)));
    findings
}
