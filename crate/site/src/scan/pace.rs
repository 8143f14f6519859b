//! Which parts of a video file were not read, and playing them again.
//!
//! A camera's code comes round again; a recording may show a picture once. A device that reads slowly misses pictures at the
//! speed of the video: these parts are played again, more slowly.

use std::cell::Cell;

use web_sys::HtmlVideoElement;

use crate::browser::js::FrameShown;

/// The longest part of a video between two pictures that are read, in seconds: two pictures of thirty a second.
const GAP: f64 = 0.07;
/// How many times as slowly it is played each time.
const SLOWER: f64 = 4.0;
/// The slowest that browsers play.
const SLOWEST: f64 = 1.0 / 16.0;

/// A picture of the video, and how many there were up to it.
#[derive(Clone, Copy, Default)]
struct Picture {
    /// Its time in the video, in seconds.
    at: f64,
    /// Pictures that the video showed.
    shown: f64,
    /// Pictures that the browser left out.
    dropped: u32,
}

/// From the last picture before the first part that was not read to the first one after the last such part, in seconds.
#[derive(Clone, Copy)]
struct Missed {
    from: f64,
    to: f64,
}

/// The pace of one video.
pub(crate) struct Pace {
    video: HtmlVideoElement,
    /// The newest picture that the video showed.
    newest: Cell<Picture>,
    /// The newest picture that was read.
    read: Cell<Picture>,
    missed: Cell<Option<Missed>>,
    /// Where it may end when it is played again, in seconds.
    until: Cell<Option<f64>>,
}

impl Pace {
    pub(crate) fn new(video: &HtmlVideoElement) -> Self {
        Self {
            video: video.clone(),
            newest: Cell::default(),
            read: Cell::default(),
            missed: Cell::default(),
            until: Cell::default(),
        }
    }

    /// The video shows another picture.
    pub(crate) fn shown(&self, frame: FrameShown) {
        let dropped = self.video.get_video_playback_quality().dropped_video_frames();
        self.newest.set(Picture { at: frame.media_time, shown: frame.presented, dropped });
    }

    /// The newest picture is being read.
    pub(crate) fn read(&self) {
        let (newest, before) = (self.newest.get(), self.read.replace(self.newest.get()));
        let dropped = f64::from(newest.dropped.saturating_sub(before.dropped));
        let missed = newest.shown - before.shown - 1.0 + dropped >= 1.0 && newest.at - before.at > GAP;
        if missed && !self.video.seeking() {
            self.note(before.at, newest.at);
        }
    }

    /// Notes what is behind the last picture that was read, which may be all of a short video.
    fn note_end(&self) {
        let (read, end) = (self.read.get(), self.video.current_time());
        let all = f64::from(self.video.get_video_playback_quality().total_video_frames());
        if all > read.shown + f64::from(read.dropped) && end - read.at > GAP {
            self.note(read.at, end);
        }
    }

    fn note(&self, from: f64, to: f64) {
        let from = self.missed.get().map_or(from, |missed| missed.from.min(from));
        self.missed.set(Some(Missed { from, to }));
    }

    /// Whether the parts that are played again are over.
    pub(crate) fn is_over(&self) -> bool {
        self.until.get().is_some_and(|until| self.read.get().at > until)
    }

    /// Goes back to what was not read and plays more slowly from there. Returns false if all was read, or if browsers do not
    /// play more slowly.
    pub(crate) fn again(&self) -> bool {
        let rate = self.video.playback_rate();
        self.note_end();
        let Some(Missed { from, to }) = self.missed.take().filter(|_| rate > SLOWEST) else {
            return false;
        };
        self.until.set(Some(to));
        self.read.set(Picture { at: from, ..self.newest.get() });
        self.video.set_current_time(from);
        self.video.set_playback_rate((rate / SLOWER).max(SLOWEST));
        true
    }
}
