//! What the issuer's status list says of a licence (layer 4), and when the signed letters speak instead.
//!
//! | list | signed letters | layer 4 |
//! |---|---|---|
//! | named, at hand, recent | any | the list decides: 0 pass, 1 and 2 fail, another value undetermined |
//! | named, missing, too old or refused | any | undetermined |
//! | not named | shown | the letters, by their own date |
//! | not named | not shown | undetermined; not asked where a status counts only if there is one |

use cbor::Timestamp;
use mdoc::status_list::{ListSigner, Status, StatusListError, StatusListInfo, StatusLists, StatusReference};

use super::standing::{self, AHEAD_SECONDS, StatusDemand, status_check};
use crate::check::{Check, State};
use crate::message::Arg;
use crate::purpose::Purpose;
use licence::calendar::shanghai_day;
use licence::elements::{DOC_TYPE, LicenceFields, SignedStatus};
use licence::status::{Group, Standing};
use mdoc::IssuerVerified;

/// Whose word decides on the status of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// No list is named, or nobody asked: the signed letters.
    NotNamed,
    /// A list that is named, at hand and recent enough.
    Decided {
        /// What it says.
        status: Status,
        /// The time of its content.
        as_of: Timestamp,
    },
    /// A list is named, and could not be asked.
    Unknown,
}

impl Listed {
    /// What the list that decides says for layer 5; None where no list decides.
    pub(super) fn rule(self) -> Option<Check> {
        let Listed::Decided { status, as_of } = self else {
            return None;
        };
        let moment = ("moment", Arg::Moment(as_of));
        Some(match status {
            Status::Valid => Check::new(State::Pass, "status-accepted-by-list", [moment]),
            Status::Invalid | Status::Suspended => {
                Check::new(State::Fail, "status-refused-by-list", [moment])
            }
            Status::Other(value) => other(value, as_of),
        })
    }
}

fn other(value: u8, as_of: Timestamp) -> Check {
    let args = [("value", Arg::Number(value.into())), ("moment", Arg::Moment(as_of))];
    Check::new(State::Undetermined, "status-list-other", args)
}

fn foreign(error: StatusListError) -> Check {
    Check::foreign(State::Undetermined, error.code(), error.clause(), None)
}

/// The checks of layer 4, and whose word they are.
pub(crate) fn judge(
    document: &IssuerVerified,
    lists: &StatusLists,
    purpose: Purpose,
    now: Timestamp,
) -> (Vec<Check>, Listed) {
    let demand = standing::status_demand(purpose);
    if demand == StatusDemand::NotAsked {
        return (Vec::new(), Listed::NotNamed);
    }
    // Letters are a licence's; in another document the names mean nothing here.
    let is_licence = document.doc_type() == DOC_TYPE;
    let letters = is_licence.then(|| LicenceFields::read(document.elements()).status).flatten();
    let letters = letters.as_ref();
    let unknown = |check| (vec![check], Listed::Unknown);
    let info = match StatusReference::read(document.mso().status.as_ref()) {
        Ok(None) => return (standing::judge(letters, demand, now), Listed::NotNamed),
        Ok(Some(StatusReference { status_list: Some(info), .. })) => info,
        Ok(Some(_)) => return unknown(Check::new(State::Undetermined, "status-identifier-list", [])),
        Err(error) => return unknown(foreign(error)),
    };
    let issuer = document.issuer().anchor_spki_sha256;
    match asked(&info, lists, &issuer, demand, now) {
        Ok((status, as_of)) => (decided(status, as_of, letters, now), Listed::Decided { status, as_of }),
        Err(check) => unknown(check),
    }
}

/// The entry of a list that is at hand, of the same authority, holds and is recent enough.
fn asked(
    info: &StatusListInfo,
    lists: &StatusLists,
    issuer: &[u8; 32],
    demand: StatusDemand,
    now: Timestamp,
) -> Result<(Status, Timestamp), Check> {
    let list = match lists.find(&info.uri) {
        Some(Ok(list)) => list,
        Some(Err(error)) => return Err(foreign(error)),
        None => return Err(Check::new(State::Undetermined, "status-list-missing", [])),
    };
    // another authority that is trusted too has no word in this one's licences; a pinned key was chosen for the list
    if let ListSigner::Anchor { spki_sha256, .. } = list.signer()
        && spki_sha256 != issuer
    {
        return Err(foreign(StatusListError::Signer));
    }
    let as_of = list.issued_at();
    let moment = ("moment", Arg::Moment(as_of));
    let age = now.seconds_since(as_of);
    if age < -AHEAD_SECONDS {
        return Err(foreign(StatusListError::NotYet));
    }
    if list.current(now).is_err() {
        return Err(Check::new(State::Undetermined, "status-list-expired", [moment]));
    }
    if let StatusDemand::Within(seconds) = demand
        && age > seconds
    {
        let hours = ("hours", Arg::Number(age / 3600));
        return Err(Check::new(State::Undetermined, "status-list-old", [moment, hours]));
    }
    list.get(info.idx).map(|status| (status, as_of)).map_err(foreign)
}

/// The list says *that*; *why* it says so is in the signed letters, where they agree.
fn decided(status: Status, as_of: Timestamp, letters: Option<&SignedStatus>, now: Timestamp) -> Vec<Check> {
    let moment = ("moment", Arg::Moment(as_of));
    let check = match status {
        Status::Valid => Check::new(State::Pass, "status-list-valid", [moment]),
        Status::Invalid => Check::new(State::Fail, "status-list-invalid", [moment]),
        Status::Suspended => Check::new(State::Fail, "status-list-suspended", [moment]),
        Status::Other(value) => other(value, as_of),
    };
    let (state, mut checks) = (check.state, vec![check]);
    if let Some(signed) = letters {
        let own = status_check(Some(signed), shanghai_day(now));
        checks.push(if own.state == state && agree(status, signed) {
            own
        } else {
            let args =
                [("letters", Arg::Letters(signed.letters.text())), ("moment", Arg::Moment(signed.as_of))];
            Check::new(State::NotAsked, "status-letters-overruled", args)
        });
    }
    checks
}

/// Whether letters and entry tell the same.
pub(crate) fn agree(status: Status, signed: &SignedStatus) -> bool {
    let (Standing::Known(group) | Standing::Unknown { worst: Some(group) }) = signed.letters.standing()
    else {
        return false;
    };
    match status {
        Status::Valid => matches!(group, Group::Green | Group::Extended),
        Status::Suspended => matches!(group, Group::Red | Group::Abnormal | Group::Extended),
        Status::Invalid => group == Group::Gone,
        Status::Other(_) => false,
    }
}
