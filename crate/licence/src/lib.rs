//! Driving licences and identity documents as facts: names, dates, privileges, numbers and portrait, read from the elements
//! of an ISO/IEC 18013-5 mdoc; and the tables of the Chinese driving licence.
//!
//! The tables are specified in the project's `docs/licence.md`. The crate has no policy and no verdict: whether a holder
//! may rent or drive is decided by crate `liangzheng-verdict`.
//!
//! ```text
//! issue    LicenceFacts::elements -> (namespace, identifier, value)...      -> (mdoc signs them)
//! verify   (mdoc proves elements) -> Facts::read -> LicenceView     -> (a page shows it, a policy judges it)
//! ```
//!
//! # Example
//!
//! From elements, which here come from no issuer, to what a page shows, and a few questions to the tables.
//!
//! ```
//! use liangzheng_licence::mdoc::Elements;
//! use liangzheng_licence::mdoc::cbor::{Date, Value};
//! use liangzheng_licence::{
//!     Class, Cover, DOMESTIC_NAMESPACE, Group, ISO_NAMESPACE, LicenceView, Standing, StatusLetters, elements::id,
//!     validity::{self, End},
//! };
//!
//! let day = |text| Date::parse(text).expect("a date");
//! let mut elements = Elements::new();
//! elements.insert(ISO_NAMESPACE, id::FAMILY_NAME, Value::text("Wang"));
//! elements.insert(ISO_NAMESPACE, id::GIVEN_NAME, Value::text("Xiaoming"));
//! elements.insert(ISO_NAMESPACE, id::EXPIRY_DATE, Value::date(day("2031-03-01")));
//! elements.insert(DOMESTIC_NAMESPACE, id::LONG_TERM, Value::text("no")); // not a bool
//! let held = Value::map([("code", Value::text("A2")), ("from", Value::date(day("2018-05-01")))]);
//! elements.insert(DOMESTIC_NAMESPACE, id::CLASSES, Value::array([held]));
//!
//! let view = LicenceView::from_elements(&elements);
//! assert_eq!(view.latin_name().as_deref(), Some("Wang Xiaoming"));
//! assert_eq!(view.classes_text().as_deref(), Some("A2"));
//! assert_eq!(view.fields.malformed, [id::LONG_TERM]);
//! assert_eq!(validity::end(&view.fields), End::On(day("2031-03-01")));
//!
//! assert_eq!(Class::A2.covers(Class::C1), Cover::Yes);
//! assert_eq!(Class::C1.covers(Class::A2), Cover::No);
//! assert_eq!(StatusLetters::parse("AD").standing(), Standing::Known(Group::Red));
//! ```
//!
//! # Profiles
//!
//! A document is read by its [`Profile`], which depends on its type and on the namespaces of the signed MSO, never on what
//! was disclosed. [`Profile::elements`] is the table of the [`Fact`]s that each profile can have: what a document cannot
//! have is not missing.
//!
//! | profile | documents | may drive |
//! |---|---|---|
//! | [`Profile::Cn`] | mDL with [`DOMESTIC_NAMESPACE`] | Chinese classes |
//! | [`Profile::Us`] | mDL with [`AAMVA_NAMESPACE`] | classes of a state, else ISO categories |
//! | [`Profile::Iso`] | other mDL | categories of ISO/IEC 18013-1 |
//! | [`Profile::Id`] | photo ID, PID, Google's ID pass | nothing |
//! | [`Profile::Age`] | European age attestation, Aadhaar | nothing |
//!
//! # Facts
//!
//! | type | is | every field |
//! |---|---|---|
//! | [`LicenceFacts`] | what a Chinese issuer knows on the day of issue | required, and checked before it is signed |
//! | [`Facts`] | what a presentation showed | optional; `shown` and `malformed` say why one is missing |
//! | [`LicenceView`] | the facts and the portrait, for a page | the portrait only if [`check_portrait`] passes |
//!
//! [`LicenceFacts::elements`] returns the elements to sign, with `age_over_NN` computed on the day of issue.
//! [`Facts::read`] never fails. Identifiers, namespaces and the keys of their names are in [`elements`].
//!
//! # Tables
//!
//! | table or rule | content | section of `docs/licence.md` |
//! |---|---|---|
//! | [`LETTER_TABLE`], [`Letter`] | the 19 status letters, each in one of five groups ([`Group`]); an unofficial list | 4 |
//! | [`CLASS_TABLE`], [`Class`] | the 17 classes of 公安部令第162号: what each covers, from and until which age | 5 |
//! | [`Vehicle`] | what is driven, in words of no country, and the Chinese class of each | 5 |
//! | [`validity`] | the last valid day, 长期, days left | 6 |
//! | [`coming`] | what comes: renewal, medical, end of a novice year, stop ages; [`ics`] writes it for calendars | 5, 6 |
//! | [`NoviceUntil`] | the novice year: 12 months from the first car class and from the first motorcycle class | 6 |
//! | [`check_licence_number`] | check character, birth date and sex in a resident identity number (GB 11643) | 7 |
//!
//! Each line of a table names its [`Source`].
//!
//! [`Class::covers`] is closed: a class is never looked up through another one. Of several status letters the worst group
//! decides ([`StatusLetters::standing`]); an unknown letter never reads as green.
//!
//! # Days
//!
//! A licence is valid through the whole of its expiry day in Shanghai: [`shanghai_day`] turns a time into that day.
//! [`completed_years`] counts ages and years held by 民法典, article 202.
//!
//! # What is checked
//!
//! - **Text**: [`ShownText`] is bounded, and control characters, directional marks and stacked marks are made visible.
//! - **Portrait**: JPEG markers are read, and no pixel is decoded: at most [`PORTRAIT_BYTES_MAX`] bytes,
//!   [`PORTRAIT_WIDTH_MAX`] by [`PORTRAIT_HEIGHT_MAX`] pixels and [`PORTRAIT_SCANS_MAX`] scans.
//! - **Types**: an element of another type than the profile's is listed as malformed, and its field is `None`.
//! - **Bounds**: at most 32 classes, privileges, and conditions of each are read, and no more characters of a text than the
//!   standard allows.
//! - **Agreement**: [`Facts::contradiction`] compares elements that say the same in two ways.
//! - **Facts**: character sets, forms of numbers, order of days, sizes of portraits ([`FactsError`]).
//!
//! # What is left to the caller
//!
//! - **Proof.** Elements are taken as they come. Verify them first (`mdoc::verify`), and show a view only of verified ones.
//! - **Isolation.** A [`ShownText`] may contain right-to-left letters: write it into `<bdi>` or between isolates.
//! - **Time**: days and times are arguments.
//! - **Words.** Names of classes, letters and elements are in the catalogue of crate `liangzheng-strings`; here are its keys
//!   only ([`elements::name_key`]).
//!
//! # Errors
//!
//! [`FactsError`] and [`NumberWarning`] have a `kind()` to match on, a stable `code()` in kebab case, `step()` and
//! `clause()`. They name elements and never contain values. [`PortraitError`] and [`ClassesError`] have no codes of their
//! own: a verdict or a claim says what follows from them.
//!
//! # Features and platforms
//!
//! There are no features. The crate is pure: no I/O, clock, randomness or global state, and it builds for
//! `wasm32-unknown-unknown`.

mod calendar;
mod class;
pub mod coming;
pub mod elements;
mod fact;
mod facts;
pub mod ics;
mod jpeg;
mod novice;
mod number;
mod profile;
mod status;
mod text;
pub mod validity;
mod vehicle;
mod view;
mod zone;

pub use calendar::{SHANGHAI_OFFSET_SECONDS, completed_years, shanghai_day};
pub use class::{CLASS_TABLE, Class, ClassRow, ClassesError, Cover, Source, format_classes, parse_classes};
pub use elements::facts::{FactsCode, FactsError, LicenceFacts, PORTRAIT_SMALL_MAX, PORTRAIT_SMALL_MIN};
pub use fact::Fact;
pub use facts::{
    Condition, Contradiction, Extension, Facts, HeldClasses, POINTS_FULL, Points, Privilege, SignedStatus,
    System,
};
pub use jpeg::{
    PORTRAIT_BYTES_MAX, PORTRAIT_HEIGHT_MAX, PORTRAIT_SCANS_MAX, PORTRAIT_WIDTH_MAX, PortraitError,
    PortraitInfo, check_portrait,
};
pub use mdoc;
pub use novice::{HeldClass, NoviceUntil};
pub use number::{NumberCode, NumberWarning, Sex, birth_date_in, check_character, check_licence_number};
pub use profile::{AAMVA_NAMESPACE, DOC_TYPE, DOMESTIC_NAMESPACE, DocumentKind, ISO_NAMESPACE, Profile};
pub use status::{Group, LETTER_TABLE, Letter, LetterRow, Standing, StatusLetters};
pub use text::{ISO_TEXT_MAX, ShownText};
pub use vehicle::{CnVehicle, UnknownVehicle, Vehicle, VehicleKind};
pub use view::{LicenceView, Portrait, PortraitState};
pub use zone::{issuer_day, westernmost_offset};
