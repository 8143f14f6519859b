//! What went wrong, in words, with the way out.

use std::borrow::Cow;
use std::cell::RefCell;

use verdict::message::{Arg, Message};
use web_sys::Element;

use crate::browser::dom;
use crate::browser::key::KeyError;
use crate::storage::StoreError;
use crate::ui::i18n::{has, tr};
use crate::ui::markup::Missing;
use crate::ui::words;

thread_local! {
    /// What is said in a notice now, for when the language changes.
    static SAID: RefCell<Option<(Element, Problem)>> = const { RefCell::new(None) };
}

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

    /// Says it in the `problem` slot under `root`, which is a live region.
    pub(crate) fn say_in(&self, root: &Element) {
        let Some(place) = dom::slot(root, "problem") else {
            return;
        };
        let Some(notice) = dom::template("t-notice") else {
            return;
        };
        self.write(&notice);
        let _ = notice.set_attribute("data-problem", self.code());
        dom::put(&place, &notice);
        notice.scroll_into_view_with_bool(false);
        SAID.set(Some((notice, self.clone())));
    }

    fn write(&self, notice: &Element) {
        dom::write(notice, "title", &self.title());
        dom::write(notice, "text", &self.next());
    }
}

/// Says it in the language that is shown now.
pub(crate) fn translate() {
    SAID.with_borrow(|said| {
        if let Some((notice, problem)) = said {
            problem.write(notice);
        }
    });
}

/// Takes back what [`Problem::say_in`] said.
pub(crate) fn clear(root: &Element) {
    SAID.set(None);
    if let Some(place) = dom::slot(root, "problem") {
        place.set_text_content(None);
    }
}
