//! What may this holder drive on this day? The answer where no vehicle was chosen.

use cbor::Date;
use licence::{Class, Facts, HeldClass, Vehicle};

use super::drive;
use crate::check::{CheckState, Finding};
use crate::reason::{Reason, ReasonCode};

/// Returns which of the held classes allow driving on the day `on`, and the novice years among them.
///
/// A class allows driving if a vehicle that is judged by it may be driven: by class, stop age and novice year. One that does not
/// is named, and fails only if no class allows anything. `None` of the classes shown is a missing element, which is reported
/// as such.
pub(super) fn classes(fields: &Facts, on: Date) -> Vec<Finding> {
    let Some(held) = fields.classes.as_ref() else {
        return Vec::new();
    };
    let (mut allowed, mut open, mut not_now) = (Vec::new(), Vec::new(), Vec::new());
    let mut novice = Vec::new();
    for held in &held.known {
        let (state, made) = judged(fields, *held, on);
        let list = match state {
            CheckState::Pass => &mut allowed,
            CheckState::Undetermined => &mut open,
            CheckState::Fail | CheckState::NotAsked => &mut not_now,
        };
        if !list.contains(&held.class) {
            list.push(held.class);
        }
        let years = made.into_iter().filter(|finding| finding.is(ReasonCode::Novice));
        years.for_each(|finding| {
            if !novice.contains(&finding) {
                novice.push(finding)
            }
        });
    }
    // Who may shift by hand is not told of automatic cars.
    if drive::earliest(fields, Class::C1, on).is_some_and(|held| allowed.contains(&held.class)) {
        allowed.retain(|class| *class != Class::C2);
    }
    let mut findings = Vec::new();
    let (nothing, settled) = (allowed.is_empty(), open.is_empty());
    if !nothing {
        findings.push(Finding::pass(Reason::MayDrive { classes: allowed }));
    }
    if !settled {
        findings.push(Finding::undetermined(Reason::ClassesOpen { classes: open }));
    }
    if !held.unknown.is_empty() {
        let reason = Reason::ClassesUnread { codes: held.unknown.clone() };
        findings.push(if nothing { Finding::undetermined(reason) } else { Finding::not_asked(reason) });
    }
    let refused = nothing && settled && held.unknown.is_empty();
    if refused || !not_now.is_empty() {
        let reason = Reason::ClassesNotNow { classes: not_now };
        findings.push(if refused { Finding::fail(reason) } else { Finding::not_asked(reason) });
    }
    if novice.is_empty() && fields.novice_until.is_some() {
        novice.push(Finding::pass(Reason::NotNovice));
    }
    findings.extend(novice);
    findings
}

/// Returns the best answer among the vehicles that are judged by a class, with the findings that gave it.
fn judged(fields: &Facts, held: HeldClass, on: Date) -> (CheckState, Vec<Finding>) {
    let of_class = |vehicle: &Vehicle| {
        let cn = vehicle.cn();
        cn.towing.unwrap_or(cn.class) == held.class
    };
    let answers = Vehicle::all().filter(of_class).map(|vehicle| {
        let mut findings = drive::class_checks(fields, vehicle, on);
        findings.extend(drive::stop_age_checks(fields, vehicle, on));
        findings.extend(drive::novice_check(fields, vehicle, on));
        (CheckState::worst(findings.iter().map(|finding| finding.state)), findings)
    });
    answers.min_by_key(|(state, _)| *state).unwrap_or((CheckState::Fail, Vec::new()))
}

#[cfg(test)]
mod tests;
