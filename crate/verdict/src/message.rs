//! Sentences for people, as a key of the catalogue with named arguments.
//!
//! Crate `strings` looks the key up and formats dates and numbers. A message is made from a value of an enum, and not from
//! a key in text.

use std::borrow::Cow;

use cbor::{Date, Timestamp};
use licence::elements::name_key_in;
use licence::{Class, DocumentKind, ISO_TEXT_MAX, Profile, ShownText, StatusLetters, Vehicle};
use serde::{Deserialize, Serialize};

use crate::purpose::Purpose;

/// The value of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Arg {
    /// Text that is the same in all languages; already safe to show.
    Text(ShownText),
    /// Several texts, joined by the language.
    List(Vec<ShownText>),
    /// A number.
    Number(i64),
    /// A day, formatted by the language.
    Date(Date),
    /// A time, formatted by the language, in Shanghai.
    Moment(Timestamp),
    /// A class of a Chinese licence: the catalogue's `class.<code>.full`.
    Class(Class),
    /// Several classes of a Chinese licence: the catalogue's `class.<code>.drives` of each.
    Classes(Vec<Class>),
    /// A vehicle: the catalogue's `vehicle.<code>`.
    Vehicle(Vehicle),
    /// Status letters, such as "HP"; each has a name under `letter.<letter>`.
    Letters(String),
    /// Another key of the catalogue.
    Key(Cow<'static, str>),
}

/// An element of a document of this profile, as a placeholder: its name in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element(pub Profile, pub &'static str);

/// What a case lacks, as a placeholder: its name in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseField {
    /// The vehicle.
    Vehicle,
    /// The first day.
    From,
    /// The last day.
    Until,
    /// The name.
    Name,
    /// The last characters of the number.
    NumberEnd,
}

impl CaseField {
    /// All of them.
    pub const ALL: [CaseField; 5] =
        [CaseField::Vehicle, CaseField::From, CaseField::Until, CaseField::Name, CaseField::NumberEnd];

    /// Returns the key of its name in the catalogue.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            CaseField::Vehicle => "case.vehicle",
            CaseField::From => "case.from",
            CaseField::Until => "case.until",
            CaseField::Name => "case.name",
            CaseField::NumberEnd => "case.number-end",
        }
    }
}

/// What a document of this type is, as a placeholder: its name in the catalogue; of an unknown type the type itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentName(ShownText);

impl DocumentName {
    /// Returns the name of documents of this type.
    #[must_use]
    pub fn of(doc_type: &str) -> Self {
        Self(ShownText::new(doc_type, ISO_TEXT_MAX))
    }
}

impl From<DocumentName> for Arg {
    fn from(name: DocumentName) -> Self {
        match DocumentKind::of(name.0.as_str()) {
            Some(kind) => Self::Key(format!("document.{}", kind.code()).into()),
            None => Self::Text(name.0),
        }
    }
}

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
    Vec<Class> => classes, Arg::Classes(classes);
    Vehicle => vehicle, Arg::Vehicle(vehicle);
    StatusLetters => letters, Arg::Letters(letters.text());
    Purpose => purpose, Arg::Key(format!("purpose.{}", purpose.code()).into());
    CaseField => field, Arg::Key(field.key().into());
    Element => element, Arg::Key(name_key_in(element.0, element.1).into());
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The key in the catalogue: `headline.…`, `summary.…`, `note.…`, or `code.<code>` for the code of a check.
    pub code: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// Creates the message of a key, which an enum names.
    pub(crate) fn of_key(key: &'static str, args: Vec<(&'static str, Arg)>) -> Message {
        Message { code: Cow::Borrowed(key), args: named(args) }
    }

    /// Creates the plain reason of a code, `code.<code>`, of an enum made by [`coded!`](cbor::coded).
    pub fn of_code<S>(info: cbor::CodeInfo<S>, args: Vec<(&'static str, Arg)>) -> Message {
        Message { code: Cow::Owned(format!("code.{}", info.code)), args: named(args) }
    }

    /// The values of its placeholders, by name.
    pub fn args(&self) -> &[(Cow<'static, str>, Arg)] {
        &self.args
    }

    /// The value of a placeholder.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(have, _)| have == name).map(|(_, value)| value)
    }
}

fn named(args: Vec<(&'static str, Arg)>) -> Vec<(Cow<'static, str>, Arg)> {
    args.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect()
}

/// Declares sentences that belong to no code: an enum whose fields are the placeholders, and its rows as `KEYS`.
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
