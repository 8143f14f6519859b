//! Video files instead of a camera: played without sound in the camera's place, one after the other, their pictures
//! read as a camera's are.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlElement, HtmlVideoElement, Url};

use crate::browser::dom;
use crate::scan::feed::Feed;
use crate::scan::pace::Pace;
use crate::scan::place::Place;
use crate::scan::progress::Line;
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;
use crate::workers::link::{Link, Scan};

/// Largest file, in bytes: minutes of what a phone records. The browser reads it from the disk piece by piece.
const MAX_BYTES: f64 = 200.0 * 1024.0 * 1024.0;
/// Length of a video that is read at most, in seconds.
const MAX_SECONDS: f64 = 60.0;
/// Interval of progress checks, in milliseconds.
const LOOK_EVERY_MS: i32 = 250;
/// Progress checks without progress (ten seconds) after which a video is abandoned.
const STALLED_LOOKS: u32 = 40;

/// The sentence for a video that was read to its end and made nothing whole.
pub(super) const NOTHING: &str = "verify.video.nothing";

/// An event of the reading of videos.
pub(super) enum Event {
    /// A video is at its end, or at the longest that is read: why, as the key of a sentence.
    End(&'static str),
    /// A video is over and made nothing whole: why, as the key of a sentence, and how many were handed in together.
    Over(&'static str, u32),
    /// The person ends the reading of it.
    Stop,
}

/// The reading of videos, one at a time.
#[derive(Clone)]
pub(super) struct Films(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    place: Rc<Place>,
    tell: OnceCell<Box<dyn Fn(Event)>>,
    film: RefCell<Option<Film>>,
    /// Whether nothing is read for now.
    held: Cell<bool>,
    /// Counts the videos that were begun.
    number: Cell<u32>,
}

impl Films {
    /// Plays nothing yet.
    pub(super) fn new(markup: &Rc<Markup>, place: &Rc<Place>) -> Self {
        Self(Rc::new(Inner {
            markup: markup.clone(),
            place: place.clone(),
            tell: OnceCell::new(),
            film: RefCell::default(),
            held: Cell::default(),
            number: Cell::default(),
        }))
    }

    /// Listens to the button that stops a video; `tell` is called with each event.
    pub(super) fn start(&self, scope: &Scope, tell: impl Fn(Event) + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
        let there = self.clone();
        scope.click(&self.0.markup.film_stop, move || there.tell(Event::Stop));
    }

    fn tell(&self, event: Event) {
        if let Some(tell) = self.0.tell.get() {
            tell(event);
        }
    }

    /// Whether a video is being read.
    pub(super) fn is_on(&self) -> bool {
        self.0.film.borrow().is_some()
    }

    /// The number of the video that was begun last.
    pub(super) fn number(&self) -> u32 {
        self.0.number.get()
    }

    /// Ends the reading of the video. Returns whether one was being read.
    pub(super) fn end(&self) -> bool {
        self.0.film.take().is_some()
    }

    /// Stops where it is, while nothing is read.
    pub(super) fn hold(&self) {
        self.0.held.set(true);
        if let Some(film) = self.0.film.borrow().as_ref() {
            let _ = film.video.pause();
        }
    }

    /// Goes on from there. Returns what to say of it, if a video is being read.
    pub(super) fn go_on(&self) -> Option<Line> {
        self.0.held.set(false);
        let film = self.0.film.borrow();
        let film = film.as_ref()?;
        play(&film.video);
        Some(film.line())
    }

    /// The worker is done with the last picture.
    pub(super) fn next(&self) {
        if let Some(feed) = self.0.film.borrow().as_ref().and_then(|film| film.feed.as_ref()) {
            feed.next();
        }
    }

    /// Begins to read a video, number `place.0` of `place.1` that were handed in together. Returns what to say of it.
    ///
    /// # Errors
    /// Fails with the key of a sentence if it cannot be played.
    pub(super) fn play(
        &self,
        file: &JsValue,
        place: (u32, u32),
        link: &Link<Scan>,
    ) -> Result<Line, &'static str> {
        let file = file.dyn_ref::<Blob>().ok_or("verify.video.broken")?;
        if file.size() > MAX_BYTES {
            return Err("verify.video.too-large");
        }
        let address = Url::create_object_url_with_blob(file).map_err(|_| "verify.video.broken")?;
        let (markup, scope) = (self.0.markup.clone(), Scope::new());
        let video = markup.film.clone();
        let there = self.clone();
        scope.on(&video, "error", move |_| there.ended("verify.video.broken"));
        let there = self.clone();
        scope.every(LOOK_EVERY_MS, move || there.look());
        // By markup alone a video is not muted, and one with sound does not begin by itself.
        video.set_muted(true);
        video.set_src(&address);
        show(&markup, true);
        draw(&markup.film_at, 0.0, f64::NAN);
        play(&video);
        let feed = Some(Feed::of_file(&video, &self.0.place, link));
        let film =
            Film { markup, video, _scope: scope, address, feed, place, at: 0.0, long: false, stalled: 0 };
        let line = film.line();
        self.0.held.set(false);
        self.0.number.set(self.0.number.get().wrapping_add(1));
        *self.0.film.borrow_mut() = Some(film);
        Ok(line)
    }

    /// How far it is, and whether that is far enough.
    fn look(&self) {
        if self.0.held.get() {
            return;
        }
        let (over, long, stalled) = {
            let mut film = self.0.film.borrow_mut();
            let Some(film) = film.as_mut() else {
                return;
            };
            let at = film.video.current_time();
            let held = film.video.paused() && !film.video.ended();
            film.stalled = if at > film.at || held { 0 } else { film.stalled + 1 };
            film.at = at;
            draw(&film.markup.film_at, at, film.video.duration());
            let long = at >= MAX_SECONDS;
            film.long |= long;
            (long || film.is_over(), film.long, film.stalled)
        };
        if over {
            self.tell(Event::End(if long { "verify.video.long" } else { NOTHING }));
        } else if stalled > STALLED_LOOKS {
            self.ended("verify.video.broken");
        }
    }

    /// Plays again what was not read of a video that is at its end, more slowly. Returns what to say of it; `None` if all was
    /// read.
    pub(super) fn again(&self) -> Option<Line> {
        let film = self.0.film.borrow();
        let film =
            film.as_ref().filter(|film| film.feed.as_ref().and_then(Feed::pace).is_some_and(Pace::again))?;
        play(&film.video);
        Some(Line::Plain("verify.video.again"))
    }

    /// A video is over and nothing was whole: the next one may complete it.
    pub(super) fn ended(&self, words: &'static str) {
        let stop = &self.0.markup.film_stop;
        let stopping = dom::has_focus(stop);
        let Some(film) = self.0.film.take() else {
            return;
        };
        let of = film.place.1;
        drop(film);
        self.tell(Event::Over(words, of));
        if stopping && self.is_on() {
            dom::focus(stop);
        }
    }
}

/// A video while it is read; it ends when this is dropped.
struct Film {
    markup: Rc<Markup>,
    video: HtmlVideoElement,
    /// What ends with it.
    _scope: Scope,
    address: String,
    feed: Option<Feed>,
    /// Which of the videos that were handed in together it is, and how many those are.
    place: (u32, u32),
    at: f64,
    /// Whether it is longer than what is read.
    long: bool,
    stalled: u32,
}

/// Whether a file says that it is a video; whether it is one the browser finds out.
pub(super) fn is_one(file: &JsValue) -> bool {
    file.dyn_ref::<Blob>().is_some_and(|file| file.type_().starts_with("video/"))
}

impl Film {
    /// Whether it is over, and the worker has read its last picture.
    fn is_over(&self) -> bool {
        let again = self.feed.as_ref().and_then(Feed::pace).is_some_and(Pace::is_over);
        (self.video.ended() || again) && !self.feed.as_ref().is_some_and(Feed::is_busy)
    }

    /// That it is being read, and which of several it is.
    fn line(&self) -> Line {
        let (index, of) = self.place;
        if of < 2 {
            return Line::Plain("verify.video.reading");
        }
        Line::Filled("verify.video.reading.of", vec![("index", index.to_string()), ("of", of.to_string())])
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        self.feed.take();
        let _ = self.video.pause();
        let _ = self.video.remove_attribute("src");
        self.video.load();
        let _ = Url::revoke_object_url(&self.address);
        show(&self.markup, false);
    }
}

fn play(video: &HtmlVideoElement) {
    if let Ok(playing) = video.play() {
        // What hinders it comes as an error event too.
        spawn_local(async move {
            let _ = JsFuture::from(playing).await;
        });
    }
}

/// Puts the video in the camera's place, or takes it away.
fn show(markup: &Markup, shown: bool) {
    dom::mark(&markup.scan, "data-film", shown);
    let had_focus = dom::has_focus(&markup.film_stop);
    dom::show(&markup.film, shown);
    dom::show(&markup.film_state, shown);
    if had_focus && !shown {
        dom::focus(&markup.stage);
    }
}

/// Draws how far it is; a recording that was never finished does not say how long it is.
fn draw(bar: &HtmlElement, at: f64, of: f64) {
    let _ = if of.is_finite() && of > 0.0 {
        let share = at / of.min(MAX_SECONDS);
        bar.set_attribute("value", &format!("{:.3}", share.clamp(0.0, 1.0)))
    } else {
        bar.remove_attribute("value")
    };
}
