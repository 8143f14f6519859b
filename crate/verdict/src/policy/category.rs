//! May this vehicle be driven by these categories of ISO/IEC 18013-1?
//!
//! The table follows the Vienna Convention on Road Traffic of 1968 and Directive 2006/126/EC \[K\].

use cbor::Date;
use licence::{Condition, Facts, Privilege, ShownText, System, Vehicle, VehicleKind, completed_years};

use super::days::Days;
use super::rules::MIN_YEARS_HELD;
use crate::check::Finding;
use crate::reason::Reason;

/// The categories of ISO/IEC 18013-1.
const CATEGORIES: [&str; 15] =
    ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"];

/// Automatic transmission only (ISO/IEC 18013-2, annex A).
const AUTOMATIC_ONLY: &str = "78";
/// B with a trailer up to a combination of 4.25 t (Directive 2006/126/EC).
const HEAVIER_TRAILER: &str = "96";

/// The categories for a kind of vehicle.
struct Needed {
    /// Each of these covers it.
    covers: &'static [&'static str],
    /// These may cover it: the vehicle's mass or power, or the law of the place, decides.
    may_cover: &'static [&'static str],
}

/// Returns the categories for a vehicle.
const fn needed(kind: VehicleKind) -> Needed {
    let (covers, may_cover): (&'static [&'static str], &'static [&'static str]) = match kind {
        VehicleKind::Car => (&["B"], &["BE"]),
        VehicleKind::CarLightTrailer => (&["B", "BE"], &[]),
        VehicleKind::CarHeavyTrailer => (&["BE"], &["B"]),
        VehicleKind::AdaptedCar => (&[], &["B"]),
        VehicleKind::Motorhome => (&["C1", "C"], &[]),
        VehicleKind::Lorry => (&["C"], &[]),
        VehicleKind::LorryTrailer => (&["CE"], &["C"]),
        VehicleKind::Minibus => (&["D1", "D"], &[]),
        VehicleKind::Bus => (&["D"], &[]),
        VehicleKind::CityBus => (&["D"], &[]),
        VehicleKind::Motorcycle => (&["A"], &["A2", "A1"]),
        VehicleKind::MotorTricycle => (&["A"], &["A2", "A1", "B1", "B"]),
        VehicleKind::Moped => (&["AM"], &["A1", "A2", "A", "B"]),
        // ISO has no category for these.
        VehicleKind::LowSpeedLorry
        | VehicleKind::ThreeWheeledLorry
        | VehicleKind::Machinery
        | VehicleKind::Trolleybus
        | VehicleKind::Tram => (&[], &CATEGORIES),
    };
    Needed { covers, may_cover }
}

/// Whether a restriction limits which vehicles are driven, or how: adapted controls (10 to 50), limited use (61 to 69), limited
/// vehicles (79 to 81).
fn limits(condition: &Condition) -> bool {
    let number = condition.code.as_str().split('.').next().and_then(|number| number.parse::<u16>().ok());
    number.is_some_and(|number| matches!(number, 10..=50 | 61..=69 | 79..=81))
}

/// From which day to which day a vehicle is to be driven.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    /// The first day.
    pub(super) from: Date,
    /// The last day.
    pub(super) through: Date,
}

/// Returns whether the vehicle may be driven in this period, and what is restricted.
pub(super) fn checks(facts: &Facts, vehicle: Vehicle, period: Period, days: &Days) -> Vec<Finding> {
    match facts.privileges() {
        None => vec![Finding::undetermined(Reason::ClassUnreadable { vehicle })],
        Some((System::Iso, lines)) if facts.profile == licence::Profile::Iso => {
            by_category(lines, vehicle, period, days)
        }
        Some((_, lines)) => by_state(lines, period),
    }
}

/// Returns the lines that have begun on the first day and last through the last.
fn current<'a>(lines: &'a [Privilege], codes: &[&str], period: Period) -> Vec<&'a Privilege> {
    let of = |line: &&Privilege| codes.contains(&line.code.as_str());
    let begun = |line: &&Privilege| line.from.is_none_or(|from| from <= period.from);
    let lasts = |line: &&Privilege| line.until.is_none_or(|until| period.through <= until);
    lines.iter().filter(of).filter(begun).filter(lasts).collect()
}

fn by_category(lines: &[Privilege], vehicle: Vehicle, period: Period, days: &Days) -> Vec<Finding> {
    let Needed { covers, may_cover } = needed(vehicle.kind);
    let mut held = current(lines, covers, period);
    // The freest line first.
    let manual = |line: &Privilege| !vehicle.automatic && line.has_code(AUTOMATIC_ONLY);
    held.sort_by_key(|line| (manual(line), line.restrictions.iter().any(limits), line.restrictions.len()));
    let code = |line: &Privilege| line.code.clone();
    if let Some(line) = held.first() {
        if manual(line) {
            return vec![Finding::fail(Reason::AutomaticOnly { vehicle })];
        }
        // It begins today here, and where it was issued it is another day.
        let begun = |on: Date| line.from.is_none_or(|from| from <= on);
        if days.decide(period.from, begun).is_none() {
            return vec![Finding::undetermined(Reason::DayUndecided { date: period.from })];
        }
        let mut findings = vec![Finding::pass(Reason::CategoryCovers { vehicle, category: code(line) })];
        if let Some(date) = line.until {
            findings.push(Finding::pass(Reason::CategoryUntil { category: code(line), date }));
        }
        findings.extend(restrictions(&line.restrictions));
        return findings;
    }
    let of = |line: &&Privilege| covers.contains(&line.code.as_str());
    let later = lines.iter().filter(of).filter_map(|line| line.from).filter(|from| *from > period.from);
    if let Some(from) = later.min() {
        return vec![match days.decide(period.from, |on| from <= on) {
            Some(_) => Finding::fail(Reason::ClassNotYet { vehicle, date: from }),
            None => Finding::undetermined(Reason::DayUndecided { date: from }),
        }];
    }
    let ended = lines.iter().filter(of).filter_map(|line| line.until).filter(|until| *until < period.through);
    if let Some(date) = ended.max() {
        return vec![Finding::fail(Reason::CategoryEnded { vehicle, date })];
    }
    if let Some(line) = current(lines, may_cover, period).first() {
        let mut findings =
            vec![Finding::undetermined(Reason::CategoryReview { vehicle, category: code(line) })];
        findings.extend(restrictions(&line.restrictions));
        return findings;
    }
    let unknown = lines.iter().any(|line| !CATEGORIES.contains(&line.code.as_str()));
    vec![if unknown {
        Finding::undetermined(Reason::ClassUnreadable { vehicle })
    } else {
        Finding::fail(Reason::ClassNotCovered { vehicle })
    }]
}

/// Returns what is restricted: said, and for a person to decide where it limits the vehicles.
fn restrictions(conditions: &[Condition]) -> Vec<Finding> {
    let text = |condition: &Condition| match &condition.value {
        Some(value) => ShownText::new(&format!("{}.{}", condition.code.as_str(), value.as_str()), 64),
        None => condition.code.clone(),
    };
    let mut findings = Vec::new();
    if conditions.iter().any(|condition| condition.code.as_str() == AUTOMATIC_ONLY) {
        findings.push(Finding::pass(Reason::AutomaticSaid));
    }
    let said = |condition: &&Condition| {
        !limits(condition) && ![AUTOMATIC_ONLY, HEAVIER_TRAILER].contains(&condition.code.as_str())
    };
    let codes: Vec<ShownText> = conditions.iter().filter(said).map(text).collect();
    if !codes.is_empty() {
        findings.push(Finding::pass(Reason::Restrictions { codes }));
    }
    let codes: Vec<ShownText> = conditions.iter().filter(|condition| limits(condition)).map(text).collect();
    if !codes.is_empty() {
        findings.push(Finding::undetermined(Reason::LimitedUse { codes }));
    }
    findings
}

/// Returns the classes of a state for a person to judge: the same letter means another thing in each.
fn by_state(lines: &[Privilege], period: Period) -> Vec<Finding> {
    let named: Vec<&Privilege> = lines.iter().filter(|line| !line.code.is_empty()).collect();
    let lasts = |line: &&&Privilege| line.until.is_none_or(|until| period.through <= until);
    if let Some(date) = named.iter().filter_map(|line| line.until).max()
        && named.iter().filter(lasts).count() == 0
    {
        return vec![Finding::fail(Reason::StateClassEnded { date })];
    }
    let mut findings: Vec<Finding> = named
        .iter()
        .filter(lasts)
        .map(|line| {
            let class = match &line.description {
                Some(words) => ShownText::new(&format!("{} ({})", line.code.as_str(), words.as_str()), 200),
                None => line.code.clone(),
            };
            Finding::undetermined(Reason::StateClass { class })
        })
        .collect();
    if findings.is_empty() {
        findings.push(Finding::fail(Reason::StateClassNone));
    }
    let words = |condition: &Condition| {
        let description = condition.description.as_ref().map_or("", |text| text.as_str());
        ShownText::new(format!("{} {description}", condition.code.as_str()).trim(), 200)
    };
    let all = |of: fn(&Privilege) -> &[Condition]| -> Vec<ShownText> {
        lines.iter().flat_map(of).map(words).collect()
    };
    let restrictions = all(|line| &line.restrictions);
    if !restrictions.is_empty() {
        findings.push(Finding::pass(Reason::Restrictions { codes: restrictions }));
    }
    let endorsements = all(|line| &line.endorsements);
    if !endorsements.is_empty() {
        findings.push(Finding::pass(Reason::Endorsements { codes: endorsements }));
    }
    findings
}

/// Returns the years for which the vehicle's category has been held; `None` if no category covers it. A category without a
/// first day leaves it undetermined if a number of years is required.
pub(super) fn years_held(
    facts: &Facts,
    vehicle: Vehicle,
    period: Period,
    at_least: Option<i32>,
    days: &Days,
) -> Option<Finding> {
    let (System::Iso, lines) = facts.privileges()? else {
        return None;
    };
    if facts.profile != licence::Profile::Iso {
        return None;
    }
    let held = current(lines, needed(vehicle.kind).covers, period);
    let first = held.iter().filter(|line| line.from.is_some()).min_by_key(|line| line.from);
    let Some((line, from)) = first.and_then(|line| Some((line, line.from?))) else {
        let required = at_least.filter(|_| !held.is_empty())?;
        return Some(Finding::undetermined(Reason::HeldUnknown { years: required.into() }));
    };
    let years = completed_years(from, period.from);
    let least = at_least.unwrap_or(0).max(0);
    Some(match days.decide(period.from, |on| completed_years(from, on) >= least) {
        None => Finding::undetermined(Reason::DayUndecided { date: period.from }),
        Some(false) => Finding::fail(Reason::HeldTooShort { years: least.into() }),
        Some(true) => {
            Finding::pass(Reason::CategoryHeld { years: years.into(), category: line.code.clone() })
        }
    })
}

/// The years for which a category must have been held to rent, as for a Chinese class.
pub(super) const RENTAL_YEARS: i32 = MIN_YEARS_HELD;
