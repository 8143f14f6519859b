//! The camera: a live preview in the ratio of the photo, what is wrong with it, and one picture of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::photo::PhotoSource;
use js_sys::{Object, Reflect};
use photo::Steady;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DomException, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::checks::Hint;
use super::picture;
use crate::browser::{dom, js};
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Camera;
use crate::ui::preflight;
use crate::ui::scope::Scope;
use crate::wallet::app::App;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// Milliseconds between two looks at the picture.
const LOOK: i32 = 300;

/// The stream of a camera; its light goes out when this is dropped.
pub(super) struct Stream(MediaStream);

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// The preview.
pub(super) fn screen(app: &Rc<App>, stream: Stream) -> Result<Screen, Problem> {
    let page = Camera::new()?;
    let screen = Screen::new(At::Camera, &page.root);
    let video = &page.video;
    // Autoplay needs the property; the attribute of a cloned template does not set it.
    video.set_muted(true);
    video.set_src_object(Some(&stream.0));
    if let Ok(playing) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(playing).await;
        });
    }
    live(&screen.scope, &page);
    let take = page.take.clone();
    screen.scope.on(video, "loadeddata", move |_| take.set_disabled(false));
    for back in &page.back {
        app.link(&screen.scope, back, || Route::Claim(Claim::Resume(None)));
    }
    let shown = video.clone();
    app.link(&screen.scope, &page.take, move || {
        Route::Claim(match picture::of_video(&shown) {
            Ok(source) => Claim::Crop(source, PhotoSource::Camera),
            Err(problem) => Claim::Resume(Some(problem)),
        })
    });
    let video = video.clone();
    screen.scope.leave(move || {
        video.set_src_object(None);
        drop(stream);
    });
    Ok(screen)
}

/// Says one thing at a time of what the camera shows, once it stays.
fn live(scope: &Scope, page: &Camera) {
    let (across, down) = (photo::WIDTH as u32, photo::HEIGHT as u32);
    let said: Rc<Cell<Option<Hint>>> = Rc::default();
    let (written, saying) = (page.hint.clone(), said.clone());
    let write = Rc::new(move || {
        let (code, text) = match saying.get() {
            Some(hint) => (hint.code(), hint.live()),
            None => ("", tr("camera.hint")),
        };
        let _ = written.set_attribute("data-hint", code);
        dom::set_if_other(&written, &text);
    });
    let again = write.clone();
    scope.text(move || again());
    let Some(small) = preflight::canvas(across, down) else {
        return;
    };
    let (video, steady, last) = (page.video.clone(), RefCell::new(Steady::new()), Cell::new(0.0));
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

/// Opens the camera that faces the user.
pub(super) async fn open() -> Result<Stream, Problem> {
    let devices = dom::window().navigator().media_devices().map_err(|_| Problem::Own(Own::CameraNone))?;
    if devices.is_undefined() {
        return Err(Problem::Own(Own::CameraNone));
    }
    let video = Object::new();
    for (name, ideal) in [
        ("facingMode", JsValue::from("user")),
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
    let promise =
        devices.get_user_media_with_constraints(&wanted).map_err(|_| Problem::Own(Own::CameraNone))?;
    match JsFuture::from(promise).await {
        Ok(stream) => Ok(Stream(stream.unchecked_into())),
        Err(error) => {
            let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
            Err(Problem::Own(match name.as_str() {
                "NotAllowedError" | "SecurityError" => Own::CameraRefused,
                "NotReadableError" | "AbortError" => Own::CameraBusy,
                _ => Own::CameraNone,
            }))
        }
    }
}
