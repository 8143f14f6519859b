//! Sentences of the licence and their values, in the language that is shown.
//!
//! Every sentence is one text of the catalogue. Text that came with a licence stands in a bidi isolate, so that
//! it cannot turn the sentence around it.

use cbor::{CodeInfo, Date, Timestamp};
use licence::{Class, Vehicle};
use protocol::received::OtherCode;
use strings::{Language, Locale};
use verdict::Message;

use crate::ui::format;
use crate::ui::i18n::{fill, has, language, tr};

/// How a page formats values: days and moments by the browser's `Intl`.
pub(crate) struct Page {
    isolates: bool,
}

/// For text of another person's licence, which stands in bidi isolates.
pub(crate) const PAGE: &Page = &Page { isolates: true };
/// For the holder's own licence, whose values stand alone in their lines.
pub(crate) const OWN: &Page = &Page { isolates: false };

impl Locale for Page {
    fn language(&self) -> Language {
        language()
    }

    fn day(&self, day: Date) -> String {
        format::day(day)
    }

    fn moment(&self, at: Timestamp) -> String {
        format::moment(at)
    }

    fn text(&self, text: &str) -> String {
        if self.isolates { isolate(text) } else { text.to_owned() }
    }
}

/// The sentence in the language that is shown.
pub(crate) fn say(message: &Message) -> String {
    strings::say(message, PAGE)
}

/// What to do about a check with this sentence, where the catalogue says it.
pub(crate) fn next_step(message: &Message) -> Option<String> {
    strings::next_step(message, PAGE)
}

/// A refusal in words.
pub(crate) struct Reason {
    /// What happened.
    pub(crate) what: String,
    /// What to do about it, where there is something.
    pub(crate) next: Option<String>,
}

impl Reason {
    /// Of a code of a stage, without placeholders.
    pub(crate) fn of_code(code: CodeInfo) -> Self {
        let message = Message::of_code(code, Vec::new());
        Self { what: say(&message), next: next_step(&message) }
    }

    /// Of a sentence of the page's own, whose way out, if it has one, is the sentence `<key>.next`.
    pub(crate) fn of_key(key: &'static str) -> Self {
        let next = format!("{key}.next");
        Self { what: tr(key), next: has(&next).then(|| tr(&next)) }
    }
}

/// What was received instead of a licence, and what to do about it.
pub(crate) fn other(code: OtherCode) -> String {
    let Reason { what, next } = Reason::of_code(code.info());
    match next {
        Some(next) => fill("verify.other", &[("what", &what), ("next", &next)]),
        None => what,
    }
}

/// Text of a licence in a bidi isolate.
pub(crate) fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// A class of a licence in words, with its code.
pub(crate) fn class(class: Class) -> String {
    tr(&format!("class.{class}.full"))
}

/// A vehicle in words.
pub(crate) fn vehicle(vehicle: Vehicle) -> String {
    tr(&format!("vehicle.{vehicle}"))
}

/// Status letters with their names.
pub(crate) fn letters(letters: &str) -> String {
    strings::letters(letters, PAGE)
}

#[cfg(test)]
mod tests {
    use licence::ShownText;
    use verdict::words::Summary;

    use super::*;

    #[test]
    fn text_of_a_licence_stands_in_an_isolate_and_hides_nothing() {
        let issuer = ShownText::new("演示\u{202e}DEMO", 50);
        assert_eq!(
            say(&Summary::IssuerPass { issuer }.into()),
            "真实，由 \u{2068}演示⟨U+202E⟩DEMO\u{2069} 签发"
        );
    }

    #[test]
    fn letters_have_their_names_and_unknown_ones_stand_alone() {
        assert_eq!(letters("HP"), "H 违法未处理、P 延期体检");
        assert_eq!(letters("Z"), "Z");
    }
}
