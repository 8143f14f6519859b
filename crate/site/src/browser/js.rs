//! Small things that the browser has and web-sys lacks: timers that end when dropped, messages to workers,
//! and the ways to get at frames of a camera or video that are not in its stable part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlVideoElement, MediaStreamTrack};

use crate::browser::dom::window;

/// A timer, which ends when this is dropped.
#[must_use = "the timer ends when this is dropped"]
pub(crate) struct Timer {
    id: JsValue,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `act` once, after this many milliseconds.
    pub(crate) fn once(milliseconds: i32, act: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(act);
        Self { id: set_timeout(&closure, milliseconds), _closure: closure }
    }

    /// Calls `act` at an interval in milliseconds.
    pub(crate) fn every(milliseconds: i32, act: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(act);
        Self { id: set_interval(&closure, milliseconds), _closure: closure }
    }

    /// Does nothing any more. What it captured is freed when it is dropped.
    pub(crate) fn end(&self) {
        // One list holds both kinds of timer.
        clear_timeout(&self.id);
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.end();
    }
}

// web-sys keeps the number of a timer in 32 bits; a test's clock counts from 10^12.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(act: &Closure<dyn FnMut()>, milliseconds: i32) -> JsValue;

    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(act: &Closure<dyn FnMut()>, milliseconds: i32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// How many pictures a video has shown; `NaN` where the browser does not count them.
pub(crate) fn pictures(video: &HtmlVideoElement) -> f64 {
    let count = get(video, "getVideoPlaybackQuality").dyn_into::<Function>().ok();
    let quality = count.and_then(|count| count.call0(video).ok());
    quality.and_then(|quality| get(&quality, "totalVideoFrames").as_f64()).unwrap_or(f64::NAN)
}

/// A plain object, as messages to workers are.
pub(crate) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A property, or undefined.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is text, or nothing.
pub(crate) fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// Milliseconds since the page began; only for how long something took.
pub(crate) fn elapsed_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Copies text to the clipboard; false where the browser has none for this page.
pub(crate) fn copy(text: &str) -> bool {
    let clipboard = get(&window().navigator().into(), "clipboard");
    let Ok(write) = get(&clipboard, "writeText").dyn_into::<Function>() else {
        return false;
    };
    let Ok(promise) = write.call1(&clipboard, &text.into()) else {
        return false;
    };
    // A refusal is no fault of the page: the code can be selected and copied by hand.
    if let Ok(promise) = promise.dyn_into::<Promise>() {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
    true
}

#[wasm_bindgen]
extern "C" {
    /// Frames of a track as a stream (Chromium, Safari).
    pub(crate) type MediaStreamTrackProcessor;

    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(init: &JsValue) -> Result<MediaStreamTrackProcessor, JsValue>;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn readable(this: &MediaStreamTrackProcessor) -> JsValue;

    /// One picture of a video (Firefox too).
    pub(crate) type VideoFrame;

    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(video: &HtmlVideoElement) -> Result<VideoFrame, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn close(this: &VideoFrame) -> Result<(), JsValue>;
}

/// The newest frame only, as a stream that a worker can take.
pub(crate) fn frames_of(track: &MediaStreamTrack) -> Result<JsValue, JsValue> {
    let init = object(&[("track", track.into()), ("maxBufferSize", 1.into())]);
    Ok(MediaStreamTrackProcessor::new(&init)?.readable())
}

/// What a browser calls for the next frame; it must find itself to ask for the one after.
type Again = Option<Closure<dyn FnMut(f64, JsValue)>>;

/// A frame that a video showed.
#[derive(Clone, Copy)]
pub(crate) struct FrameShown {
    /// Its time in the video, in seconds.
    pub(crate) media_time: f64,
    /// Frames that the video showed so far.
    pub(crate) presented: f64,
}

impl FrameShown {
    /// Reads `VideoFrameCallbackMetadata`.
    fn of(metadata: &JsValue) -> Self {
        let number = |name| get(metadata, name).as_f64().unwrap_or_default();
        Self { media_time: number("mediaTime"), presented: number("presentedFrames") }
    }
}

/// Calls for each new frame of a video, until this is dropped.
#[must_use = "the calls end when this is dropped"]
pub(crate) struct VideoFrames {
    video: HtmlVideoElement,
    asked: Rc<Cell<Option<f64>>>,
    again: Rc<RefCell<Again>>,
}

impl VideoFrames {
    /// Returns `None` if the browser reports no frames.
    pub(crate) fn of(video: &HtmlVideoElement, act: impl Fn(FrameShown) + 'static) -> Option<Self> {
        let asked = Rc::new(Cell::new(None));
        let closure = Rc::new(RefCell::new(Again::None));
        let (source, mine, again) = (video.clone(), asked.clone(), Rc::downgrade(&closure));
        // Each request is for one frame only. The next is asked for first, so that none is missed.
        *closure.borrow_mut() = Some(Closure::<dyn FnMut(f64, JsValue)>::new(move |_, metadata: JsValue| {
            if let Some(again) = again.upgrade() {
                mine.set(again.borrow().as_ref().and_then(|act| next_frame(&source, act)));
                act(FrameShown::of(&metadata));
            }
        }));
        asked.set(closure.borrow().as_ref().and_then(|act| next_frame(video, act)));
        asked.get()?;
        Some(Self { video: video.clone(), asked, again: closure })
    }
}

impl Drop for VideoFrames {
    fn drop(&mut self) {
        if let (Some(asked), Ok(cancel)) =
            (self.asked.take(), get(&self.video, "cancelVideoFrameCallback").dyn_into::<Function>())
        {
            let _ = cancel.call1(&self.video, &asked.into());
        }
        // This may run inside that call: it ends after it.
        let again = self.again.clone();
        wasm_bindgen_futures::spawn_local(async move { drop(again) });
    }
}

fn next_frame(video: &HtmlVideoElement, act: &Closure<dyn FnMut(f64, JsValue)>) -> Option<f64> {
    let request = get(video, "requestVideoFrameCallback").dyn_into::<Function>().ok()?;
    request.call1(video, act.as_ref()).ok()?.as_f64()
}
