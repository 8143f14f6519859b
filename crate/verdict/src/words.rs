//! The sentences of a verdict that belong to no code: headlines, summaries, notes.

use cbor::{Date, Timestamp};
use licence::{Class, ShownText, StatusLetters, Vehicle};

use crate::message::{DocumentName, sentences};
use crate::purpose::Purpose;

sentences!(
    /// The headline of a verdict.
    pub enum Headline {
        RoadsidePass { vehicle: Vehicle } => "headline.roadside.pass";
        RoadsideMayDrive { classes: Vec<Class> } => "headline.roadside.may-drive";
        RoadsideMayDriveCategories { categories: Vec<ShownText> } => "headline.roadside.may-drive-categories";
        RentalPass { vehicle: Vehicle, years: i64 } => "headline.rental.pass";
        InsurancePass { vehicle: Vehicle, years: i64 } => "headline.insurance.pass";
        AgeOnlyPass { age: i64 } => "headline.age-only.pass";
        FreightPass { vehicle: Vehicle } => "headline.freight.pass";
        PassengerPass { vehicle: Vehicle } => "headline.passenger.pass";
        CounterPass => "headline.counter.pass";
        NonePass => "headline.none.pass";
        NoneIssuerOnly => "headline.none.issuer-only";
        RoadsideReview { vehicle: Vehicle } => "headline.roadside.review";
        RoadsideReviewOpen => "headline.roadside.review-open";
        RentalReview => "headline.rental.review";
        InsuranceReview => "headline.insurance.review";
        FreightReview { vehicle: Vehicle } => "headline.freight.review";
        PassengerReview { vehicle: Vehicle } => "headline.passenger.review";
        CounterReview => "headline.counter.review";
        AgeOnlyReview { age: i64 } => "headline.age-only.review";
        AgeOnlyNoPortrait { age: i64 } => "headline.age-only.no-portrait";
        StillAnswer => "headline.still-answer";
        OtherPurpose { shown: Purpose, asked: Purpose } => "headline.other-purpose";
        UnknownPurpose { asked: Purpose } => "headline.unknown-purpose";
        NewerWallet => "headline.newer-wallet";
        Seen { seconds: i64 } => "headline.seen";
        SeenNow => "headline.seen-now";
        Clock => "headline.clock";
        FreshnessUnproven => "headline.freshness-unproven";
        DeviceUnchecked => "headline.device-unchecked";
        SignatureNotChecked => "headline.signature-not-checked";
        TrustListOld => "headline.trust-list-old";
        RevocationListOld => "headline.revocation-list-old";
        RevocationListMissing => "headline.revocation-list-missing";
        ValidityUnknown => "headline.validity-unknown";
        StatusUnverified { date: Date } => "headline.status-unverified";
        StatusUnverifiedUndated => "headline.status-unverified-undated";
        StatusUnknown { letters: StatusLetters } => "headline.status-unknown";
        FaceNotSure => "headline.face-not-sure";
        PortraitBlank => "headline.portrait-blank";
        Interrupted => "headline.interrupted";
        SeveralDocuments => "headline.several-documents";
        BesideUnknown => "headline.beside-unknown";
        NothingShown => "headline.nothing-shown";
        WalletError => "headline.wallet-error";
        ProofNotRead => "headline.proof-not-read";
        NobodyVouches { issuer: ShownText } => "headline.nobody-vouches";
        OtherSession => "headline.other-session";
        NotALicence => "headline.not-a-licence";
        GenuineNotLicence => "headline.genuine-not-licence";
        ClassEnded { date: Date } => "headline.class-ended";
        AutomaticOnly => "headline.automatic-only";
        NoClass => "headline.no-class";
        IssuerUnknown => "headline.issuer-unknown";
        IssuerKeyUnknown => "headline.issuer-key-unknown";
        IssuerDoubt => "headline.issuer-doubt";
        IssuerInvalid => "headline.issuer-invalid";
        Altered => "headline.altered";
        NotItsHolder => "headline.not-its-holder";
        Malformed => "headline.malformed";
        TimeUnreadable => "headline.time-unreadable";
        OldCode => "headline.old-code";
        OtherAnswer => "headline.other-answer";
        Audience => "headline.audience";
        Expired { date: Date } => "headline.expired";
        NotYet { date: Date } => "headline.not-yet";
        CopyExpired => "headline.copy-expired";
        CopyNotYet => "headline.copy-not-yet";
        StatusB => "headline.status.B";
        StatusC => "headline.status.C";
        StatusD => "headline.status.D";
        StatusE => "headline.status.E";
        StatusF => "headline.status.F";
        StatusG => "headline.status.G";
        StatusJ => "headline.status.J";
        StatusK => "headline.status.K";
        StatusL => "headline.status.L";
        StatusM => "headline.status.M";
        StatusN { date: Date } => "headline.status.N";
        StatusP { date: Date } => "headline.status.P";
        StatusR => "headline.status.R";
        StatusS => "headline.status.S";
        StatusT { date: Date } => "headline.status.T";
        StatusU => "headline.status.U";
        StatusOther => "headline.status.other";
        StatusListedInvalid { date: Date } => "headline.status.listed-invalid";
        StatusListedSuspended { date: Date } => "headline.status.listed-suspended";
        RoadsideRefused { vehicle: Vehicle } => "headline.roadside.refused";
        RoadsideClassNotCovered { vehicle: Vehicle } => "headline.roadside.class-not-covered";
        RoadsideClassNotYet { vehicle: Vehicle, date: Date } => "headline.roadside.class-not-yet";
        RoadsideTrailerNotCovered { vehicle: Vehicle } => "headline.roadside.trailer-not-covered";
        RoadsideStopAgeReached { vehicle: Vehicle, age: i64 } => "headline.roadside.stop-age-reached";
        RoadsideNoviceTrailer { date: Date } => "headline.roadside.novice-trailer";
        RoadsideNothing => "headline.roadside.nothing";
        RentalRefused => "headline.rental.refused";
        RentalAgeBelow { age: i64 } => "headline.rental.age-below";
        RentalClassNotCovered { vehicle: Vehicle } => "headline.rental.class-not-covered";
        RentalClassNotYet { vehicle: Vehicle, date: Date } => "headline.rental.class-not-yet";
        RentalTrailerNotCovered { vehicle: Vehicle } => "headline.rental.trailer-not-covered";
        RentalStopAgeReached { vehicle: Vehicle, age: i64 } => "headline.rental.stop-age-reached";
        RentalNoviceTrailer { date: Date } => "headline.rental.novice-trailer";
        RentalHeldTooShort { years: i64 } => "headline.rental.held-too-short";
        RentalTermTooShort { date: Date } => "headline.rental.term-too-short";
        RentalPointsFull { points: i64 } => "headline.rental.points-full";
        InsuranceRefused => "headline.insurance.refused";
        InsuranceClassNotCovered { vehicle: Vehicle } => "headline.insurance.class-not-covered";
        InsuranceClassNotYet { vehicle: Vehicle, date: Date } => "headline.insurance.class-not-yet";
        InsuranceTrailerNotCovered { vehicle: Vehicle } => "headline.insurance.trailer-not-covered";
        InsuranceStopAgeReached { vehicle: Vehicle, age: i64 } => "headline.insurance.stop-age-reached";
        InsuranceNoviceTrailer { date: Date } => "headline.insurance.novice-trailer";
        InsuranceTermTooShort { date: Date } => "headline.insurance.term-too-short";
        InsurancePointsFull { points: i64 } => "headline.insurance.points-full";
        AgeOnlyAgeBelow { age: i64 } => "headline.age-only.age-below";
        FreightRefused { vehicle: Vehicle } => "headline.freight.refused";
        PassengerRefused { vehicle: Vehicle } => "headline.passenger.refused";
        AgeOnlyRefused => "headline.age-only.refused";
    }
);

sentences!(
    /// The sentence below a headline.
    pub enum Subline {
        Novice { date: Date } => "subline.novice";
        ProfessionalCertificate => "subline.professional-certificate";
        ProfessionalCompetence { date: Date } => "subline.professional-competence";
        ExpiresToday { date: Date } => "subline.expires-today";
        AutomaticOnly => "subline.automatic-only";
        Restrictions { codes: Vec<ShownText> } => "subline.restrictions";
        OtherDocument { document: DocumentName } => "subline.other-document";
    }
);

sentences!(
    /// The summary of a layer that passes or was not asked.
    pub enum Summary {
        IssuerPass { issuer: ShownText } => "summary.issuer.pass";
        IssuerDeviations { issuer: ShownText, count: i64 } => "summary.issuer.deviations";
        IssuerSigned => "summary.issuer.signed";
        PresenterPass => "summary.presenter.pass";
        PresenterSession => "summary.presenter.session";
        PresenterAnswer => "summary.presenter.answer";
        ValidityPass { date: Date } => "summary.validity.pass";
        ValidityLongTerm => "summary.validity.long-term";
        ValidityCopy { date: Date } => "summary.validity.copy";
        StatusPass { letters: StatusLetters, moment: Timestamp } => "summary.status.pass";
        StatusListed { letters: StatusLetters, moment: Timestamp } => "summary.status.listed";
        StatusList { moment: Timestamp } => "summary.status.list";
        RoadsidePass { vehicle: Vehicle } => "summary.roadside.pass";
        RoadsideOpen => "summary.roadside.open";
        RentalPass => "summary.rental.pass";
        InsurancePass => "summary.insurance.pass";
        FreightPass => "summary.freight.pass";
        PassengerPass => "summary.passenger.pass";
        CounterPass => "summary.counter.pass";
        AgeOnlyPass => "summary.age-only.pass";
        NotAsked => "summary.not-asked";
        NotReached => "summary.not-reached";
    }
);

sentences!(
    /// Remarks that change no colour.
    pub enum Note {
        Relay => "note.relay";
        RelayWithoutPortrait => "note.relay.without-portrait";
        ComparePortrait => "note.compare-portrait";
        Demo => "note.demo";
        NoRevocationList => "note.no-revocation-list";
        ListOfDate { date: Date } => "note.list-of-date";
        DocumentsNotReturned { count: i64 } => "note.documents-not-returned";
        ElementsNotReturned { count: i64 } => "note.elements-not-returned";
        Beside { document: DocumentName, issuer: ShownText } => "note.beside";
        BesideNotValid { document: DocumentName, issuer: ShownText } => "note.beside-not-valid";
        BesideRevoked { document: DocumentName, issuer: ShownText } => "note.beside-revoked";
        OtherProofs => "note.other-proofs";
        UpdateDue => "note.update-due";
        TrustListDue { date: Date } => "note.trust-list-due";
        ClockRight => "note.clock-right";
        OverDisclosure { count: i64 } => "note.over-disclosure";
        ProfileIso => "note.profile.iso";
        ProfileUs => "note.profile.us";
        ProfileId => "note.profile.id";
        ProfileAge => "note.profile.age";
    }
);

sentences!(
    /// The question about the face, and its answers.
    pub enum FaceWords {
        Compare => "face.compare";
        Same => "face.same";
        NotSure => "face.not-sure";
    }
);
