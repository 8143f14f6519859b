//! May this vehicle be driven by these categories of ISO/IEC 18013-1?
//!
//! The table follows the Vienna Convention on Road Traffic of 1968 and Directive 2006/126/EC \[K\].

use cbor::Date;
use licence::{Condition, Facts, Privilege, Profile, ShownText, VehicleKind, completed_years};

use super::days::Days;
use super::period::{Period, current};
use super::state;
use crate::check::Finding;
use crate::purpose::Terms;
use crate::reason::Reason;

/// The categories of ISO/IEC 18013-1.
const CATEGORIES: [&str; 15] =
    ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"];

/// Automatic transmission only (ISO/IEC 18013-2, annex A).
const AUTOMATIC_ONLY: &str = "78";
/// B with a trailer up to a combination of 4.25 t (Directive 2006/126/EC).
const HEAVIER_TRAILER: &str = "96";
/// A professional driver's certificate of competence, with its last day as the value (Directive 2006/126/EC, annex I).
const PROFESSIONAL_COMPETENCE: &str = "95";

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

/// Returns whether the vehicle of the terms may be driven in this period, and what is restricted.
pub(super) fn checks(facts: &Facts, terms: &Terms, period: Period, days: &Days) -> Vec<Finding> {
    match (facts.privileges(), judged_by_category(facts, terms)) {
        (_, Some(lines)) => {
            let mut findings = by_category(lines, terms, period, days);
            findings.extend(state::said(facts.domestic_privileges.as_deref().unwrap_or_default()));
            findings
        }
        (None, None) => {
            vec![Finding::undetermined(Reason::ClassUnreadable { vehicle: terms.judged_vehicle() })]
        }
        (Some((system, lines)), None) => {
            let known = state::Known { classes: terms.state_classes.as_slice(), facts, system };
            state::checks(lines, &known, terms.judged_vehicle(), period, days)
        }
    }
}

/// Returns what may be driven in this period, by all categories or classes of the licence, where no vehicle was chosen.
///
/// A category whose use is limited is named with its codes, and is undetermined only if none is without limits.
pub(super) fn allowed(facts: &Facts, terms: &Terms, period: Period, days: &Days) -> Vec<Finding> {
    let said = || state::said(facts.domestic_privileges.as_deref().unwrap_or_default());
    match (facts.privileges(), judged_by_category(facts, terms)) {
        (_, Some(lines)) => {
            let mut findings = allowed_categories(lines, period, days);
            findings.extend(said());
            findings
        }
        // The missing element is reported as such.
        (None, None) => Vec::new(),
        (Some((system, lines)), None) => {
            let known = state::Known { classes: terms.state_classes.as_slice(), facts, system };
            state::allowed(lines, &known, period, days)
        }
    }
}

fn allowed_categories(lines: &[Privilege], period: Period, days: &Days) -> Vec<Finding> {
    let named = |line: &Privilege| {
        let codes = line.restrictions.iter().filter(|condition| limits(condition)).map(text);
        let codes: Vec<String> = codes.map(|code| code.as_str().to_owned()).collect();
        if codes.is_empty() {
            return line.code.clone();
        }
        ShownText::new(&format!("{} ({})", line.code.as_str(), codes.join(", ")), 64)
    };
    let begun = |line: &&Privilege| {
        days.decide(period.from, |on| line.from.is_none_or(|from| from <= on)) == Some(true)
    };
    let lines: Vec<&Privilege> = lines.iter().filter(|line| !line.code.is_empty()).collect();
    let held: Vec<&Privilege> = current(lines.iter().copied(), period).filter(begun).collect();
    let is_limited = |line: &&Privilege| line.restrictions.iter().any(limits);
    let free = list(held.iter().copied().filter(|line| !is_limited(line)).map(named));
    let limited = list(held.iter().copied().filter(is_limited).map(named));
    let others = list(lines.iter().filter(|line| !held.contains(line)).map(|line| line.code.clone()));
    let mut findings = Vec::new();
    if !limited.is_empty() {
        let reason = Reason::LimitedUse { codes: limited };
        findings.push(if free.is_empty() {
            Finding::undetermined(reason)
        } else {
            Finding::not_asked(reason)
        });
    }
    if !free.is_empty() {
        findings.insert(0, Finding::pass(Reason::MayDriveCategories { categories: free }));
    }
    if held.is_empty() {
        findings.push(Finding::fail(Reason::CategoriesNotNow { categories: others }));
    } else if !others.is_empty() {
        findings.push(Finding::not_asked(Reason::CategoriesNotNow { categories: others }));
    }
    let codes: Vec<Condition> = held.iter().flat_map(|line| line.restrictions.clone()).collect();
    if !held.is_empty() && held.iter().all(|line| line.has_code(AUTOMATIC_ONLY)) {
        findings.push(Finding::pass(Reason::AutomaticSaid));
    }
    let said = |condition: &&Condition| !limits(condition) && condition.code.as_str() != AUTOMATIC_ONLY;
    let codes = list(codes.iter().filter(said).map(text));
    if !codes.is_empty() {
        findings.push(Finding::pass(Reason::Restrictions { codes }));
    }
    findings
}

/// Returns the texts in their order, each once.
fn list(texts: impl Iterator<Item = ShownText>) -> Vec<ShownText> {
    let mut list = Vec::new();
    texts.for_each(|text| {
        if !list.contains(&text) {
            list.push(text)
        }
    });
    list
}

/// Returns a code with its value, such as `95.2029-01-31`.
fn text(condition: &Condition) -> ShownText {
    match &condition.value {
        Some(value) => ShownText::new(&format!("{}.{}", condition.code.as_str(), value.as_str()), 64),
        None => condition.code.clone(),
    }
}

/// Returns the ISO categories by which a licence is judged: those of a licence without classes of a state, and of a state whose
/// ISO categories the verifier takes. A card of a state with an empty list of classes allows nothing.
fn judged_by_category<'a>(facts: &'a Facts, terms: &Terms) -> Option<&'a [Privilege]> {
    let lines = facts.driving_privileges.as_deref()?;
    let taken = match facts.profile {
        Profile::Iso => true,
        Profile::Us => {
            terms.iso_states.iter().any(|state| state.issued(facts))
                && facts.domestic_privileges.as_ref().is_none_or(|lines| !lines.is_empty())
        }
        Profile::Cn | Profile::Id | Profile::Age => false,
    };
    taken.then_some(lines)
}

/// Returns the current lines of these categories.
fn of_categories<'a>(lines: &'a [Privilege], codes: &[&str], period: Period) -> Vec<&'a Privilege> {
    current(lines, period).filter(|line| codes.contains(&line.code.as_str())).collect()
}

fn by_category(lines: &[Privilege], terms: &Terms, period: Period, days: &Days) -> Vec<Finding> {
    let vehicle = terms.judged_vehicle();
    let Needed { covers, may_cover } = needed(vehicle.kind);
    let professional = terms.purpose.is_professional();
    let mut held = of_categories(lines, covers, period);
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
        findings.extend(restrictions(&line.restrictions, professional));
        if professional {
            findings.extend(competence(&held, period.from));
        }
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
    if let Some(line) = of_categories(lines, may_cover, period).first() {
        let mut findings =
            vec![Finding::undetermined(Reason::CategoryReview { vehicle, category: code(line) })];
        findings.extend(restrictions(&line.restrictions, professional));
        return findings;
    }
    let unknown = lines.iter().any(|line| !CATEGORIES.contains(&line.code.as_str()));
    vec![if unknown {
        Finding::undetermined(Reason::ClassUnreadable { vehicle })
    } else {
        Finding::fail(Reason::ClassNotCovered { vehicle })
    }]
}

/// Returns what is said of the professional competence (code 95, Directive (EU) 2022/2561) on lines that cover the vehicle: until
/// when it lasts, or that it has ended. A driver may have a card of its own for it instead, so that it decides nothing.
fn competence(lines: &[&Privilege], on: Date) -> Option<Finding> {
    let codes = lines.iter().flat_map(|line| &line.restrictions);
    let codes: Vec<&Condition> =
        codes.filter(|condition| condition.code.as_str() == PROFESSIONAL_COMPETENCE).collect();
    if codes.is_empty() {
        return None;
    }
    let until = codes.iter().filter_map(|condition| date_of(condition.value.as_ref()?.as_str())).max();
    Some(match until {
        Some(date) if on <= date => Finding::pass(Reason::ProfessionalCompetence { date }),
        Some(date) => Finding::not_asked(Reason::ProfessionalCompetenceEnded { date }),
        None => Finding::not_asked(Reason::ProfessionalCompetenceUndated),
    })
}

/// Reads a day as the value of a code has it: `2029-01-31`, or as cards have it, `31.01.2029` and `31.01.29`.
fn date_of(text: &str) -> Option<Date> {
    let text = text.trim_matches(|c: char| !c.is_ascii_digit());
    if let Some(date) = Date::parse(text) {
        return Some(date);
    }
    let mut parts = text.split(['.', '/', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let century = if digits(year, 2) { "20" } else { "" };
    let read = parts.next().is_none() && digits(day, 2) && digits(month, 2);
    (read && digits(year, 4 - century.len()))
        .then(|| Date::parse(&format!("{century}{year}-{month}-{day}")))?
}

/// Returns what is restricted: said, and for a person to decide where it limits the vehicles. Professional competence has a
/// finding of its own where it is asked.
fn restrictions(conditions: &[Condition], professional: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    if conditions.iter().any(|condition| condition.code.as_str() == AUTOMATIC_ONLY) {
        findings.push(Finding::pass(Reason::AutomaticSaid));
    }
    let said = |condition: &&Condition| {
        let code = condition.code.as_str();
        let competence = professional && code == PROFESSIONAL_COMPETENCE;
        let elsewhere = competence || [AUTOMATIC_ONLY, HEAVIER_TRAILER].contains(&code);
        !limits(condition) && !elsewhere
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

/// Returns the years for which the vehicle's category or class has been held; `None` if none covers it. One without a first day
/// leaves it undetermined if a number of years is required.
///
/// The first day on a card of the United States may be that of the card, so that too short a time there is undetermined as
/// well.
pub(super) fn years_held(
    facts: &Facts,
    terms: &Terms,
    period: Period,
    at_least: Option<i32>,
    days: &Days,
) -> Option<Finding> {
    let held: Vec<&Privilege> = match judged_by_category(facts, terms) {
        Some(lines) => of_categories(lines, needed(terms.judged_vehicle().kind).covers, period),
        None => {
            let (system, lines) = facts.privileges()?;
            let known = state::Known { classes: terms.state_classes.as_slice(), facts, system };
            current(lines, period).filter(|line| known.covers(line, terms.judged_vehicle())).collect()
        }
    };
    let unknown = || at_least.map(|years| Finding::undetermined(Reason::HeldUnknown { years: years.into() }));
    let first = held.iter().filter(|line| line.from.is_some()).min_by_key(|line| line.from);
    let Some((line, from)) = first.and_then(|line| Some((line, line.from?))) else {
        return unknown().filter(|_| !held.is_empty());
    };
    let years = completed_years(from, period.from);
    let least = at_least.unwrap_or(0).max(0);
    match days.decide(period.from, |on| completed_years(from, on) >= least) {
        Some(false) if facts.profile == Profile::Us => unknown(),
        None => Some(Finding::undetermined(Reason::DayUndecided { date: period.from })),
        Some(false) => Some(Finding::fail(Reason::HeldTooShort { years: least.into() })),
        Some(true) => {
            Some(Finding::pass(Reason::CategoryHeld { years: years.into(), category: line.code.clone() }))
        }
    }
}
