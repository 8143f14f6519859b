//! The camera: a live preview in the ratio of the photo, and one picture of it.

use std::rc::Rc;

use authority::photo::PhotoSource;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DomException, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::picture;
use crate::browser::dom;
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Camera;
use crate::wallet::app::App;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

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
    let hint = page.hint.clone();
    screen.scope.text(move || dom::set(&hint, &tr("camera.hint")));
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
