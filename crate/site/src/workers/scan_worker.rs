//! The worker that reads codes: the messages of its page, and its report on each picture. Its script gets at the pixels.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use super::messages::{FromScan, Json, Message, ToScan, answered, tell};
use super::other::Other;
use super::scan::{Begun, Outcome, PictureResult, Report, Scanner};

/// What the worker remembers. A new one reads what is already waiting for it; the page says when to pause.
///
/// Its methods borrow it only while they run, so that the script may call one while it waits for another picture.
#[derive(Default)]
pub struct ScanWorker {
    scanner: RefCell<Scanner>,
    paused: Cell<bool>,
    /// What the last still picture did.
    still: Cell<(Outcome, Option<Other>)>,
}

impl ScanWorker {
    /// A worker that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a message of the page that carries no picture.
    ///
    /// # Errors
    /// Fails if page and worker are of different builds.
    pub fn hear(&self, message: &JsValue) -> Result<(), JsValue> {
        if answered(message)? {
            return Ok(());
        }
        match ToScan::from_js(message) {
            Some(ToScan::Resume { keep }) => {
                if !keep {
                    self.scanner.borrow_mut().reset();
                }
                self.paused.set(false);
            }
            Some(ToScan::Forget {}) => self.scanner.borrow_mut().forget_complete(),
            Some(ToScan::Pause {}) => self.paused.set(true),
            _ => return Err(JsError::new("no message to this worker").into()),
        }
        Ok(())
    }

    /// Whether pictures are to be thrown away.
    pub fn paused(&self) -> bool {
        self.paused.get()
    }

    /// Reads a camera picture, as [`Scanner::scan`], and reports to the page.
    ///
    /// # Errors
    /// Fails if the message cannot be posted to the page.
    pub fn look(&self, luma: &[u8], width: u32, height: u32, stride: u32) -> Result<(), JsValue> {
        let report = self.scanner.borrow_mut().read(luma, width, height, stride, elapsed_ms());
        self.report(report, false)
    }

    /// Reads pixels of four bytes, as [`Scanner::scan_rgba`], and reports to the page.
    ///
    /// # Errors
    /// Fails if the message cannot be posted to the page.
    pub fn look_rgba(&self, pixels: &[u8], width: u32, height: u32) -> Result<(), JsValue> {
        let report = self.scanner.borrow_mut().read_rgba(pixels, width, height, elapsed_ms());
        self.report(report, false)
    }

    /// Reads the pixels of a picture file, as [`Scanner::scan_still`], and reports to the page. Returns false
    /// when no symbol was read: more pixels may help.
    ///
    /// # Errors
    /// Fails if the message cannot be posted to the page.
    pub fn look_still(&self, pixels: &[u8], width: u32, height: u32) -> Result<bool, JsValue> {
        let report = self.scanner.borrow_mut().read_still(pixels, width, height);
        let outcome = report.state;
        self.still.set((outcome, report.other));
        self.report(report, true)?;
        Ok(outcome != Outcome::Nothing)
    }

    /// Tells the page that the picture which it sent is done with.
    ///
    /// # Errors
    /// Fails if the message cannot be posted to the page.
    pub fn next(&self) -> Result<(), JsValue> {
        tell(FromScan::Next {})
    }

    /// Tells the page what became of picture file `index` of `of`: why it was not read (`too-large`, `unsupported`,
    /// `paused`, `broken`), else what the last look at it did.
    ///
    /// # Errors
    /// Fails if the message cannot be posted to the page.
    pub fn picture_done(&self, index: u32, of: u32, failure: Option<String>) -> Result<(), JsValue> {
        let result = match failure.as_deref() {
            None => {
                let (outcome, other) = self.still.get();
                PictureResult::Read(outcome, other)
            }
            Some("too-large") => PictureResult::TooLarge,
            Some("unsupported") => PictureResult::Unsupported,
            Some("paused") => PictureResult::Paused,
            Some(_) => PictureResult::Broken,
        };
        let begun = self.begun();
        tell(FromScan::Picture { index, of, result: Json(result), begun })
    }

    fn begun(&self) -> Json<Begun> {
        Json(self.scanner.borrow().begun())
    }

    fn report(&self, report: Report, still: bool) -> Result<(), JsValue> {
        let mut whole = false;
        loop {
            let payload = self.scanner.borrow_mut().take_payload();
            let Some(payload) = payload else {
                break;
            };
            whole = true;
            self.paused.set(true);
            tell(FromScan::Payload { payload, still, begun: self.begun() })?;
        }
        let begun = self.begun();
        if whole { Ok(()) } else { tell(FromScan::Progress { progress: Json(report), begun }) }
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn elapsed_ms() -> f64;
}
