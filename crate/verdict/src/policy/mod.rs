//! Layer 5: the rules of the four purposes \[P\].
//!
//! One file for each purpose, and one for the rules that they share. A missing element that the purpose needs is
//! undetermined; an element that it does not need is a note.

mod age_only;
pub mod drive;
mod insurance;
mod listed;
mod missing;
mod notes;
mod rental;
mod roadside;
mod rules;
mod standing;
mod validity;

use cbor::Timestamp;
use licence::{Facts, PortraitState, shanghai_day};

use crate::check::Finding;
use crate::purpose::{Purpose, Terms};

pub(crate) use listed::{Listed, agree as letters_agree, judge as judge_status};
pub(crate) use notes::notes;
pub(crate) use validity::validity_check;

/// Returns the findings of layer 5. A status list that decides in layer 4 decides here as well.
pub(crate) fn judge(
    fields: &Facts,
    portrait: PortraitState,
    listed: Listed,
    terms: &Terms,
    now: Timestamp,
) -> Vec<Finding> {
    let mut findings = match terms.purpose {
        Purpose::Roadside => roadside::judge(fields, listed, terms, shanghai_day(now)),
        Purpose::Rental => rental::judge(fields, listed, terms),
        Purpose::Insurance => insurance::judge(fields, listed, terms),
        Purpose::AgeOnly => age_only::judge(fields, terms),
        Purpose::None => return Vec::new(),
    };
    findings.extend(missing::elements(fields, portrait, terms.purpose, &findings));
    if matches!(terms.purpose, Purpose::Rental | Purpose::Insurance) {
        findings.push(rules::holder_not_compared());
    }
    findings
}

#[cfg(test)]
mod tests;
