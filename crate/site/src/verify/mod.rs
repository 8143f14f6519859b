//! The verifier page: camera and pictures in, verdict out. Reading and checking run in two workers.

mod asking;
mod check;
mod facts;
mod film;
mod lists;
mod lists_panel;
mod memory;
mod pictures;
mod portrait;
mod screen;
mod signal;
mod sources;
mod terms;
mod trust;
mod typed;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use verdict::FaceAnswer;
use verdict::purpose::Purpose;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

use self::check::Check;
use self::memory::{Given, Memory};
use self::screen::Screen;
use self::terms::Asked;
use self::trust::Trust;
use crate::browser::dom;
use crate::scan::camera::{self, Camera};
use crate::scan::feed::Feed;
use crate::scan::progress::Progress;
use crate::scan::queue::Queue;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::verify::{Asked as AskedItem, Page as Markup};
use crate::ui::scope::Scope;
use crate::workers::link::{Link, Scan, Verify};

/// The page, as long as it lives.
struct Page {
    markup: Rc<Markup>,
    scope: Scope,
    asked: RefCell<Asked>,
    camera: Camera,
    progress: Progress,
    feed: RefCell<Option<Feed>>,
    film: film::Playing,
    /// What was handed in and is not read yet.
    queue: RefCell<Queue<JsValue>>,
    /// Whether the scanning worker was told to read.
    reading: Cell<bool>,
    /// Whether the scanning worker ended on something that was handed in, and nobody said so yet.
    lost: Cell<bool>,
    scan: OnceCell<Link<Scan>>,
    verifier: OnceCell<Link<Verify>>,
    /// The payload that is being checked.
    check: RefCell<Option<Check>>,
    checks: Cell<u32>,
    memory: RefCell<Memory>,
    lists: lists::AtHand,
    trust: Trust,
    signal: signal::Signal,
    asking: asking::Asking,
    /// The verdict on the screen.
    open: RefCell<Option<(Given, Screen)>>,
    /// When the first frame of what is being read came.
    since: Cell<Option<f64>>,
}

/// What the page shows beside the camera.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    /// What a wallet is asked for, while codes are read.
    Scan,
    /// The verdict on the last one.
    Verdict,
}

impl Route {
    /// As `data-screen` says it to the style.
    fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Verdict => "verdict",
        }
    }
}

/// The page, for its listeners.
#[derive(Clone)]
struct Handle(Rc<Page>);

/// Starts the verifier page.
///
/// # Errors
/// When the page's markup is not that of this build.
pub(crate) fn start() -> Result<(), JsValue> {
    let markup = Rc::new(Markup::find().map_err(|missing| missing.0)?);
    let page = Handle(Rc::new(Page {
        markup: markup.clone(),
        scope: Scope::new(),
        asked: RefCell::new(Asked::remembered()),
        camera: Camera::default(),
        progress: Progress::default(),
        feed: RefCell::default(),
        film: film::Playing::default(),
        queue: RefCell::default(),
        reading: Cell::default(),
        lost: Cell::default(),
        scan: OnceCell::new(),
        verifier: OnceCell::new(),
        check: RefCell::default(),
        checks: Cell::default(),
        memory: RefCell::default(),
        lists: lists::AtHand::default(),
        trust: Trust::new(&markup),
        signal: signal::Signal::default(),
        asking: asking::Asking::default(),
        open: RefCell::default(),
        since: Cell::default(),
    }));
    let (of_scan, of_verifier) = (page.clone(), page.clone());
    let _ = page.0.scan.set(Link::start(move |event| of_scan.scanning(event)));
    let _ = page.0.verifier.set(Link::start(move |event| of_verifier.verifying(event)));
    page.listen();
    signal::Signal::listen(&page);
    page.listen_to_asking();
    page.listen_to_film();
    typed::listen(&page);
    page.start_lists();
    page.screen(Route::Scan);
    let panel = page.clone();
    page.0.trust.start(&page.0.scope, move || panel.settle());
    let speaking = page.clone();
    page.0.scope.text(move || speaking.translate());
    spawn_local(async move {
        if Camera::is_granted().await {
            page.open_camera().await;
        }
    });
    Ok(())
}

impl Handle {
    /// Does `act` when a control is used.
    fn on_click(&self, control: &Element, act: fn(&Handle)) {
        let page = self.clone();
        self.0.scope.click(control, move || act(&page));
    }

    fn listen(&self) {
        let (markup, scope) = (&self.0.markup, &self.0.scope);
        self.on_click(&markup.camera_start, |page| {
            let page = page.clone();
            spawn_local(async move { page.open_camera().await });
        });
        self.on_click(&markup.camera_stop.root, Self::close_camera);
        self.on_click(&markup.screen_open, |page| {
            let page = page.clone();
            spawn_local(async move { page.open_screen().await });
        });
        dom::show(&markup.screen_open, Camera::has_screen());
        self.on_click(&markup.torch, |page| {
            let camera = page.0.camera.clone();
            spawn_local(async move { camera.switch_light().await });
        });
        self.on_click(&markup.next, Self::next);
        self.on_click(&markup.terms_done, |page| page.0.markup.terms.root.set_open(false));
        self.on_click(&markup.terms_default, |page| {
            page.0.asked.borrow_mut().reset();
            page.ask_anew();
        });
        let page = self.clone();
        scope.on(&markup.purposes, "change", move |event| {
            let tab = event.target().and_then(|tab| tab.dyn_into::<HtmlInputElement>().ok());
            if let Some(purpose) = tab.and_then(|tab| Purpose::from_code(&tab.value())) {
                page.0.asked.borrow_mut().choose(purpose);
                page.ask_anew();
            }
        });
        let page = self.clone();
        scope.on(&markup.terms.root, "change", move |_| {
            page.0.asked.borrow_mut().read(&page.0.markup);
            page.ask_anew();
        });
        let page = self.clone();
        scope.on(&markup.camera_device, "change", move |_| {
            page.0.camera.choose(page.0.markup.camera_device.value());
            let page = page.clone();
            spawn_local(async move { page.open_camera().await });
        });
        let page = self.clone();
        pictures::listen(markup, scope, move |found| page.pictures(found));
        let page = self.clone();
        scope.on(&dom::window(), camera::CHANGED, move |_| {
            page.close_camera();
            page.0.camera.draw();
        });
        // Nobody finds the last licence by going back to this page.
        let page = self.clone();
        scope.on(&dom::window(), "pagehide", move |_| {
            page.0.check.take();
            page.0.queue.borrow_mut().clear();
            page.0.open.take();
            page.screen(Route::Scan);
            page.resume();
        });
    }

    /// Neither a verdict on the screen nor a payload being checked.
    fn is_free(&self) -> bool {
        self.0.open.borrow().is_none() && self.0.check.borrow().is_none()
    }

    /// The terms changed: who is on the screen is judged by them; any other verdict is taken away.
    fn ask_anew(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.list_asked();
        self.translate_asking();
        if self.0.open.borrow().is_none() {
            self.ask();
        } else if !self.judge_again() {
            self.next();
        }
    }

    /// Shows a verdict, from its beginning.
    fn show(&self, given: Given) {
        self.0.signal.tell(given.verdict.colour);
        self.show_again(given);
        dom::window().scroll_to_with_x_and_y(0.0, 0.0);
        dom::focus(&self.0.markup.next);
    }

    /// Shows a verdict in the place of another; the person stays where they are.
    fn show_again(&self, given: Given) {
        self.0.open.take();
        let earlier = given.verdict.replay.filter(|_| given.verdict.view.is_none());
        let again = earlier.is_some_and(|replay| self.0.memory.borrow().first(&replay).is_some());
        let Some(screen) = Screen::draw(&self.0.markup.verdict, &given, again, self) else {
            return;
        };
        dom::set(&self.0.markup.announce, &Screen::announcement(&given));
        *self.0.open.borrow_mut() = Some((given, screen));
        self.screen(Route::Verdict);
    }

    /// Takes the verdict off the page, and reads the next code.
    fn next(&self) {
        // A verdict that is being judged again would come back.
        self.0.check.take();
        self.0.open.take();
        dom::set(&self.0.markup.announce, "");
        self.0.memory.borrow_mut().forget(format::now());
        self.screen(Route::Scan);
        self.resume();
        self.ask();
        dom::focus(&self.0.markup.stage);
    }

    fn screen(&self, route: Route) {
        let markup = &self.0.markup;
        let _ = markup.app.set_attribute("data-screen", route.name());
        dom::show(&markup.waiting, route == Route::Scan);
        dom::show(&markup.next_bar, route == Route::Verdict);
        self.draw_waiting();
    }

    /// Beside a verdict: whether something else was handed in, and is read after it.
    fn draw_waiting(&self) {
        dom::show(&self.0.markup.next_waits, !self.0.queue.borrow().is_empty());
    }

    /// Writes every word of the page again, in the language that is shown now.
    fn translate(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.0.camera.draw();
        self.0.progress.draw();
        self.0.trust.draw();
        self.list_asked();
        self.translate_asking();
        self.draw_lists();
        let open = self.0.open.take();
        if let Some((given, screen)) = open {
            let rows = screen.open_rows();
            drop(screen);
            let earlier = given.verdict.replay.filter(|_| given.verdict.view.is_none());
            let again = earlier.is_some_and(|replay| self.0.memory.borrow().first(&replay).is_some());
            if let Some(screen) = Screen::draw(&self.0.markup.verdict, &given, again, self) {
                screen.set_open_rows(&rows);
                *self.0.open.borrow_mut() = Some((given, screen));
            }
        }
    }

    /// What a wallet shows for this purpose.
    fn list_asked(&self) {
        let list = &self.0.markup.asked_list;
        list.set_text_content(None);
        let purpose = self.0.asked.borrow_mut().terms().purpose;
        for (_, element) in purpose.all_elements() {
            if let Ok(item) = AskedItem::new() {
                dom::set(&item.root, &tr(&licence::elements::name_key(element)));
                let _ = list.append_child(&item.root);
            }
        }
    }
}

impl screen::Act for Handle {
    fn face(&self, answer: FaceAnswer) {
        let mut open = self.0.open.borrow_mut();
        let Some((given, screen)) = open.as_mut() else {
            return;
        };
        given.answer = answer;
        if let Some(replay) = given.verdict.replay {
            self.0.memory.borrow_mut().answer(&replay, answer);
        }
        screen.answered(given);
        dom::set(&self.0.markup.announce, &Screen::announcement(given));
    }

    fn first(&self) {
        let replay = self.0.open.borrow().as_ref().and_then(|(given, _)| given.verdict.replay);
        let first = replay.and_then(|replay| self.0.memory.borrow().first(&replay).cloned());
        if let Some(first) = first {
            self.show(first);
        }
    }
}
