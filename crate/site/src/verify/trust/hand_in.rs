//! Files that are handed in: read one after the other, asked about in one question, and stored.

use std::mem;

use ::trust::{Candidate, ImportError, Offer, RememberedList};
use signature::RustCrypto;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};
use x509::CrlError;

use super::state::{Asked, Gathered, Refusal, State, Title, Unread};
use super::{Trust, panel, question, remembered, store};
use crate::browser::dom;
use crate::storage;
use crate::ui::format;

impl Trust {
    /// Reads these files one after the other; while the panel asks about lists, the answer comes first.
    pub(super) fn hand_in(&self, files: impl IntoIterator<Item = Blob>) {
        let mut state = self.0.state.borrow_mut();
        state.files.extend(files);
        // The result of the last hand-in is shown until the next one.
        if !state.busy && state.asked.is_empty() && !state.files.is_empty() {
            (state.done, state.refusal) = (None, None);
        }
        drop(state);
        self.read_on();
    }

    /// Reads the next file, unless the panel is busy with one; asks once all are read.
    pub(super) fn read_on(&self) {
        let mut state = self.0.state.borrow_mut();
        if state.busy || !state.asked.is_empty() {
            return;
        }
        let Some(file) = state.files.pop_front() else {
            drop(state);
            return self.ask();
        };
        state.busy = true;
        state.gathered.files += 1;
        drop(state);
        let there = self.clone();
        spawn_local(async move {
            let bytes = panel::read(&file).await;
            // The floors, and the authorities of revocation lists, are stored.
            there.loading().await;
            let name = file.dyn_ref::<File>().map(File::name).unwrap_or_default();
            let counts_at_once = there.offer(name, bytes);
            there.store(counts_at_once).await;
            there.0.state.borrow_mut().busy = false;
            there.read_on();
        });
    }

    /// Judges a file. Returns its revocation lists, which need no question.
    fn offer(&self, name: String, bytes: Vec<u8>) -> Vec<Candidate> {
        let mut state = self.0.state.borrow_mut();
        let State { lists, files: waiting, gathered, .. } = &mut *state;
        let offered = lists.offer(&bytes, format::now(), &RustCrypto);
        let Gathered { files, candidates, unread, later } = gathered;
        // Of one file alone nobody has to be told which it is.
        let alone = *files + waiting.len() == 1;
        match offered {
            Ok(offer) => {
                let Offer { candidates: offered, refused } = offer;
                let file = (!alone).then_some(name.as_str());
                unread.extend(refused.into_iter().map(|part| Unread::part(file, part)));
                let (asked, at_once): (Vec<_>, Vec<_>) =
                    offered.into_iter().partition(Candidate::needs_consent);
                let is_new = |candidate: &Candidate, known: &[Candidate]| {
                    known.iter().all(|other| other.received != candidate.received)
                };
                for candidate in asked {
                    if is_new(&candidate, candidates) {
                        candidates.push(candidate);
                    }
                }
                at_once
            }
            Err(ImportError::Crl(CrlError::Issuer)) => {
                later.push((name, bytes));
                Vec::new()
            }
            Err(error) => {
                unread.push(Unread::new(name, error));
                Vec::new()
            }
        }
    }

    /// Asks about everything that was read, or says what was not taken.
    fn ask(&self) {
        {
            let mut state = self.0.state.borrow_mut();
            let Gathered { files, candidates, mut unread, later } = mem::take(&mut state.gathered);
            if files == 0 {
                return;
            }
            if candidates.is_empty() {
                let refused = |(name, _)| Unread::new(name, ImportError::Crl(CrlError::Issuer));
                unread.extend(later.into_iter().map(refused));
            } else {
                // They are looked at again once the question is answered.
                state.gathered.later = later;
            }
            state.asked = candidates.into_iter().map(|candidate| Asked { candidate, ticked: true }).collect();
            state.refuse(unread, files == 1);
        }
        self.draw();
        self.focus();
    }

    /// Ticks those of these indices, or takes their ticks away.
    pub(super) fn tick(&self, of: impl Fn(usize) -> bool, ticked: bool) {
        let mut state = self.0.state.borrow_mut();
        let chosen = state.asked.iter_mut().enumerate().filter(|(index, _)| of(*index));
        chosen.for_each(|(_, asked)| asked.ticked = ticked);
        let boxes = dom::all_in(&self.0.markup.trust_candidates, "input");
        for (field, asked) in boxes.into_iter().zip(&state.asked) {
            if let Ok(field) = field.dyn_into::<web_sys::HtmlInputElement>() {
                field.set_checked(asked.ticked);
            }
        }
        question::count(&self.0.markup, &state.asked);
    }

    /// The person trusts what was asked about, as far as it is ticked.
    pub(super) fn accept(&self) {
        self.answered(true);
    }

    /// The person trusts none of it.
    pub(super) fn decline(&self) {
        self.answered(false);
    }

    fn answered(&self, accepted: bool) {
        let (asked, later) = {
            let mut state = self.0.state.borrow_mut();
            // The question that comes next is not on the screen yet.
            if state.busy || state.asked.is_empty() {
                return;
            }
            state.busy = true;
            (mem::take(&mut state.asked), mem::take(&mut state.gathered.later))
        };
        let chosen = asked.into_iter().filter(|asked| accepted && asked.ticked);
        let chosen: Vec<Candidate> = chosen.map(|asked| asked.candidate).collect();
        let there = self.clone();
        spawn_local(async move {
            let stored = !chosen.is_empty();
            there.store(chosen).await;
            for (name, bytes) in later {
                there.0.state.borrow_mut().gathered.files += 1;
                let counts_at_once = there.offer(name, bytes);
                there.store(counts_at_once).await;
            }
            if !stored {
                there.draw();
                there.focus();
            }
            there.0.state.borrow_mut().busy = false;
            there.read_on();
        });
    }

    /// Stores a list again that was removed.
    pub(super) fn put(&self, candidate: Candidate) {
        let there = self.clone();
        self.0.state.borrow_mut().busy = true;
        spawn_local(async move {
            there.store(vec![candidate]).await;
            there.0.state.borrow_mut().busy = false;
            there.read_on();
        });
    }

    /// Stores one list after the other, and says which cannot be.
    async fn store(&self, lists: Vec<Candidate>) {
        if lists.is_empty() {
            return;
        }
        let anchors = self.anchors(format::now());
        let (mut names, mut replaces, mut unread) = (Vec::new(), false, Vec::new());
        for candidate in &lists {
            let title = Title::of(&candidate.received, &candidate.list);
            let is_first = remembered::read().is_empty();
            match store::put(candidate, &anchors).await {
                Ok(()) => {
                    remembered::add([RememberedList::of(&candidate.key(), &candidate.list)]);
                    if is_first {
                        // The browser may ask the user, so nothing waits for the answer.
                        spawn_local(async {
                            storage::ask_persistence().await;
                        });
                    }
                    names.push(title);
                    replaces |= candidate.replaces;
                }
                Err(error) => unread.push(Unread::new(title.text(), Refusal::from(error))),
            }
        }
        {
            let mut state = self.0.state.borrow_mut();
            let key = if replaces { "trust.replaced" } else { "trust.added" };
            // What was said of the files before stays, unless something is said in its place.
            if !names.is_empty() {
                let before = state.done.take().filter(|(_, _, undo)| undo.is_none());
                let before = before.map(|(_, names, _)| names).unwrap_or_default();
                state.done = Some((key, before.into_iter().chain(names).collect(), None));
            }
            state.refuse(unread, lists.len() == 1);
        }
        self.changed().await;
    }

    /// Nothing that was handed in waits any more: the panel was closed.
    pub(super) fn give_up(&self) {
        let mut state = self.0.state.borrow_mut();
        state.files.clear();
        state.asked.clear();
        state.gathered = Gathered::default();
    }
}
