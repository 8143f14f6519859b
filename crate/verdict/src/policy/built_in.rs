//! The purposes as rules \[P\].

use super::rule::{NoviceAccepted, PointsBand, Rule, RuleLine, StatusAccepted, When};
use crate::purpose::{Purpose, Terms};

/// Completed years for which a class must have been held to rent \[P\].
const RENTAL_YEARS: u8 = 1;

/// Points from which on a cycle is full.
const FULL: u8 = 12;

/// Bands of points that an insurance is priced on \[P\].
pub(super) const POINT_BANDS: [PointsBand; 4] = [
    PointsBand { from: 0, to: 0 },
    PointsBand { from: 1, to: 5 },
    PointsBand { from: 6, to: 8 },
    PointsBand { from: 9, to: 11 },
];

/// Returns the rules of a purpose in their order, for these terms.
pub(super) fn rules(terms: &Terms) -> Vec<RuleLine> {
    match terms.purpose {
        Purpose::Roadside => roadside(terms),
        Purpose::Rental => rental(terms),
        Purpose::Insurance => insurance(),
        Purpose::AgeOnly => vec![Rule::Age { at_least: terms.age_at_least, on: When::Now }.into()],
        Purpose::Freight | Purpose::Passenger => commercial(),
        // Layers 1 to 4 say whether it is genuine, valid and in good standing; the counter decides the rest.
        Purpose::Counter | Purpose::None => Vec::new(),
    }
}

fn vehicle(when: When) -> RuleLine {
    let (state_classes, iso_states) = (Vec::new(), Vec::new());
    Rule::Vehicle { when, vehicle: None, state_classes, iso_states }.into()
}

fn status(accept: StatusAccepted, when: When) -> RuleLine {
    Rule::Status { accept, when, needed: false }.into()
}

fn novice(accept: NoviceAccepted, when: When) -> RuleLine {
    Rule::Novice { accept, when }.into()
}

/// 执法检查: what may this holder drive now, or may the holder drive the vehicle that the officer chose?
fn roadside(terms: &Terms) -> Vec<RuleLine> {
    let mut rules = match terms.vehicle {
        Some(_) => vec![vehicle(When::Now), novice(NoviceAccepted::WithoutTrailer, When::Now)],
        None => vec![Rule::MayDrive.into()],
    };
    rules.push(Rule::ValidNow.into());
    rules.push(status(StatusAccepted::MayDrive, When::Now));
    // Full points alone do not refuse; letter B does.
    rules.push(RuleLine::from(Rule::Points { below: FULL }).reviewed());
    rules
}

/// 租车: may this vehicle be rented to this holder until the day of return?
fn rental(terms: &Terms) -> Vec<RuleLine> {
    vec![
        Rule::Age { at_least: terms.age_at_least, on: When::Start }.into(),
        // The stop age must not be reached before the day of return.
        vehicle(When::Period),
        Rule::YearsHeld { at_least: Some(RENTAL_YEARS), when: When::Period }.into(),
        novice(NoviceAccepted::WithoutTrailer, When::Period),
        Rule::ValidThrough { when: When::Period }.into(),
        status(StatusAccepted::Good, When::Period),
        // Rental does not need points, since letter B means 12 of them. If shown, they count.
        Rule::Points { below: FULL }.into(),
        Rule::Booking { compare_name: true, compare_number: true }.into(),
    ]
}

/// 投保: the facts on which a proposal is priced, as of the first day of the cover.
fn insurance() -> Vec<RuleLine> {
    vec![
        Rule::BirthYear { on: When::Start }.into(),
        vehicle(When::Start),
        Rule::YearsHeld { at_least: None, when: When::Start }.into(),
        novice(NoviceAccepted::WithoutTrailer, When::Start),
        Rule::ValidThrough { when: When::Start }.into(),
        status(StatusAccepted::Good, When::Start),
        Rule::PointsBands { bands: POINT_BANDS.to_vec() }.into(),
        Rule::Booking { compare_name: true, compare_number: true }.into(),
    ]
}

/// 货运, 客运: may this holder drive this vehicle in goods or passenger transport now?
fn commercial() -> Vec<RuleLine> {
    vec![
        vehicle(When::Now),
        novice(NoviceAccepted::Never, When::Now),
        Rule::ValidNow.into(),
        status(StatusAccepted::Normal, When::Now),
        RuleLine::from(Rule::Points { below: FULL }).reviewed(),
        // No licence says whether a professional certificate (从业资格证) is needed and held.
        Rule::ProfessionalCertificate {}.into(),
    ]
}
