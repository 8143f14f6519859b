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
    /// Parts of it, where others were taken.
    Parts(Vec<RefusedPart>),
    /// The device's store could not do it.
    Store(StoreError),
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
            Self::Parts(parts) => parts.first().and_then(|part| part.error.code()),
            Self::Store(error) => Some(error.code()),
        }
    }

    /// In words.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Store(error) => Reason::of_key(error.key()),
            Self::Import(error) => of_import(error),
            Self::Parts(parts) => {
                let texts: Vec<_> = parts.iter().map(part).collect();
                Reason { what: texts.join("\n"), next: None }
            }
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

/// Returns the sentence on a part of a file that was not taken.
fn part(part: &RefusedPart) -> String {
    let number = part.number.to_string();
    let name = part.label.as_ref().map_or(number, |label| words::isolate(label));
    let Reason { what, .. } = of_import(&part.error);
    fill("trust.error.part", &[("name", &name), ("reason", &what)])
}

/// What the page knows of its lists, and what the panel shows.
pub(super) struct State {
    /// The built-in list and the imported ones.
    pub(super) lists: TrustLists,
    /// Whether the stored lists were read.
    pub(super) loaded: bool,
    /// Runs once they are.
    pub(super) waiting: Vec<Box<dyn FnOnce()>>,
    /// Of several certificates in one file, each is asked about by itself.
    pub(super) asked: VecDeque<Candidate>,
    /// Files that were handed in while the panel was busy with another one.
    pub(super) files: VecDeque<Blob>,
    /// Whether a file is being read or stored.
    pub(super) busy: bool,
    /// Why the last file was not taken, or not stored.
    pub(super) refusal: Option<Refusal>,
    /// What was just done, and the list that an undo brings back.
    pub(super) done: Option<(&'static str, Vec<Title>, Option<ReceivedList>)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            lists: TrustLists::new(composition::trust()),
            loaded: false,
            waiting: Vec::new(),
            asked: VecDeque::new(),
            files: VecDeque::new(),
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
