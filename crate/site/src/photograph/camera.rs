//! The camera: its stream, and what is wrong with what it shows.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Object, Reflect};
use photo::Steady;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, HtmlElement, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::hint::Hint;
use super::{PhotoProblem, picture};
use crate::browser::{dom, js};
use crate::ui::i18n::tr;
use crate::ui::preflight;
use crate::ui::scope::Scope;

/// Milliseconds between two looks at the picture.
const LOOK: i32 = 300;

/// The stream of a camera; its light goes out when this is dropped.
pub(crate) struct Stream(MediaStream);

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Shows the stream in a video as long as a scope lives, and says in `hint` what is wrong with what it shows, or `wish` before
/// that is known.
pub(crate) fn show(
    scope: &Scope,
    stream: Stream,
    video: &HtmlVideoElement,
    hint: &HtmlElement,
    wish: &'static str,
) {
    // Autoplay needs the property; the attribute of a cloned template does not set it.
    video.set_muted(true);
    video.set_src_object(Some(&stream.0));
    if let Ok(playing) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(playing).await;
        });
    }
    live(scope, video, hint, wish);
    let video = video.clone();
    scope.leave(move || {
        video.set_src_object(None);
        drop(stream);
    });
}

/// Says one thing at a time of what the camera shows, once it stays.
fn live(scope: &Scope, video: &HtmlVideoElement, hint: &HtmlElement, wish: &'static str) {
    let (across, down) = (photo::WIDTH as u32, photo::HEIGHT as u32);
    let said: Rc<Cell<Option<Hint>>> = Rc::default();
    let (written, saying) = (hint.clone(), said.clone());
    let write = Rc::new(move || {
        let (code, text) = match saying.get() {
            Some(hint) => (hint.code(), hint.live()),
            None => ("", tr(wish)),
        };
        let _ = written.set_attribute("data-hint", code);
        dom::set_if_other(&written, &text);
    });
    let again = write.clone();
    scope.text(move || again());
    let Some(small) = preflight::canvas(across, down) else {
        return;
    };
    let (video, steady, last) = (video.clone(), RefCell::new(Steady::new()), Cell::new(0.0));
    // The work of one look is that of a small picture, whatever the camera gives; there is none without a new picture.
    scope.every(LOOK, move || {
        let shown = js::pictures(&video);
        if dom::document().hidden() || (shown > 0.0 && shown == last.replace(shown)) {
            return;
        }
        let Some(report) = picture::sample(&video, &small) else {
            return;
        };
        if let Some(hint) = steady.borrow_mut().see(Hint::of(&report)) {
            said.set(Some(*hint));
            write();
        }
    });
}

/// Opens a camera: the one that faces the user, or else the one on the other side.
pub(crate) async fn open(facing_user: bool) -> Result<Stream, PhotoProblem> {
    let facing = if facing_user { "user" } else { "environment" };
    let devices = dom::window().navigator().media_devices().map_err(|_| PhotoProblem::CameraNone)?;
    if devices.is_undefined() {
        return Err(PhotoProblem::CameraNone);
    }
    let video = Object::new();
    for (name, ideal) in [
        ("facingMode", JsValue::from(facing)),
        ("width", JsValue::from(1920)),
        ("height", JsValue::from(1080)),
    ] {
        let wish = Object::new();
        let _ = Reflect::set(&wish, &"ideal".into(), &ideal);
        let _ = Reflect::set(&video, &name.into(), &wish);
    }
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&video);
    wanted.set_audio(&JsValue::FALSE);
    let promise = devices.get_user_media_with_constraints(&wanted).map_err(|_| PhotoProblem::CameraNone)?;
    match JsFuture::from(promise).await {
        Ok(stream) => Ok(Stream(stream.unchecked_into())),
        Err(error) => {
            let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
            Err(match name.as_str() {
                "NotAllowedError" | "SecurityError" => PhotoProblem::CameraRefused,
                "NotReadableError" | "AbortError" => PhotoProblem::CameraBusy,
                _ => PhotoProblem::CameraNone,
            })
        }
    }
}
