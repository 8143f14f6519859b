//! What was handed in: files that are read one after the other, and payloads that were typed.

use protocol::received::{MAX_RECEIVED, OtherCode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::lacking::{ALONE, BESIDE, Lacking};
use super::{Event, Reading, film};
use crate::browser::{dom, fetch};
use crate::scan::progress::Line;
use crate::scan::queue::{Left, Next, Whole};
use crate::ui::i18n::fill;
use crate::ui::words;
use crate::workers::link::{Link, Scan};
use crate::workers::messages::ToScan;
use crate::workers::scan::PictureResult;

/// Whether these bytes begin as an SVG picture or a page does, and no presentation.
fn is_markup(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

impl Reading {
    /// Whether anything that was handed in waits until the verdict is taken away.
    pub(in crate::verify) fn waits(&self) -> bool {
        self.0.queue.borrow().waits()
    }

    /// Drops everything that was handed in.
    pub(in crate::verify) fn clear(&self) {
        self.0.queue.borrow_mut().clear();
        self.forget_begun();
    }

    /// What was begun is lost.
    pub(super) fn forget_begun(&self) {
        self.0.begun.take();
        self.0.said.take();
        self.0.lacking.take();
    }

    /// What is said beside a verdict of what was handed in with it and could not be read whole.
    pub(in crate::verify) fn lacking(&self) -> Option<String> {
        let lacking = self.0.lacking.get()?;
        if let Lacking::Other(Some(code)) = lacking {
            return Some(words::other(code));
        }
        let (key, values) = lacking.sentence(BESIDE);
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Some(fill(key, &values))
    }

    /// Files that were handed in together: they are read at once, or behind what is read and judged already; before
    /// pictures that were read in vain so far.
    pub(in crate::verify) fn hand_in(&self, files: Vec<JsValue>) {
        if self.0.free.get() && self.0.queue.borrow().is_empty() {
            // It was said of the files before.
            self.0.lacking.take();
        }
        let (videos, pictures): (Vec<_>, Vec<_>) = files.into_iter().partition(film::is_one);
        let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        let nothing_begun = self.0.begun.get().is_nothing();
        self.0.queue.borrow_mut().push_files(pictures, videos, nothing_begun);
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
    pub(in crate::verify) fn type_in(&self, payload: Vec<u8>) {
        self.take(Whole::Payload(payload));
    }

    /// Text that was pasted or dropped: the digits of a scanner gun, or whatever else is a presentation.
    pub(in crate::verify) fn paste(&self, text: &str) {
        match optical::text::decode(text.trim()) {
            Ok(payload) => self.type_in(payload),
            Err(_) => self.receive(text.as_bytes().to_vec()),
        }
    }

    /// The bytes of text or of a file: as [`Reading::type_in`].
    fn receive(&self, bytes: Vec<u8>) {
        if bytes.len() > MAX_RECEIVED {
            return self.lacks(Lacking::Other(Some(OtherCode::Size)));
        }
        self.take(Whole::Received(bytes));
    }

    fn take(&self, whole: Whole) {
        if self.0.free.get() {
            self.judge(whole);
        } else {
            self.0.queue.borrow_mut().push_whole(whole);
            self.tell(Event::Waits);
        }
    }

    fn judge(&self, whole: Whole) {
        self.started();
        self.tell(match whole {
            Whole::Payload(payload) => Event::Payload { payload, handed_in: true },
            Whole::Received(bytes) => Event::Received(bytes),
        });
    }

    /// What was received is no presentation, and nothing was judged; `free` as in [`Reading::settle`].
    pub(in crate::verify) fn received_other(&self, other: Option<OtherCode>, free: bool) {
        self.0.since.set(None);
        // What was handed in with it may be judged next: then it is said beside that verdict, too.
        let more = !self.0.queue.borrow().is_empty() || self.0.opening.get() > 0;
        self.settle(free);
        self.lacks(Lacking::Other(other));
        if more {
            self.0.lacking.set(Some(Lacking::Other(other)));
        }
    }

    /// Has the next of what was handed in read, once the last one is. While a payload is judged or its verdict is shown,
    /// that is the next of the pictures that were handed in with it.
    pub(super) fn read_on(&self) {
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
            Some(Next::Whole(whole)) => self.judge(whole),
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

    /// A payload was read: it is judged, or waits. What else was handed in with it may show another one.
    pub(super) fn whole(&self, payload: Vec<u8>, still: bool) {
        let film = self.0.films.is_on();
        let handed_in = film || still;
        if handed_in {
            self.0.queue.borrow_mut().found();
        }
        if self.0.free.get() && (self.may_read() || !handed_in) {
            self.started();
            self.tell(Event::Payload { payload, handed_in });
        } else if handed_in {
            // Whatever else a camera sees meanwhile, it sees again.
            self.0.queue.borrow_mut().keep(payload);
            self.tell(Event::Waits);
        }
        self.read_beside();
    }

    /// The result of picture `index` of `of`.
    pub(super) fn picture(&self, result: PictureResult, (index, of): (u32, u32)) {
        let rest = self.0.queue.borrow().has_rest();
        let file = self.0.queue.borrow().reading_file();
        let left = if result == PictureResult::Paused {
            self.0.queue.borrow_mut().not_read();
            Left::More
        } else if result == PictureResult::Unsupported {
            self.0.queue.borrow_mut().no_picture()
        } else {
            self.0.queue.borrow_mut().read()
        };
        if left == Left::Done {
            self.rest_ended();
        } else if self.0.free.get() && !rest {
            let begun = self.0.begun.get();
            let several = begun.codes > 1 || begun.too_many;
            match result {
                // What it is instead is said when that is known.
                PictureResult::Unsupported => {}
                PictureResult::Read(..) if index == of && several => self.say_lacking(Lacking::Codes(begun)),
                _ => self.0.progress.picture(result, index, of),
            }
        }
        self.read_on();
        self.feed();
        if let Some(file) = file.filter(|_| result == PictureResult::Unsupported) {
            self.document(file);
        }
    }

    /// A file that is no picture may be a presentation in whatever it was saved in.
    fn document(&self, file: JsValue) {
        let small = |file: &Blob| file.size() <= MAX_RECEIVED as f64;
        let Some(file) = file.dyn_into::<Blob>().ok().filter(small) else {
            return self.lacks(Lacking::Other(None));
        };
        let there = self.clone();
        self.0.opening.set(self.0.opening.get() + 1);
        spawn_local(async move {
            let bytes = fetch::blob(&file).await;
            there.0.opening.set(there.0.opening.get() - 1);
            match bytes {
                Some(bytes) if !is_markup(&bytes) => there.receive(bytes),
                _ => there.lacks(Lacking::Other(None)),
            }
        });
    }

    /// Beside a verdict what is left of a video is read on, unless a panel lies above the page.
    pub(super) fn read_beside(&self) {
        if self.0.free.get() || !self.0.queue.borrow().is_reading_rest_of_video() {
            return;
        }
        if dom::all("dialog[open]").is_empty() {
            self.0.films.go_on();
            self.tell_scan(ToScan::Resume { keep: true });
        } else {
            self.0.films.hold();
            self.tell_scan(ToScan::Pause {});
        }
    }

    /// Says what could not be read whole.
    pub(super) fn say_lacking(&self, lacking: Lacking) {
        let (key, values) = lacking.sentence(ALONE);
        // No hint of the camera takes the place of this.
        self.0.progress.live(false);
        self.0.progress.say(match lacking {
            Lacking::Codes(begun) if !begun.too_many => Line::Filled(key, values),
            Lacking::Other(Some(code)) => Line::Other(code),
            _ => Line::Warning(key),
        });
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
    pub(super) fn leave_film(&self) {
        if self.stop_film() {
            self.feed();
            self.begin();
            dom::focus(&self.0.markup.stage);
            self.read_on();
        }
    }

    /// Ends the reading of a video and of those that were handed in with it. Returns whether one was being read.
    pub(super) fn stop_film(&self) -> bool {
        let rest = self.0.queue.borrow().has_rest();
        let stopped = self.0.films.end();
        if stopped {
            self.0.queue.borrow_mut().finish();
            self.pause_beside();
        }
        if stopped && rest {
            self.forget_rest();
        }
        stopped
    }

    /// The rest of what was handed in was read. What else it showed was judged or waits, or lacks frames: that is said, once.
    fn rest_ended(&self) {
        let begun = self.0.begun.get();
        let again = self.0.said.replace(begun) == begun;
        if begun.is_nothing() || again {
            self.forget_rest();
            if self.0.reading.get() {
                self.begin();
            }
        } else {
            if self.0.reading.get() {
                self.tell_scan(ToScan::Forget {});
                self.begin();
            }
            self.lacks(Lacking::Codes(begun));
        }
    }

    /// Says what could not be read whole: at once, or beside the verdict and after it.
    fn lacks(&self, lacking: Lacking) {
        if self.0.reading.get() {
            self.say_lacking(lacking);
        } else {
            self.0.lacking.set(Some(lacking));
            self.tell(Event::Waits);
        }
    }

    /// No video is read beside a verdict any more: what a camera shows meanwhile is not read.
    fn pause_beside(&self) {
        if !self.0.reading.get() {
            self.tell_scan(ToScan::Pause {});
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

    /// A video is at its end. What was not read of it may complete a code.
    pub(super) fn film_at_end(&self, words: &'static str) {
        let wanted = !self.0.queue.borrow().is_reading_rest_of_video() || !self.0.begun.get().is_nothing();
        match wanted.then(|| self.0.films.again()).flatten() {
            Some(line) if self.0.free.get() => {
                self.0.progress.live(false);
                self.0.progress.say(line);
            }
            Some(_) => {}
            None => self.0.films.ended(words),
        }
    }

    /// A video, of `of` that were handed in together, could not be read or made nothing whole.
    pub(super) fn film_over(&self, words: &'static str, of: u32) {
        let rest = self.0.queue.borrow().is_reading_rest_of_video();
        let left = self.0.queue.borrow_mut().read();
        self.pause_beside();
        match left {
            Left::Nothing => self.films_ended(words, of),
            Left::Done => {
                self.feed();
                self.rest_ended();
            }
            Left::More => {}
        }
        if rest && words != film::NOTHING {
            self.lacks(Lacking::Video);
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
}
