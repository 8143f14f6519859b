//! What a rule finds in a document: the one place where rules are judged, for purposes and for policies.
//!
//! A Chinese licence is judged by its classes, and a document of another profile by what that profile can have.

use cbor::Date;
use licence::{Facts, Profile};

use super::days::Days;
use super::listed::Listed;
use super::period::Period;
use super::rule::{Effect, NoviceAccepted, Rule, RuleLine, StatusAccepted, When};
use super::standing::status_check;
use super::validity::validity_check;
use super::{age, allowed, category, drive, rules};
use crate::check::{CheckState, Finding};
use crate::purpose::Terms;
use crate::reason::Reason;

/// What the rules are asked about.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// What the document says.
    pub(crate) facts: &'a Facts,
    /// What the status list says.
    pub(crate) listed: Listed,
    /// The vehicle and the days.
    pub(crate) terms: &'a Terms,
    /// Which day it is.
    pub(crate) days: &'a Days,
}

impl Asked<'_> {
    fn is_chinese(&self) -> bool {
        self.facts.profile == Profile::Cn
    }

    /// Returns the first and the last day that a rule is asked about.
    fn span(&self, when: When) -> Period {
        match when {
            // The end is that of the issuer's day, for now only.
            When::Now => Period { from: self.days.local, through: self.days.issuer },
            When::Start => Period { from: self.terms.from, through: self.terms.from },
            When::Period => Period { from: self.terms.from, through: self.terms.until },
        }
    }
}

impl RuleLine {
    /// Returns the findings of its rule, in the states that it gives them.
    pub(super) fn findings(&self, asked: &Asked<'_>) -> Vec<Finding> {
        let mut findings = self.rule.findings(asked);
        for finding in &mut findings {
            finding.state = self.state(finding.state);
        }
        findings
    }

    const fn state(&self, state: CheckState) -> CheckState {
        let effect = match state {
            CheckState::Fail => self.on_fail,
            CheckState::Undetermined => self.on_undetermined,
            CheckState::Pass | CheckState::NotAsked => return state,
        };
        match effect {
            Effect::Refuse => CheckState::Fail,
            Effect::Review => CheckState::Undetermined,
            Effect::Note => CheckState::NotAsked,
        }
    }
}

impl Rule {
    /// Returns what it finds; nothing where the document's profile cannot have what it reads, or where a fact that it reads was
    /// not shown and the missing element is reported as such.
    pub(crate) fn findings(&self, asked: &Asked<'_>) -> Vec<Finding> {
        let &Asked { facts, listed, terms, days } = asked;
        let chinese = asked.is_chinese();
        let vehicle = terms.judged_vehicle();
        match self {
            Rule::Age { at_least, on } => {
                let day = asked.span(*on).from;
                match chinese {
                    true => vec![rules::age(facts, *at_least, day)],
                    false => age::check(facts, *at_least, day, days),
                }
            }
            Rule::BirthYear { on } => rules::birth_year(facts, asked.span(*on).from).into_iter().collect(),
            Rule::Vehicle { when, .. } => {
                let span = asked.span(*when);
                if !chinese {
                    return category::checks(facts, terms, span, days);
                }
                let mut findings = drive::class_checks(facts, vehicle, span.from);
                findings.extend(drive::stop_age_checks(facts, vehicle, span.through));
                findings
            }
            Rule::MayDrive if chinese => allowed::classes(facts, days.local),
            Rule::MayDrive => category::allowed(facts, terms, asked.span(When::Now), days),
            Rule::YearsHeld { at_least, when } => {
                let (span, years) = (asked.span(*when), at_least.map(i32::from));
                let finding = match chinese {
                    true => rules::years_held(facts, vehicle, span.from, years),
                    false => category::years_held(facts, terms, span, years, days),
                };
                finding.into_iter().collect()
            }
            Rule::ValidThrough { when } => {
                let until = asked.span(*when).through;
                let finding =
                    if chinese { rules::term(facts, until) } else { term_abroad(facts, until, days) };
                finding.into_iter().collect()
            }
            // Only a Chinese licence has what these read, and layer 3 judges the others.
            Rule::ValidNow if chinese => vec![validity_check(facts, days.local)],
            Rule::Novice { accept, when } if chinese => {
                let day = asked.span(*when).from;
                let finding = match accept {
                    NoviceAccepted::WithoutTrailer => drive::novice_check(facts, vehicle, day),
                    NoviceAccepted::Never => {
                        rules::no_novice(facts, vehicle, day, terms.purpose.is_professional())
                    }
                };
                finding.into_iter().collect()
            }
            Rule::Status { accept, when, .. } if chinese => {
                let day = asked.span(*when).through;
                let finding = match accept {
                    StatusAccepted::MayDrive => {
                        Some(listed.rule().unwrap_or_else(|| status_check(facts.status.as_ref(), day)))
                    }
                    StatusAccepted::Good => rules::status_set(facts, listed, day),
                    StatusAccepted::Normal => rules::only_normal(facts, listed, day),
                };
                finding.into_iter().collect()
            }
            Rule::Points { below } => {
                facts.points.map(|points| rules::points_below(points, *below)).into_iter().collect()
            }
            Rule::PointsBands { bands } => {
                facts.points.map(|points| rules::points_band(points, bands)).into_iter().collect()
            }
            Rule::ProfessionalCertificate {} => vec![Finding::not_asked(Reason::ProfessionalCertificate)],
            // A purpose has no booking.
            Rule::Booking { .. } => vec![Finding::not_asked(Reason::HolderNotCompared)],
            Rule::ValidNow
            | Rule::Novice { .. }
            | Rule::Status { .. }
            | Rule::StatusAge { .. }
            | Rule::Face {}
            | Rule::TrustedIssuer { .. }
            | Rule::Strict {} => Vec::new(),
        }
    }
}

/// Returns whether the licence is valid through a day to come, which gets no lenience.
fn term_abroad(facts: &Facts, until: Date, days: &Days) -> Option<Finding> {
    let Some(end) = facts.expiry_time else {
        return rules::term(facts, until);
    };
    Some(if days.end_of(until) <= end {
        Finding::pass(Reason::TermCovered { date: until })
    } else {
        Finding::fail(Reason::TermTooShort { date: until })
    })
}
