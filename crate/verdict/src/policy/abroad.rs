//! The purposes, asked of a licence of another country: of what its profile can have.

use licence::{Facts, Profile};

use super::category;
use super::days::Days;
use super::period::Period;
use super::{age, rules};
use crate::check::Finding;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;

/// Returns the findings for a document of another profile than the Chinese.
pub(super) fn judge(facts: &Facts, terms: &Terms, days: &Days) -> Vec<Finding> {
    let asks_to_drive = !matches!(terms.purpose, Purpose::AgeOnly | Purpose::Counter | Purpose::None);
    if asks_to_drive && !facts.profile.is_licence() {
        return vec![Finding::fail(Reason::GenuineNotLicence)];
    }
    // The end is that of the issuer's day, for now only.
    let now = Period { from: days.local, through: days.issuer };
    let start = Period { from: terms.from, through: terms.from };
    match terms.purpose {
        Purpose::Roadside if terms.vehicle.is_none() => category::allowed(facts, terms, now, days),
        Purpose::Roadside => category::checks(facts, terms, now, days),
        Purpose::Rental => {
            let rented = Period { from: terms.from, through: terms.until };
            let mut findings = age::check(facts, terms.age_at_least, terms.from, days);
            findings.extend(category::checks(facts, terms, rented, days));
            let years = Some(category::RENTAL_YEARS);
            findings.extend(category::years_held(facts, terms, rented, years, days));
            findings.extend(term(facts, terms.until, days));
            findings
        }
        Purpose::Insurance => {
            let mut findings = Vec::new();
            findings.extend(birth_year(facts, terms));
            findings.extend(category::checks(facts, terms, start, days));
            findings.extend(category::years_held(facts, terms, start, None, days));
            findings.extend(term(facts, terms.from, days));
            findings
        }
        Purpose::Freight | Purpose::Passenger => {
            let mut findings = category::checks(facts, terms, now, days);
            findings.push(Finding::not_asked(Reason::ProfessionalCertificate));
            findings
        }
        Purpose::AgeOnly => age::check(facts, terms.age_at_least, days.local, days),
        Purpose::Counter | Purpose::None => Vec::new(),
    }
}

fn birth_year(facts: &Facts, terms: &Terms) -> Option<Finding> {
    let year = facts.birth_date.map(|date| date.year()).or(facts.birth_year)?;
    Some(Finding::pass(Reason::BirthYear { year: year.into(), age: (terms.from.year() - year).into() }))
}

/// Returns whether the licence is valid through a day to come, which gets no lenience.
fn term(facts: &Facts, until: cbor::Date, days: &Days) -> Option<Finding> {
    let Some(end) = facts.expiry_time else {
        return rules::term(facts, until);
    };
    Some(if days.end_of(until) <= end {
        Finding::pass(Reason::TermCovered { date: until })
    } else {
        Finding::fail(Reason::TermTooShort { date: until })
    })
}

/// Whether a document is read by the rules of this module.
pub(super) fn applies(facts: &Facts) -> bool {
    facts.profile != Profile::Cn
}
