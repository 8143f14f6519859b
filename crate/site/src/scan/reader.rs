//! Reads payloads of the link by camera, from pictures and from files, as long as a screen is there: the wallet's reading of a
//! question, and of the messages of a claim.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Array;
use optical::MAX_PAYLOAD;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, EventTarget, HtmlInputElement};

use super::camera::{self, Camera};
use super::feed::Feed;
use super::place::Place;
use super::progress::Progress;
use super::queue::{Left, Next, Queue};
use crate::browser::{dom, fetch};
use crate::ui::scope::Scope;
use crate::workers::link::{Event, Link, Scan, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::PictureResult;

/// Takes a whole payload. Returns whether reading goes on, since it was not what is looked for.
type Take = Box<dyn Fn(Vec<u8>) -> bool>;

/// The reading, as long as the screen is there.
pub(crate) struct Reader {
    place: Rc<Place>,
    camera: Camera,
    progress: Progress,
    feed: RefCell<Option<Feed>>,
    /// Pictures that were handed in and are not read yet.
    queue: RefCell<Queue<JsValue>>,
    link: OnceCell<Link<Scan>>,
    left: Cell<bool>,
    take: Take,
}

impl Reader {
    /// Starts to read in a place until `scope` ends. `start` opens the camera, `files` takes pictures and files. `take` is called
    /// with each payload and returns whether reading goes on.
    pub(crate) fn start(
        scope: &Scope,
        place: &Rc<Place>,
        progress: Progress,
        (start, files): (&EventTarget, &HtmlInputElement),
        take: impl Fn(Vec<u8>) -> bool + 'static,
    ) {
        let reader = Rc::new(Self {
            camera: Camera::new(place),
            progress,
            place: place.clone(),
            feed: RefCell::default(),
            queue: RefCell::default(),
            link: OnceCell::new(),
            left: Cell::new(false),
            take: Box::new(take),
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
        scope.click(start, move || opened.open());
        let changed = reader.clone();
        scope.on(&dom::window(), camera::CHANGED, move |_| {
            changed.feed.take();
            changed.camera.draw();
        });
        let (input, reading) = (files.clone(), reader.clone());
        scope.on(files, "change", move |_| {
            let chosen: Vec<JsValue> =
                input.files().map(|list| Array::from(&list).iter().collect()).unwrap_or_default();
            input.set_value("");
            spawn_local(sort(Rc::downgrade(&reading), chosen));
        });
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
        scope.leave(move || {
            reader.left.set(true);
            reader.feed.take();
            reader.camera.close();
        });
    }

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
                self.read(payload);
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

    /// Takes a whole payload. If it is not what is looked for, the other pictures that were handed in are read.
    fn read(&self, payload: Vec<u8>) {
        if !self.left.get() && (self.take)(payload) {
            self.resume();
        }
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

/// Takes what was chosen: a file that is a payload at once, pictures in their order.
async fn sort(reader: Weak<Reader>, chosen: Vec<JsValue>) {
    let mut pictures = Vec::new();
    for file in chosen {
        match payload_of(&file).await {
            Some(payload) => {
                if let Some(reader) = reader.upgrade() {
                    reader.read(payload);
                }
            }
            None => pictures.push(file),
        }
    }
    if let Some(reader) = reader.upgrade() {
        reader.pictures(pictures);
    }
}

/// The payload that a file is, if it is one and no picture of one.
#[allow(clippy::cast_precision_loss, reason = "65,536")]
async fn payload_of(file: &JsValue) -> Option<Vec<u8>> {
    let file: &Blob = file.dyn_ref()?;
    if file.size() > MAX_PAYLOAD as f64 {
        return None;
    }
    let bytes = fetch::blob(file).await?;
    envelope::inflate(&bytes).is_ok().then_some(bytes)
}
