//! The camera: permission, devices, light, and what to say when there is none.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlOptionElement, HtmlSelectElement, HtmlVideoElement, MediaDeviceInfo, MediaDevices, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use crate::dom;
use crate::i18n::{fill, tr};
use crate::js;

/// What the camera is doing; each has its words in the catalogue, and `data-camera` says it to the style.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Condition {
    /// Not asked for yet.
    #[default]
    Idle,
    /// The browser asks the person.
    Asking,
    /// Pictures come.
    Live,
    /// The person or the browser said no.
    Denied,
    /// There is none.
    Absent,
    /// It is there and does not open.
    Busy,
    /// The page's address is not a secure one.
    Insecure,
    /// It was open and is gone.
    Lost,
}

impl Condition {
    fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Asking => "asking",
            Self::Live => "live",
            Self::Denied => "denied",
            Self::Absent => "absent",
            Self::Busy => "busy",
            Self::Insecure => "insecure",
            Self::Lost => "lost",
        }
    }

    /// By the name of the error that `getUserMedia` gave.
    fn of(error: &JsValue) -> Self {
        match js::text(error, "name").as_str() {
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" => Self::Absent,
            _ => Self::Busy,
        }
    }
}

/// The camera of the page.
#[derive(Clone, Default)]
pub(crate) struct Camera(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    condition: Condition,
    stream: Option<MediaStream>,
    track: Option<MediaStreamTrack>,
    ended: Option<dom::Listener>,
    device: Option<String>,
    devices: Vec<(String, String)>,
    light: bool,
}

impl Camera {
    /// What it is doing.
    pub(crate) fn condition(&self) -> Condition {
        self.0.borrow().condition
    }

    /// The track whose pictures are read, while it is live.
    pub(crate) fn track(&self) -> Option<MediaStreamTrack> {
        self.0.borrow().track.clone()
    }

    /// Whether the browser would open it without asking.
    pub(crate) async fn is_granted() -> bool {
        let permissions = js::get(&dom::window().navigator().into(), "permissions");
        let Ok(query) = js::get(&permissions, "query").dyn_into::<js_sys::Function>() else {
            return false;
        };
        // Some browsers do not know this name, and say so by an error: then the person is asked.
        let Ok(promise) = query.call1(&permissions, &js::object(&[("name", "camera".into())])) else {
            return false;
        };
        let Ok(promise) = promise.dyn_into::<js_sys::Promise>() else {
            return false;
        };
        JsFuture::from(promise).await.is_ok_and(|status| js::text(&status, "state") == "granted")
    }

    /// Opens it: the chosen device, else the one that looks away from the person.
    pub(crate) async fn open(&self) {
        self.close();
        let Some(devices) = media_devices() else {
            self.become_(Condition::Insecure);
            return;
        };
        self.become_(Condition::Asking);
        let device = self.0.borrow().device.clone();
        let stream = match ask(&devices, device.as_deref()).await {
            // A device that was unplugged is no reason to have none.
            Err(error) if device.is_some() && Condition::of(&error) == Condition::Absent => {
                self.0.borrow_mut().device = None;
                ask(&devices, None).await
            }
            other => other,
        };
        match stream {
            Ok(stream) => self.show(stream, &devices).await,
            Err(error) => self.become_(Condition::of(&error)),
        }
    }

    async fn show(&self, stream: MediaStream, devices: &MediaDevices) {
        let Ok(track) = stream.get_video_tracks().get(0).dyn_into::<MediaStreamTrack>() else {
            self.become_(Condition::Absent);
            return;
        };
        let ended = {
            let camera = self.clone();
            dom::on(&track, "ended", move |_| {
                camera.close();
                camera.become_(Condition::Lost);
                dom::emit(CHANGED);
            })
        };
        if let Some(video) = video() {
            video.set_src_object(Some(&stream));
            if let Ok(playing) = video.play() {
                let _ = JsFuture::from(playing).await;
            }
        }
        {
            let mut state = self.0.borrow_mut();
            state.device = Some(js::text(&track.get_settings(), "deviceId")).filter(|id| !id.is_empty());
            state.stream = Some(stream);
            state.track = Some(track);
            state.ended = Some(ended);
            state.light = false;
        }
        self.become_(Condition::Live);
        // Names of devices are only told once a camera is open.
        if let Ok(promise) = devices.enumerate_devices()
            && let Ok(list) = JsFuture::from(promise).await
        {
            self.0.borrow_mut().devices = cameras(&list);
            self.draw();
        }
    }

    /// Closes it: the lamp beside it goes out.
    pub(crate) fn close(&self) {
        let (stream, ended) = {
            let mut state = self.0.borrow_mut();
            state.track = None;
            if state.condition == Condition::Live {
                state.condition = Condition::Idle;
            }
            (state.stream.take(), state.ended.take())
        };
        for track in stream.map(|stream| stream.get_tracks()).into_iter().flatten() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
        // This may run inside that listener.
        wasm_bindgen_futures::spawn_local(async move { drop(ended) });
        if let Some(video) = video() {
            video.set_src_object(None);
        }
        self.draw();
    }

    /// Uses another device from now on.
    pub(crate) fn choose(&self, device: String) {
        self.0.borrow_mut().device = Some(device);
    }

    /// Switches the light beside the camera.
    pub(crate) async fn switch_light(&self) {
        let (track, light) = {
            let state = self.0.borrow();
            (state.track.clone(), !state.light)
        };
        let Some(track) = track else {
            return;
        };
        let wish = Array::of1(&js::object(&[("torch", light.into())]));
        let constraints = js::object(&[("advanced", wish.into())]);
        if let Ok(promise) = track.apply_constraints_with_constraints(constraints.unchecked_ref())
            && JsFuture::from(promise).await.is_ok()
        {
            self.0.borrow_mut().light = light;
            self.draw();
        }
    }

    fn become_(&self, condition: Condition) {
        self.0.borrow_mut().condition = condition;
        self.draw();
    }

    /// Writes the words and shows the controls that make sense now.
    pub(crate) fn draw(&self) {
        let state = self.0.borrow();
        let name = state.condition.name();
        if let Some(scan) = dom::by_id("scan") {
            let _ = scan.set_attribute("data-camera", name);
        }
        if let Some(invite) = dom::by_id("invite").filter(|_| state.condition != Condition::Live) {
            dom::write(&invite, "title", &tr(&format!("verify.camera.{name}")));
            dom::write(&invite, "about", &tr(&format!("verify.camera.{name}.about")));
        }
        let live = state.condition == Condition::Live;
        let show = |id: &str, visible: bool| {
            if let Some(element) = dom::by_id(id) {
                dom::show(&element, visible);
            }
        };
        show("camera-start", !matches!(state.condition, Condition::Asking | Condition::Insecure));
        show("camera-stop", live);
        show("camera-choice", live && state.devices.len() > 1);
        show("torch", live && state.track.as_ref().is_some_and(has_light));
        if let Some(torch) = dom::by_id("torch") {
            let _ = torch.set_attribute("aria-pressed", if state.light { "true" } else { "false" });
        }
        if let Some(choice) = dom::by_id("camera-device").and_then(|c| c.dyn_into::<HtmlSelectElement>().ok())
        {
            choice.set_text_content(None);
            for (number, (id, label)) in (1..).zip(&state.devices) {
                let label = match label.as_str() {
                    "" => fill("verify.camera.number", &[("number", &i32::to_string(&number))]),
                    label => label.to_owned(),
                };
                if let Ok(option) = HtmlOptionElement::new_with_text_and_value(&label, id) {
                    let _ = choice.append_child(&option);
                }
            }
            choice.set_value(state.device.as_deref().unwrap_or_default());
        }
    }
}

/// The event of the page that says that the camera changed by itself.
pub(crate) const CHANGED: &str = "liangzheng:camera";

/// The video in which the person sees what is scanned.
pub(crate) fn video() -> Option<HtmlVideoElement> {
    dom::by_id("video")?.dyn_into().ok()
}

fn media_devices() -> Option<MediaDevices> {
    // Undefined where the address is not a secure one.
    let devices = js::get(&dom::window().navigator().into(), "mediaDevices");
    (!devices.is_undefined()).then(|| devices.unchecked_into())
}

async fn ask(devices: &MediaDevices, device: Option<&str>) -> Result<MediaStream, JsValue> {
    let ideal = |value: JsValue| js::object(&[("ideal", value)]);
    let which = match device {
        Some(id) => ("deviceId", js::object(&[("exact", id.into())])),
        None => ("facingMode", ideal("environment".into())),
    };
    let size =
        [("width", ideal(1280.into())), ("height", ideal(720.into())), ("frameRate", ideal(30.into()))];
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::FALSE);
    constraints.set_video(&js::object(&[&size[..], &[which]].concat()));
    let promise = devices.get_user_media_with_constraints(&constraints)?;
    JsFuture::from(promise).await?.dyn_into()
}

fn cameras(list: &JsValue) -> Vec<(String, String)> {
    let devices = Array::from(list).into_iter();
    let devices = devices.filter_map(|device| device.dyn_into::<MediaDeviceInfo>().ok());
    let videos = devices.filter(|device| device.kind() == web_sys::MediaDeviceKind::Videoinput);
    videos.map(|device| (device.device_id(), device.label())).collect()
}

fn has_light(track: &MediaStreamTrack) -> bool {
    let Ok(capabilities) = js::get(track, "getCapabilities").dyn_into::<js_sys::Function>() else {
        return false;
    };
    capabilities.call0(track).is_ok_and(|capabilities| js::get(&capabilities, "torch").is_truthy())
}
