//! Where codes come from: the camera, a screen, pictures, a video; and what the worker that reads them says.

use wasm_bindgen::JsValue;

use super::Handle;
use super::film;
use super::pictures::Found;
use crate::browser::{dom, js};
use crate::scan::camera::{self, Condition};
use crate::scan::feed::Feed;
use crate::scan::progress::Line;
use crate::scan::queue::Next;
use crate::workers::link::{Event, Link, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::{Outcome, PictureResult};

impl Handle {
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
    pub(super) fn feed(&self) {
        let (Some(track), Some(video), Some(link)) =
            (self.0.camera.track(), camera::video(), self.0.scan.get())
        else {
            return;
        };
        // What was handed in is read first.
        if link.is_ready() && !self.0.queue.borrow().is_reading() {
            self.0.feed.take();
            *self.0.feed.borrow_mut() = Some(Feed::of_track(&track, &video, link));
        }
    }

    /// A camera or a screen was opened, if it could be.
    fn opened(&self) {
        self.feed();
        if self.is_free() && self.0.camera.track().is_some() && !self.0.queue.borrow().is_reading() {
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

    /// Whether codes are read now: nobody looks at a verdict, none is on its way, and no panel lies above the page.
    fn may_read(&self) -> bool {
        // A panel that was closed is not open from then on; its `close` event comes later.
        self.is_free() && dom::all("dialog[open]").is_empty()
    }

    /// Has the worker read or pause, as the page is now. Whatever changes [`Handle::may_read`] calls this.
    pub(super) fn settle(&self) {
        let may = self.may_read();
        if may == self.0.reading.get() {
            return self.read_on();
        }
        if may && self.0.queue.borrow().is_empty() {
            return self.resume();
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

    /// Reads codes from the beginning, as soon as they may be read.
    pub(super) fn resume(&self) {
        if self.0.film.end() {
            self.feed();
        }
        self.0.queue.borrow_mut().restart();
        if !self.may_read() {
            return self.settle();
        }
        self.0.reading.set(true);
        self.tell_scan(ToScan::Resume { keep: false });
        self.begin();
        self.read_on();
    }

    fn tell_scan(&self, message: ToScan) {
        if let Some(link) = self.0.scan.get() {
            link.send(message);
        }
    }

    /// Has the next of what was handed in read, once the last one is.
    pub(super) fn read_on(&self) {
        let Some(link) = self.0.scan.get().filter(|link| self.0.reading.get() && link.is_ready()) else {
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
                self.check(payload);
            }
        }
    }

    /// Says that pictures are being read; no hint of the camera takes the place of what becomes of them.
    fn say_pictures(&self, of: u32) {
        self.0.progress.live(false);
        self.0.progress.reading_picture(1, of);
    }

    pub(super) fn begin(&self) {
        self.0.since.set(None);
        if self.0.camera.condition() == Condition::Live {
            self.look();
        } else {
            self.0.progress.rest();
        }
    }

    pub(super) fn scanning(&self, event: Event<FromScan>) {
        match event {
            Event::Ready => {
                // A new worker reads, and from the beginning.
                self.0.reading.set(true);
                if self.is_free() {
                    self.begin();
                }
                self.settle();
                self.feed();
                if self.0.lost.take() {
                    self.0.progress.live(false);
                    self.0.progress.trouble(Trouble::Replaced);
                }
            }
            Event::Message(message) => self.scanned(message),
            Event::Trouble(Trouble::Replaced) => {
                self.0.feed.take();
                self.0.film.end();
                // A file that is passed over is told of until the next word.
                let lost = self.0.queue.borrow_mut().ended();
                self.0.lost.set(lost || self.0.lost.get());
                self.0.progress.trouble(Trouble::Replaced);
            }
            Event::Trouble(trouble) => {
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
            FromScan::Progress { progress: Json(report) } if self.is_free() => {
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
                if self.is_free() {
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
        if self.is_free() {
            self.started();
            if handed_in {
                self.0.queue.borrow_mut().finish();
            }
            self.check(payload);
        } else if handed_in {
            // Whatever else a camera sees meanwhile, it sees again.
            self.0.queue.borrow_mut().keep(payload);
            self.draw_waiting();
        }
        if film {
            self.feed();
        }
    }

    pub(super) fn started(&self) {
        if self.0.since.get().is_none() {
            self.0.since.set(Some(js::elapsed_ms()));
        }
    }

    /// Reads what was found: at once, or behind what is being read and judged already.
    pub(super) fn pictures(&self, found: Found) {
        let given: &[JsValue] = if let Found::Pictures(files) = &found { files } else { &[] };
        if self.0.trust.take(given) {
            return;
        }
        let files = match found {
            Found::Pictures(files) => files,
            Found::Nothing => return self.0.progress.say(Line::Warning("verify.paste.empty")),
            Found::NoFile => return self.0.progress.say(Line::Warning("verify.drop.empty")),
            Found::Refused => return self.0.progress.say(Line::Warning("verify.paste.denied")),
        };
        let (videos, pictures): (Vec<_>, Vec<_>) = files.into_iter().partition(film::is_one);
        let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        self.0.queue.borrow_mut().push_files(pictures, videos);
        // What was handed in takes the place of what was being typed.
        if self.0.markup.typed.root.open() {
            self.0.markup.typed.root.close();
        }
        self.hand_in();
        // The worker that will read them may still be loading.
        let waits = self.is_free() && !self.0.queue.borrow().is_reading();
        if waits && count > 0 && self.0.scan.get().is_some_and(|link| link.end().is_none()) {
            self.say_pictures(count);
        }
    }

    /// Judges a payload that was typed: at once, or behind what is being read and judged already.
    pub(super) fn typed(&self, payload: Vec<u8>) {
        if !self.is_free() {
            self.0.queue.borrow_mut().push_payload(payload);
            return self.draw_waiting();
        }
        self.started();
        self.check(payload);
    }

    /// Something was handed in and waits in the queue.
    fn hand_in(&self) {
        if self.0.open.borrow().is_some() {
            // Who hands in the next one has seen the verdict on the last one.
            self.next();
        } else {
            // The verdict on the last one may be on its way: it is seen first.
            self.settle();
        }
        if let Some(end) = self.0.scan.get().and_then(Link::end) {
            self.0.queue.borrow_mut().clear();
            self.0.progress.trouble(end);
        }
    }
}
