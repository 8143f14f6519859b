//! What went wrong, in words, with the way out.

use std::borrow::Cow;

use verdict::{Arg, Message};

use crate::browser::key::KeyError;
use crate::storage::StoreError;
use crate::ui::i18n::{has, tr};
use crate::ui::markup::Missing;
use crate::ui::words;

/// Something that the holder must hear about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum Problem {
    /// The store refused.
    Store(StoreError),
    /// The device key could not be made or used.
    Key(KeyError),
    /// A refusal of one of the crates, by its code (`code.<code>` in the catalogue) with its placeholders.
    Coded(&'static str, Vec<(Cow<'static, str>, Arg)>),
    /// One of the wallet's own, by its name (`problem.<name>` in the catalogue).
    Named(&'static str),
    /// A thing that should not be.
    Unexpected,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Missing> for Problem {
    fn from(_: Missing) -> Self {
        Self::Unexpected
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl Problem {
    /// A refusal without placeholders.
    pub(crate) fn coded(code: &'static str) -> Self {
        Self::Coded(code, Vec::new())
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Key(KeyError::Unavailable) => "key-unavailable",
            Self::Key(KeyError::Refused) => "key-refused",
            Self::Coded(code, _) | Self::Named(code) => code,
            Self::Unexpected => "unexpected",
        }
    }

    /// What happened.
    pub(crate) fn title(&self) -> String {
        self.find("").unwrap_or_else(|| tr("problem.unexpected"))
    }

    /// What to do about it.
    pub(crate) fn next(&self) -> String {
        self.find(".next").unwrap_or_else(|| tr("common.unexpected"))
    }

    fn find(&self, end: &str) -> Option<String> {
        let code = self.code();
        let keys = [format!("problem.{code}{end}"), format!("code.{code}{end}")];
        let key = keys.into_iter().find(|key| has(key))?;
        let args = if let Self::Coded(_, args) = self { args.clone() } else { Vec::new() };
        Some(words::say(&Message { code: key.into(), args }))
    }
}
