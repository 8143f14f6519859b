//! Layer 4: the status by the issuer's status list, or by the signed letters.
//!
//! | list | signed letters | layer 4 |
//! |---|---|---|
//! | named, available, recent | any | the list decides: 0 pass, 1 and 2 fail, another value undetermined |
//! | named, missing, too old or refused | any | undetermined |
//! | not named | shown | the letters, by their own date |
//! | not named | not shown | undetermined; not asked where a status counts only if there is one |

use cbor::Timestamp;
use mdoc::status_list::{ListSigner, Status, StatusListError, StatusListInfo, StatusLists, StatusReference};

use super::standing::{self, AHEAD_SECONDS, StatusDemand, status_check};
use crate::check::{Check, Finding};
use crate::code::Code;
use crate::message::Arg;
use crate::purpose::Terms;
use crate::reason::{Reason, ReasonCode};
use licence::{Group, SignedStatus, Standing, shanghai_day};
use mdoc::IssuerVerified;

/// What decides on the status of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    /// The signed letters: no list is named, or the status was not asked.
    NotNamed,
    /// A list that is named, available and recent.
    Decided {
        /// Its entry.
        status: Status,
        /// The time at which it was issued.
        as_of: Timestamp,
    },
    /// A list is named, but is missing, refused or too old.
    Unknown,
}

impl Listed {
    /// Returns what the list says, by the checks of layer 4.
    pub(crate) fn of(checks: &[Check]) -> Listed {
        let moment = |check: &Check| match check.message.arg("moment") {
            Some(Arg::Moment(moment)) => Some(*moment),
            _ => None,
        };
        let entry = |check: &Check| {
            let status = match check.code {
                Code::Own(ReasonCode::StatusListValid) => Status::Valid,
                Code::Own(ReasonCode::StatusListInvalid) => Status::Invalid,
                Code::Own(ReasonCode::StatusListSuspended) => Status::Suspended,
                Code::Own(ReasonCode::StatusListOther) => match check.message.arg("value") {
                    Some(Arg::Number(value)) => Status::Other(u8::try_from(*value).unwrap_or(u8::MAX)),
                    _ => return None,
                },
                _ => return None,
            };
            Some(Listed::Decided { status, as_of: moment(check)? })
        };
        let unknown = |check: &Check| {
            matches!(
                check.code,
                Code::StatusList(_)
                    | Code::Own(
                        ReasonCode::StatusListMissing
                            | ReasonCode::StatusListOld
                            | ReasonCode::StatusListExpired
                            | ReasonCode::StatusIdentifierList
                    )
            )
        };
        match checks.iter().find_map(entry) {
            Some(decided) => decided,
            None if checks.iter().any(unknown) => Listed::Unknown,
            None => Listed::NotNamed,
        }
    }

    /// Returns the finding for layer 5; `None` if no list decides.
    pub(super) fn rule(self) -> Option<Finding> {
        let Listed::Decided { status, as_of } = self else {
            return None;
        };
        let moment = as_of;
        Some(match status {
            Status::Valid => Finding::pass(Reason::StatusAcceptedByList { moment }),
            Status::Invalid | Status::Suspended => Finding::fail(Reason::StatusRefusedByList { moment }),
            Status::Other(value) => other(value, as_of),
        })
    }
}

fn other(value: u8, as_of: Timestamp) -> Finding {
    Finding::undetermined(Reason::StatusListOther { value: value.into(), moment: as_of })
}

fn foreign(error: StatusListError) -> Finding {
    Finding::undetermined(error.kind())
}

/// Returns the findings of layer 4, and what decided. Only a licence has status letters.
pub(crate) fn judge(
    document: &IssuerVerified,
    letters: Option<&SignedStatus>,
    lists: &StatusLists,
    terms: &Terms,
    now: Timestamp,
) -> (Vec<Finding>, Listed) {
    let demand = standing::status_demand(terms);
    if demand == StatusDemand::NotAsked {
        return (Vec::new(), Listed::NotNamed);
    }
    let unknown = |check| (vec![check], Listed::Unknown);
    let info = match StatusReference::read(document.mso().status.as_ref()) {
        Ok(None) => return (standing::judge(letters, demand, now), Listed::NotNamed),
        Ok(Some(StatusReference { status_list: Some(info), .. })) => info,
        Ok(Some(_)) => return unknown(Finding::undetermined(Reason::StatusIdentifierList)),
        Err(error) => return unknown(foreign(error)),
    };
    let issuer = document.issuer().anchor_spki_sha256;
    match asked(&info, lists, &issuer, demand, now) {
        Ok((status, as_of)) => (decided(status, as_of, letters, now), Listed::Decided { status, as_of }),
        Err(check) => unknown(check),
    }
}

/// Returns the entry of a list that is available, of the same authority, current and recent.
fn asked(
    info: &StatusListInfo,
    lists: &StatusLists,
    issuer: &[u8; 32],
    demand: StatusDemand,
    now: Timestamp,
) -> Result<(Status, Timestamp), Finding> {
    let list = match lists.find(&info.uri) {
        Some(Ok(list)) => list,
        Some(Err(error)) => return Err(foreign(error)),
        None => return Err(Finding::undetermined(Reason::StatusListMissing)),
    };
    // A list of another trusted authority does not apply. A pinned key was chosen for the list.
    if let ListSigner::Anchor { spki_sha256, .. } = list.signer()
        && spki_sha256 != issuer
    {
        return Err(foreign(StatusListError::Signer));
    }
    let as_of = list.issued_at();
    let moment = as_of;
    let age = now.seconds_since(as_of);
    if age < -AHEAD_SECONDS {
        return Err(foreign(StatusListError::NotYet));
    }
    if list.current(now).is_err() {
        return Err(Finding::undetermined(Reason::StatusListExpired { moment }));
    }
    if let StatusDemand::Within(seconds) = demand
        && age > seconds
    {
        return Err(Finding::undetermined(Reason::StatusListOld { moment, hours: age / 3600 }));
    }
    list.get(info.idx).map(|status| (status, as_of)).map_err(foreign)
}

/// Returns the findings of an entry, and of the signed letters, which give its reason if they agree.
fn decided(status: Status, as_of: Timestamp, letters: Option<&SignedStatus>, now: Timestamp) -> Vec<Finding> {
    let moment = as_of;
    let check = match status {
        Status::Valid => Finding::pass(Reason::StatusListValid { moment }),
        Status::Invalid => Finding::fail(Reason::StatusListInvalid { moment }),
        Status::Suspended => Finding::fail(Reason::StatusListSuspended { moment }),
        Status::Other(value) => other(value, as_of),
    };
    let (state, mut checks) = (check.state, vec![check]);
    if let Some(signed) = letters {
        let own = status_check(Some(signed), shanghai_day(now));
        checks.push(if own.state == state && agree(status, signed) {
            own
        } else {
            Finding::not_asked(Reason::StatusLettersOverruled {
                letters: signed.letters.clone(),
                moment: signed.as_of,
            })
        });
    }
    checks
}

/// Whether letters and entry agree.
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
