//! What the page knows of its lists, and why a file was not taken, in words.

use std::collections::VecDeque;

use ::trust::{Candidate, ImportError, ListKind, ReceivedList, TrustLists, VerifiedList};
use web_sys::Blob;
use x509::CrlError;

use crate::composition;
use crate::storage::StoreError;
use crate::ui::i18n::fill;
use crate::ui::words;

/// Why a file was not taken, in words.
#[derive(Clone)]
pub(super) struct Refusal {
    /// A key of the catalogue whose `.next` says the way out.
    pub(super) key: String,
    /// The code that says it for support, where there is one.
    pub(super) code: Option<&'static str>,
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

/// What the device's store could not do, in words.
pub(super) fn problem(error: &StoreError) -> Refusal {
    Refusal { key: format!("problem.{}", error.code()), code: Some(error.code()) }
}

/// Why a file is not taken, in words.
pub(super) fn refusal(error: &ImportError) -> Refusal {
    let own = match error {
        ImportError::NeitherOfThem(_) => Some("neither"),
        ImportError::Certificate(_) => Some("certificate"),
        ImportError::Crl(CrlError::Issuer) => Some("crl-issuer"),
        ImportError::CrlOlder => Some("crl-older"),
        ImportError::Mixed => Some("mixed"),
        ImportError::TooMany => Some("too-many"),
        _ => None,
    };
    let code = error.code();
    let key = match own {
        Some(own) => format!("trust.error.{own}"),
        None => format!("code.{}", code.unwrap_or_default()),
    };
    Refusal { key, code }
}
