//! Sends bytes from a screen to a camera by a sequence of QR codes (ISO/IEC 18004).
//!
//! A payload of up to 64 KiB is cut into K frames, each shown as one QR code. Up to 255 different frames are made, and any
//! K of them restore the payload, so that it does not matter when a reader begins or what it loses. The format is
//! specified in the project's `docs/optical-link.md`.
//!
//! ```text
//! show   payload -> Plan -> FrameSet -> frame bytes -> Symbol -> (the caller draws it)
//! read   (the camera's luma) -> Reader -> Found -> Assembler -> payload
//! ```
//!
//! The two halves can be used alone: the reader reads any QR code, and frames are bytes that any encoder can draw.
//!
//! # Example
//!
//! Everything from a payload to pictures and back. Every third picture is lost on the way.
//!
//! ```
//! use liangzheng_optical::{
//!     Assembler, DEFAULT_VERSION, FrameSet, Progress, QUIET_ZONE, Reader, Symbol,
//! };
//!
//! /// Draws a symbol with its quiet zone, four pixels a module; returns luma and the length of a row.
//! fn draw(symbol: &Symbol) -> (Vec<u8>, usize) {
//!     let side = (symbol.size() + 2 * QUIET_ZONE) * 4;
//!     // Left of the symbol and above it the number wraps around: there all is light.
//!     let module = |pixel: usize| (pixel / 4).wrapping_sub(QUIET_ZONE);
//!     let luma = (0..side * side).map(|at| {
//!         if symbol.is_dark(module(at % side), module(at / side)) { 20 } else { 235 }
//!     });
//!     (luma.collect(), side)
//! }
//!
//! let payload = vec![0x5a; 3000];
//! let frames = FrameSet::for_version(&payload, DEFAULT_VERSION)?;
//! assert_eq!(frames.k(), 3);
//!
//! let mut reader = Reader::new();
//! let mut assembler = Assembler::new();
//! let mut received = None;
//! for turn in (0..).filter(|turn| turn % 3 != 1) {
//!     let (luma, side) = draw(&Symbol::encode_smallest(&frames.shown(turn), DEFAULT_VERSION)?);
//!     // The caller's clock, in milliseconds.
//!     let now_ms = turn * 100;
//!     for code in reader.read(&luma, side, side, side).found {
//!         if let Progress::Complete(bytes) = assembler.accept(&code.bytes, now_ms) {
//!             received = Some(bytes);
//!         }
//!     }
//!     if received.is_some() {
//!         break;
//!     }
//! }
//! assert_eq!(received, Some(payload));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Showing
//!
//! [`Plan::choose`] takes the size of the place on the screen and returns the version of the symbols, the pixels of a module
//! and how long each picture is held. [`FrameSet`] makes the frames of one payload; [`FrameSet::shown`] gives them in the
//! order of the format. [`Reel`] does both, and replaces a payload that is signed anew without losing the readers of the
//! old one. A small payload can be one picture that stands still ([`Plan::single`]), or digits for a scanner gun that types
//! what it reads ([`text`]).
//!
//! [`Symbol`] is a matrix of dark and light modules. It is encoded by the `qrcode` crate in byte mode with a fixed mask.
//! [`QUIET_ZONE`] modules of light ground belong around it.
//!
//! # Reading
//!
//! A picture is `height` rows of `width` bytes of luma, 0 black to 255 white; the starts of two rows are `stride` bytes
//! apart. Where a picture is out of bounds ([`MIN_SIDE`], [`MAX_SIDE`]) or shorter than it says, nothing is found.
//!
//! | function | for |
//! |---|---|
//! | [`Reader::read`] | the pictures of one camera, in order: follows the code, and bounds the time of each picture |
//! | [`scan_luma`] | one picture, quickly |
//! | [`scan_still`] | a file or a screenshot: looks longer, at the negative, and at smaller sizes |
//! | [`examine`] | as `scan_luma`, with the work that was done |
//!
//! Each returns [`Found`]: the bytes of every QR code in the picture, whoever made it, and where it is. Codes may be
//! turned, slanted, mirrored, light on dark, blurred or partly covered. Of characters in other modes than bytes the code's
//! own character set is given.
//!
//! [`Reader::diagnosis`] and [`HintJudge`] say why a picture could not be read (too far, too dark, glare, …), as one
//! [`Hint`] at a time for the person who holds the camera.
//!
//! # Assembling
//!
//! [`Assembler::accept`] takes what was read, one code at a time, and returns what it did as [`Progress`]. It stays with one
//! session, ignores what is no frame, and returns each payload once, when its SHA-256 begins with the session's name. A
//! false frame among the right ones delays it by one frame. [`Sessions`] collects up to four at once, for pictures that are
//! handed over one after the other and may show several codes. [`Frame::decode`] checks one frame by the rules of the format.
//!
//! # What is checked
//!
//! - Every length of a frame, before memory is taken; its CRC-16; that padding is zero ([`FrameError`]).
//! - That a payload has the hash that its frames name: of frames of which one was altered it is not returned.
//! - A picture costs no more than [`MAX_PIXELS`] pixels in all views, [`MAX_SETS`] sets of finder patterns, of which
//!   [`MAX_SAMPLED`] with at most [`MAX_MODULES`] modules are decoded. Work is counted, not timed.
//! - Error correction leaves check bytes for errors of unknown place, so that noise is not taken for a symbol.
//!
//! # What is left to the caller
//!
//! - **Who made a payload.** The hash binds frames to each other and not to a person: whoever shows codes chooses both.
//!   Verify a signature inside the payload.
//! - **Time**, in milliseconds of any clock that does not go back, and **randomness** for the rhythm ([`Hold::refreshes`]):
//!   both are arguments.
//! - **The camera and the screen.** Nothing here draws or captures.
//! - **A limit of time.** The bounds above hold on every picture; where one must never delay others, read in a thread or
//!   worker that can be replaced.
//!
//! # Memory
//!
//! An [`Assembler`] holds one payload and its padding, at most 64 KiB and 127 bytes ([`Assembler::held_bytes`]), and
//! [`Sessions`] four of them. A [`Reader`] keeps a few hundred bytes between pictures, and takes a few times the size of a
//! picture while it reads one.
//!
//! # Errors
//!
//! [`FrameError`], [`SymbolError`] and [`TextError`] each have a stable `code()` in kebab case, the `step()` and the
//! `clause()` of the format. None contains bytes of a payload, and neither do the `Debug` forms of [`Found`] and [`Symbol`]:
//! they may be logged.
//!
//! # Features and platforms
//!
//! There are no features. The crate is pure: no I/O, clock, randomness, threads or global state, and it builds for
//! `wasm32-unknown-unknown` as it is. It has two direct dependencies, `qrcode` and `sha2`.

mod gf256;
mod link;
mod qr;
#[cfg(test)]
mod random;

pub use link::assembler::{Assembler, Progress};
pub use link::frame::{Frame, FrameError, HEADER_LENGTH, MAX_PAYLOAD, SessionId};
pub use link::frame_set::FrameSet;
pub use link::plan::{Conditions, Ease, Hold, Plan};
pub use link::reel::{Picture, Reel};
pub use link::sessions::Sessions;
pub use link::text::{self, TextError};
pub use qr::scan::{
    Diagnosis, Examination, Found, Hint, HintJudge, MAX_MODULES, MAX_PIXELS, MAX_SAMPLED, MAX_SETS, MAX_SIDE,
    MIN_SIDE, Reader, examine, scan_luma, scan_still,
};
pub use qr::symbol::{
    DEFAULT_VERSION, Level, QUIET_ZONE, Symbol, SymbolError, capacity, digit_capacity_at, modules_across,
};
