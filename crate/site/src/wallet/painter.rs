//! The code on its canvas: whole device pixels a module, black on white, one change of picture at a time.

use optical::symbol::{self, Symbol};
use optical::{FrameSet, SymbolError};
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::problem::Problem;

/// Versions from the one for room to the one for very small screens (measured by module width: 3 device
/// pixels and more).
const VERSIONS: [u8; 4] = [symbol::DEFAULT_VERSION, symbol::SMALL_VERSION, symbol::SMALLEST_VERSION, 10];
/// Least device pixels a module.
const LEAST: usize = 3;

/// The frames of one signed presentation.
pub(super) struct Code {
    set: FrameSet,
    version: u8,
}

impl Code {
    /// Frames a payload for symbols that are legible on `pixels` device pixels.
    pub(super) fn new(payload: &[u8], pixels: usize) -> Result<Self, Problem> {
        let fits = |version: u8| pixels / modules(version) >= LEAST;
        let version = VERSIONS.into_iter().find(|version| fits(*version)).unwrap_or(symbol::SMALLEST_VERSION);
        let set = FrameSet::for_version(payload, version).map_err(|error| Problem::coded(error.code()))?;
        Ok(Self { set, version })
    }

    /// Whether one still picture carries it all.
    pub(super) fn is_still(&self) -> bool {
        self.set.k() == 1
    }

    fn symbol(&self, turn: u64) -> Result<Symbol, SymbolError> {
        let frame = self.set.shown(turn);
        if self.is_still() {
            Symbol::encode_smallest(&frame, self.version)
        } else {
            Symbol::encode(&frame, self.version)
        }
    }
}

/// Modules on a side with the quiet zone.
fn modules(version: u8) -> usize {
    17 + 4 * usize::from(version) + 2 * symbol::QUIET_ZONE
}

/// Draws on one canvas.
pub(super) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    pixels: usize,
}

impl Painter {
    /// A painter for a canvas, white at first.
    pub(super) fn new(canvas: HtmlCanvasElement) -> Result<Self, Problem> {
        let context = canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into().ok());
        Ok(Self { context: context.ok_or(Problem::Unexpected)?, canvas, pixels: 0 })
    }

    /// Makes room for a code of so many CSS pixels; answers the device pixels that it has.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the width of a screen")]
    pub(super) fn fit(&mut self, css_pixels: f64) -> usize {
        self.pixels = (css_pixels * ratio()).floor().max(0.0) as usize;
        self.pixels
    }

    /// Draws the frame of this turn. The old picture stands until the new one replaces it.
    #[allow(clippy::cast_possible_truncation, reason = "at most 177 modules of some pixels")]
    pub(super) fn draw(&self, code: &Code, turn: u64) -> Result<(), Problem> {
        let symbol = code.symbol(turn).map_err(|error| Problem::coded(error.code()))?;
        let across = symbol.size() + 2 * symbol::QUIET_ZONE;
        let scale = (self.pixels / across).max(1);
        let side = across * scale;
        if self.canvas.width() as usize != side {
            self.resize(side);
        }
        let mut picture = vec![0xFF_u8; side * side * 4];
        for (y, line) in picture.chunks_exact_mut(side * 4).enumerate() {
            let row = (y / scale).wrapping_sub(symbol::QUIET_ZONE);
            for (x, pixel) in line.chunks_exact_mut(4).enumerate() {
                let column = (x / scale).wrapping_sub(symbol::QUIET_ZONE);
                if symbol.is_dark(column, row)
                    && let [red, green, blue, _] = pixel
                {
                    (*red, *green, *blue) = (0, 0, 0);
                }
            }
        }
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&picture), side as u32, side as u32)
            .and_then(|image| self.context.put_image_data(&image, 0.0, 0.0))
            .map_err(|_| Problem::Unexpected)
    }

    /// Nothing but white: the code is gone.
    pub(super) fn wipe(&self) {
        let side = f64::from(self.canvas.width());
        self.context.clear_rect(0.0, 0.0, side, side);
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels of a screen")]
    fn resize(&self, side: usize) {
        self.canvas.set_width(side as u32);
        self.canvas.set_height(side as u32);
        let css = format!("{}px", side as f64 / ratio());
        let style = self.canvas.style();
        let _ = style.set_property("width", &css);
        let _ = style.set_property("height", &css);
    }
}

fn ratio() -> f64 {
    crate::dom::window().device_pixel_ratio().max(1.0)
}
