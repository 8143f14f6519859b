//! Who is trusted, and who no longer is: the built-in list and those that a person imported, each verified again whenever
//! it is loaded.

mod panel;
mod store;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use cbor::Timestamp;
use mdoc::Outcome;
use mdoc::TrustAnchors;
use mdoc::vical::{KNOWN_PROVIDERS, KnownProvider, VicalError, VicalFloor};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;
use x509::CrlError;

use self::store::PutError;
use crate::storage::StoreError;
use crate::ui::i18n::fill;
use crate::ui::{format, words};
use crate::workers::trust::{
    Held, ImportError, Imported, Kind, TrustList, add_bundle, bundle, trusted_first,
};
use crate::workers::verify::built_in;

/// A stored list with what became of it.
struct Entry {
    key: String,
    imported: Imported,
    verified: Result<TrustList, ImportError>,
}

/// What a person is asked about before it is trusted.
struct Asked {
    imported: Imported,
    list: TrustList,
    /// The version that it replaces.
    replaces: bool,
}

/// Why a file was not taken, in words.
#[derive(Clone)]
struct Refusal {
    /// A key of the catalogue whose `.next` says the way out.
    key: String,
    code: Option<&'static str>,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    floors: Vec<VicalFloor>,
    loaded: bool,
    waiting: Vec<Box<dyn FnOnce()>>,
    /// Of several certificates in one file, each is asked about by itself.
    asked: VecDeque<Asked>,
    refusal: Option<Refusal>,
    /// What was just done, and the list that an undo brings back.
    done: Option<(&'static str, Vec<Title>, Option<Imported>)>,
}

/// The lists of this page.
#[derive(Clone, Default)]
pub(super) struct Trust(Rc<Inner>);

#[derive(Default)]
struct Inner {
    state: RefCell<State>,
    channel: RefCell<Option<BroadcastChannel>>,
    loads: Cell<u32>,
}

/// The key under which a list is stored: one for each provider of a root, one for each certificate, one for each
/// authority's list of revoked certificates.
fn key_of(pin: &[u8; 32], list: &TrustList) -> String {
    match &list.held {
        Held::Vical { list, .. } => format!("{} {}", hex(pin), list.provider()),
        Held::Certificate(_) => format!("{} ", hex(pin)),
        Held::Crl { authority, .. } => format!("crl {}", hex(authority)),
    }
}

/// What a list is called, in whichever language is shown.
struct Title {
    kind: Kind,
    name: String,
}

impl Title {
    fn of(imported: &Imported, list: &TrustList) -> Self {
        Self { kind: imported.kind, name: list.name.clone() }
    }

    fn text(&self) -> String {
        let name = words::isolate(&self.name);
        if self.kind == Kind::Crl { fill("trust.crl.name", &[("issuer", &name)]) } else { name }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Trust {
    /// Loads what is stored, listens to other tabs and to the panel. `opened` and `closed` tell of the panel.
    pub(super) fn start(&self, opened: impl Fn() + 'static, closed: impl Fn() + 'static) {
        let there = self.clone();
        *self.0.channel.borrow_mut() = store::listen(move || there.reload());
        panel::listen(self, opened, closed);
        self.reload();
    }

    /// Takes a file that was dropped or pasted while the panel is open; tells whether it is. While the panel asks about
    /// a list, the answer comes first.
    pub(super) fn take(&self, files: &[JsValue]) -> bool {
        let open = panel::is_open();
        let file = files.first().and_then(|file| file.dyn_ref::<web_sys::File>());
        if let Some(file) = file.filter(|_| open && self.0.state.borrow().asked.is_empty()) {
            panel::take(self, file.clone());
        }
        open
    }

    /// Calls `act` once the stored lists are there: at once, or a little later.
    pub(super) fn when_loaded(&self, act: impl FnOnce() + 'static) {
        let mut state = self.0.state.borrow_mut();
        if !state.loaded {
            state.waiting.push(Box::new(act));
            return;
        }
        drop(state);
        act();
    }

    /// The verified lists for the worker.
    pub(super) fn bundle(&self) -> Vec<u8> {
        let state = self.0.state.borrow();
        bundle(state.entries.iter().filter(|entry| entry.verified.is_ok()).map(|entry| &entry.imported))
    }

    /// The built-in anchors and those of the verified lists, as they are at `now`.
    pub(super) fn anchors(&self, now: Timestamp) -> TrustAnchors {
        let mut anchors = built_in();
        // Our own bundle can be read; if it could not, nobody would be added.
        let _ = add_bundle(&self.bundle(), &mut anchors, now);
        anchors
    }

    /// The true time is not before any list that was accepted.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        let state = self.0.state.borrow();
        let lists = state.entries.iter().filter_map(|entry| entry.verified.as_ref().ok()?.vical());
        lists.map(|list| list.date()).max()
    }

    /// Writes the panel again, in the language that is shown now.
    pub(super) fn draw(&self) {
        panel::draw(self);
    }

    fn reload(&self) {
        let (there, load) = (self.clone(), self.0.loads.get().wrapping_add(1));
        self.0.loads.set(load);
        spawn_local(async move {
            let stored = store::load().await;
            // Of two loads that overtake each other, the later one counts.
            if there.0.loads.get() == load {
                there.loaded(stored);
            }
        });
    }

    fn loaded(&self, stored: Result<store::Stored, StoreError>) {
        let waiting = {
            let mut state = self.0.state.borrow_mut();
            match stored {
                Ok(stored) => {
                    state.floors =
                        KNOWN_PROVIDERS.iter().map(KnownProvider::floor).chain(stored.floors).collect();
                    state.entries = verified(stored.lists, &state.floors);
                }
                Err(error) => state.refusal = Some(problem(&error)),
            }
            state.loaded = true;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(|act| act());
        self.draw();
    }

    /// A file that a person chose: asked about, or refused in words.
    fn offer(&self, bytes: &[u8]) {
        let anchors = self.anchors(format::now());
        let state = self.0.state.borrow();
        let read = Imported::read(bytes).map_err(|error| refusal(&error));
        let judged = read.and_then(|all| {
            let judged = all.into_iter().map(|imported| state.judge(imported, &anchors));
            judged.collect::<Result<VecDeque<Asked>, Refusal>>()
        });
        drop(state);
        {
            let mut state = self.0.state.borrow_mut();
            (state.done, state.refusal, state.asked) = (None, None, VecDeque::new());
            match judged {
                // By a list of revoked certificates nobody comes to be trusted, and who signed it is: nothing to ask.
                Ok(lists) if lists.iter().all(|list| list.imported.kind == Kind::Crl) => {
                    drop(state);
                    return self.put(lists);
                }
                Ok(lists) => state.asked = lists,
                Err(refusal) => state.refusal = Some(refusal),
            }
        }
        self.draw();
        panel::focus(self);
    }

    /// The person trusts what was asked about.
    fn accept(&self) {
        let asked = self.0.state.borrow_mut().asked.pop_front();
        self.put(asked.into_iter().collect());
    }

    /// The person does not.
    fn decline(&self) {
        self.0.state.borrow_mut().asked.pop_front();
        self.draw();
        panel::focus(self);
    }

    /// Stores one list after the other, up to the first that cannot be.
    fn put(&self, lists: VecDeque<Asked>) {
        let there = self.clone();
        spawn_local(async move {
            let anchors = there.anchors(format::now());
            let (mut names, mut replaces, mut refused) = (Vec::new(), false, None);
            for Asked { imported, list, replaces: one_replaces } in &lists {
                let (key, floor) = (key_of(&imported.pin, list), list.vical().map(VicalFloor::of));
                let newer = |held: &Imported| {
                    let held = held.verify(&anchors).ok();
                    let lists = list.crl().zip(held.as_ref().and_then(TrustList::crl));
                    lists.is_some_and(|(new, held)| new.is_older_than(held))
                };
                if let Err(error) = store::put(&key, imported, floor.as_ref(), newer).await {
                    refused = Some(not_stored(&error, imported.kind));
                    break;
                }
                names.push(Title::of(imported, list));
                replaces |= one_replaces;
            }
            {
                let mut state = there.0.state.borrow_mut();
                let done = if replaces { "trust.replaced" } else { "trust.added" };
                state.done = (!names.is_empty()).then_some((done, names, None));
                state.refusal = refused;
            }
            there.changed().await;
        });
    }

    fn remove(&self, key: String) {
        let there = self.clone();
        spawn_local(async move {
            let removed = store::remove(&key).await;
            {
                let mut state = there.0.state.borrow_mut();
                state.refusal = None;
                match removed {
                    Ok(()) => {
                        let entry = state.entries.iter().find(|entry| entry.key == key);
                        state.done = entry.map(|entry| {
                            let list = entry.verified.as_ref().ok();
                            let names = list.map(|list| Title::of(&entry.imported, list)).into_iter();
                            ("trust.removed", names.collect(), list.map(|_| entry.imported.clone()))
                        });
                    }
                    Err(error) => state.refusal = Some(problem(&error)),
                }
            }
            there.changed().await;
        });
    }

    /// Brings the removed list back.
    fn undo(&self) {
        let removed = self.0.state.borrow_mut().done.take();
        if let Some((_, _, Some(imported))) = removed
            && let Ok(list) = imported.verify(&self.anchors(format::now()))
        {
            self.put([Asked { imported, list, replaces: false }].into());
        }
    }

    /// Reads anew what is stored, and tells the other tabs.
    async fn changed(&self) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            let _ = channel.post_message(&"changed".into());
        }
        let stored = store::load().await;
        self.loaded(stored);
        panel::focus(self);
    }
}

impl State {
    /// Whether an imported list holds, and what there is to ask about it.
    fn judge(&self, imported: Imported, anchors: &TrustAnchors) -> Result<Asked, Refusal> {
        let list = imported.verify(anchors).and_then(|list| not_older(list, &self.floors));
        let list = list.map_err(|error| refusal(&error))?;
        self.fits(&list, &imported)?;
        let key = key_of(&imported.pin, &list);
        let replaces = self.entries.iter().any(|entry| entry.key == key);
        Ok(Asked { imported, list, replaces })
    }

    /// Whether a verified list may stand beside the others: nobody takes the name of a provider that is there.
    fn fits(&self, list: &TrustList, imported: &Imported) -> Result<(), Refusal> {
        if list.crl().is_some_and(|crl| crl.this_update() > format::now()) {
            let code = "ds-revocation-ahead";
            return Err(Refusal { key: format!("code.{code}"), code: Some(code) });
        }
        let Some(vical) = list.vical() else {
            return Ok(());
        };
        if matches!(vical.age(format::now()), Outcome::Undetermined(reason) if reason.code() == "trust-list-ahead")
        {
            return Err(Refusal { key: "code.trust-list-ahead".into(), code: Some("trust-list-ahead") });
        }
        let taken = |provider: &str, pin: &[u8; 32]| provider == vical.provider() && *pin != imported.pin;
        let known = KNOWN_PROVIDERS.iter().any(|known| taken(known.provider, &known.root_sha256));
        let there = self.entries.iter().any(|entry| {
            let other = entry.verified.as_ref().ok().and_then(TrustList::vical);
            other.is_some_and(|other| taken(other.provider(), &entry.imported.pin))
        });
        if known || there { Err(refusal(&VicalError::SignerUnknown.into())) } else { Ok(()) }
    }
}

/// What is stored with what becomes of it: first whom somebody trusts, then what these revoked.
fn verified(mut lists: Vec<(String, Imported)>, floors: &[VicalFloor]) -> Vec<Entry> {
    trusted_first(&mut lists, |(_, list)| list.kind);
    let (mut anchors, now) = (built_in(), format::now());
    let entry = |(key, imported): (String, Imported)| {
        let verified = imported.verify(&anchors).and_then(|list| not_older(list, floors));
        if let Ok(list) = &verified {
            list.add_to(&mut anchors, now);
        }
        Entry { key, imported, verified }
    };
    lists.into_iter().map(entry).collect()
}

fn not_older(list: TrustList, floors: &[VicalFloor]) -> Result<TrustList, ImportError> {
    if let Held::Vical { list, .. } = &list.held {
        let _floor = VicalFloor::check(list, floors)?;
    }
    Ok(list)
}

/// Why a list was not stored, in words.
fn not_stored(error: &PutError, kind: Kind) -> Refusal {
    let own = |key: &str| Refusal { key: key.to_owned(), code: None };
    match error {
        PutError::Older if kind == Kind::Crl => own("trust.error.crl-older"),
        PutError::Older => refusal(&VicalError::Rollback.into()),
        PutError::TooMany => own("trust.error.too-many"),
        PutError::Store(error) => problem(error),
    }
}

/// What the device's store could not do, in words.
fn problem(error: &StoreError) -> Refusal {
    Refusal { key: format!("problem.{}", error.code()), code: Some(error.code()) }
}

fn refusal(error: &ImportError) -> Refusal {
    let key = match error {
        ImportError::NeitherOfThem(_) => "trust.error.neither".to_owned(),
        ImportError::Certificate(_) => "trust.error.certificate".to_owned(),
        ImportError::Crl(CrlError::Issuer) => "trust.error.crl-issuer".to_owned(),
        ImportError::Mixed => "trust.error.mixed".to_owned(),
        ImportError::List(_) | ImportError::Crl(_) => format!("code.{}", error.code()),
    };
    Refusal { key, code: Some(error.code()).filter(|code| !code.is_empty()) }
}
