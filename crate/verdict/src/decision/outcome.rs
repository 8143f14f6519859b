//! The outcome of one rule of a policy.

use cbor::Timestamp;
use licence::{Fact, LicenceView, PortraitState, Profile};
use serde::{Deserialize, Serialize};

use super::case::{Case, FaceCompared};
use super::compare;
use super::judged::Judged;
use crate::check::{Check, CheckState, Finding};
use crate::code::Code;
use crate::layer::LayerId;
use crate::message::{CaseField, Element};
use crate::policy::{Asked, Days, Listed, Policy, Rule, When, status_age};
use crate::purpose::Terms;
use crate::reason::{Reason, ReasonCode};

/// The outcome of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleOutcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It cannot be said, or a person decides.
    Undetermined,
    /// A document of this kind cannot have what it reads; it does not count.
    NotApplicable,
}

impl RuleOutcome {
    pub(super) const fn of(state: CheckState) -> Self {
        match state {
            CheckState::Pass => RuleOutcome::Pass,
            CheckState::Fail => RuleOutcome::Fail,
            CheckState::Undetermined => RuleOutcome::Undetermined,
            CheckState::NotAsked => RuleOutcome::NotApplicable,
        }
    }
}

/// What the rules of a policy are asked about.
pub(super) struct Partner<'a> {
    pub(super) policy: &'a Policy,
    pub(super) judged: &'a Judged<'a>,
    pub(super) view: &'a LicenceView,
    pub(super) case: &'a Case,
    pub(super) days: &'a Days,
    pub(super) now: Timestamp,
}

impl Partner<'_> {
    /// Returns what a rule finds. Nothing, or only what was not asked, if it does not apply.
    pub(super) fn checks(&self, rule: &Rule) -> Vec<Check> {
        let facts = &self.view.fields;
        if rule.is_about_driving() && !facts.profile.is_licence() {
            return vec![(&Finding::fail(Reason::GenuineNotLicence)).into()];
        }
        match rule {
            Rule::Status { needed, .. } => self.status(rule, *needed),
            Rule::StatusAge { at_most_hours } => self.status_age(*at_most_hours),
            Rule::Booking { compare_name, compare_number } => self.booking(*compare_name, *compare_number),
            Rule::Face {} => self.face(),
            Rule::TrustedIssuer { countries, lists } => self.issuer(countries, lists),
            Rule::Strict {} => self.strict(),
            _ => {
                let findings = self.findings(rule);
                let mut checks: Vec<Check> = findings.iter().map(Check::from).collect();
                for group in rule.needs() {
                    let malformed = self.malformed(group);
                    let missing = (checks.is_empty() && malformed.is_none()).then(|| self.not_shown(group));
                    checks.extend(malformed.or(missing.flatten()).map(|finding| Check::from(&finding)));
                }
                checks
            }
        }
    }

    /// Returns the findings of a rule that purposes have as well.
    fn findings(&self, rule: &Rule) -> Vec<Finding> {
        let facts = &self.view.fields;
        let terms = match self.terms(rule) {
            Ok(terms) => terms,
            Err(reason) => return vec![Finding::undetermined(reason)],
        };
        let asked = Asked { facts, listed: self.judged.listed(), terms: &terms, days: self.days };
        let findings = rule.findings(&asked);
        match rule {
            // No class covers the vehicle: a purpose says so by the rule about the vehicle.
            Rule::YearsHeld { when, .. } if findings.is_empty() => {
                let (vehicle, state_classes) = (None, terms.state_classes.clone());
                let iso_states = terms.iso_states.clone();
                let covers = Rule::Vehicle { when: *when, vehicle, state_classes, iso_states };
                let open = covers.findings(&asked);
                open.into_iter().filter(|finding| finding.state > CheckState::Pass).collect()
            }
            _ => findings,
        }
    }

    /// Returns the terms of a rule; fails if the case lacks what it needs.
    fn terms(&self, rule: &Rule) -> Result<Terms, Reason> {
        let document = self.policy.document();
        let of_policy = document.rules.iter().find_map(|line| match &line.rule {
            Rule::Vehicle { vehicle, state_classes, iso_states, .. } => {
                Some((*vehicle, state_classes.clone(), iso_states.clone()))
            }
            _ => None,
        });
        let (fixed, state_classes, iso_states) = of_policy.unwrap_or_default();
        let vehicle = match rule.is_about_driving() {
            true => Some(self.case.vehicle(fixed)?),
            false => None,
        };
        let today = self.days.local;
        let missing = |field| Reason::CaseMissing { field };
        let (from, until) = match rule.when() {
            None | Some(When::Now) => (today, today),
            Some(When::Start) => {
                let from = self.case.from.ok_or(missing(CaseField::From))?;
                (from, from)
            }
            Some(When::Period) => {
                let from = self.case.from.ok_or(missing(CaseField::From))?;
                let until = self.case.until.filter(|until| from <= *until);
                (from, until.ok_or(missing(CaseField::Until))?)
            }
        };
        let purpose = document.kind;
        let base = Terms::default_for(purpose, today);
        Ok(Terms { vehicle, from, until, state_classes, iso_states, ..base })
    }

    /// Returns an undetermined finding if none of these facts was shown, of those that are asked and that the profile can have.
    pub(super) fn not_shown(&self, group: &[Fact]) -> Option<Finding> {
        let facts = &self.view.fields;
        let asked = |fact: &&Fact| self.policy.asks(**fact) && facts.applicable(**fact);
        let mut applicable = group.iter().filter(asked);
        let first = applicable.clone().next()?;
        if applicable.any(|fact| self.is_shown(*fact)) {
            return None;
        }
        let element = Element(facts.profile, facts.profile.elements(*first).first()?);
        Some(Finding::undetermined(Reason::ElementMissing { element }))
    }

    fn is_shown(&self, fact: Fact) -> bool {
        let facts = &self.view.fields;
        match fact {
            Fact::Portrait => self.view.portrait_state != PortraitState::NotShown,
            Fact::Age => {
                !facts.age_over.is_empty() || facts.birth_date.is_some() || facts.age_in_years.is_some()
            }
            // The certificate says it as well, which the issuer's trust rests on.
            Fact::IssuingCountry if facts.certificate_country.is_some() => true,
            Fact::Privileges if facts.profile != Profile::Cn => facts.privileges().is_some(),
            // Without an end there is no last day.
            Fact::ExpiryDate if facts.long_term == Some(true) => true,
            _ => facts.profile.elements(fact).iter().any(|id| facts.has(id)),
        }
    }

    fn malformed(&self, group: &[Fact]) -> Option<Finding> {
        let facts = &self.view.fields;
        let mut elements = group.iter().flat_map(|fact| facts.profile.elements(*fact));
        let element = elements.find(|id| facts.is_malformed(id))?;
        Some(Finding::undetermined(Reason::ElementMalformed { element: Element(facts.profile, element) }))
    }

    /// What layer 4 found and did not accept counts as well: a list that is missing, or that overrules the letters.
    fn status(&self, rule: &Rule, needed: bool) -> Vec<Check> {
        let facts = &self.view.fields;
        let found = &self.judged.layer(LayerId::Status).checks;
        let mut checks: Vec<Check> = Vec::new();
        if facts.applicable(Fact::StatusLetters) {
            let group = &[Fact::StatusLetters];
            checks.extend(self.findings(rule).iter().map(Check::from));
            let missing = checks.is_empty().then(|| self.not_shown(group)).flatten();
            checks.extend(self.malformed(group).or(missing).map(|finding| Check::from(&finding)));
        } else {
            checks.extend(found.iter().filter(|check| check.state == CheckState::Pass).cloned());
        }
        let bad = found.iter().filter(|check| check.state > CheckState::Pass);
        let unsaid: Vec<Check> = bad.filter(|check| !checks.contains(check)).cloned().collect();
        checks.extend(unsaid);
        if checks.is_empty() && needed {
            let published = |check: &Check| match check.message.arg("date") {
                Some(crate::message::Arg::Date(date))
                    if check.code == Code::Own(ReasonCode::StatusNotPublished) =>
                {
                    Some(Finding::undetermined(Reason::StatusNeeded { date: *date }))
                }
                _ => None,
            };
            let open =
                found.iter().find_map(published).unwrap_or(Finding::undetermined(Reason::StatusMissing));
            checks.push((&open).into());
        }
        checks
    }

    fn status_age(&self, at_most_hours: u16) -> Vec<Check> {
        let facts = &self.view.fields;
        let letters = facts.status.as_ref().map(|status| status.as_of);
        let finding = match (self.judged.listed(), letters) {
            (Listed::Decided { as_of, .. }, _) | (_, Some(as_of)) => {
                Some(status_age(as_of, self.now, i64::from(at_most_hours) * 3600))
            }
            (Listed::Unknown, None) => Some(Finding::undetermined(Reason::StatusListMissing)),
            (Listed::NotNamed, None) => self.not_shown(&[Fact::StatusLetters]),
        };
        let finding = finding.or_else(|| self.malformed(&[Fact::StatusLetters]));
        finding.iter().map(Check::from).collect()
    }

    /// Nothing is compared that was shown without being asked.
    fn booking(&self, by_name: bool, by_number: bool) -> Vec<Check> {
        let mut facts = self.view.fields.clone();
        if !self.policy.asks(Fact::Number) {
            facts.document_number = None;
        }
        if !self.policy.asks(Fact::NumberLast4) {
            facts.number_last4 = None;
        }
        let facts = &facts;
        let mut findings: Vec<Option<Finding>> = Vec::new();
        if by_name {
            let shown = compare::name(facts, self.case);
            findings.push(shown.or_else(|| self.not_shown(&[Fact::NationalName, Fact::Name])));
        }
        if by_number {
            let shown = compare::number(facts, self.case);
            findings.push(shown.or_else(|| self.not_shown(&[Fact::NumberLast4, Fact::Number])));
        }
        findings.iter().flatten().map(Check::from).collect()
    }

    fn face(&self) -> Vec<Check> {
        let facts = &self.view.fields;
        let reason = match (self.view.portrait_state, self.case.face) {
            (PortraitState::NotShown, _) => {
                return self.not_shown(&[Fact::Portrait]).iter().map(Check::from).collect();
            }
            (PortraitState::Unreadable, _) => Reason::PortraitUnreadable,
            (PortraitState::NotDrawn, _) => Reason::PortraitNotDrawn,
            (PortraitState::Shown, None) => Reason::FaceNotCompared,
            (PortraitState::Shown, Some(FaceCompared::NotSure)) => Reason::FaceNotSure,
            (PortraitState::Shown, Some(FaceCompared::Same)) => {
                return vec![(&Finding::pass(Reason::FaceMatches)).into()];
            }
            (PortraitState::Shown, Some(FaceCompared::Different)) => {
                return vec![(&Finding::fail(Reason::FaceDiffers)).into()];
            }
        };
        let applies = facts.applicable(Fact::Portrait);
        applies.then(|| Check::from(&Finding::undetermined(reason))).into_iter().collect()
    }

    fn issuer(&self, countries: &[String], lists: &[String]) -> Vec<Check> {
        let Some(issuer) = self.judged.issuer else {
            return vec![(&Finding::undetermined(Reason::NotReached)).into()];
        };
        let country = countries.iter().any(|country| issuer.country.as_str() == country);
        let list = issuer.lists.iter().any(|list| lists.iter().any(|known| list.as_str() == known));
        vec![match country || list {
            true => (&Finding::pass(Reason::IssuerAccepted)).into(),
            false => (&Finding::fail(Reason::IssuerNotAccepted)).into(),
        }]
    }

    fn strict(&self) -> Vec<Check> {
        let departs = |check: &&Check| {
            matches!(
                check.code,
                Code::Deviation(_)
                    | Code::Own(
                        ReasonCode::MsoTimeUntidy
                            | ReasonCode::SignedAfterStart
                            | ReasonCode::ElementTimeUntidy
                            | ReasonCode::PortraitPadded
                    )
            )
        };
        let count = self.judged.layer(LayerId::Issuer).checks.iter().filter(departs).count();
        vec![match i64::try_from(count).unwrap_or(i64::MAX) {
            0 => (&Finding::pass(Reason::StrictMet)).into(),
            count => (&Finding::fail(Reason::StrictNotMet { count })).into(),
        }]
    }
}
