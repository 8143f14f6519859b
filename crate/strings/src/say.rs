//! A message as a sentence.
//!
//! Every sentence is one text of the catalogue; none is concatenated from parts. Days, times and received text are
//! formatted by the medium: a page has the browser's `Intl` and bidi isolates, a terminal has neither.

use std::borrow::Cow;

use cbor::{Date, Timestamp};
use verdict::{Arg, Message};

use crate::{Language, fill, find, list};

/// How a medium formats the values of placeholders.
pub trait Locale {
    /// The language.
    fn language(&self) -> Language;
    /// A day.
    fn day(&self, day: Date) -> String;
    /// A moment, with its day and its time in Shanghai.
    fn moment(&self, at: Timestamp) -> String;
    /// Text that came with a licence.
    fn text(&self, text: &str) -> String;
    /// The prefix of keys of this medium's own sentences, such as `cli.`; empty for a page.
    fn place(&self) -> &'static str {
        ""
    }

    /// Returns the text of a key; an unknown key is returned as it is.
    fn tr(&self, key: &str) -> String {
        find(key, self.language()).unwrap_or(key).to_owned()
    }
}

/// Returns the sentence of a message.
pub fn say(message: &Message, locale: &dyn Locale) -> String {
    sentence(&message.code, message.args(), locale)
}

/// Returns what to do about a check with this message, if the catalogue has it; prefers the medium's own sentence.
pub fn next_step(message: &Message, locale: &dyn Locale) -> Option<String> {
    let keys = [format!("{}{}.next", locale.place(), message.code), format!("{}.next", message.code)];
    let key = keys.iter().find(|key| find(key, locale.language()).is_some())?;
    Some(sentence(key, message.args(), locale))
}

/// Formats status letters with their names; one without a name is shown alone.
pub fn letters(letters: &str, locale: &dyn Locale) -> String {
    let one = |letter: char| {
        let sign = letter.to_string();
        match find(&format!("letter.{letter}"), locale.language()) {
            Some(name) => fill(&locale.tr("verify.letter"), &[("letter", &sign), ("name", name)]),
            None => sign,
        }
    };
    list(&letters.chars().map(one).collect::<Vec<_>>(), locale.language())
}

fn sentence(key: &str, args: &[(Cow<'static, str>, Arg)], locale: &dyn Locale) -> String {
    let values: Vec<(&str, String)> =
        args.iter().map(|(name, arg)| (name.as_ref(), value(arg, locale))).collect();
    let args: Vec<(&str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    fill(&locale.tr(key), &args)
}

fn value(arg: &Arg, locale: &dyn Locale) -> String {
    match arg {
        Arg::Text(text) => locale.text(text.as_str()),
        Arg::List(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| locale.text(text.as_str())).collect();
            list(&texts, locale.language())
        }
        Arg::Number(number) => number.to_string(),
        Arg::Date(day) => locale.day(*day),
        Arg::Moment(at) => locale.moment(*at),
        Arg::Class(class) => locale.tr(&format!("class.{}.full", class.code())),
        Arg::Classes(classes) => {
            let each = classes.iter().map(|class| locale.tr(&format!("class.{}.drives", class.code())));
            each.collect::<Vec<_>>().join(&locale.tr("class.join"))
        }
        Arg::Vehicle(vehicle) => locale.tr(&format!("vehicle.{}", vehicle.code())),
        Arg::Letters(signs) => letters(signs, locale),
        Arg::Key(key) => locale.tr(key),
    }
}
