//! Layer 5: the rules of the four purposes of the pages, with their default columns \[P\].
//!
//! A file a purpose: [`judge`] picks it, and it reads from top to bottom. The rules that purposes share are leaves:
//! they call no purpose and not one another's callers. An element that the purpose shows and that is missing leaves a
//! doubt, one that it does not show is only noted.

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
use licence::{shanghai_day, LicenceFields, PortraitState};

use crate::check::Finding;
use crate::purpose::{Purpose, Terms};

pub use listed::Listed;
pub(crate) use listed::{agree as letters_agree, judge as judge_status};
pub use notes::notes;
pub use rules::{MIN_YEARS_HELD, POINT_BANDS};
pub use standing::{StatusDemand, status_age, status_check, status_demand, status_max_age_seconds};
pub use validity::validity_check;

/// The findings of layer 5; a list that decides on the status does so here too.
pub fn judge(
    fields: &LicenceFields,
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
