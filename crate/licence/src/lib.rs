//! The driving licence as facts: fields, classes, status, dates, portrait. It has no policy and no verdict.
//!
//! Pure: no clock, randomness, browser or network. The time is an argument.

mod calendar;
mod class;
pub mod elements;
mod jpeg;
mod novice;
mod number;
mod profile;
mod status;
mod text;
pub mod validity;
mod view;

pub use calendar::{SHANGHAI_OFFSET_SECONDS, completed_years, shanghai_day};
pub use class::{CLASS_TABLE, Class, ClassRow, ClassesError, Cover, Source, format_classes, parse_classes};
pub use elements::facts::{FactsCode, FactsError, LicenceFacts, PORTRAIT_SMALL_MAX, PORTRAIT_SMALL_MIN};
pub use elements::fields::{Extension, HeldClasses, LicenceFields, POINTS_FULL, Points, SignedStatus};
pub use jpeg::{
    PORTRAIT_BYTES_MAX, PORTRAIT_HEIGHT_MAX, PORTRAIT_SCANS_MAX, PORTRAIT_WIDTH_MAX, PortraitError, PortraitInfo,
    check_portrait,
};
pub use novice::{HeldClass, NoviceUntil};
pub use number::{NumberCode, NumberWarning, Sex, check_character, check_licence_number};
pub use profile::{DOC_TYPE, DOMESTIC_NAMESPACE, ISO_NAMESPACE};
pub use status::{Group, LETTER_TABLE, Letter, LetterRow, Standing, StatusLetters};
pub use text::{ISO_TEXT_MAX, ShownText};
pub use view::{LicenceView, Portrait, PortraitState};
