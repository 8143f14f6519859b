//! A locale for the tests of this crate.

use cbor::{Date, Timestamp};

use crate::{Language, Locale};

/// English, with dates as in ISO 8601.
pub(crate) enum Plain {
    /// Received text as it is.
    Bare,
    /// Received text between angle brackets.
    Marked,
}

impl Locale for Plain {
    fn language(&self) -> Language {
        Language::English
    }

    fn day(&self, day: Date) -> String {
        day.to_string()
    }

    fn moment(&self, at: Timestamp) -> String {
        at.format_tdate()
    }

    fn text(&self, text: &str) -> String {
        match self {
            Plain::Bare => text.to_owned(),
            Plain::Marked => format!("<{text}>"),
        }
    }
}
