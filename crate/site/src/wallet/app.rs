//! The page's state: what is loaded, and the screen that is shown.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, HtmlDialogElement, HtmlElement};

use super::back::Back;
use super::holder::Wallet;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::wait::pause;
use crate::browser::{dom, host};
use crate::composition::{self, BuiltInIssuer};
use crate::storage::{Asker, Shown, Slot, Store, StoreError, Tabs};
use crate::ui::markup::wallet::Page;
use crate::ui::scope::Scope;

/// Milliseconds that a sentence stays above the screen.
const TOLD_MS: i32 = 8_000;

/// A boxed future.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// The licences of the wallet by their places: each loaded and verified, or why it could not be.
pub(crate) type Licences = BTreeMap<Slot, Result<Rc<Wallet>, Problem>>;

/// Makes the screen of a route.
pub(crate) type Screens = fn(Rc<App>, Route) -> Work<Screen>;

/// The wallet, as long as its page lives.
pub(crate) struct App {
    /// The fixed parts of the page.
    pub(crate) page: Page,
    /// What is stored.
    pub(crate) store: Store,
    /// The other tabs of this wallet.
    pub(crate) tabs: Tabs,
    /// The issuer, if this build has one.
    pub(crate) issuer: Option<BuiltInIssuer>,
    /// What was shown, oldest first.
    pub(crate) shown: RefCell<Vec<Shown>>,
    /// How many entries of what was shown cannot be read.
    pub(crate) unreadable: Cell<usize>,
    /// Why what is shown could not be read again.
    pub(crate) unread: Cell<Option<StoreError>>,
    /// The browser's Back button.
    pub(super) back: Back,
    licences: RefCell<Licences>,
    top: Cell<Slot>,
    screen: RefCell<Option<Screen>>,
    screens: Screens,
}

impl App {
    /// A wallet with nothing loaded. No screen knows another: `screens` makes each.
    pub(crate) fn new(page: Page, store: Store, tabs: Tabs, screens: Screens) -> Self {
        Self {
            page,
            store,
            tabs,
            issuer: composition::issuer(),
            shown: RefCell::default(),
            unreadable: Cell::default(),
            unread: Cell::default(),
            back: Back::default(),
            licences: RefCell::default(),
            top: Cell::default(),
            screen: RefCell::default(),
            screens,
        }
    }

    /// The licence on top, which is loaded and verified.
    pub(crate) fn wallet(&self) -> Option<Rc<Wallet>> {
        self.wallet_at(self.top.get())
    }

    /// The licence at a place, if it is loaded and verified.
    pub(crate) fn wallet_at(&self, slot: Slot) -> Option<Rc<Wallet>> {
        self.licences.borrow().get(&slot)?.as_ref().ok().cloned()
    }

    /// Every licence, in the order of their places.
    pub(crate) fn licences(&self) -> Licences {
        self.licences.borrow().clone()
    }

    /// The licences that can be shown, the one on top first.
    pub(crate) fn wallets(&self) -> Vec<Rc<Wallet>> {
        let top = self.top.get();
        let mut all: Vec<_> = self.licences.borrow().values().filter_map(|one| one.clone().ok()).collect();
        all.sort_by_key(|wallet| wallet.stored.slot != top);
        all
    }

    /// The place of the licence on top.
    pub(crate) fn top(&self) -> Slot {
        self.top.get()
    }

    /// Puts the licence at a place on top, until another is.
    pub(crate) fn set_top(&self, slot: Slot) {
        self.top.set(slot);
    }

    /// Replaces everything that was loaded.
    pub(crate) fn set_licences(&self, licences: Licences) {
        self.licences.replace(licences);
    }

    /// Replaces one licence by a newer one.
    pub(crate) fn set_wallet(&self, wallet: Wallet) {
        self.licences.borrow_mut().insert(wallet.stored.slot, Ok(Rc::new(wallet)));
    }

    /// What was shown of the licence at a place, oldest first.
    pub(crate) fn shown_of(&self, slot: Slot) -> Vec<Shown> {
        self.shown.borrow().iter().filter(|shown| shown.slot == slot).cloned().collect()
    }

    /// Goes to another screen; a problem on the way is a screen of its own.
    pub(crate) fn go(self: &Rc<Self>, route: Route) {
        self.follow(async { Ok(route) });
    }

    /// Awaits an action, and goes to the route that it returns.
    pub(crate) fn follow(self: &Rc<Self>, work: impl Future<Output = Result<Route, Problem>> + 'static) {
        self.arrive(Box::pin(work));
    }

    fn arrive(self: &Rc<Self>, work: Work<Route>) {
        let app = self.clone();
        spawn_local(async move {
            let screen = match work.await {
                Ok(route) => (app.screens)(app.clone(), route).await,
                Err(problem) => Err(problem),
            };
            let screen = match screen {
                Err(problem) => (app.screens)(app.clone(), Route::Problem(problem)).await,
                screen => screen,
            };
            if let Ok(screen) = screen {
                app.put(screen);
            }
        });
    }

    /// Lets a control of a screen lead to a route.
    pub(crate) fn link(
        self: &Rc<Self>,
        scope: &Scope,
        control: &EventTarget,
        route: impl Fn() -> Route + 'static,
    ) {
        let app = self.clone();
        scope.click(control, move || app.go(route()));
    }

    fn put(&self, screen: Screen) {
        for mark in dom::all_in(&screen.root, "[data-demo-only]") {
            dom::show(&mark, composition::DEMO);
        }
        let old = self.screen.take();
        let first = old.is_none();
        drop(old);
        let root = screen.root.clone();
        let heading = root.query_selector("h1").ok().flatten();
        dom::put(&self.page.app, &root);
        self.back.arrived(screen.at, first);
        self.screen.replace(Some(screen));
        if let Some(dialog) = root.dyn_ref::<HtmlDialogElement>() {
            let _ = dialog.show_modal();
        } else if !first {
            dom::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        if let Some(heading) = heading.filter(|_| !first) {
            dom::focus(&heading);
        }
    }

    /// The screen that is shown.
    pub(crate) fn at(&self) -> Option<At> {
        self.screen.borrow().as_ref().map(|screen| screen.at)
    }

    /// The markup of the screen that is shown.
    pub(super) fn root(&self) -> Option<HtmlElement> {
        self.screen.borrow().as_ref().map(|screen| screen.root.clone())
    }

    /// Says a sentence to a screen reader.
    pub(crate) fn say(&self, text: &str) {
        dom::set(&self.page.say, text);
    }

    /// Says a sentence to everybody, above the screen, for some seconds. It moves nothing and takes no focus.
    pub(crate) fn tell(&self, text: &str) {
        dom::set(&self.page.told, text);
        let (place, text) = (self.page.told.clone(), text.to_owned());
        spawn_local(async move {
            pause(TOLD_MS).await;
            if place.text_content().as_deref() == Some(&text) {
                dom::set(&place, "");
            }
        });
    }

    /// Adds a showing of this licence to the list, unless the licence was deleted. A list that cannot be written does not keep
    /// the licence from being shown.
    pub(crate) async fn remember(
        &self,
        wallet: &Wallet,
        purpose: &str,
        elements: &[String],
        asker: Option<Asker>,
    ) {
        let (purpose, elements) = (purpose.to_owned(), elements.to_vec());
        let shown = Shown { slot: wallet.stored.slot, at: host::now_ms(), purpose, elements, asker };
        match self.store.add_shown(&shown, &wallet.stored).await {
            Ok(()) => self.tabs.announce(),
            Err(StoreError::Changed) => return,
            Err(_) => {}
        }
        self.shown.borrow_mut().push(shown);
    }
}
