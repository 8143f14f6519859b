//! The wallet page: claims, keeps, draws and shows one licence.
//!
//! ```text
//! start -> guard -> load -> { welcome | lost | home | problem }
//! home  -> { purpose -> present | question -> consent -> answer | details | history | photo }
//! ```
//! A screen is built from a template and ends with everything that it started. What is stored is read and
//! verified anew at every start and whenever another tab says that it changed.

mod answer;
mod barcode;
mod card;
#[cfg(feature = "demo")]
mod claim;
mod consent;
mod details;
mod full_screen;
mod guard;
mod history;
mod holder;
mod home;
mod media;
mod present;
mod problem;
mod purpose;
mod question;
#[cfg(feature = "demo")]
mod refresh;
mod screen;
mod start;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use crate::browser::dom;
use crate::storage::{Shown, Store, Tabs};
use crate::ui::scope::Scope;
use holder::Wallet;
use problem::Problem;
use screen::Screen;

/// The page's state: what is loaded, and the screen that is shown.
pub(crate) struct App {
    place: Element,
    store: Store,
    tabs: Tabs,
    wallet: RefCell<Option<Rc<Wallet>>>,
    shown: RefCell<Vec<Shown>>,
    screen: RefCell<Option<Screen>>,
}

/// Starts the wallet in the page's `#app`.
pub(crate) fn start(page: &'static Scope) {
    spawn_local(async move {
        let Some(place) = dom::by_id("app") else {
            return;
        };
        if let Err(problem) = start::run(page, &place).await {
            start::refuse(page, &place, problem);
        }
    });
}

impl App {
    /// The licence that is loaded and verified.
    pub(crate) fn wallet(&self) -> Option<Rc<Wallet>> {
        self.wallet.borrow().clone()
    }

    /// Goes to the screen that `build` makes; a problem while building it is a screen of its own.
    pub(crate) fn go<F>(self: &Rc<Self>, build: impl FnOnce(Rc<App>) -> F + 'static)
    where
        F: Future<Output = Result<Screen, Problem>> + 'static,
    {
        let app = self.clone();
        // Later, so that no listener is dropped while it runs.
        spawn_local(async move {
            let screen = match build(app.clone()).await {
                Ok(screen) => Ok(screen),
                Err(problem) => start::problem_screen(&app, &problem),
            };
            if let Ok(screen) = screen {
                app.put(screen);
            }
        });
    }

    /// Home: the card, or what stands for it.
    pub(crate) fn go_home(self: &Rc<Self>) {
        self.go(|app| async move { start::first_screen(&app).await });
    }

    fn put(self: &Rc<Self>, mut screen: Screen) {
        let back = screen.find("[data-go=\"back\"]").filter(|back| !back.has_attribute("data-own"));
        if let Some(back) = back {
            let app = self.clone();
            screen.on(&back, "click", move |_| app.go_home());
        }
        for mark in dom::all_in(&screen.root, "[data-demo-only]") {
            dom::show(&mark, crate::page::DEMO);
        }
        let old = self.screen.borrow_mut().take();
        let first = old.is_none();
        drop(old);
        let is_dialog = screen.root.tag_name().eq_ignore_ascii_case("dialog");
        dom::put(&self.place, &screen.root);
        let heading = screen.find("h1");
        let root = screen.root.clone();
        *self.screen.borrow_mut() = Some(screen);
        step_away(&root);
        if is_dialog {
            if let Some(dialog) = root.dyn_ref::<web_sys::HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        } else if !first {
            dom::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        if let Some(heading) = heading.filter(|_| !first).and_then(|h| h.dyn_into::<HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    }

    /// Whether this screen is the one that is shown.
    pub(crate) fn is_shown(&self, name: &str) -> bool {
        let name = Some(name.to_owned());
        self.screen.borrow().as_ref().is_some_and(|s| s.root.get_attribute("data-screen") == name)
    }
}

/// The browser's own way back leads home from any other screen, and not out of the wallet.
fn step_away(screen: &Element) {
    let at_home = ["home", "welcome", "nowhere"].map(|name| Some(name.to_owned()));
    let Ok(history) = dom::window().history() else {
        return;
    };
    if at_home.contains(&screen.get_attribute("data-screen")) || history.state().is_ok_and(|s| !s.is_null()) {
        return;
    }
    let _ = history.push_state_with_url(&"away".into(), "", None);
}

/// Says a sentence to a screen reader.
pub(crate) fn say(text: &str) {
    if let Some(place) = dom::by_id("say") {
        place.set_text_content(Some(text));
    }
}
