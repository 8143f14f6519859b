//! Reads codes: a camera, a screen, pictures and videos, and what the worker that reads them says. A payload goes up to the
//! page, which says when the next one may be read.

mod film;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::Markup;
use crate::browser::{dom, js};
use crate::scan::camera::{self, Camera, Condition};
use crate::scan::feed::Feed;
use crate::scan::place::Place;
use crate::scan::progress::{Line, Progress};
use crate::scan::queue::{Next, Queue};
use crate::ui::scope::Scope;
use crate::workers::link::{self, Link, Scan, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::{Outcome, PictureResult};

/// What the page hears.
pub(super) enum Event {
    /// A payload is whole, and nothing else is judged or shown.
    Payload(Vec<u8>),
    /// Something else was handed in while a payload is judged or a verdict is shown.
    Waits,
}

/// The reading of codes.
#[derive(Clone)]
pub(super) struct Reading(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    place: Rc<Place>,
    tell: OnceCell<Box<dyn Fn(Event)>>,
    link: OnceCell<Link<Scan>>,
    camera: Camera,
    progress: Progress,
    feed: RefCell<Option<Feed>>,
    film: film::Playing,
    /// What was handed in and is not read yet.
    queue: RefCell<Queue<JsValue>>,
    /// Whether no payload is judged and no verdict is shown.
    free: Cell<bool>,
    /// Whether the worker was told to read.
    reading: Cell<bool>,
    /// Whether the worker ended on something that was handed in, and nobody said so yet.
    lost: Cell<bool>,
    /// When the first frame of what is being read came.
    since: Cell<Option<f64>>,
}

impl Reading {
    /// Reads nothing before [`Reading::start`].
    pub(super) fn new(markup: &Rc<Markup>) -> Self {
        let place = Rc::new(Place::from(&**markup));
        Self(Rc::new(Inner {
            markup: markup.clone(),
            camera: Camera::new(&place),
            progress: Progress::new(&place),
            place,
            tell: OnceCell::new(),
            link: OnceCell::new(),
            feed: RefCell::default(),
            film: film::Playing::default(),
            queue: RefCell::default(),
            free: Cell::new(true),
            reading: Cell::default(),
            lost: Cell::default(),
            since: Cell::default(),
        }))
    }

    /// Starts the worker; `tell` hears of payloads.
    pub(super) fn start(&self, scope: &Scope, tell: impl Fn(Event) + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
        let there = self.clone();
        let _ = self.0.link.set(Link::start(move |event| there.scanning(event)));
        let there = self.clone();
        scope.on(&dom::window(), camera::CHANGED, move |_| {
            there.close_camera();
            there.0.camera.draw();
        });
        self.listen_to_film(scope);
    }

    fn tell(&self, event: Event) {
        if let Some(tell) = self.0.tell.get() {
            tell(event);
        }
    }

    /// The camera.
    pub(super) fn camera(&self) -> &Camera {
        &self.0.camera
    }

    /// What is said of the reading.
    pub(super) fn progress(&self) -> &Progress {
        &self.0.progress
    }

    /// Writes the words of the camera and of the progress again.
    pub(super) fn draw(&self) {
        self.0.camera.draw();
        self.0.progress.draw();
    }

    /// Milliseconds since the first frame of the payload that is judged; the next one is timed anew.
    pub(super) fn took_ms(&self) -> f64 {
        self.0.since.take().map_or(0.0, |since| js::elapsed_ms() - since)
    }

    /// Whether anything that was handed in is not read yet.
    pub(super) fn waits(&self) -> bool {
        !self.0.queue.borrow().is_empty()
    }

    /// Drops everything that was handed in.
    pub(super) fn clear(&self) {
        self.0.queue.borrow_mut().clear();
    }

    pub(super) async fn open_camera(&self) {
        self.0.feed.take();
        self.stop_film();
        self.0.camera.open().await;
        self.opened();
    }

    /// Pictures of a screen or window take the place of a camera's.
    pub(super) async fn open_screen(&self) {
        let before = self.0.film.number();
        match self.0.camera.open_screen().await {
            Ok(()) => {
                // A video that was handed in while the person chose is read first.
                if self.0.film.number() == before {
                    self.stop_film();
                }
                self.opened();
            }
            Err(why) => self.0.progress.say(Line::Warning(why)),
        }
    }

    pub(super) fn close_camera(&self) {
        self.0.feed.take();
        if self.0.camera.condition() == Condition::Live {
            self.0.camera.close();
        }
        self.0.progress.live(false);
        self.0.progress.rest();
    }

    /// Pictures to the worker, once both the camera and the worker are there.
    fn feed(&self) {
        let (Some(track), Some(link)) = (self.0.camera.track(), self.0.link.get()) else {
            return;
        };
        // What was handed in is read first.
        if link.is_ready() && !self.0.queue.borrow().is_reading() {
            self.0.feed.take();
            *self.0.feed.borrow_mut() = Some(Feed::of_track(&track, &self.0.place, link));
        }
    }

    /// A camera or a screen was opened, if it could be.
    fn opened(&self) {
        self.feed();
        if self.0.free.get() && self.0.camera.track().is_some() && !self.0.queue.borrow().is_reading() {
            self.look();
        }
    }

    /// Says that the camera, or the screen, looks for a code.
    fn look(&self) {
        // Nobody holds a screen.
        self.0.progress.live(!self.0.camera.is_screen());
        if self.0.camera.is_screen() {
            self.0.progress.rest();
            self.0.progress.say(Line::Plain("verify.screen.looking"));
        } else {
            self.0.progress.looking();
        }
    }

    /// Whether codes are read now: no payload is judged, no verdict shown, and no panel lies above the page.
    fn may_read(&self) -> bool {
        // A panel that was closed is not open from then on; its `close` event comes later.
        self.0.free.get() && dom::all("dialog[open]").is_empty()
    }

    /// Has the worker read or pause, as the page is now; `free` says whether no payload is judged and no verdict shown.
    /// The page calls this whenever that changes, or a panel was opened or closed.
    pub(super) fn settle(&self, free: bool) {
        self.0.free.set(free);
        self.adapt();
    }

    fn adapt(&self) {
        let may = self.may_read();
        if may == self.0.reading.get() {
            return self.read_on();
        }
        if may && self.0.queue.borrow().is_empty() {
            return self.begin_anew();
        }
        self.0.reading.set(may);
        if may {
            // What was read of it so far still counts.
            self.tell_scan(ToScan::Resume { keep: true });
            if let Some(line) = self.0.film.go_on() {
                self.0.progress.say(line);
            }
            self.read_on();
        } else {
            self.0.film.hold();
            self.tell_scan(ToScan::Pause {});
        }
    }

    /// Reads codes from the beginning, as soon as they may be read; `free` as in [`Reading::settle`].
    pub(super) fn resume(&self, free: bool) {
        self.0.free.set(free);
        self.begin_anew();
    }

    fn begin_anew(&self) {
        if self.0.film.end() {
            self.feed();
        }
        self.0.queue.borrow_mut().restart();
        if !self.may_read() {
            return self.adapt();
        }
        self.0.reading.set(true);
        self.tell_scan(ToScan::Resume { keep: false });
        self.begin();
        self.read_on();
    }

    fn tell_scan(&self, message: ToScan) {
        if let Some(link) = self.0.link.get() {
            link.send(message);
        }
    }

    /// Has the next of what was handed in read, once the last one is.
    fn read_on(&self) {
        let Some(link) = self.0.link.get().filter(|link| self.0.reading.get() && link.is_ready()) else {
            return;
        };
        let next = self.0.queue.borrow_mut().next();
        match next {
            None => {}
            Some(Next::Picture(file, index, of)) => {
                // A camera may see somebody else.
                self.0.feed.take();
                self.started();
                if index == 1 {
                    self.say_pictures(of);
                }
                link.send(ToScan::Picture { file, index, of });
            }
            Some(Next::Video(file, index, of)) => self.play(&file, (index, of)),
            Some(Next::Payload(payload)) => {
                self.started();
                self.tell(Event::Payload(payload));
            }
        }
    }

    /// Says that pictures are being read; no hint of the camera takes the place of what becomes of them.
    fn say_pictures(&self, of: u32) {
        self.0.progress.live(false);
        self.0.progress.reading_picture(1, of);
    }

    fn begin(&self) {
        self.0.since.set(None);
        if self.0.camera.condition() == Condition::Live {
            self.look();
        } else {
            self.0.progress.rest();
        }
    }

    fn scanning(&self, event: link::Event<FromScan>) {
        match event {
            link::Event::Ready => {
                // A new worker reads, and from the beginning.
                self.0.reading.set(true);
                if self.0.free.get() {
                    self.begin();
                }
                self.adapt();
                self.feed();
                if self.0.lost.take() {
                    self.0.progress.live(false);
                    self.0.progress.trouble(Trouble::Replaced);
                }
            }
            link::Event::Message(message) => self.scanned(message),
            link::Event::Trouble(Trouble::Replaced) => {
                self.0.feed.take();
                self.0.film.end();
                // A file that is passed over is told of until the next word.
                let lost = self.0.queue.borrow_mut().ended();
                self.0.lost.set(lost || self.0.lost.get());
                self.0.progress.trouble(Trouble::Replaced);
            }
            link::Event::Trouble(trouble) => {
                self.0.queue.borrow_mut().clear();
                self.0.film.end();
                self.0.progress.trouble(trouble);
            }
        }
    }

    fn scanned(&self, message: FromScan) {
        match message {
            FromScan::Next {} => {
                if let Some(feed) = self.0.feed.borrow().as_ref() {
                    feed.next();
                }
                self.0.film.next();
            }
            FromScan::Payload { payload, still } => {
                // By itself it reads nothing more.
                self.0.reading.set(false);
                self.whole(payload, still);
            }
            FromScan::Progress { progress: Json(report) } if self.0.free.get() => {
                if report.state == Outcome::Receiving {
                    self.started();
                }
                if let Some(hint) = &report.hint {
                    self.0.camera.heed(hint);
                }
                self.0.progress.report(&report);
            }
            FromScan::Picture { index, of, result: Json(result) } => {
                if result == PictureResult::Paused {
                    self.0.queue.borrow_mut().not_read();
                } else {
                    self.0.queue.borrow_mut().read();
                }
                if self.0.free.get() {
                    self.0.progress.picture(result, index, of);
                }
                self.read_on();
                self.feed();
            }
            _ => {}
        }
    }

    /// A payload was read: it is judged, and what else was handed in with it is not needed.
    fn whole(&self, payload: Vec<u8>, still: bool) {
        let film = self.0.film.end();
        let handed_in = film || still;
        if self.0.free.get() {
            self.started();
            if handed_in {
                self.0.queue.borrow_mut().finish();
            }
            self.tell(Event::Payload(payload));
        } else if handed_in {
            // Whatever else a camera sees meanwhile, it sees again.
            self.0.queue.borrow_mut().keep(payload);
            self.tell(Event::Waits);
        }
        if film {
            self.feed();
        }
    }

    fn started(&self) {
        if self.0.since.get().is_none() {
            self.0.since.set(Some(js::elapsed_ms()));
        }
    }

    /// Files that were handed in together: they are read at once, or behind what is read and judged already.
    pub(super) fn hand_in(&self, files: Vec<JsValue>) {
        let (videos, pictures): (Vec<_>, Vec<_>) = files.into_iter().partition(film::is_one);
        let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        self.0.queue.borrow_mut().push_files(pictures, videos);
        self.adapt();
        if let Some(end) = self.0.link.get().and_then(Link::end) {
            self.0.queue.borrow_mut().clear();
            return self.0.progress.trouble(end);
        }
        if !self.0.free.get() {
            return self.tell(Event::Waits);
        }
        // The worker that will read them may still be loading.
        if count > 0 && !self.0.queue.borrow().is_reading() {
            self.say_pictures(count);
        }
    }

    /// A payload that was typed: it is judged at once, or behind what is read and judged already.
    pub(super) fn type_in(&self, payload: Vec<u8>) {
        if self.0.free.get() {
            self.started();
            self.tell(Event::Payload(payload));
        } else {
            self.0.queue.borrow_mut().push_payload(payload);
            self.tell(Event::Waits);
        }
    }
}
