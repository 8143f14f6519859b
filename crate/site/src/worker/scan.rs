//! Pictures to one payload: symbols are read, frames are collected.

use optical::assembler::{Assembler, Progress};
use optical::frame::FrameError;
use optical::scan::{Found, scan_luma, scan_still};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// What one picture did; the worker sends it to the page as JSON.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Report {
    /// No symbol that could be read.
    #[default]
    Nothing,
    /// A QR code that is no licence code; its content is thrown away.
    Other,
    /// A frame that says nothing new: damaged, of another session, or of one that is complete.
    Idle,
    /// A frame of the payload that is being collected.
    Receiving {
        /// Different frames so far.
        received: u8,
        /// Frames needed.
        needed: u8,
    },
    /// All frames came and one was false: collecting begins again.
    Restarted,
    /// The payload is whole, see [`Scanner::take_payload`].
    Complete,
}

impl Report {
    /// Which of the symbols in one picture is worth telling.
    fn rank(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Other => 1,
            Self::Idle => 2,
            Self::Restarted => 3,
            Self::Receiving { .. } => 4,
            Self::Complete => 5,
        }
    }
}

/// Reads pictures until a payload is whole. Holds at most one payload and one picture.
#[wasm_bindgen]
#[derive(Default)]
pub struct Scanner {
    assembler: Assembler,
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
        let found = scan_luma(luma, width as usize, height as usize, stride as usize);
        self.accept(found, now_ms)
    }

    /// As [`Scanner::scan`] for pixels of four bytes, the first three red, green, blue or blue, green, red.
    pub fn scan_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        let luma = self.luma_of(pixels);
        let found = scan_luma(&luma, width as usize, height as usize, width as usize);
        self.luma = luma;
        self.accept(found, now_ms)
    }

    /// As [`Scanner::scan_rgba`] for a still picture, with more patience.
    pub fn scan_still(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        let luma = self.luma_of(pixels);
        let found = scan_still(&luma, width as usize, height as usize, width as usize);
        // A still picture may be large: its room is given back.
        self.accept(found, now_ms)
    }

    /// The payload, once, after a report said that it is complete.
    pub fn take_payload(&mut self) -> Option<Vec<u8>> {
        self.payload.take()
    }

    /// Forgets everything, also which payloads were complete, so that the same code is read again.
    pub fn reset(&mut self) {
        self.assembler.reset();
        self.payload = None;
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

    fn accept(&mut self, found: Vec<Found>, now_ms: f64) -> String {
        // Times of a browser are far below 2^53; a wrong one only changes when a session is given up.
        let now_ms = now_ms.max(0.0) as u64;
        let mut report = Report::Nothing;
        for symbol in found {
            let this = self.one(&symbol.bytes, now_ms);
            if this.rank() > report.rank() {
                report = this;
            }
            if this == Report::Complete {
                break;
            }
        }
        serde_json::to_string(&report).unwrap_or_default()
    }

    fn one(&mut self, bytes: &[u8], now_ms: u64) -> Report {
        match self.assembler.accept(bytes, now_ms) {
            Progress::NotAFrame(FrameError::Magic) => Report::Other,
            Progress::Receiving { received, needed, .. } => Report::Receiving { received, needed },
            Progress::Complete(payload) => {
                self.payload = Some(payload);
                Report::Complete
            }
            Progress::Poisoned(_) => Report::Restarted,
            _ => Report::Idle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(bytes: &[u8]) -> Report {
        Scanner::new().one(bytes, 0)
    }

    #[test]
    fn other_codes_are_told_apart_and_dropped() {
        assert_eq!(report(b"https://example.com/"), Report::Other);
        assert_eq!(report(b"javascript:alert(1)"), Report::Other);
        assert_eq!(report(&[]), Report::Other);
        assert_eq!(report(&[0x4C, 1, 0]), Report::Idle);
    }

    #[test]
    fn a_payload_is_handed_over_once() {
        let set = optical::frame::FrameSet::new(&[7; 50], 40).unwrap();
        let mut scanner = Scanner::new();
        assert_eq!(scanner.one(&set.frame(1).unwrap(), 0), Report::Receiving { received: 1, needed: 2 });
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 9), Report::Complete);
        assert_eq!(scanner.take_payload(), Some(vec![7; 50]));
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 10), Report::Idle);
        scanner.reset();
        assert_eq!(scanner.one(&set.frame(0).unwrap(), 11), Report::Receiving { received: 1, needed: 2 });
    }
}
