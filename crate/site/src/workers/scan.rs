//! Pictures to one payload: symbols are read, frames are collected.

use optical::{Assembler, Found, FrameError, Hint, HintJudge, Progress, Reader, scan_still};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// What became of what the pictures carry.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No symbol that could be read.
    #[default]
    Nothing,
    /// A QR code that is no licence code; its content is thrown away.
    Other,
    /// A frame that says nothing new: damaged, of another session, or of one that is complete.
    Idle,
    /// There are enough frames, but one is false: one more is needed.
    Restarted,
    /// A frame of the payload that is being collected.
    Receiving,
    /// The payload is whole, see [`Scanner::take_payload`].
    Complete,
}

/// What one picture did; the worker sends it to the page as JSON, without what is absent:
///
/// ```json
/// {"state": "receiving", "received": 3, "needed": 7, "hint": "blurred",
///  "corners": [[0.31, 0.2], [0.69, 0.21], [0.68, 0.88], [0.3, 0.87]]}
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// What became of it; of several symbols in one picture, of the one that says most.
    pub state: Outcome,
    /// Different frames so far; with `receiving` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<u8>,
    /// Frames needed; with `receiving` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<u8>,
    /// What hinders the reading, for the person who holds the camera: a name of
    /// [`optical::Hint`]. It stays in each report as long as it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Corners of that symbol as shares of the picture's width and height: top left, top right,
    /// bottom right, bottom left of the symbol as it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corners: Option<[[f32; 2]; 4]>,
}

/// What became of a picture file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureResult {
    /// More bytes or pixels than are decoded.
    TooLarge,
    /// No picture of a kind that is known.
    Unsupported,
    /// The browser cannot decode it.
    Broken,
    /// It was received while reading is paused; send it again.
    Paused,
    /// It was read.
    Read(Outcome),
}

impl From<Outcome> for Report {
    fn from(state: Outcome) -> Self {
        Self { state, ..Self::default() }
    }
}

/// Reads pictures until a payload is whole. Holds at most one payload and one picture.
#[wasm_bindgen]
#[derive(Default)]
pub struct Scanner {
    assembler: Assembler,
    reader: Reader,
    judge: HintJudge,
    payload: Option<Vec<u8>>,
    luma: Vec<u8>,
}

#[wasm_bindgen]
impl Scanner {
    /// A scanner that has seen nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a camera picture: `height` rows of `width` bytes of luma, `stride` bytes apart. `now_ms` is
    /// compared only with the times of other pictures. Returns a [`Report`] as JSON.
    pub fn scan(&mut self, luma: &[u8], width: u32, height: u32, stride: u32, now_ms: f64) -> String {
        json(&self.read(luma, width, height, stride, now_ms))
    }

    /// As [`Scanner::scan`] for pixels of four bytes, the first three red, green, blue or blue, green, red.
    pub fn scan_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        json(&self.read_rgba(pixels, width, height, now_ms))
    }

    /// As [`Scanner::scan_rgba`] for a still picture, with more patience and without a hint.
    pub fn scan_still(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        json(&self.read_still(pixels, width, height, now_ms))
    }

    /// The payload, once, after a report said that it is complete.
    pub fn take_payload(&mut self) -> Option<Vec<u8>> {
        self.payload.take()
    }

    /// Forgets everything, also which payloads were complete, so that the same code is read again.
    pub fn reset(&mut self) {
        self.assembler.reset();
        self.reader = Reader::new();
        self.judge = HintJudge::new();
        self.payload = None;
    }
}

/// The same, for the worker.
impl Scanner {
    pub(crate) fn read(&mut self, luma: &[u8], width: u32, height: u32, stride: u32, now_ms: f64) -> Report {
        let seen = self.reader.read(luma, width as usize, height as usize, stride as usize);
        let now_ms = whole(now_ms);
        let hint = self.judge.judge(self.reader.diagnosis(), now_ms);
        self.accept(seen.found, (width, height), hint, now_ms)
    }

    pub(crate) fn read_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> Report {
        let luma = self.luma_of(pixels);
        let report = self.read(&luma, width, height, width, now_ms);
        self.luma = luma;
        report
    }

    pub(crate) fn read_still(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> Report {
        let luma = self.luma_of(pixels);
        let found = scan_still(&luma, width as usize, height as usize, width as usize);
        // A still picture may be large: its room is given back.
        self.accept(found, (width, height), None, whole(now_ms))
    }

    fn luma_of(&mut self, pixels: &[u8]) -> Vec<u8> {
        let mut luma = std::mem::take(&mut self.luma);
        luma.clear();
        luma.extend(pixels.chunks_exact(4).map(|pixel| match pixel {
            // Symmetric in the outer two, so that both orders give the same.
            [a, g, b, _] => ((u16::from(*a) + 2 * u16::from(*g) + u16::from(*b)) / 4) as u8,
            _ => 0,
        }));
        luma
    }

    fn accept(&mut self, found: Vec<Found>, size: (u32, u32), hint: Option<Hint>, now_ms: u64) -> Report {
        let mut report = Report::default();
        for symbol in found {
            let mut this = self.one(&symbol.bytes, now_ms);
            let (width, height) = (size.0 as f32, size.1 as f32);
            this.corners = Some(symbol.corners.map(|(x, y)| [x / width, y / height]));
            if this.state > report.state {
                report = this;
            }
            if report.state == Outcome::Complete {
                break;
            }
        }
        report.hint = hint.map(|hint| hint.name().to_owned());
        report
    }

    fn one(&mut self, bytes: &[u8], now_ms: u64) -> Report {
        match self.assembler.accept(bytes, now_ms) {
            Progress::NotAFrame(FrameError::Magic) => Outcome::Other.into(),
            Progress::Receiving { received, needed, .. } => Report {
                state: Outcome::Receiving,
                received: Some(received),
                needed: Some(needed),
                ..Report::default()
            },
            Progress::Complete(payload) => {
                self.payload = Some(payload);
                Outcome::Complete.into()
            }
            Progress::Poisoned(_) => Outcome::Restarted.into(),
            _ => Outcome::Idle.into(),
        }
    }
}

fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap_or_default()
}

/// Times of a browser are far below 2^53; a wrong one only changes when a session is given up.
fn whole(now_ms: f64) -> u64 {
    now_ms.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(bytes: &[u8]) -> Outcome {
        Scanner::new().one(bytes, 0).state
    }

    fn receiving(received: u8, needed: u8) -> Report {
        let (received, needed) = (Some(received), Some(needed));
        Report { state: Outcome::Receiving, received, needed, ..Report::default() }
    }

    #[test]
    fn other_codes_are_told_apart_and_dropped() {
        assert_eq!(report(b"https://example.com/"), Outcome::Other);
        assert_eq!(report(b"javascript:alert(1)"), Outcome::Other);
        assert_eq!(report(&[]), Outcome::Other);
        assert_eq!(report(&[0x4C, 1, 0]), Outcome::Idle);
    }

    #[test]
    fn a_payload_is_handed_over_once() {
        let set = optical::FrameSet::new(&[7; 50], 40).unwrap();
        let mut scanner = Scanner::new();
        assert_eq!(scanner.one(&set.frame(1).unwrap(), 0), receiving(1, 2));
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 9), Outcome::Complete.into());
        assert_eq!(scanner.take_payload(), Some(vec![7; 50]));
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 10), Outcome::Idle.into());
        scanner.reset();
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 11), receiving(1, 2));
    }
}
