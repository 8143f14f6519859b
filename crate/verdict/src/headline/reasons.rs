//! What a headline says of each reason of this crate.

use cbor::{Date, Timestamp};
use licence::Vehicle;

use crate::reason::Reason;
use crate::words::Headline;

/// Why the rules of a purpose refuse, as far as a headline says it.
pub(super) enum Refusal {
    ClassNotCovered(Vehicle),
    ClassNotYet(Vehicle, Date),
    TrailerNotCovered(Vehicle),
    StopAgeReached(Vehicle, i64),
    NoviceTrailer(Date),
    AgeBelow(i64),
    HeldTooShort(i64),
    TermTooShort(Date),
    PointsFull(i64),
    Other,
}

/// What a headline says of a reason.
pub(super) enum Told {
    /// One sentence, whatever the purpose.
    Headline(Headline),
    /// A refusal, in the words of the purpose.
    Refusal(Refusal),
    /// The status is unverified, as of this moment.
    StatusOf(Timestamp),
    /// The status is unverified, as of the date of the signed letters.
    StatusOfLetters,
    /// It passes, or its row has sentences of its own.
    Nothing,
}

impl Told {
    pub(super) fn by(reason: &Reason) -> Told {
        match *reason {
            Reason::LicenceExpired { date } => Told::Headline(Headline::Expired { date }),
            Reason::LicenceNotYet { date } => Told::Headline(Headline::NotYet { date }),
            Reason::DeviceUnchecked => Told::Headline(Headline::DeviceUnchecked),
            // Only a decision has it.
            Reason::ReplayNotChecked => Told::Nothing,
            Reason::DocumentNotLicence | Reason::DocumentTypeMalformed => {
                Told::Headline(Headline::NotALicence)
            }
            Reason::PurposeOther { shown, asked } => Told::Headline(Headline::OtherPurpose { shown, asked }),
            Reason::StillAnswer => Told::Headline(Headline::StillAnswer),
            Reason::PurposeUnknown { asked } => Told::Headline(Headline::UnknownPurpose { asked }),
            Reason::SeveralDocuments => Told::Headline(Headline::SeveralDocuments),
            Reason::BesideUnknown { .. } => Told::Headline(Headline::BesideUnknown),
            Reason::Interrupted => Told::Headline(Headline::Interrupted),
            Reason::ValidityMissing | Reason::LicenceBeginsToday { .. } => {
                Told::Headline(Headline::ValidityUnknown)
            }
            Reason::PortraitPadded { .. } | Reason::ElementTimeUntidy { .. } => {
                Told::Headline(Headline::IssuerDoubt)
            }
            Reason::GenuineNotLicence => Told::Headline(Headline::GenuineNotLicence),
            Reason::CategoryEnded { date, .. } | Reason::StateClassEnded { date } => {
                Told::Headline(Headline::ClassEnded { date })
            }
            Reason::AutomaticOnly { .. } => Told::Headline(Headline::AutomaticOnly),
            Reason::StateClassNone => Told::Headline(Headline::NoClass),
            Reason::ClassesNotNow { .. } | Reason::CategoriesNotNow { .. } => {
                Told::Headline(Headline::RoadsideNothing)
            }
            Reason::StatusUnknown { ref letters } => {
                Told::Headline(Headline::StatusUnknown { letters: letters.clone() })
            }
            Reason::StatusListOld { moment, .. } | Reason::StatusListExpired { moment } => {
                Told::StatusOf(moment)
            }
            Reason::StatusOld { .. } | Reason::StatusListMissing | Reason::StatusIdentifierList => {
                Told::StatusOfLetters
            }
            Reason::ClassNotCovered { vehicle } => Told::Refusal(Refusal::ClassNotCovered(vehicle)),
            Reason::ClassNotYet { vehicle, date } => Told::Refusal(Refusal::ClassNotYet(vehicle, date)),
            Reason::TrailerNotCovered { vehicle } => Told::Refusal(Refusal::TrailerNotCovered(vehicle)),
            Reason::StopAgeReached { vehicle, age } => Told::Refusal(Refusal::StopAgeReached(vehicle, age)),
            Reason::NoviceTrailer { date } => Told::Refusal(Refusal::NoviceTrailer(date)),
            Reason::AgeBelow { age } => Told::Refusal(Refusal::AgeBelow(age)),
            Reason::HeldTooShort { years } => Told::Refusal(Refusal::HeldTooShort(years)),
            Reason::TermTooShort { date } => Told::Refusal(Refusal::TermTooShort(date)),
            Reason::PointsFull { points } => Told::Refusal(Refusal::PointsFull(points)),
            Reason::IssuerTrusted { .. }
            | Reason::IssuerNotRevoked
            | Reason::IssuerSigned
            | Reason::Deviations { .. }
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
            | Reason::StatusEmpty
            | Reason::StatusMissing
            | Reason::StatusRecent { .. }
            | Reason::StatusAhead { .. }
            | Reason::StatusListValid { .. }
            | Reason::StatusListInvalid { .. }
            | Reason::StatusListSuspended { .. }
            | Reason::StatusListOther { .. }
            | Reason::StatusLettersOverruled { .. }
            | Reason::MsoTimeUntidy
            | Reason::SignedAfterStart
            | Reason::LicenceExpiresToday { .. }
            | Reason::StatusNotPublished { .. }
            | Reason::StatusNeeded { .. }
            | Reason::StatusWithheld
            | Reason::CategoryCovers { .. }
            | Reason::CategoryUntil { .. }
            | Reason::CategoryReview { .. }
            | Reason::CategoryHeld { .. }
            | Reason::HeldUnknown { .. }
            | Reason::AutomaticSaid
            | Reason::Restrictions { .. }
            | Reason::Endorsements { .. }
            | Reason::LimitedUse { .. }
            | Reason::StateClass { .. }
            | Reason::StateClassCovers { .. }
            | Reason::ProfessionalCompetence { .. }
            | Reason::ProfessionalCompetenceEnded { .. }
            | Reason::ProfessionalCompetenceUndated
            | Reason::DayUndecided { .. }
            | Reason::AgeDisputed { .. }
            | Reason::AgeDocumentsDiffer
            | Reason::ElementsContradict { .. }
            | Reason::MayDrive { .. }
            | Reason::MayDriveCategories { .. }
            | Reason::ClassesOpen { .. }
            | Reason::ClassesUnread { .. }
            | Reason::ClassCovers { .. }
            | Reason::ClassDisputed { .. }
            | Reason::ClassByMass { .. }
            | Reason::ClassUnreadable { .. }
            | Reason::TrailerCovers { .. }
            | Reason::StopAgeBelow { .. }
            | Reason::StopAgeExtended { .. }
            | Reason::StopAgeUnproven { .. }
            | Reason::NotNovice
            | Reason::Novice { .. }
            | Reason::AgeReached { .. }
            | Reason::AgeUnknown { .. }
            | Reason::BirthYear { .. }
            | Reason::HeldYears { .. }
            | Reason::TermCovered { .. }
            | Reason::PointsBelow { .. }
            | Reason::PointsBand { .. }
            | Reason::PointsAbove { .. }
            | Reason::NameMatches
            | Reason::NameDiffers
            | Reason::NameNotComparable
            | Reason::NumberMatches
            | Reason::NumberDiffers
            | Reason::FaceMatches
            | Reason::FaceDiffers
            | Reason::FaceNotSure
            | Reason::FaceNotCompared
            | Reason::IssuerAccepted
            | Reason::IssuerNotAccepted
            | Reason::StrictMet
            | Reason::StrictNotMet { .. }
            | Reason::NoviceNotAccepted { .. }
            | Reason::CaseMissing { .. }
            | Reason::CaseTrailer { .. }
            | Reason::PolicyNotYet { .. }
            | Reason::PolicyEnded { .. }
            | Reason::NoRuleApplies
            | Reason::JudgedOtherwise
            | Reason::StatusAccepted { .. }
            | Reason::StatusReview { .. }
            | Reason::StatusRefused { .. }
            | Reason::StatusAcceptedByList { .. }
            | Reason::StatusRefusedByList { .. }
            | Reason::NoviceProfessional { .. }
            | Reason::StatusNotNormal { .. }
            | Reason::ProfessionalCertificate
            | Reason::HolderNotCompared
            | Reason::ElementMissing { .. }
            | Reason::ElementMalformed { .. }
            | Reason::PortraitLeftOut
            | Reason::PortraitUnreadable
            | Reason::PortraitNotDrawn => Told::Nothing,
        }
    }
}
