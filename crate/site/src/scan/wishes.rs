//! What is asked of a camera or screen, and what an open camera says that it can.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use crate::browser::{js, trial};

/// Asks for a camera: with `large`, for pictures as wide as helps with a small code and still are read within a frame's
/// time. That is a wish: a camera that has less gives what it has.
/// Zoom is used where the camera offers it, and not asked for: Chromium asks the person for a permission of its own.
pub(super) async fn ask(
    devices: &MediaDevices,
    device: Option<&str>,
    large: bool,
) -> Result<MediaStream, JsValue> {
    if let Some(wallet) = trial::camera() {
        return Ok(wallet);
    }
    let ideal = |value: JsValue| js::object(&[("ideal", value)]);
    let mut wishes = vec![match device {
        Some(id) => ("deviceId", js::object(&[("exact", id.into())])),
        None => ("facingMode", ideal("environment".into())),
    }];
    if large {
        wishes.extend(
            [("width", 1920), ("height", 1080), ("frameRate", 30)].map(|(n, v)| (n, ideal(v.into()))),
        );
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::FALSE);
    constraints.set_video(&js::object(&wishes));
    let promise = devices.get_user_media_with_constraints(&constraints)?;
    JsFuture::from(promise).await?.dyn_into()
}

/// Asks for a screen or window, in pictures that are read within a frame's time.
pub(super) async fn ask_screen(devices: &MediaDevices) -> Result<MediaStream, JsValue> {
    let ask: Function = js::get(devices, "getDisplayMedia").dyn_into()?;
    let bounds = [("width", "max", 2560), ("height", "max", 1600), ("frameRate", "ideal", 30)];
    let video = bounds.map(|(name, kind, value)| (name, js::object(&[(kind, value.into())])));
    let wish = js::object(&[("video", js::object(&video)), ("audio", false.into())]);
    let promise: Promise = ask.call1(devices, &wish)?.dyn_into()?;
    JsFuture::from(promise).await?.dyn_into()
}

/// What is wished of an open camera: focus and exposure that follow the picture, and light and zoom as they are now, each
/// where it is offered.
pub(super) fn wishes(
    track: &MediaStreamTrack,
    light: bool,
    zoom: Option<f64>,
) -> Vec<(&'static str, JsValue)> {
    let can = capabilities(track);
    let continuous = JsValue::from("continuous");
    let modes = ["focusMode", "exposureMode"].into_iter().filter_map(|mode| {
        let offered = js::get(&can, mode);
        let offered = Array::is_array(&offered) && Array::from(&offered).includes(&continuous, 0);
        offered.then(|| (mode, continuous.clone()))
    });
    let mut wishes: Vec<_> = modes.collect();
    wishes.extend(zoom.map(|zoom| ("zoom", zoom.into())));
    if has_light(track) {
        wishes.push(("torch", light.into()));
    }
    wishes
}

/// What a track says that it can; an object without anything where it does not say.
fn capabilities(track: &MediaStreamTrack) -> JsValue {
    let ask = js::get(track, "getCapabilities").dyn_into::<Function>();
    let told = ask.ok().and_then(|ask| ask.call0(track).ok());
    told.filter(JsValue::is_object).unwrap_or_else(|| js::object(&[]))
}

pub(super) fn has_light(track: &MediaStreamTrack) -> bool {
    js::get(&capabilities(track), "torch").is_truthy()
}

/// Least and most zoom, where the camera has any.
pub(super) fn zoom_range(track: &MediaStreamTrack) -> Option<(f64, f64)> {
    let zoom = js::get(&capabilities(track), "zoom");
    let bound = |name: &str| zoom.is_object().then(|| js::get(&zoom, name).as_f64()).flatten();
    Some((bound("min")?, bound("max")?))
}
