//! The reasons of this crate's checks, each with its layer and its clause.
//!
//! Clauses are of ISO/IEC 18013-5 and of the licence profile (`docs/licence.md`).

use cbor::{Date, Timestamp, coded};
use licence::{Class, ShownText, StatusLetters, Vehicle};

use crate::layer::LayerId;
use crate::message::{Arg, CaseField, DocumentName, Element};
use crate::purpose::Purpose;

const L1: Option<LayerId> = Some(LayerId::Issuer);
const L2: Option<LayerId> = Some(LayerId::Presenter);
const L3: Option<LayerId> = Some(LayerId::Validity);
const L4: Option<LayerId> = Some(LayerId::Status);
const L5: Option<LayerId> = Some(LayerId::Policy);

const STATUS: &str = "Liangzheng licence profile, 4";
const CLASS: &str = "Liangzheng licence profile, 5";
const TIME: &str = "Liangzheng licence profile, 6";
const POLICY: &str = "Liangzheng licence profile, 9";
const SHOWN: &str = "Liangzheng licence profile, 10";
const PARTNER: &str = "Liangzheng licence profile, 12";
const ABROAD: &str = "Liangzheng licence profile, 11";

coded!(
    /// The reason of a finding, with the values of its placeholders.
    pub enum Reason as ReasonCode: Option<LayerId>, Arg {
        // Passes of layers 1 and 2; what fails there has its code in `mdoc`.
        IssuerTrusted { issuer: ShownText, lists: Vec<ShownText> } => "issuer-trusted", L1, "ISO/IEC 18013-5, 9.3.3";
        IssuerNotRevoked => "issuer-not-revoked", L1, "RFC 5280, 6.3.3";
        IssuerSigned => "issuer-signed", L1, "ISO/IEC 18013-5, 9.1.2";
        PortraitPadded { count: i64 } => "deviation-portrait-end", L1, SHOWN;
        ElementTimeUntidy { element: Element } => "deviation-element-time", L1, "ISO/IEC 18013-5, 7.2.1";
        MsoTimeUntidy => "deviation-mso-time", L1, "ISO/IEC 18013-5, 9.1.2.4";
        SignedAfterStart => "deviation-signed-after-start", L1, "ISO/IEC 18013-5, 9.1.2.4";
        DigestsMatch => "digests-match", L1, "ISO/IEC 18013-5, 9.1.2";
        Deviations { count: i64 } => "deviations", L1, "ISO/IEC 18013-5, B.1";
        SeveralDocuments => "several-documents", L1, "ISO/IEC 18013-5, 8.3.2.1.2.2", next;
        BesideUnknown { document: DocumentName } => "beside-unknown", L1, "ISO/IEC 18013-5, 9.3.3", next;
        DocumentNotLicence => "document-not-licence", L1, "ISO/IEC 18013-5, 7.1", next;
        DocumentTypeMalformed => "document-type-malformed", L1, "ISO/IEC 18013-5, 8.3.2.1.2.2", next;
        DeviceSigned => "device-signed", L2, "ISO/IEC 18013-5, 9.1.3";
        Fresh => "fresh", L2, "Liangzheng one-way presentation";
        FreshBySession => "fresh-by-session", L2, "ISO/IEC 18013-5, 9.1.3";
        FreshByAnswer => "fresh-by-answer", L2, "OpenID4VP 1.0, 14.1";
        ReplayNotChecked => "replay-not-checked", L2, PARTNER, next;
        DeviceUnchecked => "device-unchecked", L2, "ISO/IEC 18013-5, 9.1.3", next;
        DeviceNotAsked => "device-not-asked", L2, "ISO/IEC 18013-5, 9.1.3";
        NotReached => "not-reached", None, "Liangzheng licence profile, 9";
        NotAsked => "not-asked", None, "Liangzheng licence profile, 9";
        Interrupted => "interrupted", L1, "Liangzheng licence profile, 9", next;
        // Layer 3
        MsoCurrent { date: Date } => "mso-current", L3, "ISO/IEC 18013-5, 9.1.2.4";
        LicenceCurrent { date: Date } => "licence-current", L3, TIME;
        LicenceLongTerm => "licence-long-term", L3, TIME;
        LicenceExpired { date: Date } => "licence-expired", L3, TIME, next;
        LicenceNotYet { date: Date } => "licence-not-yet", L3, TIME, next;
        LicenceExpiresToday { date: Date } => "licence-expires-today", L3, ABROAD, next;
        LicenceBeginsToday { date: Date } => "licence-begins-today", L3, ABROAD, next;
        ValidityMissing => "validity-missing", L3, TIME, next;
        // Layer 4
        StatusGood { letters: StatusLetters, moment: Timestamp } => "status-good", L4, STATUS;
        StatusExtended { letters: StatusLetters, date: Date } => "status-extended", L4, STATUS;
        StatusRed { letters: StatusLetters, moment: Timestamp } => "status-red", L4, STATUS, next;
        StatusAbnormal { letters: StatusLetters, moment: Timestamp } => "status-abnormal", L4, STATUS, next;
        StatusGone { letters: StatusLetters, moment: Timestamp } => "status-gone", L4, STATUS, next;
        StatusExtensionOver { letters: StatusLetters, date: Date } => "status-extension-over", L4, STATUS, next;
        StatusExtensionUndated { letters: StatusLetters } => "status-extension-undated", L4, STATUS, next;
        StatusUnknown { letters: StatusLetters } => "status-unknown", L4, STATUS, next;
        StatusEmpty => "status-empty", L4, STATUS, next;
        StatusMissing => "status-missing", L4, STATUS, next;
        StatusRecent { moment: Timestamp } => "status-recent", L4, "Liangzheng licence profile, 9";
        StatusOld { moment: Timestamp, hours: i64 } => "status-old", L4, "Liangzheng licence profile, 9", next;
        StatusAhead { moment: Timestamp } => "status-ahead", L4, "Liangzheng licence profile, 9", next;
        StatusListValid { moment: Timestamp } => "status-list-valid", L4, STATUS;
        StatusListInvalid { moment: Timestamp } => "status-list-invalid", L4, STATUS, next;
        StatusListSuspended { moment: Timestamp } => "status-list-suspended", L4, STATUS, next;
        StatusListOther { value: i64, moment: Timestamp } => "status-list-other", L4, STATUS, next;
        StatusListMissing => "status-list-missing", L4, STATUS, next;
        StatusListOld { moment: Timestamp, hours: i64 } => "status-list-old", L4, "Liangzheng licence profile, 9", next;
        StatusListExpired { moment: Timestamp } => "status-list-expired", L4, STATUS, next;
        StatusIdentifierList => "status-identifier-list", L4, STATUS, next;
        StatusLettersOverruled { letters: StatusLetters, moment: Timestamp } => "status-letters-overruled", L4, STATUS;
        StatusNotPublished { date: Date } => "status-not-published", L4, ABROAD;
        StatusNeeded { date: Date } => "status-needed", L4, ABROAD, next;
        StatusWithheld => "status-withheld", L4, ABROAD, next;
        // Layer 5: may this holder drive it, by a licence of another country
        GenuineNotLicence => "genuine-not-licence", L5, ABROAD, next;
        CategoryCovers { vehicle: Vehicle, category: ShownText } => "category-covers", L5, ABROAD;
        CategoryUntil { category: ShownText, date: Date } => "category-until", L5, ABROAD;
        CategoryEnded { vehicle: Vehicle, date: Date } => "category-ended", L5, ABROAD, next;
        CategoryReview { vehicle: Vehicle, category: ShownText } => "category-review", L5, ABROAD, next;
        CategoryHeld { years: i64, category: ShownText } => "category-held", L5, ABROAD;
        HeldUnknown { years: i64 } => "held-unknown", L5, ABROAD, next;
        AutomaticOnly { vehicle: Vehicle } => "automatic-only", L5, ABROAD, next;
        AutomaticSaid => "automatic-said", L5, ABROAD;
        Restrictions { codes: Vec<ShownText> } => "restrictions", L5, ABROAD;
        Endorsements { codes: Vec<ShownText> } => "endorsements", L5, ABROAD;
        LimitedUse { codes: Vec<ShownText> } => "limited-use", L5, ABROAD, next;
        StateClass { class: ShownText } => "state-class", L5, ABROAD, next;
        ProfessionalCompetence { date: Date } => "professional-competence", L5, ABROAD;
        ProfessionalCompetenceEnded { date: Date } => "professional-competence-ended", L5, ABROAD, next;
        ProfessionalCompetenceUndated => "professional-competence-undated", L5, ABROAD, next;
        StateClassCovers { vehicle: Vehicle, class: ShownText } => "state-class-covers", L5, ABROAD;
        StateClassEnded { date: Date } => "state-class-ended", L5, ABROAD, next;
        StateClassNone => "state-class-none", L5, ABROAD, next;
        DayUndecided { date: Date } => "day-undecided", L5, ABROAD, next;
        AgeDisputed { age: i64 } => "age-disputed", L5, ABROAD, next;
        // Layer 5: what may this holder drive, where no vehicle was chosen
        MayDrive { classes: Vec<Class> } => "may-drive", L5, CLASS;
        ClassesOpen { classes: Vec<Class> } => "classes-open", L5, CLASS, next;
        ClassesUnread { codes: Vec<ShownText> } => "classes-unread", L5, CLASS, next;
        ClassesNotNow { classes: Vec<Class> } => "classes-not-now", L5, CLASS, next;
        MayDriveCategories { categories: Vec<ShownText> } => "may-drive-categories", L5, ABROAD;
        CategoriesNotNow { categories: Vec<ShownText> } => "categories-not-now", L5, ABROAD, next;
        // Layer 5: may this holder drive it
        ClassCovers { vehicle: Vehicle, class: Class } => "class-covers", L5, CLASS;
        ClassNotCovered { vehicle: Vehicle } => "class-not-covered", L5, CLASS, next;
        ClassNotYet { vehicle: Vehicle, date: Date } => "class-not-yet", L5, CLASS, next;
        ClassDisputed { vehicle: Vehicle } => "class-disputed", L5, CLASS, next;
        ClassByMass { vehicle: Vehicle, class: Class } => "class-by-mass", L5, CLASS, next;
        ClassUnreadable { vehicle: Vehicle } => "class-unreadable", L5, CLASS, next;
        TrailerCovers { class: Class } => "trailer-covers", L5, CLASS;
        TrailerNotCovered { vehicle: Vehicle } => "trailer-not-covered", L5, CLASS, next;
        StopAgeBelow { vehicle: Vehicle, age: i64 } => "stop-age-below", L5, CLASS;
        StopAgeExtended { vehicle: Vehicle, date: Date } => "stop-age-extended", L5, CLASS;
        StopAgeReached { vehicle: Vehicle, age: i64 } => "stop-age-reached", L5, CLASS, next;
        StopAgeUnproven { vehicle: Vehicle, age: i64 } => "stop-age-unproven", L5, CLASS, next;
        NotNovice => "not-novice", L5, TIME;
        Novice { date: Date } => "novice", L5, TIME;
        NoviceTrailer { date: Date } => "novice-trailer", L5, TIME, next;
        NoviceProfessional { date: Date } => "novice-professional", L5, TIME, next;
        // Layer 5: what only the policy of a partner asks
        NameMatches => "name-matches", L5, PARTNER;
        NameDiffers => "name-differs", L5, PARTNER, next;
        NameNotComparable => "name-not-comparable", L5, PARTNER, next;
        NumberMatches => "number-matches", L5, PARTNER;
        NumberDiffers => "number-differs", L5, PARTNER, next;
        FaceMatches => "face-matches", L5, PARTNER;
        FaceDiffers => "face-differs", L5, PARTNER, next;
        FaceNotSure => "face-not-sure", L5, PARTNER, next;
        FaceNotCompared => "face-not-compared", L5, PARTNER, next;
        IssuerAccepted => "issuer-accepted", L5, PARTNER;
        IssuerNotAccepted => "issuer-not-accepted", L5, PARTNER, next;
        StrictMet => "strict-met", L5, PARTNER;
        StrictNotMet { count: i64 } => "strict-not-met", L5, PARTNER, next;
        NoviceNotAccepted { date: Date } => "novice-not-accepted", L5, PARTNER, next;
        CaseMissing { field: CaseField } => "case-missing", L5, PARTNER, next;
        CaseTrailer { vehicle: Vehicle } => "case-trailer", L5, PARTNER, next;
        PolicyNotYet { date: Date } => "policy-not-yet", L5, PARTNER, next;
        PolicyEnded { date: Date } => "policy-ended", L5, PARTNER, next;
        NoRuleApplies => "no-rule-applies", L5, PARTNER, next;
        JudgedOtherwise => "judged-otherwise", L5, PARTNER, next;
        // Layer 5: the rules of a purpose
        PurposeOther { shown: Purpose, asked: Purpose } => "purpose-other", L5, POLICY, next;
        PurposeUnknown { asked: Purpose } => "purpose-unknown", L5, POLICY, next;
        AgeReached { age: i64 } => "age-reached", L5, POLICY;
        AgeBelow { age: i64 } => "age-below", L5, POLICY, next;
        AgeUnknown { age: i64 } => "age-unknown", L5, POLICY, next;
        BirthYear { year: i64, age: i64 } => "birth-year", L5, POLICY;
        HeldYears { years: i64, class: Class } => "held-years", L5, POLICY;
        HeldTooShort { years: i64 } => "held-too-short", L5, POLICY, next;
        TermCovered { date: Date } => "term-covered", L5, POLICY;
        TermTooShort { date: Date } => "term-too-short", L5, POLICY, next;
        PointsBelow { points: i64 } => "points-below", L5, POLICY;
        PointsBand { points: i64, from: i64, to: i64 } => "points-band", L5, POLICY;
        PointsFull { points: i64 } => "points-full", L5, POLICY, next;
        PointsAbove { points: i64, most: i64 } => "points-above", L5, POLICY, next;
        StatusAccepted { letters: StatusLetters } => "status-accepted", L5, POLICY;
        StatusReview { letters: StatusLetters } => "status-review", L5, POLICY, next;
        StatusRefused { letters: StatusLetters } => "status-refused", L5, POLICY, next;
        StatusNotNormal { letters: StatusLetters } => "status-not-normal", L5, POLICY, next;
        StatusAcceptedByList { moment: Timestamp } => "status-accepted-by-list", L5, POLICY;
        StatusRefusedByList { moment: Timestamp } => "status-refused-by-list", L5, POLICY, next;
        ProfessionalCertificate => "professional-certificate", L5, POLICY, next;
        HolderNotCompared => "holder-not-compared", L5, POLICY;
        ElementMissing { element: Element } => "element-missing", L5, SHOWN, next;
        ElementMalformed { element: Element } => "element-malformed", L5, SHOWN, next;
        PortraitLeftOut => "portrait-left-out", L5, SHOWN, next;
        StillAnswer => "still-answer", L5, SHOWN, next;
        PortraitUnreadable => "portrait-unreadable", L5, SHOWN, next;
        PortraitNotDrawn => "portrait-not-drawn", L5, SHOWN, next;
        AgeDocumentsDiffer => "age-documents-differ", L5, ABROAD, next;
        ElementsContradict { element: Element, other: Element } => "elements-contradict", L5, SHOWN, next;
    }
);
