//! May this vehicle be driven by these classes of a state of the United States or Canada?
//!
//! The same letter means another thing in each state. What a class covers is known from the verifier's terms only; without
//! them it is for a person to judge.

use licence::{Condition, Facts, Privilege, ShownText, System, Vehicle};

use super::days::Days;
use super::period::{Period, current};
use crate::check::{CheckState, Finding};
use crate::reason::Reason;
use crate::state_class::StateClass;

/// Most characters of a class or a condition with its description.
const WORDS_MAX: usize = 200;

/// What the verifier knows about the classes of a licence's state.
pub(super) struct Known<'a> {
    /// The classes of all states that it knows.
    pub(super) classes: &'a [StateClass],
    /// The licence.
    pub(super) facts: &'a Facts,
    /// How its lines are written: a category of ISO/IEC 18013-1 is never a class of the state.
    pub(super) system: System,
}

impl Known<'_> {
    /// Whether the verifier named this vehicle for the class of a line.
    fn names(&self, line: &Privilege, vehicle: Vehicle) -> bool {
        let named = |known: &StateClass| known.vehicle == vehicle && known.class == line.code.as_str();
        self.covers(line, vehicle) && self.classes.iter().any(named)
    }

    /// Whether a line is of a class that covers the vehicle.
    pub(super) fn covers(&self, line: &Privilege, vehicle: Vehicle) -> bool {
        let named =
            |known: &StateClass| known.covers(line.code.as_str(), vehicle) && known.state.issued(self.facts);
        self.system == System::Us && self.classes.iter().any(named)
    }
}

/// Returns whether a class of the state is known to cover the vehicle; otherwise each current class, for a person to judge.
pub(super) fn checks(
    lines: &[Privilege],
    known: &Known<'_>,
    vehicle: Vehicle,
    period: Period,
    days: &Days,
) -> Vec<Finding> {
    let named = || lines.iter().filter(|line| !line.code.is_empty());
    let lasting = || named().filter(|line| line.until.is_none_or(|until| period.through <= until));
    let Some(last) = named().map(|line| line.until).max() else {
        let mut findings = vec![Finding::fail(Reason::StateClassNone)];
        findings.extend(said(lines));
        return findings;
    };
    if let Some(date) = last.filter(|_| lasting().count() == 0) {
        return vec![Finding::fail(Reason::StateClassEnded { date })];
    }
    let covering = current(lines, period).find(|line| known.covers(line, vehicle));
    let mut findings = match covering {
        Some(line) => covered(line, vehicle, period, days),
        None => {
            lasting().map(|line| Finding::undetermined(Reason::StateClass { class: words(line) })).collect()
        }
    };
    findings.extend(said(lines));
    findings
}

/// Returns the classes of the state that are current, where no vehicle was chosen: what each covers is known from the verifier's
/// terms only, and otherwise for a person to judge.
pub(super) fn allowed(lines: &[Privilege], known: &Known<'_>, period: Period, days: &Days) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let named = lines.iter().filter(|line| !line.code.is_empty());
    for line in current(named, period) {
        let vehicles = Vehicle::all().filter(|vehicle| known.names(line, *vehicle));
        findings.extend(vehicles.flat_map(|vehicle| covered(line, vehicle, period, days)));
    }
    let passes = findings.iter().any(|finding| finding.state == CheckState::Pass);
    if passes {
        findings.extend(said(lines));
        return findings;
    }
    // No vehicle is known to be covered: as where one was chosen that is not known either.
    findings.extend(checks(lines, known, Vehicle::CAR, period, days));
    findings
}

fn covered(line: &Privilege, vehicle: Vehicle, period: Period, days: &Days) -> Vec<Finding> {
    // It begins today here, and where it was issued it is another day.
    if days.decide(period.from, |on| line.from.is_none_or(|from| from <= on)).is_none() {
        return vec![Finding::undetermined(Reason::DayUndecided { date: period.from })];
    }
    let mut findings = vec![Finding::pass(Reason::StateClassCovers { vehicle, class: words(line) })];
    if let Some(date) = line.until {
        findings.push(Finding::pass(Reason::CategoryUntil { category: line.code.clone(), date }));
    }
    findings
}

/// Returns a class with its description.
fn words(line: &Privilege) -> ShownText {
    match &line.description {
        Some(words) => ShownText::new(&format!("{} ({})", line.code.as_str(), words.as_str()), WORDS_MAX),
        None => line.code.clone(),
    }
}

/// Returns the restrictions and endorsements of a state, which no table explains.
pub(super) fn said(lines: &[Privilege]) -> Vec<Finding> {
    let words = |condition: &Condition| {
        let description = condition.description.as_ref().map_or("", |text| text.as_str());
        ShownText::new(format!("{} {description}", condition.code.as_str()).trim(), WORDS_MAX)
    };
    let all = |of: fn(&Privilege) -> &[Condition]| -> Vec<ShownText> {
        lines.iter().flat_map(of).map(words).collect()
    };
    let mut findings = Vec::new();
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
