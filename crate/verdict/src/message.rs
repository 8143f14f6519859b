//! Sentences for people, as a key of the catalogue with named arguments.
//!
//! No sentence is made here and none is glued from parts: the page looks the key up in
//! `www/strings` and formats dates and numbers in its language.

use std::borrow::Cow;

use cbor::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use crate::catalogue;
use licence::class::Class;
use licence::text::ShownText;

/// The value of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Arg {
    /// Text that is the same in all languages; already safe to show.
    Text(ShownText),
    /// Several texts; the language puts them into a row.
    List(Vec<ShownText>),
    /// A number; the language groups its digits.
    Number(i64),
    /// A day; the language writes it.
    Date(Date),
    /// A moment; the language writes its day and time in Shanghai.
    Moment(Timestamp),
    /// A vehicle; written as the catalogue's `class.<code>.full`.
    Class(Class),
    /// Status letters, such as "HP"; each has a name under `letter.<letter>`.
    Letters(String),
    /// Another key of the catalogue.
    Key(Cow<'static, str>),
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The key in the catalogue.
    pub code: Cow<'static, str>,
    /// The values of its placeholders, by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// A sentence of this crate's own catalogue.
    pub fn new(key: &'static str, args: impl IntoIterator<Item = (&'static str, Arg)>) -> Message {
        let args: Vec<_> = args.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        // Tests run with this on: a sentence without its text cannot be emitted unnoticed.
        debug_assert!(
            catalogue::has(key, args.iter().map(|(name, _)| name.as_ref())),
            "{key} with these arguments is not in the catalogue's table"
        );
        Message { code: Cow::Borrowed(key), args }
    }

    /// A sentence without placeholders.
    pub fn plain(key: &'static str) -> Message {
        Message::new(key, [])
    }

    /// The plain reason of a code of another crate (`code.<code>`).
    pub fn of_foreign_code(code: &str, seconds: Option<i64>) -> Message {
        let args =
            seconds.map(|seconds| (Cow::Borrowed("seconds"), Arg::Number(seconds))).into_iter().collect();
        Message { code: Cow::Owned(format!("code.{code}")), args }
    }

    /// The value of a placeholder.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(have, _)| have == name).map(|(_, value)| value)
    }
}
