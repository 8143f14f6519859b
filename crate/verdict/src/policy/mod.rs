//! Layer 5: the rules of the purposes \[P\], and the policies of partners.
//!
//! A rule is data ([`rule`]) and is judged in one place ([`run`]), whoever asks: the purposes are lists of rules
//! ([`built_in`]). A missing element that the purpose needs and the profile has is undetermined; an element that the purpose
//! does not need is a note.

mod age;
mod allowed;
mod built_in;
mod category;
mod days;
mod document;
pub mod drive;
mod error;
mod listed;
mod load;
mod missing;
mod notes;
mod period;
mod ready;
mod request;
mod rule;
mod rules;
mod run;
#[cfg(feature = "schema")]
mod schema;
mod shown_for;
mod standing;
mod state;
mod still;
mod validity;

use cbor::Timestamp;
use licence::{Facts, PortraitState, Profile};

use crate::check::{CheckState, Finding};
use crate::message::Element;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;

pub(crate) use days::Days;
pub use document::{AskedFact, Policy, PolicyDocument, Words};
pub use error::{CaseCode, CaseError, PolicyCode, PolicyError};
pub(crate) use listed::{Listed, agree as letters_agree, judge as judge_status};
pub(crate) use notes::notes;
pub(crate) use rule::VALIDITY;
pub(crate) use run::Asked;
pub(crate) use shown_for::{SignedPurpose, other_purpose};
pub(crate) use standing::status_age;
pub(crate) use still::{is_still_answer, judge as judge_still_answer};
pub(crate) use validity::{validity_abroad, validity_check};

pub use ready::{READY_POLICIES, Ready};
pub use request::AskedElement;
pub use rule::{Effect, NoviceAccepted, PointsBand, Rule, RuleLine, StatusAccepted, When};

/// Returns the findings of layer 5. A status list that decides in layer 4 decides here as well.
pub(crate) fn judge(
    facts: &Facts,
    portrait: PortraitState,
    listed: Listed,
    terms: &Terms,
    now: Timestamp,
) -> Vec<Finding> {
    let lines = built_in::rules(terms);
    let days = Days::of(facts, terms, now);
    let asked = Asked { facts, listed, terms, days: &days };
    // What the holder is compared with is said last.
    let (last, first): (Vec<_>, Vec<_>) =
        lines.iter().partition(|line| matches!(line.rule, Rule::Booking { .. }));
    let findings_of = |lines: &[&RuleLine]| -> Vec<Finding> {
        lines.iter().flat_map(|line| line.findings(&asked)).collect()
    };
    let is_licence = facts.profile.is_licence();
    let mut findings = match is_licence || !lines.iter().any(|line| line.rule.is_about_driving()) {
        true => findings_of(&first),
        false => vec![Finding::fail(Reason::GenuineNotLicence)],
    };
    findings.extend(contradiction(facts));
    if terms.purpose == Purpose::None {
        return findings;
    }
    findings.extend(match facts.profile {
        Profile::Cn => missing::elements(facts, portrait, terms.purpose, &findings),
        Profile::Iso | Profile::Us | Profile::Id | Profile::Age => {
            missing::facts(facts, portrait, terms.purpose, &findings)
        }
    });
    if is_licence {
        findings.extend(findings_of(&last));
    }
    findings
}

/// Returns an undetermined finding if two elements of the document contradict each other.
pub(crate) fn contradiction(facts: &Facts) -> Option<Finding> {
    facts.contradiction().map(|found| {
        let (element, other) = (Element(facts.profile, found.element), Element(facts.profile, found.other));
        Finding::undetermined(Reason::ElementsContradict { element, other })
    })
}

/// Returns whether the age of the terms is reached now, by what one document says.
pub(crate) fn age_state(facts: &Facts, terms: &Terms, now: Timestamp) -> CheckState {
    let days = Days::of(facts, terms, now);
    let rule = Rule::Age { at_least: terms.age_at_least, on: When::Now };
    let findings = rule.findings(&Asked { facts, listed: Listed::NotNamed, terms, days: &days });
    CheckState::worst(findings.iter().map(|finding| finding.state))
}

#[cfg(test)]
mod tests;
