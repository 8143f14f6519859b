//! A video file instead of a camera: played without sound in the camera's place, its pictures read as a camera's are.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Element, HtmlVideoElement, Url};

use super::Handle;
use crate::scan::feed::Feed;
use crate::scan::progress::Line;
use crate::{dom, js};

/// Largest file, in bytes: minutes of what a phone records. The browser reads it from the disk piece by piece.
const MAX_BYTES: f64 = 200.0 * 1024.0 * 1024.0;
/// So much of a video is read, in seconds.
const MAX_SECONDS: f64 = 60.0;
/// How often it is looked at how far it is, in milliseconds.
const LOOK_EVERY_MS: i32 = 250;
/// A video that does not go on for so many looks, ten seconds, is given up.
const STALLED_LOOKS: u32 = 40;

/// The video that is being read.
pub(super) type Playing = RefCell<Option<Film>>;

/// A video while it is read; it ends when this is dropped.
pub(super) struct Film {
    video: HtmlVideoElement,
    address: String,
    feed: Option<Feed>,
    failed: Option<dom::Listener>,
    timer: Option<js::Timer>,
    at: f64,
    stalled: u32,
}

impl Film {
    /// Whether a file says that it is a video; whether it is one the browser finds out.
    pub(super) fn is_one(file: &JsValue) -> bool {
        file.dyn_ref::<Blob>().is_some_and(|file| file.type_().starts_with("video/"))
    }

    /// The worker is done with the last picture.
    pub(super) fn next(&self) {
        if let Some(feed) = &self.feed {
            feed.next();
        }
    }

    /// Whether it is over, and the worker has read its last picture.
    fn is_over(&self) -> bool {
        self.video.ended() && !self.feed.as_ref().is_some_and(Feed::is_busy)
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        self.feed.take();
        let _ = self.video.pause();
        let _ = self.video.remove_attribute("src");
        self.video.load();
        let _ = Url::revoke_object_url(&self.address);
        // This may run inside one of them.
        let ended = (self.failed.take(), self.timer.take());
        spawn_local(async move { drop(ended) });
        show(false);
    }
}

impl Handle {
    /// Listens to the button that ends the reading of a video.
    pub(super) fn listen_to_film(&self) {
        if let Some(button) = dom::by_id("film-stop") {
            let page = self.clone();
            dom::on(&button, "click", move |_| {
                if page.0.film.take().is_some() {
                    page.feed();
                    page.begin();
                    focus_stage();
                }
            })
            .forget();
        }
    }

    /// Reads a video file from its beginning.
    pub(super) fn play(&self, file: &JsValue) {
        self.0.film.take();
        let Some(file) = file.dyn_ref::<Blob>() else {
            return;
        };
        if file.size() > MAX_BYTES {
            return self.0.progress.say(Line::Warning("verify.video.too-large"));
        }
        let video = dom::by_id("film").and_then(|video| video.dyn_into::<HtmlVideoElement>().ok());
        let (Some(video), Some(link), Ok(address)) =
            (video, self.0.scan.get(), Url::create_object_url_with_blob(file))
        else {
            return self.0.progress.say(Line::Warning("verify.video.broken"));
        };
        // The camera's pictures and the video's would be taken for each other's.
        self.0.feed.take();
        self.0.progress.live(false);
        self.resume();
        let page = self.clone();
        let failed = dom::on(&video, "error", move |_| page.film_ended("verify.video.broken"));
        let page = self.clone();
        let timer = js::Timer::every(LOOK_EVERY_MS, move || page.look_at_film());
        // By markup alone a video is not muted, and one with sound does not begin by itself.
        video.set_muted(true);
        video.set_src(&address);
        let feed = Some(Feed::of_video(&video, link));
        let (failed, timer) = (Some(failed), Some(timer));
        let film = Film { video: video.clone(), address, feed, failed, timer, at: 0.0, stalled: 0 };
        *self.0.film.borrow_mut() = Some(film);
        show(true);
        draw(0.0, f64::NAN);
        self.0.progress.say(Line::Plain("verify.video.reading"));
        if let Ok(playing) = video.play() {
            // What hinders it comes as an error event too.
            spawn_local(async move {
                let _ = JsFuture::from(playing).await;
            });
        }
    }

    /// How far it is, and whether that is far enough.
    fn look_at_film(&self) {
        if !self.is_free() {
            // It was read.
            self.0.film.take();
            return self.feed();
        }
        let (at, over, stalled) = {
            let mut film = self.0.film.borrow_mut();
            let Some(film) = film.as_mut() else {
                return;
            };
            let at = film.video.current_time();
            film.stalled = if at > film.at { 0 } else { film.stalled + 1 };
            film.at = at;
            draw(at, film.video.duration());
            (at, film.is_over(), film.stalled)
        };
        if over {
            self.film_ended("verify.video.nothing");
        } else if at >= MAX_SECONDS {
            self.film_ended("verify.video.long");
        } else if stalled > STALLED_LOOKS {
            self.film_ended("verify.video.broken");
        }
    }

    /// It is over and nothing was whole.
    fn film_ended(&self, words: &'static str) {
        if self.0.film.take().is_none() || !self.is_free() {
            return;
        }
        let more = self.0.progress.more_of_video();
        self.feed();
        // No hint of the camera takes the place of this.
        self.0.progress.live(false);
        self.0.since.set(None);
        self.0.progress.say(more.unwrap_or(Line::Warning(words)));
    }
}

/// Puts the video in the camera's place, or takes it away.
fn show(shown: bool) {
    if let Some(scan) = dom::by_id("scan") {
        let _ = if shown { scan.set_attribute("data-film", "") } else { scan.remove_attribute("data-film") };
    }
    let had_focus = dom::document().active_element().is_some_and(|element| element.id() == "film-stop");
    for id in ["film", "film-state"] {
        if let Some(part) = dom::by_id(id) {
            dom::show(&part, shown);
        }
    }
    if had_focus && !shown {
        focus_stage();
    }
}

fn focus_stage() {
    if let Some(stage) = dom::by_id("stage") {
        dom::focus(&stage);
    }
}

/// Draws how far it is; a recording that was never finished does not say how long it is.
fn draw(at: f64, of: f64) {
    let Some(bar) = dom::by_id("film-at") else {
        return;
    };
    let _ = if of.is_finite() && of > 0.0 {
        let share = at / of.min(MAX_SECONDS);
        Element::set_attribute(&bar, "value", &format!("{:.3}", share.clamp(0.0, 1.0)))
    } else {
        bar.remove_attribute("value")
    };
}
