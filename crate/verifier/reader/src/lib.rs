//! The Wasm module of `@liangzheng/verifier/reader`: reads QR codes in pictures, and puts the frames of the optical link
//! together.
//!
//! The script captures pictures; nothing here knows a camera or a clock.

use optical::{Found, HintJudge, Progress, Sessions, scan_still, text};
use wasm_bindgen::prelude::*;

/// A QR code in a picture.
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct Code(Found);

#[wasm_bindgen]
impl Code {
    /// Returns what it carries.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.bytes.clone()
    }

    /// Returns its corners in pixels, x before y: top left, top right, bottom right, bottom left of the symbol as printed.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn corners(&self) -> Vec<f32> {
        self.0.corners.iter().flat_map(|(x, y)| [*x, *y]).collect()
    }
}

/// What a frame did.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is no frame of the link, or it says nothing new.
    Idle = 0,
    /// It belongs to the payload that is being collected.
    Receiving = 1,
    /// The payload is whole: [`Reader::payload`] returns it once.
    Complete = 2,
    /// It is a QR code of something else, or damaged.
    Foreign = 3,
}

/// Follows the pictures of one camera, and collects the payloads of up to four codes at once.
#[wasm_bindgen]
#[derive(Default)]
pub struct Reader {
    reader: optical::Reader,
    sessions: Sessions,
    hints: HintJudge,
    hint: Option<&'static str>,
    counted: (u8, u8),
    payload: Option<Vec<u8>>,
    luma: Vec<u8>,
}

#[wasm_bindgen]
impl Reader {
    /// Creates a reader that has seen nothing.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next picture of a camera: RGBA, four bytes a pixel, row after row. A picture that is shorter than it says has
    /// no codes. `now` is in milliseconds.
    pub fn look(&mut self, rgba: &[u8], width: u32, height: u32, now: f64) -> Vec<Code> {
        let (width, height) = (width as usize, height as usize);
        self.luminance(rgba);
        let seen = self.reader.read(&self.luma, width, height, width);
        self.hint = self.hints.judge(self.reader.diagnosis(), now.max(0.0) as u64).map(optical::Hint::name);
        seen.found.into_iter().map(Code).collect()
    }

    /// Reads a file or a screenshot: looks longer, at the negative, and at smaller sizes.
    pub fn look_still(&mut self, rgba: &[u8], width: u32, height: u32) -> Vec<Code> {
        let (width, height) = (width as usize, height as usize);
        self.luminance(rgba);
        scan_still(&self.luma, width, height, width).into_iter().map(Code).collect()
    }

    /// Returns what hinders the reading, by its name, such as `too-far`.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        self.hint.map(str::to_owned)
    }

    /// Takes what a code carries. `now` is in milliseconds. The frames of another code are collected beside those of the first:
    /// pictures are handed in at once, and a person may hand in those of the wrong one first.
    pub fn accept(&mut self, bytes: &[u8], now: f64) -> State {
        match self.sessions.accept(bytes, now.max(0.0) as u64) {
            Progress::Receiving { received, needed, .. } => {
                self.counted = (received, needed);
                State::Receiving
            }
            Progress::Complete(payload) => {
                self.counted = (0, 0);
                self.payload = Some(payload);
                State::Complete
            }
            Progress::NotAFrame(_) => State::Foreign,
            _ => State::Idle,
        }
    }

    /// Returns the different frames so far.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn received(&self) -> u8 {
        self.counted.0
    }

    /// Returns the frames that are needed.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn needed(&self) -> u8 {
        self.counted.1
    }

    /// Returns the payload, once.
    pub fn payload(&mut self) -> Option<Vec<u8>> {
        self.payload.take()
    }

    /// Forgets what was collected, and that payloads were complete.
    pub fn reset(&mut self) {
        self.sessions.reset();
        self.counted = (0, 0);
        self.payload = None;
    }
}

impl Reader {
    /// Keeps the luma of a picture (ITU-R BT.601).
    fn luminance(&mut self, rgba: &[u8]) {
        self.luma.clear();
        self.luma.extend(rgba.chunks_exact(4).map(|pixel| match *pixel {
            [red, green, blue, ..] => {
                ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
            }
            _ => 0,
        }));
    }
}

/// Returns the payload in the digits that a scanner gun typed, if it is one.
#[wasm_bindgen]
#[must_use]
pub fn typed(digits: &str) -> Option<Vec<u8>> {
    text::decode(digits).ok()
}

/// Returns how many digits a payload has whose first digits are these; `None` if they begin none.
#[wasm_bindgen]
#[must_use]
pub fn is_typed(digits: &str) -> bool {
    let prefix = text::PREFIX;
    let length = digits.len().min(prefix.len());
    digits.get(..length) == prefix.get(..length)
}
