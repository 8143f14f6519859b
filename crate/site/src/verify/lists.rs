//! Status lists at hand: imported from a file, or fetched from this site when a person asks for it; kept as received,
//! verified at every load, handed to the verifying worker. A verification never fetches anything.

use std::cell::RefCell;

use ::trust::status;
use js_sys::{ArrayBuffer, Uint8Array};
use mdoc::TrustAnchors;
use mdoc::status_list::{MAX_TOKEN, StatusListError, VerifiedStatusList};
use signature::RustCrypto;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, KeyboardEvent, Response, Url};

use super::Handle;
use crate::browser::dom;
use crate::storage::{KeptList, ListStore};
use crate::ui::format;
use crate::ui::scope::Scope;
use crate::workers::lists::is_own;
use crate::workers::messages::ToVerify;

/// The lists of this page.
#[derive(Default)]
pub(super) struct AtHand {
    pub(super) kept: RefCell<Vec<KeptList>>,
    /// What became of the last thing that the person did.
    pub(super) told: RefCell<Option<Told>>,
    /// What listens to the rows of the panel.
    pub(super) rows: RefCell<Scope>,
}

/// What the panel says: a key of the catalogue with the list that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) good: bool,
    pub(super) key: String,
    pub(super) uri: Option<String>,
}

impl Told {
    fn good(key: &str, uri: &str) -> Self {
        Self { good: true, key: key.into(), uri: Some(uri.into()) }
    }

    fn bad(key: impl Into<String>) -> Self {
        Self { good: false, key: key.into(), uri: None }
    }

    fn refused(error: StatusListError) -> Self {
        Self::bad(std::format!("code.{}", error.code()))
    }
}

/// A list, verified now by the trusted authorities.
pub(super) fn judged(token: &[u8], trust: &TrustAnchors) -> Result<VerifiedStatusList, StatusListError> {
    status::read(token, trust, format::now(), &RustCrypto)
}

impl Handle {
    /// Loads what is kept, and listens to the panel.
    pub(super) fn start_lists(&self) {
        self.listen_lists();
        let page = self.clone();
        spawn_local(async move { page.load_lists().await });
    }

    async fn load_lists(&self) {
        if let Ok(store) = ListStore::open().await
            && let Ok(kept) = store.all().await
        {
            // What was imported meanwhile is newer than what was stored before.
            let mut held = self.0.lists.kept.borrow_mut();
            let older: Vec<_> =
                kept.into_iter().filter(|list| held.iter().all(|held| held.uri != list.uri)).collect();
            held.extend(older);
            held.sort_by(|one, other| one.uri.cmp(&other.uri));
        }
        self.lists_changed();
    }

    /// Hands the kept lists to the worker, which makes those of the day ready.
    pub(super) fn hand_lists(&self) {
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let now = format::now().unix() as f64;
        let kept = self.0.lists.kept.borrow();
        let lists = kept.iter().map(|list| list.token.clone()).collect();
        self.0.judging.send(ToVerify::Lists { lists, now });
    }

    /// After every change: the worker, the panel, and who is on the screen.
    pub(super) fn lists_changed(&self) {
        self.hand_lists();
        self.draw_lists();
        if self.0.open.borrow().is_some() {
            self.judge_again();
        }
    }

    fn listen_lists(&self) {
        let (markup, scope) = (&self.0.markup, &self.0.scope);
        let page = self.clone();
        scope.on(&markup.lists.root, "toggle", move |_| page.draw_lists());
        let (page, field) = (self.clone(), markup.list_file.clone());
        scope.on(&markup.list_file, "change", move |_| {
            let file = field.files().and_then(|files| files.get(0));
            field.set_value("");
            if let Some(file) = file {
                let page = page.clone();
                spawn_local(async move { page.import(file).await });
            }
        });
        let (page, address) = (self.clone(), markup.list_address.clone());
        let fetch = move || page.fetch_list(address.value().trim().to_owned());
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
            return self.tell(Told::refused(StatusListError::Size));
        }
        let told = match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => {
                let token = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec();
                self.take(token, None).await
            }
            Err(_) => Told::bad("lists.unreadable"),
        };
        self.tell(told);
    }

    /// Fetches a list from this site, because a person asked for it.
    pub(super) fn fetch_list(&self, address: String) {
        let page = self.clone();
        spawn_local(async move {
            let told = match fetch(&address).await {
                Ok(token) => page.take(token, Some(address)).await,
                Err(told) => told,
            };
            page.tell(told);
        });
    }

    /// Verifies a list and keeps it; a list that is refused changes nothing.
    async fn take(&self, token: Vec<u8>, source: Option<String>) -> Told {
        // Whom a person trusts is stored.
        self.0.trust.loading().await;
        let trust = self.0.trust.anchors(format::now());
        let list = match judged(&token, &trust) {
            Ok(list) => list,
            // the words for bytes that are none of ours are about codes that are scanned
            Err(StatusListError::Cbor(_) | StatusListError::Cose(_)) => {
                return Told::refused(StatusListError::Structure);
            }
            Err(error) => return Told::refused(error),
        };
        let uri = list.uri().to_owned();
        if is_own(&uri) {
            return Told::bad("lists.own");
        }
        let kept = KeptList { uri: uri.clone(), token, source };
        let held = self.0.lists.kept.borrow().iter().find(|held| held.uri == uri).cloned();
        let stays =
            |held: &[u8]| status::check_replaces(&list, held, &trust, format::now(), &RustCrypto).err();
        if let Some(error) = held.and_then(|held| stays(&held.token)) {
            return Told::refused(error);
        }
        let stored = match ListStore::open().await {
            Ok(store) => store.put(&kept, stays).await,
            Err(error) => Err(error),
        };
        let told = match stored {
            Ok(None) => Told::good("lists.taken", &uri),
            Ok(Some(error)) => return Told::refused(error),
            // it serves until the page is closed
            Err(_) => Told { good: false, ..Told::good("lists.not-kept", &uri) },
        };
        let mut all = self.0.lists.kept.borrow_mut();
        all.retain(|held| held.uri != uri);
        all.push(kept);
        all.sort_by(|one, other| one.uri.cmp(&other.uri));
        told
    }

    /// Forgets a list.
    pub(super) fn remove_list(&self, uri: String) {
        let page = self.clone();
        spawn_local(async move {
            let removed = match ListStore::open().await {
                Ok(store) => store.remove(&uri).await,
                Err(error) => Err(error),
            };
            if removed.is_ok() {
                page.0.lists.kept.borrow_mut().retain(|held| held.uri != uri);
                page.tell(Told::good("lists.removed", &uri));
            } else {
                page.tell(Told::bad("lists.not-removed"));
            }
        });
    }

    fn tell(&self, told: Told) {
        *self.0.lists.told.borrow_mut() = Some(told);
        self.lists_changed();
    }
}

/// The bytes at an address of this site. Any other is refused before anything is sent: the page's policy forbids it, and
/// a list from elsewhere comes as a file.
async fn fetch(address: &str) -> Result<Vec<u8>, Told> {
    let origin = dom::window().location().origin().unwrap_or_default();
    let url = Url::new_with_base(address, &origin).map_err(|_| Told::bad("lists.address"))?;
    if address.is_empty() || url.origin() != origin {
        return Err(Told::bad("lists.address"));
    }
    let failed = |_| Told::bad("lists.fetch-failed");
    let response = JsFuture::from(dom::window().fetch_with_str(&url.href())).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if !response.ok() {
        return Err(Told::bad("lists.fetch-failed"));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
