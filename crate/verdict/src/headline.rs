//! Chooses the headline of a verdict and the sentence below it.
//!
//! Each choice is an exhaustive match: whoever adds a code decides here what its headline is.

mod codes;
mod reasons;

use cbor::Timestamp;
use licence::{Facts, Letter, Profile, shanghai_day};
use mdoc::OutcomeCode;
use mdoc::status_list::Status;

use crate::check::{CheckState, Finding};
use crate::code::Cause;
use crate::layer::LayerId;
use crate::message::Message;
use crate::policy::letters_agree;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;
use crate::row::Row;
use crate::words::{Headline, Subline};

use codes::of_outcome;
pub(crate) use codes::{of_answer, of_envelope, of_proof};
use reasons::{Refusal, Told};

/// Returns the headline of a judged licence and the sentence below it: of the first row that fails, else of the first
/// that is undetermined, else that of the purpose.
pub(crate) fn of(rows: &[Row; 5], fields: Option<&Facts>, terms: &Terms) -> (Headline, Option<Message>) {
    if let Some((id, finding)) = first(rows, CheckState::Fail) {
        // The headlines of transport name the vehicle; the reason stands below.
        let says = id == LayerId::Policy && terms.purpose.is_professional();
        return (refusal(id, finding, fields, terms), says.then(|| finding.cause.message()));
    }
    if let Some((id, finding)) = first(rows, CheckState::Undetermined) {
        // What was shown for another purpose lacks what this one needs: no element that is missing is the reason.
        if !matches!(id, LayerId::Issuer | LayerId::Presenter)
            && let Some(headline) = other_purpose(rows)
        {
            return (headline, None);
        }
        let headline = doubt(id, finding, fields, terms);
        return (headline, (!tells_all(&finding.cause)).then(|| finding.cause.message()));
    }
    let profile = fields.map(|fields| fields.profile);
    (passed(rows, terms), restriction(rows, profile, terms).map(Message::from))
}

/// Returns the headline of a presentation that was made for another purpose.
fn other_purpose(rows: &[Row; 5]) -> Option<Headline> {
    reasons(rows).find_map(|reason| match reason {
        Reason::PurposeOther { .. } | Reason::PurposeUnknown { .. } => match Told::by(reason) {
            Told::Headline(headline) => Some(headline),
            _ => None,
        },
        _ => None,
    })
}

fn first(rows: &[Row; 5], state: CheckState) -> Option<(LayerId, &Finding)> {
    let row = rows.iter().find(|row| row.state() == state)?;
    Some((row.id, row.findings.iter().find(|finding| finding.state == state)?))
}

fn refusal(id: LayerId, finding: &Finding, fields: Option<&Facts>, terms: &Terms) -> Headline {
    match (id, finding.reason()) {
        (LayerId::Status, reason) => status(reason, fields),
        (LayerId::Policy, reason) => policy(reason, terms),
        (LayerId::Issuer | LayerId::Presenter | LayerId::Validity, _) => of_cause(&finding.cause),
    }
}

/// Returns the headline of a cause in the first three rows.
fn of_cause(cause: &Cause) -> Headline {
    match cause {
        Cause::Own(reason) => match Told::by(reason) {
            Told::Headline(headline) => headline,
            Told::Refusal(_) | Told::StatusOf(_) | Told::StatusOfLetters | Told::Nothing => {
                Headline::Malformed
            }
        },
        Cause::Envelope(code) => of_envelope(*code),
        Cause::Proof(code) => of_proof(*code),
        Cause::Outcome(reason) => of_outcome(reason.kind()),
        Cause::Answer(code) => of_answer(*code),
        Cause::Deviation(_) => Headline::IssuerDoubt,
        // The status has a row of its own.
        Cause::StatusList(_) => Headline::StatusUnverifiedUndated,
    }
}

/// Returns the headline of a bad status: that of the first letter of the worst group, or of the status list if it refuses
/// and the letters do not agree.
fn status(reason: Option<&Reason>, fields: Option<&Facts>) -> Headline {
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

fn policy(reason: Option<&Reason>, terms: &Terms) -> Headline {
    let refusal = match reason.map(Told::by) {
        Some(Told::Headline(headline)) => return headline,
        Some(Told::Refusal(refusal)) => refusal,
        Some(Told::StatusOf(_) | Told::StatusOfLetters | Told::Nothing) | None => Refusal::Other,
    };
    match terms.purpose {
        Purpose::Roadside => roadside(refusal, terms),
        Purpose::Rental => rental(refusal),
        Purpose::Insurance => insurance(refusal),
        Purpose::Freight => Headline::FreightRefused { vehicle: terms.judged_vehicle() },
        Purpose::Passenger => Headline::PassengerRefused { vehicle: terms.judged_vehicle() },
        // What asks for nothing refuses nothing.
        Purpose::Counter => Headline::CounterReview,
        Purpose::None => Headline::AgeOnlyRefused,
        Purpose::AgeOnly => match refusal {
            Refusal::AgeBelow(age) => Headline::AgeOnlyAgeBelow { age },
            Refusal::ClassNotCovered(_)
            | Refusal::ClassNotYet(..)
            | Refusal::TrailerNotCovered(_)
            | Refusal::StopAgeReached(..)
            | Refusal::NoviceTrailer(_)
            | Refusal::HeldTooShort(_)
            | Refusal::TermTooShort(_)
            | Refusal::PointsFull(_)
            | Refusal::Other => Headline::AgeOnlyRefused,
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
        | Refusal::Other => match terms.vehicle {
            Some(vehicle) => Headline::RoadsideRefused { vehicle },
            None => Headline::RoadsideNothing,
        },
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

fn doubt(id: LayerId, finding: &Finding, fields: Option<&Facts>, terms: &Terms) -> Headline {
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
            OutcomeCode::MsoExpired
            | OutcomeCode::TrustListOld
            | OutcomeCode::TrustListSignerExpired
            | OutcomeCode::TrustListAhead
            | OutcomeCode::DsRevocationOld
            | OutcomeCode::DsRevocationAhead
            | OutcomeCode::DsRevocationMissing
            | OutcomeCode::ClockAhead
            | OutcomeCode::Stale
            | OutcomeCode::Audience
            | OutcomeCode::FreshnessUnproven
            | OutcomeCode::Seen => Headline::ValidityUnknown,
        },
        (LayerId::Validity, _) => Headline::ValidityUnknown,
        (LayerId::Status, _) => unverified(finding.reason(), fields),
        (LayerId::Policy, _) if matches!(finding.reason(), Some(Reason::StillAnswer)) => {
            Headline::StillAnswer
        }
        (LayerId::Policy, _) => match terms.purpose {
            Purpose::Roadside => match terms.vehicle {
                Some(vehicle) => Headline::RoadsideReview { vehicle },
                None => Headline::RoadsideReviewOpen,
            },
            Purpose::Rental => Headline::RentalReview,
            Purpose::Insurance => Headline::InsuranceReview,
            Purpose::AgeOnly => match finding.reason() {
                Some(Reason::PortraitLeftOut | Reason::PortraitUnreadable | Reason::PortraitNotDrawn) => {
                    Headline::AgeOnlyNoPortrait { age }
                }
                _ => Headline::AgeOnlyReview { age },
            },
            Purpose::Freight => Headline::FreightReview { vehicle: terms.judged_vehicle() },
            Purpose::Passenger => Headline::PassengerReview { vehicle: terms.judged_vehicle() },
            Purpose::Counter => Headline::CounterReview,
            Purpose::None => Headline::AgeOnlyReview { age },
        },
    }
}

/// Returns the headline of an undetermined status, with the date as of which it is known.
fn unverified(reason: Option<&Reason>, fields: Option<&Facts>) -> Headline {
    let of = |as_of: Option<Timestamp>| match as_of {
        Some(as_of) => Headline::StatusUnverified { date: shanghai_day(as_of) },
        None => Headline::StatusUnverifiedUndated,
    };
    let signed = || fields.and_then(|fields| fields.status.as_ref()).map(|status| status.as_of);
    match reason.map(Told::by) {
        Some(Told::StatusOf(moment)) => of(Some(moment)),
        Some(Told::StatusOfLetters) => of(signed()),
        Some(Told::Headline(headline @ Headline::StatusUnknown { .. })) => headline,
        Some(Told::Headline(_) | Told::Refusal(_) | Told::Nothing) | None => {
            Headline::StatusUnverifiedUndated
        }
    }
}

/// Whether the headline contains all that the reason says, so that no subline is needed.
fn tells_all(cause: &Cause) -> bool {
    match cause {
        Cause::Outcome(reason) => reason.kind() == OutcomeCode::Seen,
        Cause::Own(reason) => matches!(reason, Reason::StatusOld { .. } | Reason::StatusListOld { .. }),
        Cause::Envelope(_)
        | Cause::Proof(_)
        | Cause::StatusList(_)
        | Cause::Answer(_)
        | Cause::Deviation(_) => false,
    }
}

fn passed(rows: &[Row; 5], terms: &Terms) -> Headline {
    let vehicle = terms.judged_vehicle();
    let years = || {
        let held = reasons(rows).find_map(|reason| match reason {
            Reason::HeldYears { years, .. } | Reason::CategoryHeld { years, .. } => Some(*years),
            _ => None,
        });
        held.unwrap_or_default()
    };
    match terms.purpose {
        Purpose::Roadside => match terms.vehicle {
            Some(vehicle) => Headline::RoadsidePass { vehicle },
            None => may_drive(rows),
        },
        Purpose::Rental => Headline::RentalPass { vehicle, years: years() },
        Purpose::Insurance => Headline::InsurancePass { vehicle, years: years() },
        Purpose::Freight => Headline::FreightPass { vehicle },
        Purpose::Passenger => Headline::PassengerPass { vehicle },
        Purpose::Counter => Headline::CounterPass,
        Purpose::AgeOnly => Headline::AgeOnlyPass { age: terms.age_at_least.into() },
        Purpose::None => Headline::NonePass,
    }
}

/// Returns what may be driven, by the classes or categories of the licence.
fn may_drive(rows: &[Row; 5]) -> Headline {
    let by_licence = reasons(rows).find_map(|reason| match reason {
        Reason::MayDrive { classes } => Some(Headline::RoadsideMayDrive { classes: classes.clone() }),
        Reason::MayDriveCategories { categories } => {
            Some(Headline::RoadsideMayDriveCategories { categories: categories.clone() })
        }
        // A class of a state that the verifier's terms know.
        Reason::StateClassCovers { vehicle, .. } => Some(Headline::RoadsidePass { vehicle: *vehicle }),
        _ => None,
    });
    by_licence.unwrap_or(Headline::RoadsideReviewOpen)
}

/// Returns what a green verdict must show as well: the novice year, the last day, automatic gearboxes only, the restrictions of
/// a state, whose meaning no table has; for transport, that a professional certificate may be needed.
fn restriction(rows: &[Row; 5], profile: Option<Profile>, terms: &Terms) -> Option<Subline> {
    if terms.purpose.is_professional() {
        let competence = reasons(rows).find_map(|reason| match reason {
            Reason::ProfessionalCompetence { date } => Some(Subline::ProfessionalCompetence { date: *date }),
            _ => None,
        });
        return Some(competence.unwrap_or(Subline::ProfessionalCertificate));
    }
    reasons(rows).find_map(|reason| match reason {
        Reason::Novice { date } => Some(Subline::Novice { date: *date }),
        Reason::LicenceExpiresToday { date } => Some(Subline::ExpiresToday { date: *date }),
        Reason::AutomaticSaid => Some(Subline::AutomaticOnly),
        Reason::Restrictions { codes } if profile == Some(Profile::Us) => {
            Some(Subline::Restrictions { codes: codes.clone() })
        }
        _ => None,
    })
}

fn reasons(rows: &[Row; 5]) -> impl Iterator<Item = &Reason> {
    rows.iter().flat_map(|row| &row.findings).filter_map(Finding::reason)
}
