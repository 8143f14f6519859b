//! Where codes come from: the camera, a screen, pictures, a video; and what the worker that reads them says.

use wasm_bindgen::JsValue;

use super::Handle;
use super::film;
use super::pictures::Found;
use crate::browser::js;
use crate::scan::camera::{self, Condition};
use crate::scan::feed::Feed;
use crate::scan::progress::Line;
use crate::workers::link::{Event, Trouble};
use crate::workers::messages::{FromScan, Json, ToScan};
use crate::workers::scan::Outcome;

impl Handle {
    pub(super) async fn open_camera(&self) {
        self.0.feed.take();
        self.0.film.end();
        self.0.camera.open().await;
        self.feed();
    }

    /// Pictures of a screen or window take the place of a camera's.
    pub(super) async fn open_screen(&self) {
        match self.0.camera.open_screen().await {
            Ok(()) => {
                self.0.film.end();
                self.feed();
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
        // A video is read to its end first.
        if self.0.film.is_on() {
            return;
        }
        if link.is_ready() {
            self.0.feed.take();
            *self.0.feed.borrow_mut() = Some(Feed::of_track(&track, &video, link));
        }
        if self.is_free() {
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

    /// Reads no codes while another panel is open.
    pub(super) fn pause(&self) {
        self.0.film.hold();
        if let Some(link) = self.0.scan.get() {
            link.send(ToScan::Pause {});
        }
    }

    /// Reads codes again after it was closed.
    pub(super) fn go_on(&self) {
        if !self.is_free() {
            return;
        }
        if !self.0.film.go_on() {
            return self.resume();
        }
        // What it showed so far still counts.
        if let Some(link) = self.0.scan.get() {
            link.send(ToScan::Resume { keep: true });
        }
        self.0.progress.say(self.0.film.line());
    }

    /// Reads codes again, from the beginning.
    pub(super) fn resume(&self) {
        if let Some(link) = self.0.scan.get() {
            link.send(ToScan::Resume { keep: false });
        }
        self.begin();
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
                // A new worker reads from the beginning. It is not told to: pictures may wait in it already.
                if self.is_free() {
                    self.begin();
                } else if let Some(link) = self.0.scan.get() {
                    link.send(ToScan::Pause {});
                }
                self.feed();
            }
            Event::Message(message) => self.scanned(message),
            Event::Trouble(trouble) => {
                if trouble == Trouble::Replaced {
                    self.0.feed.take();
                    self.0.film.end();
                }
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
            FromScan::Payload { payload } if self.is_free() => {
                self.started();
                self.check(payload);
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
            FromScan::Picture { index, of, result: Json(result) } if self.is_free() => {
                self.0.progress.picture(result, index, of);
                // Then come the videos that were chosen with the pictures.
                if index == of && self.0.film.is_waiting() {
                    self.play();
                }
            }
            _ => {}
        }
    }

    pub(super) fn started(&self) {
        if self.0.since.get().is_none() {
            self.0.since.set(Some(js::elapsed_ms()));
        }
    }

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
        if self.0.open.borrow().is_some() {
            self.next();
        }
        let Some(link) = self.0.scan.get() else {
            return;
        };
        let (videos, pictures): (Vec<_>, Vec<_>) = files.into_iter().partition(film::is_one);
        if self.0.film.end() {
            self.feed();
        }
        self.0.film.line_up(videos);
        if pictures.is_empty() {
            self.begin();
            return self.play();
        }
        self.started();
        // What becomes of them is said until the next code; no hint of the camera takes its place.
        self.0.progress.live(false);
        let of = link.send_pictures(pictures);
        self.0.progress.reading_picture(1, of);
    }
}
