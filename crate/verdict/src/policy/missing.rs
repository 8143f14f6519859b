//! Elements that a purpose needs and that are missing or malformed.

use licence::elements::id;
use licence::{Facts, PortraitState};

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
                PortraitState::NotShown => Reason::ElementMissing { element: Element(element) },
                PortraitState::Unreadable => Reason::PortraitUnreadable,
            },
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
            element if fields.is_malformed(element) => Reason::ElementMalformed { element: Element(element) },
            element if !fields.has(element) => Reason::ElementMissing { element: Element(element) },
            _ => continue,
        };
        let finding = Finding::undetermined(reason);
        if !made.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}
