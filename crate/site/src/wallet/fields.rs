//! Values of a licence in words, for the card and the details.

use licence::elements::id;
use licence::validity::{self, End};
use licence::{Facts, LicenceView, Sex, ShownText};

use crate::ui::i18n::{Language, language, tr};
use crate::ui::{format, words};

/// A text field.
pub(super) fn text(field: &Option<ShownText>) -> Option<String> {
    field.as_ref().map(|text| text.as_str().to_owned())
}

/// The value of an element in words, as it stands beside its name where the holder chooses: the number masked.
pub(super) fn value(facts: &Facts, element: &str) -> Option<String> {
    match element {
        id::DOCUMENT_NUMBER => text(&facts.document_number).map(|number| format::masked(&number)),
        id::SEX => facts.sex.map(sex),
        _ => strings::facts::value(facts, element, words::OWN),
    }
}

/// The sex in words, as a value that stands alone: with a capital.
pub(super) fn sex(sex: Sex) -> String {
    let word = strings::facts::sex(sex, words::OWN);
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of the office and the address: in English as the licence has them in Latin letters, if it does.
pub(super) fn in_language(chinese: &Option<ShownText>, latin: &Option<ShownText>) -> Option<String> {
    match language() {
        Language::English => text(latin).or_else(|| text(chinese)),
        Language::Chinese => text(chinese),
    }
}

/// 中国 for CHN; another code stands as it is.
pub(super) fn nationality(code: &str) -> String {
    if matches!(code, "CN" | "CHN") { tr("card.china") } else { code.to_owned() }
}

/// The last day as the card prints it, or 长期.
pub(super) fn until(view: &LicenceView) -> Option<String> {
    match validity::end(&view.fields) {
        End::LongTerm => Some(tr("common.long-term")),
        End::On(date) => Some(format::printed_day(date)),
        End::Unknown => None,
    }
}
