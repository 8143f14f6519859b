//! The notes of a verdict.

use cbor::Timestamp;
use licence::shanghai_day;
use mdoc::codes::{TrustCode, VerifyCode};
use mdoc::{IssuerVerified, OutcomeCode, VerifiedPresentation};

use crate::check::CheckState;
use crate::code::Cause;
use crate::demo_anchor::is_demo_anchor;
use crate::message::Message;
use crate::reason::{Reason, ReasonCode};
use crate::row::Row;
use crate::verdict::Issuer;
use crate::words::Note;

/// Whether the cause depends on this device's clock.
fn is_by_the_clock(cause: &Cause) -> bool {
    match cause {
        Cause::Own(reason) => matches!(reason, Reason::LicenceExpired { .. }),
        Cause::Proof(code) => {
            matches!(code, VerifyCode::Trust(TrustCode::DsExpired | TrustCode::IacaExpired))
        }
        Cause::Outcome(reason) => {
            matches!(reason.kind(), OutcomeCode::Stale | OutcomeCode::MsoExpired | OutcomeCode::MsoNotYet)
        }
        Cause::Envelope(_) | Cause::StatusList(_) | Cause::Answer(_) | Cause::Deviation(_) => false,
    }
}

/// Whether the cause says that a revocation list of the authority was used.
fn was_revocation_asked(cause: &Cause) -> bool {
    match cause {
        Cause::Own(reason) => reason.kind() == ReasonCode::IssuerNotRevoked,
        Cause::Outcome(reason) => {
            matches!(
                reason.kind(),
                OutcomeCode::DsRevocationOld
                    | OutcomeCode::DsRevocationAhead
                    | OutcomeCode::DsRevocationMissing
            )
        }
        Cause::Proof(_)
        | Cause::Envelope(_)
        | Cause::StatusList(_)
        | Cause::Answer(_)
        | Cause::Deviation(_) => false,
    }
}

pub(super) fn notes(rows: &[Row; 5], issuer: Option<&Issuer>) -> Vec<Note> {
    let findings = || rows.iter().flat_map(|row| &row.findings);
    let mut notes = Vec::new();
    if issuer.is_some_and(|issuer| is_demo_anchor(&issuer.anchor_spki_sha256)) {
        notes.push(Note::Demo);
    }
    if findings().any(|finding| finding.state == CheckState::Fail && is_by_the_clock(&finding.cause)) {
        notes.push(Note::ClockRight);
    }
    notes.push(Note::Relay);
    if issuer.is_some() && !findings().any(|finding| was_revocation_asked(&finding.cause)) {
        notes.push(Note::NoRevocationList);
    }
    notes
}

/// Returns the note that the next version of every list that names the issuer is due.
pub(super) fn list_due(document: &IssuerVerified) -> Option<Message> {
    let date = shanghai_day(document.issuer().list_due?);
    Some(Note::TrustListDue { date }.into())
}

/// Returns notes on what the holder's device reports as not returned, and on an update that the issuer announced.
pub(super) fn reported(presentation: &VerifiedPresentation, now: Timestamp) -> Vec<Message> {
    let count = |count: usize| Some(i64::try_from(count).unwrap_or(i64::MAX)).filter(|count| *count > 0);
    let due = presentation.issued().mso().validity_info.expected_update_passed(now);
    let documents =
        count(presentation.document_errors().len()).map(|count| Note::DocumentsNotReturned { count });
    let elements =
        count(presentation.element_errors().len()).map(|count| Note::ElementsNotReturned { count });
    let update = due.then_some(Note::UpdateDue);
    [documents, elements, update].into_iter().flatten().map(Message::from).collect()
}
