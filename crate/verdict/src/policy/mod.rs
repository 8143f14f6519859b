//! Layer 5: the rules of the purposes \[P\].
//!
//! One file for each purpose asked of a Chinese licence, and one for the rules that they share; one for all purposes asked of
//! a document of another profile. A missing element that the purpose needs and the profile has is undetermined; an element
//! that the purpose does not need is a note.

mod abroad;
mod age;
mod age_only;
mod allowed;
mod category;
mod commercial;
mod days;
pub mod drive;
mod insurance;
mod listed;
mod missing;
mod notes;
mod period;
mod rental;
mod roadside;
mod rules;
mod shown_for;
mod standing;
mod state;
mod still;
mod validity;

use cbor::Timestamp;
use licence::{Facts, PortraitState, shanghai_day};

use crate::check::{CheckState, Finding};
use crate::message::Element;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;

pub(crate) use days::Days;
pub(crate) use listed::{Listed, agree as letters_agree, judge as judge_status};
pub(crate) use notes::notes;
pub(crate) use shown_for::{SignedPurpose, other_purpose};
pub(crate) use still::{is_still_answer, judge as judge_still_answer};
pub(crate) use validity::{validity_abroad, validity_check};

/// Returns the findings of layer 5. A status list that decides in layer 4 decides here as well.
pub(crate) fn judge(
    fields: &Facts,
    portrait: PortraitState,
    listed: Listed,
    terms: &Terms,
    now: Timestamp,
) -> Vec<Finding> {
    let contradiction = fields.contradiction().map(|found| {
        let (element, other) = (Element(fields.profile, found.element), Element(fields.profile, found.other));
        Finding::undetermined(Reason::ElementsContradict { element, other })
    });
    if abroad::applies(fields) {
        let mut findings = abroad::judge(fields, terms, &Days::of(fields, terms, now));
        findings.extend(contradiction);
        findings.extend(missing::facts(fields, portrait, terms.purpose, &findings));
        if matches!(terms.purpose, Purpose::Rental | Purpose::Insurance) && fields.profile.is_licence() {
            findings.push(rules::holder_not_compared());
        }
        return findings;
    }
    let mut findings = match terms.purpose {
        Purpose::Roadside => roadside::judge(fields, listed, terms, shanghai_day(now)),
        Purpose::Rental => rental::judge(fields, listed, terms),
        Purpose::Insurance => insurance::judge(fields, listed, terms),
        Purpose::AgeOnly => age_only::judge(fields, terms, shanghai_day(now)),
        Purpose::Freight | Purpose::Passenger => commercial::judge(fields, listed, terms, shanghai_day(now)),
        // Layers 1 to 4 say whether it is genuine, valid and in good standing; the counter decides the rest.
        Purpose::Counter => Vec::new(),
        Purpose::None => return contradiction.into_iter().collect(),
    };
    findings.extend(contradiction);
    findings.extend(missing::elements(fields, portrait, terms.purpose, &findings));
    if matches!(terms.purpose, Purpose::Rental | Purpose::Insurance) {
        findings.push(rules::holder_not_compared());
    }
    findings
}

/// Returns whether the age of the terms is reached now, by what one document says.
pub(crate) fn age_state(fields: &Facts, terms: &Terms, now: Timestamp) -> CheckState {
    let findings = if abroad::applies(fields) {
        let days = Days::of(fields, terms, now);
        age::check(fields, terms.age_at_least, days.local, &days)
    } else {
        age_only::judge(fields, terms, shanghai_day(now))
    };
    CheckState::worst(findings.iter().map(|finding| finding.state))
}

#[cfg(test)]
mod tests;
