//! The camera: a live preview in the ratio of the photo, and one picture of it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, Element, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::{App, crop, picture, resume, resume_after};
use crate::browser::dom;
use crate::ui::i18n::tr;
use crate::wallet::problem::Problem;
use crate::wallet::screen::Screen;

/// The stream of a camera; its light goes out when this is dropped.
struct Stream(MediaStream);

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// The preview. If the camera is refused or missing, it goes back, says what to do and offers a file.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let stream = match open().await {
        Ok(stream) => stream,
        Err(problem) => return resume_after(app, Some(problem)).await,
    };
    let mut screen = Screen::new("camera")?;
    let root = screen.root.clone();
    let video: HtmlVideoElement =
        dom::slot(&root, "video").and_then(|v| v.dyn_into().ok()).ok_or(Problem::Unexpected)?;
    // Autoplay needs the property; the attribute of a cloned template does not set it.
    video.set_muted(true);
    video.set_src_object(Some(&stream.0));
    if let Ok(playing) = video.play() {
        spawn_local(async move {
            let _ = JsFuture::from(playing).await;
        });
    }
    let page = root.clone();
    screen.text(move || dom::write(&page, "hint", &tr("camera.hint")));
    let ready = root.clone();
    screen.on(&video, "loadeddata", move |_| enable(&ready));
    back(&mut screen, app);

    let stream = Rc::new(RefCell::new(Some(stream)));
    let (there, shown) = (app.clone(), video.clone());
    screen.click("take", move || {
        let source = picture::of_video(&shown);
        there.go(|app| async move {
            match source {
                Ok(source) => crop::screen(&app, source, crop::From::Camera),
                Err(problem) => resume_after(&app, Some(problem)).await,
            }
        });
    });
    screen.leave(move || {
        video.set_src_object(None);
        stream.borrow_mut().take();
    });
    Ok(screen)
}

fn enable(root: &Element) {
    if let Ok(Some(button)) = root.query_selector("[data-action=\"take\"]") {
        let _ = button.remove_attribute("disabled");
    }
}

/// Back and cancel lead to the two ways.
fn back(screen: &mut Screen, app: &Rc<App>) {
    for button in dom::all_in(&screen.root.clone(), "[data-go=\"back\"]") {
        let _ = button.set_attribute("data-own", "");
        let app = app.clone();
        screen.on(&button, "click", move |_| app.go(|app| async move { resume(&app).await }));
    }
}

async fn open() -> Result<Stream, Problem> {
    let devices = dom::window().navigator().media_devices().map_err(|_| Problem::Named("camera-none"))?;
    if devices.is_undefined() {
        return Err(Problem::Named("camera-none"));
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
        devices.get_user_media_with_constraints(&wanted).map_err(|_| Problem::Named("camera-none"))?;
    match JsFuture::from(promise).await {
        Ok(stream) => Ok(Stream(stream.unchecked_into())),
        Err(error) => {
            let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
            Err(Problem::Named(match name.as_str() {
                "NotAllowedError" | "SecurityError" => "camera-refused",
                "NotReadableError" | "AbortError" => "camera-busy",
                _ => "camera-none",
            }))
        }
    }
}
