//! 货运, 客运: may this holder drive this vehicle in goods or passenger transport now?

use cbor::Date;
use licence::{Facts, Letter, Vehicle};

use super::drive;
use super::listed::{Listed, agree};
use super::rules;
use super::standing::status_check;
use super::validity::validity_check;
use crate::check::{CheckState, Finding};
use crate::purpose::Terms;
use crate::reason::Reason;

/// Returns the findings of freight or passenger transport, as of `today`.
///
/// No licence says whether a professional certificate (从业资格证) is needed and held: a finding that is not asked says so.
pub(super) fn judge(fields: &Facts, listed: Listed, terms: &Terms, today: Date) -> Vec<Finding> {
    let vehicle = terms.judged_vehicle();
    let mut findings = drive::class_checks(fields, vehicle, today);
    findings.extend(drive::stop_age_checks(fields, vehicle, today));
    findings.extend(no_novice(fields, vehicle, today));
    findings.push(validity_check(fields, today));
    findings.extend(only_normal(fields, listed, today));
    findings.extend(fields.points.map(|points| rules::points_below_full(points, CheckState::Undetermined)));
    findings.push(Finding::not_asked(Reason::ProfessionalCertificate));
    findings
}

/// Returns whether the novice year is over; `None` if it was not shown.
fn no_novice(fields: &Facts, vehicle: Vehicle, on: Date) -> Option<Finding> {
    let (novice, class) = (fields.novice_until?, vehicle.cn().class);
    Some(match novice.of(class).filter(|_| novice.is_novice(class, on)) {
        Some(date) => Finding::fail(Reason::NoviceProfessional { date }),
        None => Finding::pass(Reason::NotNovice),
    })
}

/// Returns whether the status is A, normal, and no other letter beside it. `None` if no letters were shown and no list
/// refuses.
fn only_normal(fields: &Facts, listed: Listed, on: Date) -> Option<Finding> {
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
