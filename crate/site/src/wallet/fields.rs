//! Values of a licence in words, for the card and the details.

use licence::validity::{self, End};
use licence::{LicenceView, Sex, ShownText};

use crate::ui::i18n::tr;
use crate::ui::{format, words};

/// A text field.
pub(super) fn text(field: &Option<ShownText>) -> Option<String> {
    field.as_ref().map(|text| text.as_str().to_owned())
}

/// The sex in words.
pub(super) fn sex(sex: Sex) -> String {
    strings::facts::sex(sex, words::OWN)
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
