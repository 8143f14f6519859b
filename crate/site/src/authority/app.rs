//! The page's state: the desk as it is stored, and the view that is shown.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use authority::desk::{Action, Desk, Effects};
use authority::rollout::Rollout;
use wasm_bindgen_futures::spawn_local;

use super::clock::Clock;
use super::problem::Problem;
use super::register::DeskRegister;
use super::route::Route;
use super::sealing;
use super::settings::Settings;
use super::store::Store;
use super::tabs::Tabs;
use super::trouble;
use super::view::View;
use crate::browser::agreement::OpeningKey;
use crate::browser::wait::pause;
use crate::browser::{dom, key};
use crate::storage::StoreError;
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
    /// The other tabs of this desk.
    pub(super) tabs: Tabs,
    desk: RefCell<Desk>,
    settings: RefCell<Settings>,
    /// The key by which applications are opened, once it is loaded.
    opening: RefCell<Option<OpeningKey>>,
    /// How many practice drivers the register has.
    practice: Rc<Cell<u32>>,
    /// Whether a step is being stored.
    busy: Cell<bool>,
    view: RefCell<Option<View>>,
    route: RefCell<Option<Route>>,
    views: Views,
}

impl App {
    /// A desk without anything; [`App::load`] reads what is stored. No view knows another: `views` makes each.
    pub(super) fn new(page: Page, store: Store, tabs: Tabs, views: Views) -> Result<Self, Problem> {
        let practice: Rc<Cell<u32>> = Rc::default();
        let desk = desk(&practice, authority::desk::Stored::default())?;
        Ok(Self {
            page,
            store,
            clock: Clock::default(),
            tabs,
            desk: RefCell::new(desk),
            settings: RefCell::default(),
            opening: RefCell::default(),
            practice,
            busy: Cell::default(),
            view: RefCell::default(),
            route: RefCell::default(),
            views,
        })
    }

    /// Reads what is stored.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let (stored, settings) = self.store.load().await?;
        self.practice.set(settings.practice);
        self.clock.set(settings.calendar);
        let desk = desk(&self.practice, stored)?;
        self.desk.replace(desk);
        self.settings.replace(settings);
        Ok(())
    }

    /// The desk as it is stored.
    pub(super) fn desk(&self) -> Ref<'_, Desk> {
        self.desk.borrow()
    }

    /// The key by which applications are opened.
    pub(super) fn opening(&self) -> Option<OpeningKey> {
        self.opening.borrow().clone()
    }

    /// Sets that key.
    pub(super) fn set_opening(&self, key: OpeningKey) {
        self.opening.replace(Some(key));
    }

    /// The settings.
    pub(super) fn settings(&self) -> Settings {
        self.settings.borrow().clone()
    }

    /// Stores other settings.
    pub(super) async fn set_settings(&self, change: impl Fn(&mut Settings)) -> Result<(), Problem> {
        let mut settings = self.settings();
        change(&mut settings);
        self.store.put_settings(&settings).await?;
        self.clock.set(settings.calendar);
        self.settings.replace(settings);
        self.tabs.announce();
        Ok(())
    }

    /// Whether a step is being stored: what is asked for meanwhile is not done, so that nobody decides what is not shown yet.
    pub(super) fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// Does one step, and stores all that follows from it before it returns.
    pub(super) async fn act(&self, action: Action<'_>) -> Result<Effects, Problem> {
        let mut steps = self.act_all(vec![action], |_| {}).await?;
        steps.pop().ok_or(Problem::Own("unexpected"))
    }

    /// Does steps in one transaction, with settings that change with them.
    pub(super) async fn act_all(
        &self,
        actions: Vec<Action<'_>>,
        change: impl Fn(&mut Settings),
    ) -> Result<Vec<Effects>, Problem> {
        if self.busy.replace(true) {
            return Err(Problem::Own("busy"));
        }
        let done = self.do_all(actions, change).await;
        self.busy.set(false);
        done
    }

    async fn do_all(
        &self,
        actions: Vec<Action<'_>>,
        change: impl Fn(&mut Settings),
    ) -> Result<Vec<Effects>, Problem> {
        let before = self.settings();
        let mut settings = before.clone();
        change(&mut settings);
        self.practice.set(settings.practice);
        let clerk = settings.clerk.clone();
        let now = self.clock.now();
        let mut lacking = false;
        let mut random = |buffer: &mut [u8]| lacking |= !key::random(buffer);
        let mut steps = Vec::new();
        let mut refused = None;
        for action in actions {
            match self.desk.borrow_mut().act(action, &clerk, now, &mut random) {
                Ok(effects) => steps.push(effects),
                Err(error) => {
                    refused = Some(Problem::from(error));
                    break;
                }
            }
        }
        let sealed = match refused {
            None => sealing::seal(&steps, self.opening().as_ref(), &mut random),
            Some(problem) => Err(problem),
        };
        let kept = match sealed {
            Ok(_) if lacking => Err(Problem::Own("no-random")),
            Ok(sealed) => {
                let changed = (settings != before).then_some(&settings);
                self.store.keep(&steps, &sealed, changed).await.map(|()| steps).map_err(Problem::Store)
            }
            Err(problem) => Err(problem),
        };
        match kept {
            Ok(steps) => {
                self.settings.replace(settings);
                self.tabs.announce();
                Ok(steps)
            }
            Err(problem) => {
                // The step was taken in memory alone: what is stored counts.
                self.practice.set(before.practice);
                self.load().await?;
                Err(problem)
            }
        }
    }

    /// Shows a view.
    pub(super) fn show(self: &Rc<Self>, route: &Route) {
        // What the last view started ends first.
        let first = self.view.take().is_none();
        let again = self.route.replace(Some(route.clone())).as_ref() == Some(route);
        let view =
            (self.views)(self, route).or_else(|_| trouble::view(&Problem::Store(StoreError::Unreadable)));
        for link in dom::all_in(&self.page.desk_nav, "[data-view]") {
            let here = link.get_attribute("data-view").as_deref() == Some(route.entry());
            let _ = match here {
                true => link.set_attribute("aria-current", "page"),
                false => link.remove_attribute("aria-current"),
            };
        }
        let Ok(view) = view else {
            return;
        };
        dom::put(&self.page.app, &view.root);
        if !first
            && !again
            && let Ok(Some(heading)) = view.root.query_selector("h2")
        {
            dom::focus(&heading);
        }
        self.view.replace(Some(view));
        self.count();
    }

    /// Shows the same view again, as what is stored has changed.
    pub(super) fn show_again(self: &Rc<Self>) {
        let route = self.route.borrow().clone();
        self.show(&route.unwrap_or(Route::FIRST));
    }

    /// Writes how many photos wait beside the link to them.
    pub(super) fn count(&self) {
        let waiting = authority::desk::QueueFilter {
            stage: Some(authority::desk::Stage::ToReview),
            ..Default::default()
        };
        let count = self.desk.borrow().queue(&waiting, self.clock.now()).len();
        dom::set(&self.page.waiting, &count.to_string());
        dom::show(&self.page.waiting, count > 0);
    }

    /// Says a sentence to a screen reader.
    pub(super) fn say(&self, text: &str) {
        dom::set(&self.page.say, text);
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

    /// Says why something was not done.
    pub(super) fn tell_problem(&self, problem: &Problem) {
        self.tell(&problem.text());
        let _ = self.page.told.set_attribute("data-problem", problem.code());
    }
}

fn desk(practice: &Rc<Cell<u32>>, stored: authority::desk::Stored) -> Result<Desk, Problem> {
    let register = Box::new(DeskRegister::new(practice.clone()));
    Ok(Desk::load(register, Rollout::built_in(), stored)?)
}
