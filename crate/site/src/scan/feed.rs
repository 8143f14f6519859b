//! Camera pictures to the scanning worker, by the cheapest way that the browser has:
//!
//! 1. the track's own stream of frames, handed to the worker;
//! 2. one frame of the video at a time, handed over when the worker is done with the last;
//! 3. the pixels of a canvas, in the same way.
//!
//! The newest picture only: nothing waits in a queue.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, MediaStreamTrack};

use super::camera::video;
use super::link::Link;
use crate::dom;
use crate::js::{self, Timer, VideoFrame};

/// How often the video is looked at where its frames do not come by themselves, in milliseconds.
const LOOK_EVERY_MS: i32 = 33;

/// Pictures on their way to the worker; they stop when this is dropped.
pub(crate) struct Feed {
    link: Link,
    /// Whether the worker still has the last picture.
    busy: Rc<Cell<bool>>,
    _timer: Option<Timer>,
}

impl Feed {
    /// Starts with this track.
    pub(crate) fn start(track: &MediaStreamTrack, link: &Link) -> Self {
        let busy = Rc::new(Cell::new(false));
        if stream(track, link) {
            return Self { link: link.clone(), busy, _timer: None };
        }
        let (to, taken) = (link.clone(), busy.clone());
        let mut frames = true;
        let mut canvas = None;
        let timer = Timer::every(LOOK_EVERY_MS, move || {
            if taken.get() || !to.is_ready() {
                return;
            }
            frames = frames && frame(&to);
            taken.set(frames || pixels(&to, &mut canvas));
        });
        Self { link: link.clone(), busy, _timer: Some(timer) }
    }

    /// The worker is done with the last picture.
    pub(crate) fn next(&self) {
        self.busy.set(false);
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.link.send(&js::object(&[("kind", "stop".into())]));
    }
}

fn stream(track: &MediaStreamTrack, link: &Link) -> bool {
    let Ok(readable) = js::frames_of(track) else {
        return false;
    };
    let message = js::object(&[("kind", "stream".into()), ("readable", readable.clone())]);
    link.send_with(&message, &Array::of1(&readable))
}

fn frame(link: &Link) -> bool {
    let Some(video) = video().filter(|video| video.ready_state() >= 2) else {
        return false;
    };
    let Ok(frame) = VideoFrame::new(&video) else {
        return false;
    };
    let handle: &JsValue = frame.as_ref();
    let sent = link
        .send_with(&js::object(&[("kind", "frame".into()), ("frame", handle.clone())]), &Array::of1(handle));
    if !sent {
        let _ = frame.close();
    }
    sent
}

fn pixels(link: &Link, canvas: &mut Option<HtmlCanvasElement>) -> bool {
    draw(link, canvas).unwrap_or(false)
}

fn draw(link: &Link, canvas: &mut Option<HtmlCanvasElement>) -> Option<bool> {
    let video = video().filter(|video| video.video_width() > 0)?;
    let canvas = match canvas {
        Some(canvas) => canvas,
        None => canvas.insert(dom::document().create_element("canvas").ok()?.dyn_into().ok()?),
    };
    let (width, height) = (video.video_width(), video.video_height());
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_video_element(&video, 0.0, 0.0).ok()?;
    let image = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
    let buffer = js::get(&js::get(&image, "data"), "buffer");
    let message = js::object(&[
        ("kind", "pixels".into()),
        ("pixels", buffer.clone()),
        ("width", width.into()),
        ("height", height.into()),
    ]);
    Some(link.send_with(&message, &Array::of1(&buffer)))
}
