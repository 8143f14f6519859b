//! Sentences in the language of the locale, from the same catalogue as the pages.

use std::io;
use std::sync::OnceLock;

use cbor::{Date, Timestamp};
use licence::{Facts, SHANGHAI_OFFSET_SECONDS, shanghai_day};
pub(crate) use strings::Language;
use strings::Locale;
use verdict::Message;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The language of the locale, as POSIX orders its variables; English for any other than Chinese.
fn of_locale() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let first = set.into_iter().find(|value| !value.is_empty());
    first.map_or(Language::English, |locale| Language::of_tag(&locale))
}

/// Sets the language, or that of the locale; the first call decides.
pub(crate) fn choose(language: Option<Language>) {
    let _ = LANGUAGE.set(language.unwrap_or_else(of_locale));
}

/// Returns the language.
pub(crate) fn language() -> Language {
    *LANGUAGE.get_or_init(of_locale)
}

/// Formats values for a terminal, by ISO 8601.
struct Terminal;

impl Locale for Terminal {
    fn language(&self) -> Language {
        language()
    }

    fn day(&self, day: Date) -> String {
        day.to_string()
    }

    fn moment(&self, at: Timestamp) -> String {
        moment(at)
    }

    fn text(&self, text: &str) -> String {
        text.to_owned()
    }

    fn place(&self) -> &'static str {
        "cli."
    }
}

fn find(key: &str) -> Option<&'static str> {
    strings::find(key, language())
}

/// Returns the text of a key; an unknown key is returned as it is.
pub(crate) fn tr(key: &str) -> &str {
    find(key).unwrap_or(key)
}

/// Returns the text of a key with its `{name}` placeholders filled.
pub(crate) fn fill(key: &str, args: &[(&str, &str)]) -> String {
    strings::fill(tr(key), args)
}

/// Returns the sentence of a message.
pub(crate) fn say(message: &Message) -> String {
    strings::say(message, &Terminal)
}

/// Returns the plain reason of a code.
pub(crate) fn plain(code: &str) -> String {
    find(&format!("code.{code}")).unwrap_or(code).to_owned()
}

/// Returns the plain reason of a code and the next step.
pub(crate) fn reason(code: &str) -> String {
    let (what, next) = (format!("code.{code}"), format!("code.{code}.next"));
    match (find(&what), find(&next)) {
        (Some(what), Some(next)) => format!("{what} {next}"),
        (Some(what), None) => what.to_owned(),
        _ => code.to_owned(),
    }
}

/// Returns why a file could not be read or written, in the chosen language; the system's own messages may be in another.
pub(crate) fn trouble(error: &io::Error) -> String {
    let key = match error.kind() {
        io::ErrorKind::NotFound => "cli.io.not-found",
        io::ErrorKind::PermissionDenied => "cli.io.denied",
        io::ErrorKind::IsADirectory => "cli.io.folder",
        io::ErrorKind::NotADirectory => "cli.io.no-folder",
        io::ErrorKind::AlreadyExists => "cli.io.there",
        io::ErrorKind::StorageFull => "cli.io.full",
        _ => return error.to_string(),
    };
    tr(key).to_owned()
}

/// Returns the next step for a message, if the catalogue has one; prefers the command line's own.
pub(crate) fn next_step(message: &Message) -> Option<String> {
    strings::next_step(message, &Terminal)
}

/// Returns what is written in the place of a name that cannot be.
pub(crate) fn without_name(facts: &Facts) -> Option<String> {
    strings::facts::without_name(facts, &Terminal)
}

/// Formats a time in Shanghai.
pub(crate) fn moment(at: Timestamp) -> String {
    let of_day = at.plus_seconds(i64::from(SHANGHAI_OFFSET_SECONDS)).unix().rem_euclid(86_400);
    format!("{} {:02}:{:02} (UTC+8)", shanghai_day(at), of_day / 3600, of_day / 60 % 60)
}
