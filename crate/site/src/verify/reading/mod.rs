//! Reads codes: a camera, a screen, pictures and videos, and what the worker that reads them says. A payload goes up to the
//! page, which says when the next one may be read.

mod film;
mod live;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use self::film::Films;
use self::live::Live;
use crate::browser::{dom, js};
use crate::scan::camera::{self, Camera, Condition};
use crate::scan::place::Place;
use crate::scan::progress::{Line, Progress};
use crate::scan::queue::{Left, Next, Queue};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;
use crate::workers::link::{self, Link, Scan, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::{Outcome, PictureResult};

/// An event of the reading.
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

    /// Whether anything that was handed in waits until the verdict is taken away.
    pub(super) fn waits(&self) -> bool {
        self.0.queue.borrow().waits()
    }

    /// Drops everything that was handed in.
    pub(super) fn clear(&self) {
        self.0.queue.borrow_mut().clear();
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
        let may = self.may_read();
        if may == self.0.reading.get() {
            return self.read_on();
        }
        if may && (self.0.anew.get() || self.0.queue.borrow().is_empty()) {
            return self.begin_anew();
        }
        self.0.reading.set(may);
        if may {
            // What was read of it so far still counts.
            self.tell_scan(ToScan::Resume { keep: true });
            if let Some(line) = self.0.films.go_on() {
                self.0.progress.say(line);
            }
            self.read_on();
        } else {
            self.0.films.hold();
            self.tell_scan(ToScan::Pause {});
            self.read_on();
        }
    }

    /// Reads codes from the beginning, as soon as they may be read; `free` as in [`Reading::settle`].
    pub(super) fn resume(&self, free: bool) {
        self.0.free.set(free);
        self.begin_anew();
    }

    fn begin_anew(&self) {
        if self.0.films.end() {
            self.feed();
        }
        self.0.queue.borrow_mut().restart();
        if !self.may_read() {
            return self.adapt();
        }
        self.0.reading.set(true);
        // Of a rest it is known which payloads were whole.
        let keep = self.0.queue.borrow().has_rest();
        self.0.anew.set(false);
        self.tell_scan(ToScan::Resume { keep });
        self.begin();
        self.read_on();
    }

    fn tell_scan(&self, message: ToScan) {
        if let Some(link) = self.0.link.get() {
            link.send(message);
        }
    }

    /// Has the next of what was handed in read, once the last one is. While a payload is judged or its verdict is shown,
    /// that is the next of the pictures that were handed in with it.
    fn read_on(&self) {
        let Some(link) = self.0.link.get().filter(|link| link.is_ready()) else {
            return;
        };
        let next = if self.0.reading.get() {
            self.0.queue.borrow_mut().next()
        } else if !self.0.free.get() {
            self.0.queue.borrow_mut().next_of_rest()
        } else {
            None
        };
        match next {
            None => {}
            Some(Next::Picture(file, index, of)) => {
                // The camera may see another code.
                self.0.live.stop();
                if self.0.free.get() {
                    self.started();
                    self.say_picture(index, of);
                }
                let rest = self.0.queue.borrow().has_rest();
                link.send(ToScan::Picture { file, index, of, rest });
            }
            Some(Next::Video(file, index, of)) => self.play(&file, (index, of), link),
            Some(Next::Payload(payload)) => {
                self.started();
                self.tell(Event::Payload(payload));
            }
        }
    }

    /// Says that the first of several pictures is being read; no hint of the camera takes the place of what becomes of
    /// them. What is said of one stays until the next one was read, but for the rest of a batch: of that nothing is said.
    fn say_picture(&self, index: u32, of: u32) {
        if index == 1 || self.0.queue.borrow().has_rest() {
            self.0.progress.live(false);
            self.0.progress.reading_picture(index, of);
        }
    }

    fn begin(&self) {
        self.0.since.set(None);
        if self.camera().condition() == Condition::Live {
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
                self.0.live.stop();
                self.0.films.end();
                // That a file was skipped is said once the new worker is ready.
                let lost = self.0.queue.borrow_mut().ended();
                self.0.lost.set(lost || self.0.lost.get());
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
            FromScan::Payload { payload, still } => {
                // By itself it reads nothing more.
                self.0.reading.set(false);
                self.whole(payload, still);
            }
            FromScan::Progress { progress: Json(report) } if self.0.free.get() => {
                if report.state == Outcome::Receiving {
                    self.started();
                }
                if let Some(hint) = report.hint {
                    self.camera().heed(hint);
                }
                self.0.progress.report(&report);
            }
            FromScan::Picture { index, of, result: Json(result) } => {
                let rest = self.0.queue.borrow().has_rest();
                let left = if result == PictureResult::Paused {
                    self.0.queue.borrow_mut().not_read();
                    Left::More
                } else {
                    self.0.queue.borrow_mut().read()
                };
                if left == Left::Done {
                    self.rest_ended();
                } else if self.0.free.get() && !rest {
                    self.0.progress.picture(result, index, of);
                }
                self.read_on();
                self.feed();
            }
            _ => {}
        }
    }

    /// A payload was read: it is judged, or waits. What else was handed in with it may show another one.
    fn whole(&self, payload: Vec<u8>, still: bool) {
        let film = self.0.films.end();
        let handed_in = film || still;
        if handed_in {
            self.0.queue.borrow_mut().found();
        }
        if self.0.free.get() && (self.may_read() || !handed_in) {
            self.started();
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

    /// Reads a video, number `place.0` of `place.1` that were handed in together.
    fn play(&self, video: &JsValue, place: (u32, u32), link: &Link<Scan>) {
        // The camera's pictures and the video's would be confused.
        self.0.live.stop();
        match self.0.films.play(video, place, link) {
            Ok(line) => {
                // No hint of the camera takes the place of what is said of videos.
                self.0.progress.live(false);
                self.0.progress.say(line);
            }
            Err(words) => self.film_over(words, place.1),
        }
    }

    /// The person ends the reading of a video, and goes back to the camera.
    fn leave_film(&self) {
        if self.stop_film() {
            self.feed();
            self.begin();
            dom::focus(&self.0.markup.stage);
            self.read_on();
        }
    }

    /// Ends the reading of a video and of those that were handed in with it. Returns whether one was being read.
    fn stop_film(&self) -> bool {
        let rest = self.0.queue.borrow().has_rest();
        let stopped = self.0.films.end();
        if stopped {
            self.0.queue.borrow_mut().finish();
        }
        if stopped && rest {
            self.forget_rest();
        }
        stopped
    }

    /// The rest of what was handed in was read. It showed nothing more, or that was judged or waits.
    fn rest_ended(&self) {
        self.forget_rest();
        if self.0.reading.get() {
            self.begin();
        }
    }

    /// From now on a code that was whole in a rest is read again.
    fn forget_rest(&self) {
        if self.0.reading.get() {
            self.tell_scan(ToScan::Resume { keep: false });
        } else {
            self.0.anew.set(true);
        }
    }

    /// A video, of `of` that were handed in together, could not be read or made nothing whole.
    fn film_over(&self, words: &'static str, of: u32) {
        let left = self.0.queue.borrow_mut().read();
        match left {
            Left::Nothing => self.films_ended(words, of),
            Left::Done => {
                self.feed();
                self.rest_ended();
            }
            Left::More => {}
        }
        self.read_on();
    }

    /// The last video is over and nothing was whole.
    fn films_ended(&self, words: &'static str, of: u32) {
        let more = self.0.progress.more_of_video();
        self.feed();
        if !self.0.free.get() {
            return;
        }
        // No hint of the camera takes the place of this.
        self.0.progress.live(false);
        self.0.since.set(None);
        let words = if of > 1 { "verify.video.none" } else { words };
        self.0.progress.say(more.unwrap_or(Line::Warning(words)));
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
            self.say_picture(1, count);
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
