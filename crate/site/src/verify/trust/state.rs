//! What the page knows of its lists, and why a file was not taken, in words.

use std::collections::VecDeque;

use ::trust::{Candidate, ImportError, ListKind, ReceivedList, RefusedPart, TrustLists, VerifiedList};
use web_sys::Blob;
use x509::CrlError;

use super::store::PutError;
use crate::composition;
use crate::storage::StoreError;
use crate::ui::i18n::fill;
use crate::ui::words::{self, Reason};

/// Why a file was not taken, or could not be stored.
#[derive(Clone)]
pub(super) enum Refusal {
    /// What it is, or what it is beside the stored lists.
    Import(ImportError),
    /// Several files or parts of files, or one where others were taken.
    Parts(Vec<Unread>),
    /// The device's store could not do it.
    Store(StoreError),
}

/// A file, or a part of one, that was not taken.
#[derive(Clone)]
pub(super) struct Unread {
    /// The name of the file, or of the part's certificate; of a certificate that cannot be read its place in the file.
    pub(super) name: String,
    /// Why.
    pub(super) refusal: Box<Refusal>,
    /// Whether it is a part of a file.
    is_part: bool,
}

impl Unread {
    /// A file or a list of this name.
    pub(super) fn new(name: impl Into<String>, refusal: impl Into<Refusal>) -> Self {
        Self { name: name.into(), refusal: Box::new(refusal.into()), is_part: false }
    }

    /// A part of a file; with the file's name where there are several files.
    pub(super) fn part(file: Option<&str>, part: RefusedPart) -> Self {
        let name = part.label.unwrap_or_else(|| part.number.to_string());
        let name = file.map_or(name.clone(), |file| format!("{file} · {name}"));
        Self { is_part: true, ..Self::new(name, part.error) }
    }

    fn sentence(&self) -> String {
        let Reason { what, .. } = self.refusal.reason();
        fill("trust.error.part", &[("name", &words::isolate(&self.name)), ("reason", &what)])
    }
}

impl From<ImportError> for Refusal {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<PutError> for Refusal {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Refused(error) => Self::Import(error),
            PutError::Store(error) => Self::Store(error),
        }
    }
}

impl Refusal {
    /// The code that says it for support, where there is one.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            Self::Import(error) => error.code(),
            Self::Parts(parts) => match parts.as_slice() {
                [one] => one.refusal.code(),
                _ => None,
            },
            Self::Store(error) => Some(error.code()),
        }
    }

    /// In words.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Store(error) => Reason::of_key(error.key()),
            Self::Import(error) => of_import(error),
            Self::Parts(parts) => {
                let what = match parts.as_slice() {
                    [one] => one.sentence(),
                    several => fill("trust.error.parts", &[("count", &several.len().to_string())]),
                };
                Reason { what, next: None }
            }
        }
    }

    /// Returns the sentences on each of several parts.
    pub(super) fn parts(&self) -> Vec<String> {
        match self {
            Self::Parts(parts) if parts.len() > 1 => parts.iter().map(Unread::sentence).collect(),
            _ => Vec::new(),
        }
    }
}

/// Returns why a file, or a part of one, was not taken.
fn of_import(error: &ImportError) -> Reason {
    match error {
        ImportError::NeitherOfThem(_) => Reason::of_key("trust.error.neither"),
        ImportError::Certificate(_) => Reason::of_key("trust.error.certificate"),
        ImportError::Crl(CrlError::Issuer) => Reason::of_key("trust.error.crl-issuer"),
        ImportError::CrlOlder => Reason::of_key("trust.error.crl-older"),
        ImportError::Mixed => Reason::of_key("trust.error.mixed"),
        ImportError::TooMany => Reason::of_key("trust.error.too-many"),
        other => {
            other.kind().map_or(Reason::of_key("common.unexpected"), |code| Reason::of_code(code.info()))
        }
    }
}

/// A list or certificate that the person is asked about.
pub(super) struct Asked {
    /// The list.
    pub(super) candidate: Candidate,
    /// Whether it is to be added.
    pub(super) ticked: bool,
}

/// What was read of the files of one hand-in, until all of them are.
#[derive(Default)]
pub(super) struct Gathered {
    /// The number of files.
    pub(super) files: usize,
    /// What has to be asked about.
    pub(super) candidates: Vec<Candidate>,
    /// What was not taken.
    pub(super) unread: Vec<Unread>,
    /// Revocation lists whose authority may be among what is asked about.
    pub(super) later: Vec<(String, Vec<u8>)>,
}

/// What the page knows of its lists, and what the panel shows.
pub(super) struct State {
    /// The built-in list and the imported ones.
    pub(super) lists: TrustLists,
    /// Whether the stored lists were read.
    pub(super) loaded: bool,
    /// Runs once they are.
    pub(super) waiting: Vec<Box<dyn FnOnce()>>,
    /// What is asked about in one question.
    pub(super) asked: Vec<Asked>,
    /// Files that were handed in and are not read yet.
    pub(super) files: VecDeque<Blob>,
    /// What was read of them.
    pub(super) gathered: Gathered,
    /// Whether a file is being read or stored.
    pub(super) busy: bool,
    /// Why the last file was not taken, or not stored.
    pub(super) refusal: Option<Refusal>,
    /// What was just done, and the list that an undo brings back.
    pub(super) done: Option<(&'static str, Vec<Title>, Option<ReceivedList>)>,
}

impl State {
    /// Says what was not taken, beside what was said before; `alone` if it was the only file or list.
    pub(super) fn refuse(&mut self, unread: Vec<Unread>, alone: bool) {
        if unread.is_empty() {
            return;
        }
        let before = match self.refusal.take() {
            Some(Refusal::Parts(before)) => before,
            _ => Vec::new(),
        };
        let whole = |unread: &Unread| !unread.is_part;
        self.refusal = Some(match unread.as_slice() {
            [one] if alone && before.is_empty() && whole(one) => (*one.refusal).clone(),
            _ => Refusal::Parts(before.into_iter().chain(unread).collect()),
        });
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            lists: TrustLists::new(composition::trust()),
            loaded: false,
            waiting: Vec::new(),
            asked: Vec::new(),
            files: VecDeque::new(),
            gathered: Gathered::default(),
            busy: false,
            refusal: None,
            done: None,
        }
    }
}

/// What a list is called, in whichever language is shown.
pub(super) struct Title {
    kind: ListKind,
    name: String,
}

impl Title {
    /// Of a verified list.
    pub(super) fn of(received: &ReceivedList, list: &VerifiedList) -> Self {
        Self { kind: received.kind, name: list.name.clone() }
    }

    /// In the language that is shown now.
    pub(super) fn text(&self) -> String {
        let name = words::isolate(&self.name);
        if self.kind == ListKind::Crl { fill("trust.crl.name", &[("issuer", &name)]) } else { name }
    }
}
