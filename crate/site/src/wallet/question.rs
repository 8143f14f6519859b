//! The screen that reads a verifier's question, by camera or from pictures.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::answering;
use super::app::App;
use super::notices::Notices;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::dom;
use crate::scan::camera::{self, Camera};
use crate::scan::feed::Feed;
use crate::scan::place::Place;
use crate::scan::progress::Progress;
use crate::scan::queue::{Left, Next, Queue};
use crate::ui::markup::wallet::Question as Markup;
use crate::workers::link::{Event, Link, Scan, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::PictureResult;

/// The reading, as long as the screen is there.
struct Reader {
    app: Rc<App>,
    notices: Notices,
    place: Rc<Place>,
    camera: Camera,
    progress: Progress,
    feed: RefCell<Option<Feed>>,
    /// Pictures that were handed in and are not read yet.
    queue: RefCell<Queue<JsValue>>,
    link: OnceCell<Link<Scan>>,
    left: Cell<bool>,
}

/// The screen that reads a question.
pub(super) fn screen(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let page = Markup::new()?;
    let screen = Screen::new(At::Question, &page.root);
    let scope = &screen.scope;
    app.link(scope, &page.back, || Route::Home);
    let place = Rc::new(Place::from(&page));
    let reader = Rc::new(Reader {
        app: app.clone(),
        notices: Notices::new(&page.problem, scope),
        camera: Camera::new(&place),
        progress: Progress::of_question(&place),
        place,
        feed: RefCell::default(),
        queue: RefCell::default(),
        link: OnceCell::new(),
        left: Cell::new(false),
    });
    let told = Rc::downgrade(&reader);
    let _ = reader.link.set(Link::start(move |event| {
        if let Some(reader) = told.upgrade() {
            reader.hear(event);
        }
    }));
    let again = reader.clone();
    scope.text(move || {
        again.camera.draw();
        again.progress.draw();
    });
    let opened = reader.clone();
    scope.click(&page.camera_start, move || opened.open());
    let changed = reader.clone();
    scope.on(&dom::window(), camera::CHANGED, move |_| {
        changed.feed.take();
        changed.camera.draw();
    });
    let (input, reading) = (page.files.clone(), reader.clone());
    scope.on(&page.files, "change", move |_| {
        let chosen: Vec<JsValue> =
            input.files().map(|list| Array::from(&list).iter().collect()).unwrap_or_default();
        reading.pictures(chosen);
        input.set_value("");
    });
    if let Some(why) = why {
        reader.notices.say(why);
    }
    let started = Rc::downgrade(&reader);
    spawn_local(async move {
        // The elements of the camera are on the page once this screen is.
        if let Some(reader) = started.upgrade() {
            reader.camera.draw();
            if Camera::is_granted().await {
                reader.open();
            }
        }
    });
    screen.scope.leave(move || {
        reader.left.set(true);
        reader.feed.take();
        reader.camera.close();
    });
    Ok(screen)
}

impl Reader {
    fn open(self: &Rc<Self>) {
        let reader = self.clone();
        spawn_local(async move {
            reader.feed.take();
            reader.camera.open().await;
            // The screen may have been left while the browser asked.
            if reader.left.get() {
                reader.camera.close();
            } else {
                reader.feed();
            }
        });
    }

    /// Sends pictures to the worker, once both the camera and the worker are ready.
    fn feed(&self) {
        let (Some(track), Some(link)) = (self.camera.track(), self.link.get()) else {
            return;
        };
        if link.is_ready() {
            self.feed.take();
            *self.feed.borrow_mut() = Some(Feed::of_track(&track, &self.place, link));
        }
        self.progress.live(true);
        self.progress.looking();
    }

    fn hear(&self, event: Event<FromScan>) {
        match event {
            Event::Ready => {
                self.feed();
                self.read_on();
            }
            Event::Message(message) => self.scanned(message),
            Event::Trouble(trouble) => {
                if trouble == Trouble::Replaced {
                    self.feed.take();
                    self.queue.borrow_mut().ended();
                } else {
                    self.queue.borrow_mut().clear();
                }
                self.progress.trouble(trouble);
            }
        }
    }

    fn scanned(&self, message: FromScan) {
        match message {
            FromScan::Next {} => {
                if let Some(feed) = self.feed.borrow().as_ref() {
                    feed.next();
                }
            }
            FromScan::Payload { payload, still, .. } => {
                if still {
                    self.queue.borrow_mut().found();
                }
                self.read(&payload);
            }
            FromScan::Progress { progress: Json(report), .. } => {
                if let Some(hint) = report.hint {
                    self.camera.heed(hint);
                }
                self.progress.report(&report);
            }
            FromScan::Picture { index, of, result: Json(result), .. } => {
                let rest = self.queue.borrow().has_rest();
                let left = if result == PictureResult::Paused {
                    self.queue.borrow_mut().not_read();
                    Left::More
                } else {
                    self.queue.borrow_mut().read()
                };
                if left == Left::Done {
                    self.resume();
                } else if !rest {
                    self.progress.picture(result, index, of);
                }
                self.read_on();
            }
        }
    }

    fn pictures(&self, files: Vec<JsValue>) {
        let Some(link) = self.link.get().filter(|_| !files.is_empty()) else {
            return;
        };
        if let Some(end) = link.end() {
            return self.progress.trouble(end);
        }
        let of = u32::try_from(files.len()).unwrap_or(u32::MAX);
        self.queue.borrow_mut().push_files(files, Vec::new(), true);
        if !self.queue.borrow().is_reading() {
            self.progress.reading_picture(1, of);
        }
        self.read_on();
    }

    /// Sends the next picture to the worker, once the last one was read.
    fn read_on(&self) {
        let Some(link) = self.link.get().filter(|link| link.is_ready()) else {
            return;
        };
        let next = self.queue.borrow_mut().next();
        if let Some(Next::Picture(file, index, of)) = next {
            link.send(ToScan::Picture { file, index, of, rest: false });
        }
    }

    /// Takes a whole payload: a question leads to the consent; anything else is a problem that is shown, and the other
    /// pictures that were handed in are read.
    fn read(&self, payload: &[u8]) {
        let wallet = self.app.wallet().ok_or(Problem::Unexpected);
        match wallet.and_then(|wallet| answering::Question::read(payload, wallet)) {
            Ok(question) => return self.app.go(Route::Consent(Box::new(question))),
            Err(problem) => self.notices.say(problem),
        }
        self.resume();
    }

    /// Resumes reading; within a batch the worker remembers which payloads were whole.
    fn resume(&self) {
        if let Some(link) = self.link.get() {
            link.send(ToScan::Resume { keep: self.queue.borrow().has_rest() });
        }
        if self.camera.is_open() {
            self.progress.looking();
        } else {
            self.progress.rest();
        }
    }
}
