//! The code on its canvas: whole device pixels a module, black on white, one change of picture at a time.

use optical::{FrameError, QUIET_ZONE, Symbol, SymbolError, TextError};
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Why no picture is shown any more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stopped {
    /// The payload has expired.
    Ended,
    /// It cannot be drawn.
    NotDrawn(NotDrawn),
    /// The browser has no canvas.
    NoCanvas,
}

/// Why a payload cannot be drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NotDrawn {
    /// It does not fit frames.
    Frame(FrameError),
    /// A frame does not fit a symbol.
    Symbol(SymbolError),
    /// It does not fit the text form.
    Text(TextError),
}

impl NotDrawn {
    /// The stable code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Frame(error) => error.code(),
            Self::Symbol(error) => error.code(),
            Self::Text(error) => error.code(),
        }
    }
}

impl From<FrameError> for Stopped {
    fn from(error: FrameError) -> Self {
        Self::NotDrawn(NotDrawn::Frame(error))
    }
}

impl From<SymbolError> for Stopped {
    fn from(error: SymbolError) -> Self {
        Self::NotDrawn(NotDrawn::Symbol(error))
    }
}

impl From<TextError> for Stopped {
    fn from(error: TextError) -> Self {
        Self::NotDrawn(NotDrawn::Text(error))
    }
}

/// Draws on one canvas.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Painter {
    /// A painter for a canvas, white at first.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// Draws a symbol, `scale` device pixels a module. The one before stands until this one replaces it.
    #[allow(clippy::cast_possible_truncation, reason = "at most 177 modules of some pixels")]
    pub(crate) fn draw(&self, symbol: &Symbol, scale: usize) -> Result<(), Stopped> {
        let side = (symbol.size() + 2 * QUIET_ZONE) * scale;
        if self.canvas.width() as usize != side {
            self.resize(side);
        }
        let mut pixels = vec![0xFF_u8; side * side * 4];
        for (y, line) in pixels.chunks_exact_mut(side * 4).enumerate() {
            let row = (y / scale).wrapping_sub(QUIET_ZONE);
            for (x, pixel) in line.chunks_exact_mut(4).enumerate() {
                let column = (x / scale).wrapping_sub(QUIET_ZONE);
                if symbol.is_dark(column, row)
                    && let [red, green, blue, _] = pixel
                {
                    (*red, *green, *blue) = (0, 0, 0);
                }
            }
        }
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), side as u32, side as u32)
            .and_then(|image| self.context.put_image_data(&image, 0.0, 0.0))
            .map_err(|_| Stopped::NoCanvas)
    }

    /// Nothing but white: the code is gone.
    pub(crate) fn wipe(&self) {
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

/// Whole device pixels in a length of CSS pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the width of a screen")]
pub(crate) fn device_pixels(css_pixels: f64) -> usize {
    (css_pixels * ratio()).floor().max(0.0) as usize
}

fn ratio() -> f64 {
    crate::browser::dom::window().device_pixel_ratio().max(1.0)
}
