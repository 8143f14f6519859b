//! Status lists: imported from a file, or fetched from this site on request; stored as received, verified at every load,
//! sent to the verifying worker. A verification never fetches anything.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use ::trust::status;
use mdoc::status_list::{MAX_TOKEN, StatusListError};
use signature::RustCrypto;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, KeyboardEvent, Url};

use super::lists_panel::{self, Act, Told, judged};
use super::trust::Trust;
use crate::browser::{dom, fetch};
use crate::storage::{KeptList, ListStore};
use crate::ui::format;
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;
use crate::workers::messages::ToVerify;

/// The lists of this page.
#[derive(Clone)]
pub(super) struct Lists(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    trust: Trust,
    changed: OnceCell<Box<dyn Fn()>>,
    kept: RefCell<Vec<KeptList>>,
    /// The result of the last action.
    told: RefCell<Option<Told>>,
    /// What listens to the rows of the panel.
    rows: RefCell<Scope>,
}

impl Lists {
    /// Creates it without lists. `trust` says which authorities may sign one.
    pub(super) fn new(markup: &Rc<Markup>, trust: &Trust) -> Self {
        Self(Rc::new(Inner {
            markup: markup.clone(),
            trust: trust.clone(),
            changed: OnceCell::new(),
            kept: RefCell::default(),
            told: RefCell::default(),
            rows: RefCell::default(),
        }))
    }

    /// Loads what is kept, and listens to the panel; `changed` is called after every change.
    pub(super) fn start(&self, scope: &Scope, changed: impl Fn() + 'static) {
        let _ = self.0.changed.set(Box::new(changed));
        self.listen(scope);
        let there = self.clone();
        spawn_local(async move { there.load().await });
    }

    async fn load(&self) {
        if let Ok(store) = ListStore::open().await
            && let Ok(kept) = store.all().await
        {
            // What was imported meanwhile is newer than what was stored before.
            let mut held = self.0.kept.borrow_mut();
            let older: Vec<_> =
                kept.into_iter().filter(|list| held.iter().all(|held| held.uri != list.uri)).collect();
            held.extend(older);
            held.sort_by(|one, other| one.uri.cmp(&other.uri));
        }
        self.changed();
    }

    /// The message that sends the kept lists to the worker, which verifies them for the day.
    pub(super) fn message(&self) -> ToVerify {
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let now = format::now().unix() as f64;
        let kept = self.0.kept.borrow();
        ToVerify::Lists { lists: kept.iter().map(|list| list.token.clone()).collect(), now }
    }

    fn changed(&self) {
        self.draw();
        if let Some(changed) = self.0.changed.get() {
            changed();
        }
    }

    /// Draws the panel anew, where it is open: what is not looked at is neither verified nor drawn.
    pub(super) fn draw(&self) {
        let panel = &self.0.markup.lists;
        if !panel.root.open() {
            return;
        }
        let trust = self.0.trust.anchors(format::now());
        let (kept, told) = (self.0.kept.borrow().clone(), self.0.told.borrow().clone());
        let there = self.clone();
        let rows = lists_panel::draw(panel, &kept, told.as_ref(), &trust, move |act| match act {
            Act::Fetch(address) => there.fetch_list(address),
            Act::Remove(uri) => there.remove(uri),
        });
        // The listeners of the rows before end with them.
        drop(self.0.rows.replace(rows));
    }

    fn listen(&self, scope: &Scope) {
        let markup = &self.0.markup;
        let there = self.clone();
        scope.on(&markup.lists.root, "toggle", move |_| there.draw());
        let (there, field) = (self.clone(), markup.list_file.clone());
        scope.on(&markup.list_file, "change", move |_| {
            let file = field.files().and_then(|files| files.get(0));
            field.set_value("");
            if let Some(file) = file {
                let there = there.clone();
                spawn_local(async move { there.import(file).await });
            }
        });
        let (there, address) = (self.clone(), markup.list_address.clone());
        let fetch = move || there.fetch_list(address.value().trim().to_owned());
        let entered = fetch.clone();
        scope.click(&markup.list_fetch, fetch);
        scope.on(&markup.list_address, "keydown", move |event| {
            let key = event.dyn_into::<KeyboardEvent>();
            if key.is_ok_and(|key| key.key() == "Enter" && !key.is_composing()) {
                entered();
            }
        });
    }

    async fn import(&self, file: File) {
        if file.size() > MAX_TOKEN as f64 {
            return self.tell(Told::Refused(StatusListError::Size));
        }
        let told = match fetch::blob(&file).await {
            Some(token) => self.take(token, None).await,
            None => Told::Unreadable,
        };
        self.tell(told);
    }

    /// Fetches a list from this site, on request.
    fn fetch_list(&self, address: String) {
        let there = self.clone();
        spawn_local(async move {
            let told = match fetched(&address).await {
                Ok(token) => there.take(token, Some(address)).await,
                Err(told) => told,
            };
            there.tell(told);
        });
    }

    /// Verifies a list and keeps it; a list that is refused changes nothing.
    async fn take(&self, token: Vec<u8>, source: Option<String>) -> Told {
        // The imported trust lists are stored.
        self.0.trust.loading().await;
        let trust = self.0.trust.anchors(format::now());
        let list = match judged(&token, &trust) {
            Ok(list) => list,
            // the sentences of these errors are about scanned codes
            Err(StatusListError::Cbor(_) | StatusListError::Cose(_)) => {
                return Told::Refused(StatusListError::Structure);
            }
            Err(error) => return Told::Refused(error),
        };
        let uri = list.uri().to_owned();
        let kept = KeptList { uri: uri.clone(), token, source };
        let held = self.0.kept.borrow().iter().find(|held| held.uri == uri).cloned();
        let stays =
            |held: &[u8]| status::check_replaces(&list, held, &trust, format::now(), &RustCrypto).err();
        if let Some(error) = held.and_then(|held| stays(&held.token)) {
            return Told::Refused(error);
        }
        let stored = match ListStore::open().await {
            Ok(store) => store.put(&kept, stays).await,
            Err(error) => Err(error),
        };
        let told = match stored {
            Ok(None) => Told::Kept(uri.clone()),
            Ok(Some(error)) => return Told::Refused(error),
            // it serves until the page is closed
            Err(_) => Told::NotKept(uri.clone()),
        };
        let mut all = self.0.kept.borrow_mut();
        all.retain(|held| held.uri != uri);
        all.push(kept);
        all.sort_by(|one, other| one.uri.cmp(&other.uri));
        told
    }

    /// Forgets a list.
    fn remove(&self, uri: String) {
        let there = self.clone();
        spawn_local(async move {
            let removed = match ListStore::open().await {
                Ok(store) => store.remove(&uri).await,
                Err(error) => Err(error),
            };
            if removed.is_ok() {
                there.0.kept.borrow_mut().retain(|held| held.uri != uri);
                there.tell(Told::Removed(uri));
            } else {
                there.tell(Told::NotRemoved);
            }
        });
    }

    fn tell(&self, told: Told) {
        *self.0.told.borrow_mut() = Some(told);
        self.changed();
    }
}

/// Fetches the bytes at an address of this site. Any other address is refused before a request: the page's policy forbids
/// it, and a list of another site is imported as a file.
async fn fetched(address: &str) -> Result<Vec<u8>, Told> {
    let origin = dom::window().location().origin().unwrap_or_default();
    let url = Url::new_with_base(address, &origin).map_err(|_| Told::Address)?;
    if address.is_empty() || url.origin() != origin {
        return Err(Told::Address);
    }
    fetch::bytes(&url.href()).await.ok_or(Told::FetchFailed)
}
