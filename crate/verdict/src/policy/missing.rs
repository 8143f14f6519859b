//! Elements that a purpose needs and that are missing or malformed.

use licence::elements::id;
use licence::{Fact, Facts, PortraitState};

use crate::check::Finding;
use crate::message::Element;
use crate::purpose::Purpose;
use crate::reason::{Reason, ReasonCode};

/// Returns an undetermined finding for each missing or malformed element, except where one of the findings in `made` says
/// it already.
pub(super) fn elements(
    fields: &Facts,
    portrait: PortraitState,
    purpose: Purpose,
    made: &[Finding],
) -> Vec<Finding> {
    let has = |code| made.iter().any(|finding| finding.is(code));
    let mut findings = Vec::new();
    for (_, element) in purpose.all_elements() {
        let reason = match *element {
            id::PORTRAIT_SMALL => match portrait {
                PortraitState::Shown => continue,
                PortraitState::NotShown if purpose.portrait_is_optional() => Reason::PortraitLeftOut,
                PortraitState::NotShown => {
                    Reason::ElementMissing { element: Element(fields.profile, element) }
                }
                PortraitState::Unreadable => Reason::PortraitUnreadable,
                PortraitState::NotDrawn => Reason::PortraitNotDrawn,
            },
            // These follow from what was shown.
            id::AGE_OVER_18 | id::AGE_OVER_21 | id::AGE_OVER_25 | id::AGE_BIRTH_YEAR
                if fields.birth_date.is_some() && !fields.is_malformed(element) =>
            {
                continue;
            }
            id::NUMBER_LAST4 if fields.document_number.is_some() && !fields.is_malformed(element) => continue,
            id::AGE_OVER_18 | id::AGE_OVER_21 | id::AGE_OVER_25 if has(ReasonCode::AgeUnknown) => continue,
            // An answer for another age may decide as well.
            id::AGE_OVER_18
                if purpose == Purpose::AgeOnly
                    && has(ReasonCode::AgeReached)
                    && !fields.shown.iter().any(|id| id == element) =>
            {
                continue;
            }
            id::STATUS_LETTERS if has(ReasonCode::StatusMissing) => continue,
            id::CLASSES if fields.classes.is_none() && has(ReasonCode::ClassUnreadable) => continue,
            id::EXPIRY_DATE if fields.long_term == Some(true) && !fields.is_malformed(element) => continue,
            element if fields.is_malformed(element) => {
                Reason::ElementMalformed { element: Element(fields.profile, element) }
            }
            _ if purpose.is_chosen_by_holder() => continue,
            element if !fields.has(element) => {
                Reason::ElementMissing { element: Element(fields.profile, element) }
            }
            _ => continue,
        };
        let finding = Finding::undetermined(reason);
        if !made.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

/// Returns the facts that a purpose needs of a document of another profile than the Chinese.
const fn needed(purpose: Purpose) -> &'static [Fact] {
    match purpose {
        Purpose::Roadside | Purpose::Freight | Purpose::Passenger => &[
            Fact::Portrait,
            Fact::Name,
            Fact::BirthDate,
            Fact::Number,
            Fact::IssuingCountry,
            Fact::Privileges,
            Fact::ExpiryDate,
        ],
        Purpose::Rental => &[Fact::Portrait, Fact::Name, Fact::Age, Fact::Privileges, Fact::ExpiryDate],
        Purpose::Insurance => &[Fact::Name, Fact::Age, Fact::Privileges, Fact::ExpiryDate],
        Purpose::AgeOnly => &[Fact::Age, Fact::Portrait],
        Purpose::Counter => &[Fact::Portrait],
        Purpose::None => &[],
    }
}

/// Returns an undetermined finding for each fact that the purpose needs, that the profile can have, and that was not shown or
/// is malformed, except where one of the findings in `made` says it already.
pub(super) fn facts(
    facts: &Facts,
    portrait: PortraitState,
    purpose: Purpose,
    made: &[Finding],
) -> Vec<Finding> {
    let has = |code| made.iter().any(|finding| finding.is(code));
    if has(ReasonCode::GenuineNotLicence) {
        return Vec::new();
    }
    let reason = |fact: &Fact| {
        let elements = facts.profile.elements(*fact);
        let element = *elements.first()?;
        match (fact, portrait) {
            (Fact::Portrait, PortraitState::Shown) => return None,
            (Fact::Portrait, PortraitState::NotShown) if purpose.portrait_is_optional() => {
                return Some(Reason::PortraitLeftOut);
            }
            (Fact::Portrait, PortraitState::NotShown) => {
                return Some(Reason::ElementMissing { element: Element(facts.profile, element) });
            }
            (Fact::Portrait, PortraitState::Unreadable) => return Some(Reason::PortraitUnreadable),
            (Fact::Portrait, PortraitState::NotDrawn) => return Some(Reason::PortraitNotDrawn),
            _ => {}
        }
        let said = match fact {
            Fact::Age => {
                has(ReasonCode::AgeUnknown) || !facts.age_over.is_empty() || facts.birth_date.is_some()
            }
            Fact::Privileges => facts.privileges().is_some(),
            _ => elements.iter().any(|id| facts.has(id)),
        };
        let malformed = elements.iter().find(|id| facts.is_malformed(id));
        match malformed {
            Some(element) => Some(Reason::ElementMalformed { element: Element(facts.profile, element) }),
            None if said => None,
            None => Some(Reason::ElementMissing { element: Element(facts.profile, element) }),
        }
    };
    needed(purpose).iter().filter_map(reason).map(Finding::undetermined).collect()
}
