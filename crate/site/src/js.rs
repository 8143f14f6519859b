//! Small things that the browser has and web-sys lacks: timers that end when dropped, messages to workers,
//! and the two ways to get at camera frames that are not in its stable part.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlVideoElement, MediaStreamTrack};

use crate::dom::window;

/// A timer, which ends when this is dropped.
#[must_use = "the timer ends when this is dropped"]
pub(crate) struct Timer {
    id: JsValue,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `act` once, after so many milliseconds.
    pub(crate) fn once(milliseconds: i32, act: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(act);
        Self { id: set_timeout(&closure, milliseconds), _closure: closure }
    }

    /// Calls `act` every so many milliseconds.
    pub(crate) fn every(milliseconds: i32, act: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(act);
        Self { id: set_interval(&closure, milliseconds), _closure: closure }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // One list holds both kinds of timer.
        clear_timeout(&self.id);
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
    let Ok(write) = get(&clipboard, "writeText").dyn_into::<js_sys::Function>() else {
        return false;
    };
    let Ok(promise) = write.call1(&clipboard, &text.into()) else {
        return false;
    };
    // A refusal is no fault of the page: the code can be selected and copied by hand.
    if let Ok(promise) = promise.dyn_into::<js_sys::Promise>() {
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
