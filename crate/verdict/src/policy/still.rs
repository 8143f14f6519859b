//! The still answer of a purpose, which has no portrait.

use cbor::Timestamp;
use licence::{Facts, LicenceView, PortraitState, Profile, birth_date_in};

use super::{Listed, SignedPurpose};
use crate::check::Finding;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;

/// Whether this is the still answer of the purpose that is asked: the holder signed that purpose, and shows nothing beyond its
/// set without the portrait.
///
/// A purpose that asks for no portrait, or allows to leave it out, needs no answer of its own.
pub(crate) fn is_still_answer(signed: SignedPurpose, view: &LicenceView, asked: Purpose) -> bool {
    let (set, fields) = (asked.still_elements(), &view.fields);
    let is_less = set.len() < asked.all_elements().len() && !asked.portrait_is_optional();
    let is_in_set = |shown: &String| set.iter().any(|(_, id)| id == shown);
    is_less
        && signed == SignedPurpose::Known(asked)
        && view.portrait_state == PortraitState::NotShown
        && fields.profile == Profile::Cn
        && fields.foreign == 0
        && !fields.shown.is_empty()
        && fields.shown.iter().all(is_in_set)
}

/// Returns the findings of layer 5. Without a portrait to compare it is undetermined, and what no still answer has is not
/// missing.
pub(crate) fn judge(view: &LicenceView, listed: Listed, terms: &Terms, now: Timestamp) -> Vec<Finding> {
    let mut fields = view.fields.clone();
    // A resident's number has the date of birth.
    fields.birth_date = birth_date(&fields);
    let mut findings = super::judge(&fields, view.portrait_state, listed, terms, now);
    findings.retain(|finding| !is_left_out(finding, terms.purpose));
    findings.push(Finding::undetermined(Reason::StillAnswer));
    findings
}

fn birth_date(fields: &Facts) -> Option<cbor::Date> {
    let in_number = || birth_date_in(fields.document_number.as_ref()?.as_str());
    fields.birth_date.or_else(in_number)
}

/// Whether the finding is that an element is missing which no still answer of the purpose has.
fn is_left_out(finding: &Finding, asked: Purpose) -> bool {
    match finding.reason() {
        Some(Reason::ElementMissing { element }) => {
            !asked.still_elements().iter().any(|(_, id)| *id == element.1)
        }
        _ => false,
    }
}
