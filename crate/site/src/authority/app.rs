//! The page's state: what is loaded, and the view that is shown.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::clock::Clock;
use super::route::Route;
use super::store::Store;
use super::trouble;
use super::view::View;
use crate::browser::dom;
use crate::browser::wait::pause;
use crate::storage::StoreError;
use crate::ui::i18n::tr;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Page;

/// Milliseconds that a sentence stays above the view.
const TOLD_MS: i32 = 8_000;

/// Makes the view of a route.
pub(super) type Views = fn(&Rc<App>, &Route) -> Result<View, Missing>;

/// The desk, as long as its page lives.
pub(super) struct App {
    /// The fixed parts of the page.
    pub(super) page: Page,
    /// What is stored.
    pub(super) store: Store,
    /// The desk's clock.
    pub(super) clock: Clock,
    view: RefCell<Option<View>>,
    views: Views,
}

impl App {
    /// A desk. No view knows another: `views` makes each.
    pub(super) fn new(page: Page, store: Store, views: Views) -> Self {
        Self { page, store, clock: Clock::default(), view: RefCell::default(), views }
    }

    /// Shows a view.
    pub(super) fn show(self: &Rc<Self>, route: &Route) {
        // What the last view started ends first.
        let first = self.view.take().is_none();
        let view =
            (self.views)(self, route).or_else(|_| trouble::view(StoreError::Unreadable.key(), "missing"));
        for link in dom::all_in(&self.page.desk_nav, "[data-view]") {
            let here = link.get_attribute("data-view").as_deref() == Some(route.entry());
            let _ = if here {
                link.set_attribute("aria-current", "page")
            } else {
                link.remove_attribute("aria-current")
            };
        }
        let Ok(view) = view else {
            return;
        };
        dom::put(&self.page.app, &view.root);
        if !first && let Ok(Some(heading)) = view.root.query_selector("h2") {
            dom::focus(&heading);
        }
        self.view.replace(Some(view));
    }

    /// Says a sentence to everybody, above the view, for some seconds. It moves nothing and takes no focus.
    pub(super) fn tell(&self, text: &str) {
        dom::set(&self.page.told, text);
        let (place, text) = (self.page.told.clone(), text.to_owned());
        spawn_local(async move {
            pause(TOLD_MS).await;
            if place.text_content().as_deref() == Some(&text) {
                dom::set(&place, "");
            }
        });
    }

    /// Says that something was not stored.
    pub(super) fn tell_error(&self, error: StoreError) {
        let next = format!("{}.next", error.key());
        self.tell(&format!("{} {}", tr(error.key()), tr(&next)));
    }
}
