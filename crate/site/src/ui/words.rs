//! Sentences of the licence and their values, in the language that is shown.
//!
//! Every sentence is one text of the catalogue. Text that came with a licence stands in a bidi isolate, so that
//! it cannot turn the sentence around it.

use licence::class::Class;
use verdict::message::{Arg, Message};

use crate::ui::format;
use crate::ui::i18n::{fill, has, tr};

/// The sentence in the language that is shown.
pub(crate) fn say(message: &Message) -> String {
    let values: Vec<(&str, String)> =
        message.args.iter().map(|(name, arg)| (name.as_ref(), value(arg))).collect();
    let args: Vec<(&str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    fill(&message.code, &args)
}

/// What to do about a check with this sentence, where the catalogue says it.
pub(crate) fn next_step(message: &Message) -> Option<String> {
    let key = format!("{}.next", message.code);
    has(&key).then(|| say(&Message { code: key.into(), args: message.args.clone() }))
}

fn value(arg: &Arg) -> String {
    match arg {
        Arg::Text(text) => isolate(text.as_str()),
        Arg::List(texts) => {
            format::list(&texts.iter().map(|text| isolate(text.as_str())).collect::<Vec<_>>())
        }
        Arg::Number(number) => number.to_string(),
        Arg::Date(day) => format::day(*day),
        Arg::Moment(at) => format::moment(*at),
        Arg::Class(class) => vehicle(*class),
        Arg::Letters(letters) => self::letters(letters),
        Arg::Key(key) => tr(key),
    }
}

/// Text of a licence in a bidi isolate.
pub(crate) fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// A vehicle in words, with its class.
pub(crate) fn vehicle(class: Class) -> String {
    tr(&format!("class.{}.full", class.code()))
}

/// Status letters with their names.
pub(crate) fn letters(letters: &str) -> String {
    let names: Vec<String> = letters
        .chars()
        .map(|letter| {
            let (sign, key) = (letter.to_string(), format!("letter.{letter}"));
            if !has(&key) {
                return sign;
            }
            fill("verify.letter", &[("letter", &sign), ("name", &tr(&key))])
        })
        .collect();
    format::list(&names)
}

#[cfg(test)]
mod tests {
    use licence::text::ShownText;

    use super::*;

    #[test]
    fn text_of_a_licence_stands_in_an_isolate_and_hides_nothing() {
        let name = Arg::Text(ShownText::new("演示\u{202e}DEMO", 50));
        let message = Message::new("summary.issuer.pass", [("issuer", name)]);
        assert_eq!(say(&message), "真实，由 \u{2068}演示⟨U+202E⟩DEMO\u{2069} 签发");
    }

    #[test]
    fn letters_have_their_names_and_unknown_ones_stand_alone() {
        assert_eq!(letters("HP"), "H 违法未处理、P 延期体检");
        assert_eq!(letters("Z"), "Z");
    }
}
