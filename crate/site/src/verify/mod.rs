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
use crate::browser::{dom, js};
use crate::scan::camera::{self, Camera};
use crate::scan::feed::Feed;
use crate::scan::progress::Progress;
use crate::scan::queue::Queue;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::workers::link::{Link, Scan, Verify};

/// The page, as long as it lives.
struct Page {
    root: Element,
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

/// The page, for its listeners.
#[derive(Clone)]
struct Handle(Rc<Page>);

/// Starts the verifier page.
///
/// # Errors
/// When the page's markup is not that of this build.
pub(crate) fn start() -> Result<(), JsValue> {
    let root = dom::by_id("app").ok_or("the verifier's markup is missing")?;
    let page = Handle(Rc::new(Page {
        root,
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
        trust: Trust::default(),
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
    page.translate();
    page.screen("scan");
    let panel = page.clone();
    page.0.trust.start(move || panel.settle());
    spawn_local(async move {
        if Camera::is_granted().await {
            page.open_camera().await;
        }
    });
    Ok(())
}

impl Handle {
    fn listen(&self) {
        let click = |id: &str, act: fn(&Handle)| {
            if let Some(button) = dom::by_id(id) {
                let page = self.clone();
                dom::on(&button, "click", move |_| act(&page)).forget();
            }
        };
        click("camera-start", |page| {
            let page = page.clone();
            spawn_local(async move { page.open_camera().await });
        });
        click("camera-stop", Self::close_camera);
        click("screen-open", |page| {
            let page = page.clone();
            spawn_local(async move { page.open_screen().await });
        });
        if let Some(button) = dom::by_id("screen-open") {
            dom::show(&button, Camera::has_screen());
        }
        click("torch", |page| {
            let camera = page.0.camera.clone();
            spawn_local(async move { camera.switch_light().await });
        });
        click("next", Self::next);
        click("terms-done", |_| terms::fold());
        click("terms-default", |page| {
            page.0.asked.borrow_mut().reset();
            page.ask_anew();
        });
        let change = |id: &str, act: fn(&Handle, web_sys::Event)| {
            if let Some(field) = dom::by_id(id) {
                let page = self.clone();
                dom::on(&field, "change", move |event| act(&page, event)).forget();
            }
        };
        change("purposes", |page, event| {
            let tab = event.target().and_then(|tab| tab.dyn_into::<HtmlInputElement>().ok());
            if let Some(purpose) = tab.and_then(|tab| Purpose::from_code(&tab.value())) {
                page.0.asked.borrow_mut().choose(purpose);
                page.ask_anew();
            }
        });
        change("terms", |page, _| {
            page.0.asked.borrow_mut().read();
            page.ask_anew();
        });
        change("camera-device", |page, event| {
            let device = event.target().map(|choice| js::text(&choice, "value"));
            page.0.camera.choose(device.unwrap_or_default());
            let page = page.clone();
            spawn_local(async move { page.open_camera().await });
        });
        let page = self.clone();
        pictures::listen(&self.0.root, move |found| page.pictures(found));
        let hear = |event: &'static str, act: fn(&Handle)| {
            let page = self.clone();
            dom::on(&dom::window(), event, move |_| act(&page)).forget();
        };
        hear("liangzheng:language", Self::translate);
        hear(camera::CHANGED, |page| {
            page.close_camera();
            page.0.camera.draw();
        });
        // Nobody finds the last licence by going back to this page.
        hear("pagehide", |page| {
            page.0.check.take();
            page.0.queue.borrow_mut().clear();
            page.0.open.take();
            page.screen("scan");
            page.resume();
        });
    }

    /// Neither a verdict on the screen nor a payload being checked.
    fn is_free(&self) -> bool {
        self.0.open.borrow().is_none() && self.0.check.borrow().is_none()
    }

    /// The terms changed: who is on the screen is judged by them; any other verdict is taken away.
    fn ask_anew(&self) {
        self.0.asked.borrow_mut().draw(&self.0.root);
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
        if let Some(next) = dom::by_id("next") {
            dom::focus(&next);
        }
    }

    /// Shows a verdict in the place of another; the person stays where they are.
    fn show_again(&self, given: Given) {
        self.0.open.take();
        let Some(place) = dom::by_id("verdict") else {
            return;
        };
        let earlier = given.verdict.replay.filter(|_| given.verdict.view.is_none());
        let again = earlier.is_some_and(|replay| self.0.memory.borrow().first(&replay).is_some());
        let Some(screen) = Screen::draw(&place, &given, again, self) else {
            return;
        };
        if let Some(announce) = dom::by_id("announce") {
            announce.set_text_content(Some(&Screen::announcement(&given)));
        }
        *self.0.open.borrow_mut() = Some((given, screen));
        self.screen("verdict");
    }

    /// Takes the verdict off the page, and reads the next code.
    fn next(&self) {
        // A verdict that is being judged again would come back.
        self.0.check.take();
        self.0.open.take();
        if let Some(announce) = dom::by_id("announce") {
            announce.set_text_content(None);
        }
        self.0.memory.borrow_mut().forget(format::now());
        self.screen("scan");
        self.resume();
        self.ask();
        if let Some(stage) = dom::by_id("stage") {
            dom::focus(&stage);
        }
    }

    fn screen(&self, name: &str) {
        let _ = self.0.root.set_attribute("data-screen", name);
        for (id, screen) in [("waiting", "scan"), ("next-bar", "verdict")] {
            if let Some(part) = dom::by_id(id) {
                dom::show(&part, name == screen);
            }
        }
        self.draw_waiting();
    }

    /// Beside a verdict: whether something else was handed in, and is read after it.
    fn draw_waiting(&self) {
        if let Some(note) = dom::by_id("next-waits") {
            dom::show(&note, !self.0.queue.borrow().is_empty());
        }
    }

    /// Writes every word of the page again, in the language that is shown now.
    fn translate(&self) {
        self.0.asked.borrow_mut().draw(&self.0.root);
        self.0.camera.draw();
        self.0.progress.draw();
        self.0.trust.draw();
        self.list_asked();
        self.translate_asking();
        self.draw_lists();
        let open = self.0.open.take();
        if let (Some((given, screen)), Some(place)) = (open, dom::by_id("verdict")) {
            let rows = screen.open_rows();
            drop(screen);
            let earlier = given.verdict.replay.filter(|_| given.verdict.view.is_none());
            let again = earlier.is_some_and(|replay| self.0.memory.borrow().first(&replay).is_some());
            if let Some(screen) = Screen::draw(&place, &given, again, self) {
                screen.set_open_rows(&rows);
                *self.0.open.borrow_mut() = Some((given, screen));
            }
        }
    }

    /// What a wallet shows for this purpose.
    fn list_asked(&self) {
        let Some(list) = dom::by_id("asked-list") else {
            return;
        };
        list.set_text_content(None);
        let purpose = self.0.asked.borrow_mut().terms().purpose;
        for (_, element) in purpose.all_elements() {
            if let Some(item) = dom::template("asked-template") {
                item.set_text_content(Some(&tr(&licence::elements::name_key(element))));
                let _ = list.append_child(&item);
            }
        }
    }
}

impl screen::Act for Handle {
    fn face(&self, answer: FaceAnswer) {
        let Some(article) = dom::by_id("verdict").and_then(|place| place.first_element_child()) else {
            return;
        };
        let mut open = self.0.open.borrow_mut();
        let Some((given, _)) = open.as_mut() else {
            return;
        };
        given.answer = answer;
        if let Some(replay) = given.verdict.replay {
            self.0.memory.borrow_mut().answer(&replay, answer);
        }
        screen::band(&article, given);
        if let Some(announce) = dom::by_id("announce") {
            announce.set_text_content(Some(&Screen::announcement(given)));
        }
    }

    fn first(&self) {
        let replay = self.0.open.borrow().as_ref().and_then(|(given, _)| given.verdict.replay);
        let first = replay.and_then(|replay| self.0.memory.borrow().first(&replay).cloned());
        if let Some(first) = first {
            self.show(first);
        }
    }
}
