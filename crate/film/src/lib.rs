//! Films for a fake camera: what a verifier's camera would see of a wallet's screen.
//!
//! Chromium plays a y4m file as its camera (`--use-fake-device-for-media-stream
//! --use-fake-ui-for-media-stream --use-file-for-fake-video-capture=FILE`) and starts it again at
//! its end. It takes y4m with the chroma formats `C420` and `C420jpeg`; with `C444`, `C422`,
//! `Cmono`, or an mp4, it finds no device, and a header of 60 frames a second plays at double
//! speed. So every film here is 1280 x 720, `C420`, 30 frames a second, in black and white.
//!
//! Three ways in: [`from_screenshots`] films pictures of a real screen at the times at which they
//! were taken; [`from_payload`] draws the frames of a payload itself, for tests without a screen;
//! [`staged()`] calculates what a camera sees of a screen in a hand, for measuring. [`read()`]
//! reads such a film with our decoder.
#![allow(clippy::indexing_slicing, reason = "a tool of the tests, as the test kit is")]

mod chance;
mod hostile;
mod optics;
mod place;
mod quiet;
mod read;
mod scene;
mod screen;
mod screenshots;
mod staged;
mod y4m;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use optical::{FrameError, FrameSet, QUIET_ZONE, Symbol, SymbolError};

pub use hostile::{StillPicture, hostile_pictures};
pub use quiet::quiet_pictures;
pub use read::{Reading, read};
pub use scene::{Attack, Family};
pub use screen::DrawnSymbol;
pub use screenshots::{ScreenFilm, Screenshot, from_screenshots};
pub use staged::{FilmFrame, Shown, Truth, payload, staged};
pub use y4m::{Y4mReader, Y4mWriter};

/// Width of a film in pixels.
pub const WIDTH: usize = 1280;
/// Height of a film in pixels.
pub const HEIGHT: usize = 720;
/// Frames of a film a second.
pub const FRAMES_PER_SECOND: u64 = 30;
/// Luma of black, of white (studio range), and of the ground behind a screen.
const BLACK: u8 = 16;
const WHITE: u8 = 235;
const GROUND: u8 = 128;
/// Narrowest code in a film, in pixels.
pub const MIN_CODE_WIDTH: usize = 440;

/// Why a film cannot be written or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum FilmError {
    /// A file cannot be read or written.
    File(PathBuf, io::Error),
    /// A picture is not a PNG that can be decoded.
    Png(PathBuf, png::DecodingError),
    /// The list of screenshots is not `[{"file": …, "ms": …}]`.
    List(PathBuf, serde_json::Error),
    /// There is no picture to film.
    Empty,
    /// The payload cannot be encoded as frames.
    Frames(FrameError),
    /// A frame cannot be drawn.
    Symbol(SymbolError),
    /// The file is not a film written by this crate.
    Format(&'static str),
}

impl fmt::Display for FilmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Png(path, error) => write!(f, "{}: {error}", path.display()),
            Self::List(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Empty => f.write_str("there is no picture to film"),
            Self::Frames(error) => write!(f, "the payload cannot be framed: {error}"),
            Self::Symbol(error) => write!(f, "a frame cannot be drawn: {error}"),
            Self::Format(what) => write!(f, "not a film of this project: {what}"),
        }
    }
}

impl std::error::Error for FilmError {}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FilmError {
    move |error| FilmError::File(path.to_path_buf(), error)
}

/// The options of [`from_payload`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadFilm {
    /// Highest version of a symbol.
    pub version: u8,
    /// Film frames per symbol.
    pub hold: u32,
    /// Minimum number of film frames. The film always ends after a complete round of symbols, so that it can be looped.
    pub at_least: u32,
}

impl Default for PayloadFilm {
    fn default() -> Self {
        Self { version: optical::DEFAULT_VERSION, hold: 3, at_least: 30 }
    }
}

/// Writes the film of a payload's frames to `out` and returns how many film frames it has.
///
/// # Errors
/// Fails if the payload cannot be encoded as frames or the file cannot be written.
pub fn from_payload(payload: &[u8], how: PayloadFilm, out: &Path) -> Result<u32, FilmError> {
    let set = FrameSet::for_version(payload, how.version).map_err(FilmError::Frames)?;
    let pictures = (0..u64::from(set.k()))
        .map(|turn| {
            Symbol::encode_smallest(&set.shown(turn), how.version)
                .map(|symbol| draw(&symbol))
                .map_err(FilmError::Symbol)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut film = Y4mWriter::create(out)?;
    while film.frames() == 0 || film.frames() < how.at_least {
        for picture in &pictures {
            for _ in 0..how.hold.max(1) {
                film.write(picture)?;
            }
        }
    }
    film.finish()
}

/// Draws a symbol with its quiet zone in the middle of the background, as large as whole pixels per module allow.
fn draw(symbol: &Symbol) -> Vec<u8> {
    let cells = symbol.size() + 2 * QUIET_ZONE;
    let module = (HEIGHT - 40) / cells;
    let side = cells * module;
    let (left, top) = ((WIDTH - side) / 2, (HEIGHT - side) / 2);
    let mut luma = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let inside = (left..left + side).contains(&x) && (top..top + side).contains(&y);
            luma.push(if !inside {
                GROUND
            } else {
                let cell = |v: usize, from: usize| ((v - from) / module).wrapping_sub(QUIET_ZONE);
                if symbol.is_dark(cell(x, left), cell(y, top)) { BLACK } else { WHITE }
            });
        }
    }
    luma
}

#[cfg(test)]
mod tests;
