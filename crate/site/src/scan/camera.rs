//! The camera: permission, devices, light, and the words for each condition.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use optical::Hint;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlOptionElement, MediaDeviceInfo, MediaDevices, MediaStream, MediaStreamTrack};

use super::place::{Controls, Place};
use super::wishes::{ask, ask_screen, has_light, wishes, zoom_range};
use crate::browser::dom;
use crate::browser::js::{self, Timer, VideoFrames};
use crate::browser::trial;
use crate::ui::i18n::{fill, tr};

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
    /// It was allowed, and no picture comes.
    Silent,
    /// The person or the browser said no.
    Denied,
    /// There is no camera.
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
            Self::Silent => "silent",
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
#[derive(Clone)]
pub(crate) struct Camera {
    place: Rc<Place>,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    condition: Condition,
    stream: Option<MediaStream>,
    track: Option<MediaStreamTrack>,
    ended: Option<dom::Listener>,
    device: Option<String>,
    devices: Vec<(String, String)>,
    light: bool,
    /// How far it was zoomed in, where it was, and when (milliseconds of the page).
    zoom: Option<(f64, f64)>,
    /// Whether a screen or window takes the camera's place.
    screen: bool,
    /// Which opening this is: what an earlier one still gives is closed at once.
    opening: u32,
    /// Looks whether pictures come.
    watch: Option<Timer>,
}

/// Milliseconds after which a camera that gives nothing is said to.
const PATIENCE_MS: i32 = 5_000;
/// Milliseconds between two looks at whether pictures come.
const WATCH_MS: i32 = 1_000;

/// Furthest that a camera is zoomed in for a small code.
const MOST_ZOOM: f64 = 3.0;
/// One step of it.
const ZOOM_STEP: f64 = 1.5;
/// Milliseconds between two steps, so that the effect of the first can be measured.
const ZOOM_EVERY_MS: f64 = 2_000.0;

impl Camera {
    /// The camera that shows its picture in this place.
    pub(crate) fn new(place: &Rc<Place>) -> Self {
        Self { place: place.clone(), state: Rc::default() }
    }

    /// Whether it is open: its pictures are read, as soon as there are any.
    pub(crate) fn is_open(&self) -> bool {
        self.state.borrow().track.is_some()
    }

    /// The track whose pictures are read, while it is live.
    pub(crate) fn track(&self) -> Option<MediaStreamTrack> {
        self.state.borrow().track.clone()
    }

    /// Whether the browser would open it without asking.
    pub(crate) async fn is_granted() -> bool {
        if trial::is_on() {
            return true;
        }
        let permissions = js::get(&dom::window().navigator().into(), "permissions");
        let Ok(query) = js::get(&permissions, "query").dyn_into::<Function>() else {
            return false;
        };
        // Some browsers do not know this name, and say so by an error: then the person is asked.
        let Ok(promise) = query.call1(&permissions, &js::object(&[("name", "camera".into())])) else {
            return false;
        };
        let Ok(promise) = promise.dyn_into::<Promise>() else {
            return false;
        };
        JsFuture::from(promise).await.is_ok_and(|status| js::text(&status, "state") == "granted")
    }

    /// Opens the chosen device, else the one that faces away from the user.
    pub(crate) async fn open(&self) {
        self.close();
        let Some(devices) = media_devices() else {
            self.become_(Condition::Insecure);
            return;
        };
        self.become_(Condition::Asking);
        let opening = self.begin_opening();
        // Who is asked may take their time; an answer that was given before is not waited for.
        let given = Self::is_granted().await;
        let late = given.then(|| self.late(opening));
        let device = self.state.borrow().device.clone();
        let mut stream = ask(&devices, device.as_deref(), true).await;
        if let Err(error) = &stream {
            stream = match Condition::of(error) {
                // A device that was unplugged is no reason to have none.
                Condition::Absent if device.is_some() => {
                    self.state.borrow_mut().device = None;
                    ask(&devices, None, true).await
                }
                // Some cameras fail on a size that they do not have.
                Condition::Absent | Condition::Busy => ask(&devices, device.as_deref(), false).await,
                _ => stream,
            };
        }
        drop(late);
        if self.state.borrow().opening != opening {
            stream.iter().for_each(stop);
            return;
        }
        match stream {
            Ok(stream) => self.show(stream, &devices, false).await,
            Err(error) => self.become_(Condition::of(&error)),
        }
    }

    fn begin_opening(&self) -> u32 {
        let mut state = self.state.borrow_mut();
        state.opening = state.opening.wrapping_add(1);
        state.opening
    }

    /// Says after a while that no picture comes, unless it is dropped before.
    fn late(&self, opening: u32) -> Timer {
        let camera = self.clone();
        Timer::once(PATIENCE_MS, move || {
            if camera.state.borrow().opening == opening {
                camera.become_(Condition::Silent);
            }
        })
    }

    /// Looks at every second whether pictures come. A screen that does not change gives none.
    ///
    /// Firefox counts no pictures of a stream. So after a second without a counted one the page asks to be told of pictures,
    /// until the next look; some browsers tell of none.
    fn watch(&self) {
        let camera = self.clone();
        let announced = Rc::new(Cell::new(0.0));
        let mut telling: Option<VideoFrames> = None;
        let (mut count, mut since) = (f64::NAN, js::elapsed_ms());
        let watch = Timer::every(WATCH_MS, move || {
            let pictures = js::pictures(&camera.place.video) + announced.get();
            telling = (telling.is_none() && pictures == count).then(|| camera.announce(&announced)).flatten();
            let now = js::elapsed_ms();
            let before = camera.state.borrow().condition;
            // A page in the background shows no pictures.
            if pictures != count || dom::document().hidden() {
                (count, since) = (pictures, now);
                if before == Condition::Silent {
                    camera.become_(Condition::Live);
                }
            } else if before == Condition::Live && now - since >= f64::from(PATIENCE_MS) {
                camera.become_(Condition::Silent);
            }
        });
        self.state.borrow_mut().watch = Some(watch);
    }

    /// Counts the pictures that the browser announces, until the result is dropped.
    fn announce(&self, announced: &Rc<Cell<f64>>) -> Option<VideoFrames> {
        let announced = announced.clone();
        VideoFrames::of(&self.place.video, move |_| announced.set(announced.get() + 1.0))
    }

    /// Whether the browser can capture a screen or window.
    pub(crate) fn has_screen() -> bool {
        media_devices().is_some_and(|devices| js::get(&devices, "getDisplayMedia").is_function())
    }

    /// Whether a screen or window is what is read.
    pub(crate) fn is_screen(&self) -> bool {
        self.state.borrow().screen
    }

    /// Opens a screen or window that the user chooses. What was open stays open until then.
    ///
    /// # Errors
    /// Fails with the key of a sentence if none was chosen or the browser cannot capture it.
    pub(crate) async fn open_screen(&self) -> Result<(), &'static str> {
        let devices = media_devices().ok_or("verify.screen.failed")?;
        let stream = ask_screen(&devices).await.map_err(|error| match Condition::of(&error) {
            Condition::Denied => "verify.screen.denied",
            _ => "verify.screen.failed",
        })?;
        self.close();
        self.show(stream, &devices, true).await;
        Ok(())
    }

    async fn show(&self, stream: MediaStream, devices: &MediaDevices, screen: bool) {
        let Ok(track) = stream.get_video_tracks().get(0).dyn_into::<MediaStreamTrack>() else {
            self.become_(Condition::Absent);
            return;
        };
        let ended = {
            let camera = self.clone();
            dom::on(&track, "ended", move |_| {
                camera.close();
                // Who ends the sharing of a screen misses nothing.
                camera.become_(if screen { Condition::Idle } else { Condition::Lost });
                dom::emit(CHANGED);
            })
        };
        let video = &self.place.video;
        video.set_src_object(Some(&stream));
        // Some browsers never say whether it plays: pictures tell.
        if let Ok(playing) = video.play() {
            spawn_local(async move { drop(JsFuture::from(playing).await) });
        }
        {
            let mut state = self.state.borrow_mut();
            if !screen {
                state.device = Some(js::text(&track.get_settings(), "deviceId")).filter(|id| !id.is_empty());
            }
            state.stream = Some(stream);
            state.track = Some(track);
            state.ended = Some(ended);
            (state.light, state.zoom, state.screen) = (false, None, screen);
        }
        self.become_(Condition::Live);
        if !screen {
            self.watch();
        }
        self.apply().await;
        // Device labels are available only while a camera is open. A shared screen cannot be switched.
        if screen {
            self.state.borrow_mut().devices.clear();
            self.draw();
        } else if let Ok(promise) = devices.enumerate_devices()
            && let Ok(list) = JsFuture::from(promise).await
        {
            self.state.borrow_mut().devices = cameras(&list);
            self.draw();
        }
    }

    /// Closes it: the lamp beside it goes out.
    pub(crate) fn close(&self) {
        let (stream, ended) = {
            let mut state = self.state.borrow_mut();
            state.track = None;
            state.screen = false;
            state.opening = state.opening.wrapping_add(1);
            if matches!(state.condition, Condition::Live | Condition::Silent) {
                state.condition = Condition::Idle;
            }
            (state.stream.take(), (state.ended.take(), state.watch.take()))
        };
        stream.iter().for_each(stop);
        // This may run inside one of them.
        spawn_local(async move { drop(ended) });
        self.place.video.set_src_object(None);
        self.draw();
    }

    /// Uses another device from now on.
    pub(crate) fn choose(&self, device: String) {
        self.state.borrow_mut().device = Some(device);
    }

    /// Switches the light beside the camera.
    pub(crate) async fn switch_light(&self) {
        let before = self.state.borrow().light;
        self.state.borrow_mut().light = !before;
        if !self.apply().await {
            self.state.borrow_mut().light = before;
        }
        self.draw();
    }

    /// Does what a camera can do by itself about a hint: a step nearer to a small code, and back when none is seen.
    pub(crate) fn heed(&self, hint: Hint) {
        {
            let mut state = self.state.borrow_mut();
            let Some((least, most)) = state.track.as_ref().and_then(zoom_range) else {
                return;
            };
            let usual = least.max(1.0);
            let (zoom, since) = state.zoom.unwrap_or((usual, f64::NEG_INFINITY));
            let next = match hint {
                Hint::TooSmall => (zoom * ZOOM_STEP).min(MOST_ZOOM).min(most),
                Hint::NoCode => usual,
                _ => zoom,
            };
            let now = js::elapsed_ms();
            if (next - zoom).abs() < f64::EPSILON || now - since < ZOOM_EVERY_MS {
                return;
            }
            state.zoom = Some((next, now));
        }
        let camera = self.clone();
        spawn_local(async move {
            camera.apply().await;
        });
    }

    /// Asks the open camera for all that is wished of it at once: each call takes the place of the last one.
    /// False when it refuses.
    async fn apply(&self) -> bool {
        let (track, wishes) = {
            let state = self.state.borrow();
            let Some(track) = state.track.clone() else {
                return false;
            };
            let wishes = wishes(&track, state.light, state.zoom.map(|(zoom, _)| zoom));
            (track, wishes)
        };
        if wishes.is_empty() {
            return true;
        }
        // One set for each, so that one that is refused takes no other with it. The size is not repeated: it stays, and
        // older versions of Chromium refuse it beside these.
        let wishes: Array = wishes.into_iter().map(|wish| js::object(&[wish])).collect();
        let constraints = js::object(&[("advanced", wishes.into())]);
        match track.apply_constraints_with_constraints(constraints.unchecked_ref()) {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        }
    }

    fn become_(&self, condition: Condition) {
        self.state.borrow_mut().condition = condition;
        self.draw();
    }

    /// Writes the words and shows the controls that make sense now.
    pub(crate) fn draw(&self) {
        let (place, state) = (&self.place, self.state.borrow());
        let name = state.condition.name();
        let _ = place.scan.set_attribute("data-camera", name);
        let _ = place.scan.set_attribute("data-source", if state.screen { "screen" } else { "camera" });
        let live = matches!(state.condition, Condition::Live | Condition::Silent);
        if state.condition != Condition::Live {
            dom::set(&place.title, &tr(&format!("verify.camera.{name}")));
            dom::set(&place.about, &tr(&format!("verify.camera.{name}.about")));
        }
        dom::show(&place.start, !matches!(state.condition, Condition::Asking | Condition::Insecure));
        if let Some(controls) = &place.controls {
            controls.draw(&state, live);
        }
    }
}

impl Controls {
    fn draw(&self, state: &State, live: bool) {
        dom::show(&self.stop, live);
        dom::set(
            &self.stop_words,
            &tr(if state.screen { "verify.screen.stop" } else { "verify.camera.stop" }),
        );
        dom::show(&self.choice, live && state.devices.len() > 1);
        dom::show(&self.torch, live && state.track.as_ref().is_some_and(has_light));
        let _ = self.torch.set_attribute("aria-pressed", if state.light { "true" } else { "false" });
        self.device.set_text_content(None);
        for (number, (id, label)) in (1..).zip(&state.devices) {
            let label = match label.as_str() {
                "" => fill("verify.camera.number", &[("number", &i32::to_string(&number))]),
                label => label.to_owned(),
            };
            if let Ok(option) = HtmlOptionElement::new_with_text_and_value(&label, id) {
                let _ = self.device.append_child(&option);
            }
        }
        self.device.set_value(state.device.as_deref().unwrap_or_default());
    }
}

/// The event of the page that says that the camera changed by itself.
pub(crate) const CHANGED: &str = "liangzheng:camera";

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

fn media_devices() -> Option<MediaDevices> {
    // Undefined where the address is not a secure one.
    let devices = js::get(&dom::window().navigator().into(), "mediaDevices");
    (!devices.is_undefined()).then(|| devices.unchecked_into())
}

fn cameras(list: &JsValue) -> Vec<(String, String)> {
    let devices = Array::from(list).into_iter();
    let devices = devices.filter_map(|device| device.dyn_into::<MediaDeviceInfo>().ok());
    let videos = devices.filter(|device| device.kind() == web_sys::MediaDeviceKind::Videoinput);
    videos.map(|device| (device.device_id(), device.label())).collect()
}
