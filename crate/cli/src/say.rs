//! Sentences in the language of the locale, from the same catalogue as the pages.

use std::io;
use std::sync::OnceLock;

use cbor::Timestamp;
use verdict::message::{self, Arg, Message};

static CATALOGUE: &[(&str, [&str; 2])] = include!(concat!(env!("OUT_DIR"), "/strings.rs"));
static LANGUAGE: OnceLock<Language> = OnceLock::new();
/// Seconds that Shanghai is ahead of UTC.
const SHANGHAI: i32 = 8 * 3600;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// Simplified Chinese.
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
    /// English.
    #[value(name = "en")]
    English,
}

impl Language {
    /// The language of the locale, as POSIX orders its variables; English for any other.
    fn of_locale() -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        match set.into_iter().find(|value| !value.is_empty()) {
            Some(locale) if locale.starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// The BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// Speaks this language, or that of the locale; the first call decides.
pub(crate) fn choose(language: Option<Language>) {
    let _ = LANGUAGE.set(language.unwrap_or_else(Language::of_locale));
}

/// The language that is spoken.
pub(crate) fn language() -> Language {
    *LANGUAGE.get_or_init(Language::of_locale)
}

fn find(key: &str) -> Option<&'static str> {
    let at = CATALOGUE.binary_search_by(|(have, _)| (*have).cmp(key)).ok()?;
    let (_, [chinese, english]) = CATALOGUE.get(at)?;
    Some(match language() {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// The text of a key; an unknown key is shown as itself.
pub(crate) fn tr(key: &str) -> &str {
    find(key).unwrap_or(key)
}

/// The text of a key with its `{name}` placeholders filled.
pub(crate) fn fill(key: &str, args: &[(&str, &str)]) -> String {
    message::fill(tr(key), args)
}

/// A sentence of the crate `licence`.
pub(crate) fn say(message: &Message) -> String {
    let values: Vec<(&str, String)> =
        message.args.iter().map(|(name, arg)| (name.as_ref(), value(arg))).collect();
    let args: Vec<(&str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    fill(&message.code, &args)
}

/// The plain reason of a code.
pub(crate) fn plain(code: &str) -> String {
    find(&format!("code.{code}")).unwrap_or(code).to_owned()
}

/// The plain reason of a code, and what to do about it.
pub(crate) fn reason(code: &str) -> String {
    let (what, next) = (format!("code.{code}"), format!("code.{code}.next"));
    match (find(&what), find(&next)) {
        (Some(what), Some(next)) => format!("{what} {next}"),
        (Some(what), None) => what.to_owned(),
        _ => code.to_owned(),
    }
}

/// Why a file could not be read or written. The system's own sentences are in whichever language it has.
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

/// What to do about a check with this sentence, where the catalogue says it: on the command line, where that is not what
/// a user in front of the page would do.
pub(crate) fn next_step(message: &Message) -> Option<String> {
    let keys = [format!("cli.{}.next", message.code), format!("{}.next", message.code)];
    let key = keys.into_iter().find(|key| find(key).is_some())?;
    Some(say(&Message { code: key.into(), args: message.args.clone() }))
}

fn value(arg: &Arg) -> String {
    match arg {
        Arg::Text(text) => text.as_str().to_owned(),
        Arg::List(names) => list(names.iter().map(|name| name.as_str().to_owned())),
        Arg::Number(number) => number.to_string(),
        Arg::Date(day) => day.to_string(),
        Arg::Moment(at) => moment(*at),
        Arg::Class(class) => tr(&format!("class.{}.full", class.code())).to_owned(),
        Arg::Letters(letters) => letters_with_names(letters),
        Arg::Key(key) => tr(key).to_owned(),
    }
}

/// A moment as a licence prints it, in Shanghai.
pub(crate) fn moment(at: Timestamp) -> String {
    let of_day = at.plus_seconds(i64::from(SHANGHAI)).unix().rem_euclid(86_400);
    format!("{} {:02}:{:02} (UTC+8)", at.date_at(SHANGHAI), of_day / 3600, of_day / 60 % 60)
}

fn letters_with_names(letters: &str) -> String {
    let one = |letter: char| {
        let (sign, key) = (letter.to_string(), format!("letter.{letter}"));
        match find(&key) {
            Some(name) => fill("verify.letter", &[("letter", &sign), ("name", name)]),
            None => sign,
        }
    };
    list(letters.chars().map(one))
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(if language() == Language::Chinese { "、" } else { ", " })
}
