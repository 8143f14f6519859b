//! Reads codes: a camera, a screen, pictures and videos, and what the worker that reads them says. A payload goes up to the
//! page, which says when the next one may be read.

mod film;
mod handed;
mod lacking;
mod live;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use self::film::Films;
use self::lacking::Lacking;
use self::live::Live;
use crate::browser::{dom, js};
use crate::scan::camera::{self, Camera};
use crate::scan::place::Place;
use crate::scan::progress::{Line, Progress};
use crate::scan::queue::Queue;
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;
use crate::workers::link::{self, Link, Scan, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::{Begun, Outcome, Report};

/// An event of the reading.
pub(super) enum Event {
    /// A payload is whole, and nothing else is judged or shown.
    Payload {
        /// The payload.
        payload: Vec<u8>,
        /// Whether a person handed it in; otherwise a camera saw it.
        handed_in: bool,
    },
    /// The same of what was pasted or is in a file: what it is has to be found out.
    Received(Vec<u8>),
    /// Something else was handed in while a payload is judged or a verdict is shown.
    Waits,
}

/// The reading of codes.
#[derive(Clone)]
pub(super) struct Reading(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    tell: OnceCell<Box<dyn Fn(Event)>>,
    link: OnceCell<Link<Scan>>,
    live: Live,
    progress: Progress,
    films: Films,
    /// What was handed in and is not read yet.
    queue: RefCell<Queue<JsValue>>,
    /// Whether no payload is judged and no verdict is shown.
    free: Cell<bool>,
    /// Whether the worker was told to read.
    reading: Cell<bool>,
    /// Whether a rest ended while nothing was read: what the worker remembers of it is not wanted any more.
    anew: Cell<bool>,
    /// Whether a file was skipped on which the worker ended twice, and this is not said yet.
    lost: Cell<bool>,
    /// Whether a worker was ready before.
    was_ready: Cell<bool>,
    /// Codes of which some frames were read and others are missing, as the worker said last.
    begun: Cell<Begun>,
    /// What was said to lack frames.
    said: Cell<Begun>,
    /// How many files that are no pictures are being opened.
    opening: Cell<u32>,
    /// What was handed in with what is judged or shown and could not be read whole.
    lacking: Cell<Option<Lacking>>,
    /// When the first frame of what is being read came.
    since: Cell<Option<f64>>,
}

impl Reading {
    /// Reads nothing before [`Reading::start`].
    pub(super) fn new(markup: &Rc<Markup>) -> Self {
        let place = Rc::new(Place::from(&**markup));
        let progress = Progress::new(&place);
        Self(Rc::new(Inner {
            markup: markup.clone(),
            live: Live::new(&place, &progress),
            progress,
            films: Films::new(markup, &place),
            tell: OnceCell::new(),
            link: OnceCell::new(),
            queue: RefCell::default(),
            free: Cell::new(true),
            reading: Cell::default(),
            anew: Cell::default(),
            lost: Cell::default(),
            was_ready: Cell::default(),
            begun: Cell::default(),
            said: Cell::default(),
            opening: Cell::default(),
            lacking: Cell::default(),
            since: Cell::default(),
        }))
    }

    /// Starts the worker; `tell` is called with each event.
    pub(super) fn start(&self, scope: &Scope, tell: impl Fn(Event) + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
        let there = self.clone();
        let _ = self.0.link.set(Link::start(move |event| there.scanning(event)));
        let there = self.clone();
        scope.on(&dom::window(), camera::CHANGED, move |_| {
            there.close_camera();
            there.camera().draw();
        });
        let there = self.clone();
        self.0.films.start(scope, move |event| match event {
            film::Event::End(words) => there.film_at_end(words),
            film::Event::Over(words, of) => there.film_over(words, of),
            film::Event::Stop => there.leave_film(),
        });
    }

    fn tell(&self, event: Event) {
        if let Some(tell) = self.0.tell.get() {
            tell(event);
        }
    }

    /// The camera.
    pub(super) fn camera(&self) -> &Camera {
        &self.0.live.camera
    }

    /// What is said of the reading.
    pub(super) fn progress(&self) -> &Progress {
        &self.0.progress
    }

    /// Writes the words of the camera and of the progress again.
    pub(super) fn draw(&self) {
        self.camera().draw();
        self.0.progress.draw();
    }

    /// Milliseconds since the first frame of the payload that is judged; the next one is timed anew.
    pub(super) fn took_ms(&self) -> f64 {
        self.0.since.take().map_or(0.0, |since| js::elapsed_ms() - since)
    }

    pub(super) async fn open_camera(&self) {
        self.0.live.stop();
        self.stop_film();
        self.camera().open().await;
        self.opened();
    }

    /// Pictures of a screen or window take the place of a camera's.
    pub(super) async fn open_screen(&self) {
        let before = self.0.films.number();
        match self.camera().open_screen().await {
            Ok(()) => {
                // A video that was handed in while the person chose is read first.
                if self.0.films.number() == before {
                    self.stop_film();
                }
                self.opened();
            }
            Err(why) => self.0.progress.say(Line::Warning(why)),
        }
    }

    pub(super) fn close_camera(&self) {
        self.0.live.close();
    }

    /// Sends pictures to the worker, once both the camera and the worker are ready.
    fn feed(&self) {
        // What was handed in is read first.
        if let Some(link) = self.0.link.get().filter(|link| link.is_ready())
            && !self.0.queue.borrow().is_reading()
        {
            self.0.live.feed(link);
        }
    }

    /// A camera or a screen was opened, if it could be.
    fn opened(&self) {
        self.feed();
        if self.0.free.get() && self.camera().track().is_some() && !self.0.queue.borrow().is_reading() {
            self.0.live.look();
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
        let (may, reads) = (self.may_read(), self.0.reading.get());
        if may && !reads && (self.0.anew.get() || self.0.queue.borrow().is_empty()) {
            return self.begin_anew();
        }
        if may != reads {
            self.0.reading.set(may);
            if may {
                // What was read of it so far still counts.
                self.tell_scan(ToScan::Resume { keep: true });
                if let Some(line) = self.0.films.go_on() {
                    self.0.progress.say(line);
                }
            } else {
                self.0.films.hold();
                self.tell_scan(ToScan::Pause {});
            }
        }
        self.read_beside();
        self.read_on();
    }

    /// Reads codes from the beginning, as soon as they may be read; `free` as in [`Reading::settle`].
    pub(super) fn resume(&self, free: bool) {
        self.0.free.set(free);
        self.begin_anew();
    }

    fn begin_anew(&self) {
        let film = self.0.queue.borrow().is_reading_rest_of_video();
        if !film && self.0.films.end() {
            self.feed();
        }
        self.0.queue.borrow_mut().restart();
        if !self.may_read() {
            return self.adapt();
        }
        self.0.reading.set(true);
        let lacking = self.0.lacking.take();
        let begun = matches!(lacking, Some(Lacking::Codes(_)));
        if begun {
            self.tell_scan(ToScan::Forget {});
        }
        // Of a rest it is known which payloads were whole.
        let keep = begun || self.0.queue.borrow().has_rest();
        self.0.anew.set(false);
        self.tell_scan(ToScan::Resume { keep });
        self.begin();
        if let Some(line) = self.0.films.go_on().filter(|_| film) {
            self.0.progress.live(false);
            self.0.progress.say(line);
        }
        if let Some(lacking) = lacking {
            self.say_lacking(lacking);
        }
        self.read_on();
    }

    fn tell_scan(&self, message: ToScan) {
        if let Some(link) = self.0.link.get() {
            link.send(message);
        }
    }

    fn begin(&self) {
        self.0.since.set(None);
        if self.camera().is_open() {
            self.0.live.look();
        } else {
            self.0.progress.rest();
        }
    }

    fn scanning(&self, event: link::Event<FromScan>) {
        match event {
            link::Event::Ready => {
                // A new worker reads, and from the beginning.
                self.0.reading.set(true);
                // What was told while the first worker was loading stays.
                let told = !self.0.was_ready.replace(true) && self.0.progress.has_told();
                if self.0.free.get() && !told {
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
                self.0.live.stop();
                self.0.films.end();
                // That a file was skipped is said once the new worker is ready.
                let lost = self.0.queue.borrow_mut().ended();
                self.0.lost.set(lost || self.0.lost.get());
                self.forget_begun();
                self.0.progress.trouble(Trouble::Replaced);
            }
            link::Event::Trouble(trouble) => {
                self.0.queue.borrow_mut().clear();
                self.0.films.end();
                self.0.progress.trouble(trouble);
            }
        }
    }

    fn scanned(&self, message: FromScan) {
        match message {
            FromScan::Next {} => {
                self.0.live.next();
                self.0.films.next();
            }
            FromScan::Payload { payload, still, begun: Json(begun) } => {
                self.0.begun.set(begun);
                // By itself it reads nothing more.
                self.0.reading.set(false);
                self.whole(payload, still);
            }
            FromScan::Progress { progress: Json(report), begun: Json(begun) } => {
                self.0.begun.set(begun);
                if self.0.free.get() {
                    self.report(&report);
                }
            }
            FromScan::Picture { index, of, result: Json(result), begun: Json(begun) } => {
                self.0.begun.set(begun);
                self.picture(result, (index, of));
            }
        }
    }

    /// What one picture did, while nothing is judged or shown.
    fn report(&self, report: &Report) {
        if report.state == Outcome::Receiving {
            self.started();
        }
        if let Some(hint) = report.hint {
            self.camera().heed(hint);
        }
        self.0.progress.report(report);
    }

    fn started(&self) {
        if self.0.since.get().is_none() {
            self.0.since.set(Some(js::elapsed_ms()));
        }
    }
}
