//! Sound and vibration for a verdict: off by default, with three patterns that can be distinguished without looking.

use std::cell::RefCell;
use std::rc::Rc;

use verdict::Colour;
use wasm_bindgen::JsCast;
use web_sys::{AudioContext, OscillatorType};

use crate::browser::dom;
use crate::browser::js;
use crate::storage::settings::{Setting, VERIFY_SOUND, VERIFY_VIBRATION};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;

/// Hertz and the moments, in seconds from now, at which a tone begins and ends.
type Tone = (f32, f64, f64);

/// Two rising tones.
const PASS: &[Tone] = &[(660.0, 0.0, 0.10), (990.0, 0.12, 0.26)];
/// One long tone.
const REVIEW: &[Tone] = &[(520.0, 0.0, 0.42)];
/// Three falling tones.
const REFUSE: &[Tone] = &[(420.0, 0.0, 0.12), (330.0, 0.16, 0.28), (250.0, 0.32, 0.60)];
/// Milliseconds on, off, on …
const PASS_SHAKES: &[u32] = &[60];
const REVIEW_SHAKES: &[u32] = &[220];
const REFUSE_SHAKES: &[u32] = &[120, 80, 120, 80, 240];
const LOUDNESS: f32 = 0.25;

/// A kind of signal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    Sound,
    Vibration,
}

impl Way {
    /// The setting that switches it on.
    fn setting(self) -> &'static Setting {
        match self {
            Self::Sound => &VERIFY_SOUND,
            Self::Vibration => &VERIFY_VIBRATION,
        }
    }
}

/// What a verdict does besides being shown.
#[derive(Clone, Default)]
pub(super) struct Signal(Rc<RefCell<Option<AudioContext>>>);

impl Signal {
    /// Puts the two switches as they were left, and listens to them. A switch that is turned on plays what a pass does.
    pub(super) fn listen(&self, markup: &Markup, scope: &Scope) {
        for (switch, way) in [(&markup.sound, Way::Sound), (&markup.vibration, Way::Vibration)] {
            switch.set_checked(way.setting().is_set());
            let (signal, asked) = (self.clone(), switch.clone());
            scope.on(switch, "change", move |_| {
                way.setting().set(asked.checked());
                if asked.checked() {
                    signal.give(Colour::Green, way);
                }
            });
        }
        dom::show(&markup.vibration_row, vibrate_function().is_some());
        // Browsers allow sound only after a user gesture.
        let signal = self.clone();
        scope.on(&dom::document(), "click", move |_| {
            if VERIFY_SOUND.is_set() {
                signal.wake();
            }
        });
    }

    /// Says a verdict's colour by what is switched on.
    pub(super) fn tell(&self, colour: Colour) {
        for way in [Way::Sound, Way::Vibration] {
            if way.setting().is_set() {
                self.give(colour, way);
            }
        }
    }

    fn give(&self, colour: Colour, way: Way) {
        let (tones, shakes) = match colour {
            Colour::Green => (PASS, PASS_SHAKES),
            Colour::Amber => (REVIEW, REVIEW_SHAKES),
            Colour::Red => (REFUSE, REFUSE_SHAKES),
        };
        if way == Way::Sound {
            self.wake();
            if let Some(audio) = self.0.borrow().as_ref() {
                for tone in tones {
                    let _ = play(audio, *tone);
                }
            }
        } else {
            vibrate(shakes);
        }
    }

    /// A browser without sound is a quiet verifier.
    fn wake(&self) {
        // Asked earlier, it would not start and the browser would complain.
        let activation = js::get(&dom::window().navigator().into(), "userActivation");
        if js::get(&activation, "hasBeenActive").is_falsy() && !activation.is_undefined() {
            return;
        }
        let mut audio = self.0.borrow_mut();
        if audio.is_none() {
            *audio = AudioContext::new().ok();
        }
        if let Some(audio) = audio.as_ref() {
            let _ = audio.resume();
        }
    }
}

fn play(audio: &AudioContext, (hertz, from, until): Tone) -> Result<(), wasm_bindgen::JsValue> {
    let (tone, gain, now) = (audio.create_oscillator()?, audio.create_gain()?, audio.current_time());
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(hertz);
    // A tone that is cut at once clicks.
    gain.gain().set_value_at_time(0.0, now + from)?;
    gain.gain().linear_ramp_to_value_at_time(LOUDNESS, now + from + 0.015)?;
    gain.gain().set_value_at_time(LOUDNESS, now + until - 0.03)?;
    gain.gain().linear_ramp_to_value_at_time(0.0, now + until)?;
    tone.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&audio.destination())?;
    tone.start_with_when(now + from)?;
    tone.stop_with_when(now + until)
}

fn vibrate(pattern: &[u32]) {
    if let Some(vibrate) = vibrate_function() {
        let pattern: js_sys::Array = pattern.iter().map(|part| wasm_bindgen::JsValue::from(*part)).collect();
        let _ = vibrate.call1(&dom::window().navigator(), &pattern);
    }
}

fn vibrate_function() -> Option<js_sys::Function> {
    js::get(&dom::window().navigator().into(), "vibrate").dyn_into().ok()
}
