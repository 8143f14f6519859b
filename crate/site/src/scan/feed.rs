//! Pictures to the scanning worker, by the cheapest way that the browser has:
//!
//! | `data-feed` | way |
//! |---|---|
//! | `track` | the track's own stream of frames, handed to the worker: the page does nothing for a picture |
//! | `frame` | one frame of the video at a time, handed over when the worker is done with the last |
//! | `canvas` | its pixels, read here through a canvas, in the same way: milliseconds each, for browsers without the others |
//!
//! The newest picture only: nothing waits in a queue. A camera, a shared screen and a video file are alike:
//! a track, a video that shows it, or both.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStreamTrack};

use super::pace::Pace;
use super::place::Place;
use crate::browser::dom;
use crate::browser::js::{self, Timer, VideoFrame, VideoFrames};
use crate::browser::trial;
use crate::workers::link::{Link, Scan};
use crate::workers::messages::{Handed, ToScan};

/// Polling interval of the video in milliseconds, if the browser has no frame callback.
const LOOK_EVERY_MS: i32 = 33;

/// Pictures on their way to the worker; they stop when this is dropped.
pub(crate) struct Feed {
    link: Link<Scan>,
    pictures: Option<Rc<Pictures>>,
    _frames: Option<VideoFrames>,
    _timer: Option<Timer>,
}

impl Feed {
    /// Starts with this track (a camera's, a shared screen's), which the video shows.
    pub(crate) fn of_track(track: &MediaStreamTrack, place: &Rc<Place>, link: &Link<Scan>) -> Self {
        // Of a canvas in a frame Chromium leaves pictures unclosed in the stream's page.
        if !trial::is_on() && stream(track, link) {
            note(place, "track");
            return Self { link: link.clone(), pictures: None, _frames: None, _timer: None };
        }
        Self::of_video(&place.video, place, link, None)
    }

    /// Starts with what this video file shows while it plays, and notes what of it is not read.
    pub(crate) fn of_file(video: &HtmlVideoElement, place: &Rc<Place>, link: &Link<Scan>) -> Self {
        Self::of_video(video, place, link, Some(Pace::new(video)))
    }

    fn of_video(video: &HtmlVideoElement, place: &Rc<Place>, link: &Link<Scan>, pace: Option<Pace>) -> Self {
        let pictures = Rc::new(Pictures {
            place: place.clone(),
            link: link.clone(),
            video: video.clone(),
            busy: Cell::new(false),
            fresh: Cell::new(false),
            handles: Cell::new(true),
            canvas: RefCell::default(),
            pace,
        });
        let arrived = pictures.clone();
        let frames = VideoFrames::of(video, move |frame| {
            if let Some(pace) = &arrived.pace {
                pace.shown(frame);
            }
            arrived.arrived();
        });
        let timer = frames.is_none().then(|| {
            let arrived = pictures.clone();
            Timer::every(LOOK_EVERY_MS, move || arrived.arrived())
        });
        Self { link: link.clone(), pictures: Some(pictures), _frames: frames, _timer: timer }
    }

    /// The worker is done with the last picture.
    pub(crate) fn next(&self) {
        if let Some(pictures) = &self.pictures {
            pictures.busy.set(false);
            pictures.send();
        }
    }

    /// The pace of a video file.
    pub(crate) fn pace(&self) -> Option<&Pace> {
        self.pictures.as_ref()?.pace.as_ref()
    }

    /// Whether the worker still has a picture; never known of a track.
    pub(crate) fn is_busy(&self) -> bool {
        self.pictures.as_ref().is_some_and(|pictures| pictures.busy.get())
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.link.send(ToScan::Stop {});
    }
}

/// The pictures of a video, one at a time.
struct Pictures {
    place: Rc<Place>,
    link: Link<Scan>,
    video: HtmlVideoElement,
    /// Whether the worker still has the last picture.
    busy: Cell<bool>,
    /// Whether the video shows a picture that was not sent.
    fresh: Cell<bool>,
    /// Whether this browser hands frames over as they are.
    handles: Cell<bool>,
    canvas: RefCell<Option<HtmlCanvasElement>>,
    pace: Option<Pace>,
}

impl Pictures {
    fn arrived(&self) {
        self.fresh.set(true);
        self.send();
    }

    /// Sends the picture that the video shows now, unless it went already or the worker is busy.
    fn send(&self) {
        if self.busy.get() || !self.fresh.get() || !self.link.is_ready() || self.video.ready_state() < 2 {
            return;
        }
        self.fresh.set(false);
        if self.handles.get() && self.frame() {
            note(&self.place, "frame");
            self.busy.set(true);
        } else {
            self.handles.set(false);
            note(&self.place, "canvas");
            self.busy.set(self.pixels().unwrap_or(false));
        }
        if let Some(pace) = self.pace.as_ref().filter(|_| self.busy.get()) {
            pace.read();
        }
    }

    fn frame(&self) -> bool {
        let Ok(frame) = VideoFrame::new(&self.video) else {
            return false;
        };
        let handle: &JsValue = frame.as_ref();
        let sent = self.link.send(ToScan::Frame { frame: Handed(handle.clone()) });
        if !sent {
            let _ = frame.close();
        }
        sent
    }

    fn pixels(&self) -> Option<bool> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        if width == 0 || height == 0 {
            return None;
        }
        let mut canvas = self.canvas.borrow_mut();
        let canvas = match &mut *canvas {
            Some(canvas) => canvas,
            none => none.insert(dom::document().create_element("canvas").ok()?.dyn_into().ok()?),
        };
        // Another size is another canvas behind it.
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let often = js::object(&[("willReadFrequently", true.into())]);
        let context = canvas.get_context_with_context_options("2d", &often).ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        context.draw_image_with_html_video_element(&self.video, 0.0, 0.0).ok()?;
        let image = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
        let buffer = js::get(&js::get(&image, "data"), "buffer");
        Some(self.link.send(ToScan::Pixels { pixels: Handed(buffer), width, height }))
    }
}

fn stream(track: &MediaStreamTrack, link: &Link<Scan>) -> bool {
    let Ok(readable) = js::frames_of(track) else {
        return false;
    };
    link.send(ToScan::Stream { readable: Handed(readable) })
}

/// Notes the way of the pictures in `data-feed`, for tests and support.
fn note(place: &Place, way: &str) {
    if place.scan.get_attribute("data-feed").as_deref() != Some(way) {
        let _ = place.scan.set_attribute("data-feed", way);
    }
}
