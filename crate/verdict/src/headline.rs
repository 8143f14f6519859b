//! Chooses the one sentence of a verdict, and the one below it.
//!
//! Each choice is an exhaustive match: who adds a code decides here what a person is told by it.

use cbor::Timestamp;
use cbor::cose::CoseCode;
use envelope::EnvelopeCode;
use licence::{shanghai_day, Letter, LicenceFields};
use mdoc::OutcomeCode;
use mdoc::codes::{ProfileCode, TrustCode, VerifyCode};
use mdoc::status_list::Status;

use crate::check::{CheckState, Finding};
use crate::code::{AnswerCode, Cause};
use crate::layer::LayerId;
use crate::message::Message;
use crate::policy::letters_agree;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;
use crate::row::Row;
use crate::words::{Headline, Subline};

/// The sentence for a failed proof.
pub(crate) const fn of_proof(code: VerifyCode) -> Headline {
    match code {
        VerifyCode::Profile(code) => of_profile(code),
        VerifyCode::Trust(code) => of_trust(code),
        VerifyCode::IssuerNotChecked(_) | VerifyCode::DeviceNotChecked(_) => Headline::SignatureNotChecked,
        VerifyCode::MsoSignedOutsideDs | VerifyCode::IssuingCountry | VerifyCode::IssuingJurisdiction => {
            Headline::IssuerInvalid
        }
        VerifyCode::IssuerSignature | VerifyCode::DigestMismatch | VerifyCode::DigestMissing => {
            Headline::Altered
        }
        VerifyCode::DeviceSignature
        | VerifyCode::DeviceMac
        | VerifyCode::DeviceMacUnexpected
        | VerifyCode::DeviceElements => Headline::NotItsHolder,
        VerifyCode::DocType => Headline::Malformed,
    }
}

const fn of_envelope(code: EnvelopeCode) -> Headline {
    match code {
        EnvelopeCode::Size
        | EnvelopeCode::Deflate
        | EnvelopeCode::Kind
        | EnvelopeCode::Shape
        | EnvelopeCode::Info
        | EnvelopeCode::Life => Headline::NotALicence,
        EnvelopeCode::Cbor(_) => Headline::Malformed,
    }
}

const fn of_profile(code: ProfileCode) -> Headline {
    match code {
        ProfileCode::DuplicateElement => Headline::Altered,
        ProfileCode::DeviceKey => Headline::NotItsHolder,
        ProfileCode::Shape
        | ProfileCode::Version
        | ProfileCode::Status
        | ProfileCode::Documents
        | ProfileCode::NoElements
        | ProfileCode::MsoVersion
        | ProfileCode::DocumentErrors
        | ProfileCode::DigestLength
        | ProfileCode::KeyAuthorizations
        | ProfileCode::DigestAlgorithm
        | ProfileCode::DigestId
        | ProfileCode::RandomShort
        | ProfileCode::Cbor(_) => Headline::Malformed,
        ProfileCode::Cose(CoseCode::NotChecked(_)) => Headline::SignatureNotChecked,
        ProfileCode::Cose(_) => Headline::Malformed,
    }
}

const fn of_trust(code: TrustCode) -> Headline {
    match code {
        TrustCode::IssuerUnknown | TrustCode::DocType => Headline::IssuerUnknown,
        TrustCode::KeyIdentifier
        | TrustCode::Algorithm
        | TrustCode::Brainpool
        | TrustCode::Signature
        | TrustCode::DsNotYet
        | TrustCode::DsExpired
        | TrustCode::IacaNotYet
        | TrustCode::IacaExpired
        | TrustCode::DsRevoked
        | TrustCode::Certificate(_) => Headline::IssuerInvalid,
        TrustCode::NotChecked(_) => Headline::SignatureNotChecked,
        TrustCode::AnchorSignature => Headline::Malformed,
    }
}

const fn of_outcome(code: OutcomeCode) -> Headline {
    match code {
        OutcomeCode::TrustListOld | OutcomeCode::TrustListSignerExpired => Headline::TrustListOld,
        OutcomeCode::DsRevocationOld => Headline::RevocationListOld,
        OutcomeCode::TrustListAhead
        | OutcomeCode::DsRevocationAhead
        | OutcomeCode::ClockAhead
        | OutcomeCode::ClockFloor => Headline::Clock,
        OutcomeCode::MsoExpired => Headline::CopyExpired,
        OutcomeCode::MsoNotYet => Headline::CopyNotYet,
        OutcomeCode::Stale => Headline::OldCode,
        OutcomeCode::Audience => Headline::Audience,
        OutcomeCode::FreshnessUnproven => Headline::FreshnessUnproven,
        // says itself how long ago, where it is the reason of a row
        OutcomeCode::Seen => Headline::SeenNow,
    }
}

/// The sentence for an answer that was refused.
pub(crate) const fn of_answer(code: AnswerCode) -> Headline {
    match code {
        AnswerCode::OtherRequest
        | AnswerCode::Decryption
        | AnswerCode::Query
        | AnswerCode::Late
        | AnswerCode::Seen => Headline::OtherAnswer,
        AnswerCode::Form
        | AnswerCode::Header
        | AnswerCode::Algorithm
        | AnswerCode::Enc
        | AnswerCode::Key
        | AnswerCode::Content
        | AnswerCode::Several => Headline::Malformed,
        AnswerCode::Envelope(code) => of_envelope(code),
    }
}

/// The sentence of a judged licence and the one below it: the first row that fails, else the
/// first that leaves a doubt, else what the purpose says.
pub(crate) fn of(
    rows: &[Row; 5],
    fields: Option<&LicenceFields>,
    terms: &Terms,
) -> (Headline, Option<Message>) {
    if let Some((id, finding)) = first(rows, CheckState::Fail) {
        return (refusal(id, finding, fields, terms), None);
    }
    if let Some((id, finding)) = first(rows, CheckState::Undetermined) {
        let headline = doubt(id, finding, fields, terms);
        return (headline, (!tells_all(&finding.cause)).then(|| finding.cause.message()));
    }
    (passed(rows, terms), restriction(rows).map(Message::from))
}

fn first(rows: &[Row; 5], state: CheckState) -> Option<(LayerId, &Finding)> {
    let row = rows.iter().find(|row| row.state() == state)?;
    Some((row.id, row.findings.iter().find(|finding| finding.state == state)?))
}

fn refusal(id: LayerId, finding: &Finding, fields: Option<&LicenceFields>, terms: &Terms) -> Headline {
    match (id, finding.reason()) {
        (LayerId::Status, reason) => status(reason, fields),
        (LayerId::Policy, reason) => policy(reason, terms),
        (LayerId::Issuer | LayerId::Presenter | LayerId::Validity, _) => of_cause(&finding.cause),
    }
}

/// The sentence of the first three rows.
fn of_cause(cause: &Cause) -> Headline {
    match cause {
        Cause::Own(reason) => of_reason(reason),
        Cause::Envelope(code) => of_envelope(*code),
        Cause::Proof(code) => of_proof(*code),
        Cause::Outcome(reason) => of_outcome(reason.kind()),
        Cause::Answer(code) => of_answer(*code),
        // The status has a row of its own.
        Cause::StatusList(_) => Headline::StatusUnverifiedUndated,
    }
}

fn of_reason(reason: &Reason) -> Headline {
    match reason {
        Reason::LicenceExpired { date } => Headline::Expired { date: *date },
        Reason::LicenceNotYet { date } => Headline::NotYet { date: *date },
        Reason::DeviceUnchecked => Headline::DeviceUnchecked,
        Reason::DocumentNotLicence | Reason::DocumentTypeMalformed => Headline::NotALicence,
        Reason::Interrupted => Headline::Interrupted,
        Reason::ValidityMissing => Headline::ValidityUnknown,
        // These pass, or are of the rows that have their own sentences.
        Reason::IssuerTrusted { .. }
        | Reason::IssuerNotRevoked
        | Reason::IssuerSigned
        | Reason::DigestsMatch
        | Reason::DeviceSigned
        | Reason::Fresh
        | Reason::FreshBySession
        | Reason::FreshByAnswer
        | Reason::DeviceNotAsked
        | Reason::NotReached
        | Reason::NotAsked
        | Reason::MsoCurrent { .. }
        | Reason::LicenceCurrent { .. }
        | Reason::LicenceLongTerm
        | Reason::StatusGood { .. }
        | Reason::StatusExtended { .. }
        | Reason::StatusRed { .. }
        | Reason::StatusAbnormal { .. }
        | Reason::StatusGone { .. }
        | Reason::StatusExtensionOver { .. }
        | Reason::StatusExtensionUndated { .. }
        | Reason::StatusUnknown { .. }
        | Reason::StatusEmpty
        | Reason::StatusMissing
        | Reason::StatusRecent { .. }
        | Reason::StatusOld { .. }
        | Reason::StatusAhead { .. }
        | Reason::StatusListValid { .. }
        | Reason::StatusListInvalid { .. }
        | Reason::StatusListSuspended { .. }
        | Reason::StatusListOther { .. }
        | Reason::StatusListMissing
        | Reason::StatusListOld { .. }
        | Reason::StatusListExpired { .. }
        | Reason::StatusIdentifierList
        | Reason::StatusLettersOverruled { .. }
        | Reason::ClassCovers { .. }
        | Reason::ClassNotCovered { .. }
        | Reason::ClassNotYet { .. }
        | Reason::ClassDisputed { .. }
        | Reason::ClassUnreadable { .. }
        | Reason::TrailerCovers { .. }
        | Reason::TrailerNotCovered { .. }
        | Reason::StopAgeBelow { .. }
        | Reason::StopAgeExtended { .. }
        | Reason::StopAgeReached { .. }
        | Reason::StopAgeUnproven { .. }
        | Reason::NotNovice
        | Reason::Novice { .. }
        | Reason::NoviceTrailer { .. }
        | Reason::AgeReached { .. }
        | Reason::AgeBelow { .. }
        | Reason::AgeUnknown { .. }
        | Reason::BirthYear { .. }
        | Reason::HeldYears { .. }
        | Reason::HeldTooShort { .. }
        | Reason::TermCovered { .. }
        | Reason::TermTooShort { .. }
        | Reason::PointsBelow { .. }
        | Reason::PointsBand { .. }
        | Reason::PointsFull { .. }
        | Reason::StatusAccepted { .. }
        | Reason::StatusReview { .. }
        | Reason::StatusRefused { .. }
        | Reason::StatusAcceptedByList { .. }
        | Reason::StatusRefusedByList { .. }
        | Reason::HolderNotCompared
        | Reason::ElementMissing { .. }
        | Reason::ElementMalformed { .. }
        | Reason::PortraitLeftOut
        | Reason::PortraitUnreadable => Headline::Malformed,
    }
}

/// The licence's letter in a sentence: of several, the first of the worst group. Where a list refuses and the letters
/// do not tell why, the list's own sentence.
fn status(reason: Option<&Reason>, fields: Option<&LicenceFields>) -> Headline {
    let signed = fields.and_then(|fields| fields.status.as_ref());
    let tells = |listed| signed.is_some_and(|signed| letters_agree(listed, signed));
    match reason {
        Some(Reason::StatusListSuspended { moment }) if !tells(Status::Suspended) => {
            return Headline::StatusListedSuspended { date: shanghai_day(*moment) };
        }
        Some(Reason::StatusListInvalid { moment }) if !tells(Status::Invalid) => {
            return Headline::StatusListedInvalid { date: shanghai_day(*moment) };
        }
        _ => {}
    }
    let over = match reason {
        Some(Reason::StatusExtensionOver { date, .. } | Reason::StatusExtended { date, .. }) => Some(*date),
        _ => None,
    };
    match (signed.and_then(|signed| signed.letters.worst()), over) {
        (Some(Letter::B), _) => Headline::StatusB,
        (Some(Letter::C), _) => Headline::StatusC,
        (Some(Letter::D), _) => Headline::StatusD,
        (Some(Letter::E), _) => Headline::StatusE,
        (Some(Letter::F), _) => Headline::StatusF,
        (Some(Letter::G), _) => Headline::StatusG,
        (Some(Letter::J), _) => Headline::StatusJ,
        (Some(Letter::K), _) => Headline::StatusK,
        (Some(Letter::L), _) => Headline::StatusL,
        (Some(Letter::M), _) => Headline::StatusM,
        (Some(Letter::R), _) => Headline::StatusR,
        (Some(Letter::S), _) => Headline::StatusS,
        (Some(Letter::U), _) => Headline::StatusU,
        (Some(Letter::N), Some(date)) => Headline::StatusN { date },
        (Some(Letter::P), Some(date)) => Headline::StatusP { date },
        (Some(Letter::T), Some(date)) => Headline::StatusT { date },
        (Some(Letter::N | Letter::P | Letter::T | Letter::A | Letter::H | Letter::I) | None, _) => {
            Headline::StatusOther
        }
    }
}

/// Why a purpose says no, as far as a headline tells it.
enum Refusal {
    ClassNotCovered(licence::Class),
    ClassNotYet(licence::Class, cbor::Date),
    TrailerNotCovered(licence::Class),
    StopAgeReached(licence::Class, i64),
    NoviceTrailer(cbor::Date),
    AgeBelow(i64),
    HeldTooShort(i64),
    TermTooShort(cbor::Date),
    PointsFull(i64),
    Other,
}

impl Refusal {
    fn of(reason: &Reason) -> Refusal {
        match *reason {
            Reason::ClassNotCovered { vehicle } => Refusal::ClassNotCovered(vehicle),
            Reason::ClassNotYet { vehicle, date } => Refusal::ClassNotYet(vehicle, date),
            Reason::TrailerNotCovered { vehicle } => Refusal::TrailerNotCovered(vehicle),
            Reason::StopAgeReached { vehicle, age } => Refusal::StopAgeReached(vehicle, age),
            Reason::NoviceTrailer { date } => Refusal::NoviceTrailer(date),
            Reason::AgeBelow { age } => Refusal::AgeBelow(age),
            Reason::HeldTooShort { years } => Refusal::HeldTooShort(years),
            Reason::TermTooShort { date } => Refusal::TermTooShort(date),
            Reason::PointsFull { points } => Refusal::PointsFull(points),
            _ => Refusal::Other,
        }
    }
}

fn policy(reason: Option<&Reason>, terms: &Terms) -> Headline {
    let refusal = reason.map_or(Refusal::Other, Refusal::of);
    match terms.purpose {
        Purpose::Roadside => roadside(refusal, terms),
        Purpose::Rental => rental(refusal),
        Purpose::Insurance => insurance(refusal),
        // What asks for nothing refuses nothing.
        Purpose::None => Headline::AgeOnlyRefused,
        Purpose::AgeOnly => match refusal {
            Refusal::AgeBelow(age) => Headline::AgeOnlyAgeBelow { age },
            _ => Headline::AgeOnlyRefused,
        },
    }
}

fn roadside(refusal: Refusal, terms: &Terms) -> Headline {
    match refusal {
        Refusal::ClassNotCovered(vehicle) => Headline::RoadsideClassNotCovered { vehicle },
        Refusal::ClassNotYet(vehicle, date) => Headline::RoadsideClassNotYet { vehicle, date },
        Refusal::TrailerNotCovered(vehicle) => Headline::RoadsideTrailerNotCovered { vehicle },
        Refusal::StopAgeReached(vehicle, age) => Headline::RoadsideStopAgeReached { vehicle, age },
        Refusal::NoviceTrailer(date) => Headline::RoadsideNoviceTrailer { date },
        Refusal::AgeBelow(_)
        | Refusal::HeldTooShort(_)
        | Refusal::TermTooShort(_)
        | Refusal::PointsFull(_)
        | Refusal::Other => Headline::RoadsideRefused { vehicle: terms.vehicle },
    }
}

fn rental(refusal: Refusal) -> Headline {
    match refusal {
        Refusal::AgeBelow(age) => Headline::RentalAgeBelow { age },
        Refusal::ClassNotCovered(vehicle) => Headline::RentalClassNotCovered { vehicle },
        Refusal::ClassNotYet(vehicle, date) => Headline::RentalClassNotYet { vehicle, date },
        Refusal::TrailerNotCovered(vehicle) => Headline::RentalTrailerNotCovered { vehicle },
        Refusal::StopAgeReached(vehicle, age) => Headline::RentalStopAgeReached { vehicle, age },
        Refusal::NoviceTrailer(date) => Headline::RentalNoviceTrailer { date },
        Refusal::HeldTooShort(years) => Headline::RentalHeldTooShort { years },
        Refusal::TermTooShort(date) => Headline::RentalTermTooShort { date },
        Refusal::PointsFull(points) => Headline::RentalPointsFull { points },
        Refusal::Other => Headline::RentalRefused,
    }
}

fn insurance(refusal: Refusal) -> Headline {
    match refusal {
        Refusal::ClassNotCovered(vehicle) => Headline::InsuranceClassNotCovered { vehicle },
        Refusal::ClassNotYet(vehicle, date) => Headline::InsuranceClassNotYet { vehicle, date },
        Refusal::TrailerNotCovered(vehicle) => Headline::InsuranceTrailerNotCovered { vehicle },
        Refusal::StopAgeReached(vehicle, age) => Headline::InsuranceStopAgeReached { vehicle, age },
        Refusal::NoviceTrailer(date) => Headline::InsuranceNoviceTrailer { date },
        Refusal::TermTooShort(date) => Headline::InsuranceTermTooShort { date },
        Refusal::PointsFull(points) => Headline::InsurancePointsFull { points },
        Refusal::AgeBelow(_) | Refusal::HeldTooShort(_) | Refusal::Other => Headline::InsuranceRefused,
    }
}

fn doubt(id: LayerId, finding: &Finding, fields: Option<&LicenceFields>, terms: &Terms) -> Headline {
    let age = i64::from(terms.age_at_least);
    match (id, &finding.cause) {
        (LayerId::Presenter, Cause::Outcome(reason)) if reason.kind() == OutcomeCode::Seen => {
            match reason.seconds() {
                None | Some(0) => Headline::SeenNow,
                Some(seconds) => Headline::Seen { seconds },
            }
        }
        (LayerId::Issuer | LayerId::Presenter, cause) => of_cause(cause),
        (LayerId::Validity, Cause::Outcome(reason)) => match reason.kind() {
            OutcomeCode::ClockFloor | OutcomeCode::MsoNotYet => Headline::Clock,
            _ => Headline::ValidityUnknown,
        },
        (LayerId::Validity, _) => Headline::ValidityUnknown,
        (LayerId::Status, _) => unverified(finding.reason(), fields),
        (LayerId::Policy, _) => match terms.purpose {
            Purpose::Roadside => Headline::RoadsideReview { vehicle: terms.vehicle },
            Purpose::Rental => Headline::RentalReview,
            Purpose::Insurance => Headline::InsuranceReview,
            Purpose::AgeOnly => match finding.reason() {
                Some(Reason::PortraitLeftOut | Reason::PortraitUnreadable) => {
                    Headline::AgeOnlyNoPortrait { age }
                }
                _ => Headline::AgeOnlyReview { age },
            },
            Purpose::None => Headline::AgeOnlyReview { age },
        },
    }
}

/// The status is in doubt: as of when it is known.
fn unverified(reason: Option<&Reason>, fields: Option<&LicenceFields>) -> Headline {
    let of = |as_of: Option<Timestamp>| match as_of {
        Some(as_of) => Headline::StatusUnverified { date: shanghai_day(as_of) },
        None => Headline::StatusUnverifiedUndated,
    };
    let signed = || fields.and_then(|fields| fields.status.as_ref()).map(|status| status.as_of);
    match reason {
        Some(Reason::StatusListOld { moment, .. } | Reason::StatusListExpired { moment }) => {
            of(Some(*moment))
        }
        // the list is not at hand: what is known is as of the signed letters
        Some(Reason::StatusOld { .. } | Reason::StatusListMissing | Reason::StatusIdentifierList) => {
            of(signed())
        }
        Some(Reason::StatusUnknown { letters }) => Headline::StatusUnknown { letters: letters.clone() },
        _ => Headline::StatusUnverifiedUndated,
    }
}

/// Whether the headline says all that the reason says.
fn tells_all(cause: &Cause) -> bool {
    match cause {
        Cause::Outcome(reason) => reason.kind() == OutcomeCode::Seen,
        Cause::Own(reason) => matches!(reason, Reason::StatusOld { .. } | Reason::StatusListOld { .. }),
        Cause::Envelope(_) | Cause::Proof(_) | Cause::StatusList(_) | Cause::Answer(_) => false,
    }
}

fn passed(rows: &[Row; 5], terms: &Terms) -> Headline {
    let vehicle = terms.vehicle;
    let years = || {
        let held = reasons(rows).find_map(|reason| match reason {
            Reason::HeldYears { years, .. } => Some(*years),
            _ => None,
        });
        held.unwrap_or_default()
    };
    match terms.purpose {
        Purpose::Roadside if terms.trailer => Headline::RoadsidePassTrailer { vehicle },
        Purpose::Roadside => Headline::RoadsidePass { vehicle },
        Purpose::Rental => Headline::RentalPass { vehicle, years: years() },
        Purpose::Insurance => Headline::InsurancePass { vehicle, years: years() },
        Purpose::AgeOnly => Headline::AgeOnlyPass { age: terms.age_at_least.into() },
        Purpose::None => Headline::NonePass,
    }
}

/// A restriction that a green verdict must not hide: the novice year.
fn restriction(rows: &[Row; 5]) -> Option<Subline> {
    reasons(rows).find_map(|reason| match reason {
        Reason::Novice { date } => Some(Subline::Novice { date: *date }),
        _ => None,
    })
}

fn reasons(rows: &[Row; 5]) -> impl Iterator<Item = &Reason> {
    rows.iter().flat_map(|row| &row.findings).filter_map(Finding::reason)
}
