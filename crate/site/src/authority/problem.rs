//! Why something was not done, in words, with the way out.

use authority::error::{DeskError, IssueError};
use verdict::Message;

use crate::photograph::PhotoProblem;
use crate::storage::StoreError;
use crate::ui::i18n::{has, tr};
use crate::ui::words;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Problem {
    /// The store refused.
    Store(StoreError),
    /// The desk refused: a code with its placeholders.
    Refused(&'static str, Message),
    /// There is no photo.
    Photo(PhotoProblem),
    /// One of the page's own: `desk.problem.<name>` in the catalogue.
    Own(&'static str),
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        Self::Refused(error.code(), error.message())
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        Self::Refused(error.code(), error.message())
    }
}

impl From<PhotoProblem> for Problem {
    fn from(problem: PhotoProblem) -> Self {
        match problem {
            PhotoProblem::Coded(info) => Self::Refused(info.code, Message::of_code(info, Vec::new())),
            PhotoProblem::Unexpected => Self::Own("unexpected"),
            other => Self::Photo(other),
        }
    }
}

impl Problem {
    /// The stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Refused(code, _) => code,
            Self::Photo(photo) => photo.code(),
            Self::Own(name) => name,
        }
    }

    /// What happened.
    pub(super) fn title(&self) -> String {
        match self {
            // The sentence of the wallet is about a licence.
            Self::Store(StoreError::Changed) => tr("desk.problem.changed"),
            Self::Store(error) => tr(error.key()),
            Self::Refused(_, message) => words::say(message),
            Self::Photo(photo) => tr(&format!("problem.{}", photo.code())),
            Self::Own(name) => tr(&format!("desk.problem.{name}")),
        }
    }

    /// What to do about it.
    pub(super) fn next(&self) -> Option<String> {
        let key = match self {
            Self::Store(StoreError::Changed) => "desk.problem.changed.next".to_owned(),
            Self::Store(error) => format!("{}.next", error.key()),
            Self::Refused(_, message) => return words::next_step(message),
            Self::Photo(photo) => format!("problem.{}.next", photo.code()),
            Self::Own(name) => format!("desk.problem.{name}.next"),
        };
        has(&key).then(|| tr(&key))
    }

    /// Both in one sentence after the other.
    pub(super) fn text(&self) -> String {
        match self.next() {
            Some(next) => format!("{} {next}", self.title()),
            None => self.title(),
        }
    }
}
