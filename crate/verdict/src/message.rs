//! Sentences for people, as a key of the catalogue with named arguments.
//!
//! No sentence is made here and none is glued from parts: crate `strings` looks the key up and writes dates and numbers
//! in the language. A message comes from a value of an enum; there is no way to make one from a key in text.

use std::borrow::Cow;

use cbor::{Date, Timestamp};
use licence::elements::name_key;
use licence::{Class, ShownText, StatusLetters};
use serde::{Deserialize, Serialize};

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

/// An element of a licence, as a placeholder: written by its name in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element(pub &'static str);

macro_rules! arg {
    ($($from:ty => $value:ident, $arg:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Arg {
                $arg
            }
        })*
    };
}

arg! {
    ShownText => text, Arg::Text(text);
    Vec<ShownText> => texts, Arg::List(texts);
    i64 => number, Arg::Number(number);
    Date => day, Arg::Date(day);
    Timestamp => at, Arg::Moment(at);
    Class => class, Arg::Class(class);
    StatusLetters => letters, Arg::Letters(letters.text());
    Element => element, Arg::Key(name_key(element.0).into());
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
    /// The sentence under `key`, which an enum of this or another crate names.
    pub(crate) fn of_key(key: &'static str, args: Vec<(&'static str, Arg)>) -> Message {
        Message { code: Cow::Borrowed(key), args: named(args) }
    }

    /// The plain reason of a code, `code.<code>`. Codes are named by enums that
    /// [`coded!`](cbor::coded) made; who has only text has no message.
    pub fn of_code<S>(info: cbor::CodeInfo<S>, args: Vec<(&'static str, Arg)>) -> Message {
        Message { code: Cow::Owned(format!("code.{}", info.code)), args: named(args) }
    }

    /// The value of a placeholder.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(have, _)| have == name).map(|(_, value)| value)
    }
}

fn named(args: Vec<(&'static str, Arg)>) -> Vec<(Cow<'static, str>, Arg)> {
    args.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect()
}

/// Declares sentences that are no code's: an enum whose fields are the placeholders, and its rows as `KEYS`.
macro_rules! sentences {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident $({$($field:ident: $type:ty),* $(,)?})? => $key:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $(
                #[doc = concat!("`", $key, "`")]
                $(#[$doc])*
                $variant $({$(
                    #[doc = concat!("The placeholder `{", stringify!($field), "}`.")]
                    $field: $type,
                )*})?,
            )*
        }

        impl $name {
            /// Every key with its placeholders.
            pub const KEYS: &'static [(&'static str, &'static [&'static str])] =
                &[$(($key, &[$($(stringify!($field)),*)?])),*];
        }

        impl From<$name> for $crate::message::Message {
            fn from(sentence: $name) -> Self {
                match sentence {
                    $($name::$variant $({$($field),*})? => Self::of_key(
                        $key,
                        vec![$($((stringify!($field), $crate::message::Arg::from($field))),*)?],
                    ),)*
                }
            }
        }
    };
}
pub(crate) use sentences;
