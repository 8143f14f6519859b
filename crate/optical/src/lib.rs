//! The QR link: presentation bytes to frames to QR symbols, and camera luma back to bytes.
//!
//! ```text
//! show   payload -> FrameSet -> frame bytes -> Symbol -> (the page draws it)
//! read   (the camera's luma) -> scan_luma -> frame bytes -> Assembler -> payload
//! ```
//!
//! The format is written down in `docs/optical-link.md`. What comes out of [`Assembler`] is whole
//! and is what *some* screen showed; nothing here says who made it. Time is an argument, there is
//! no randomness, and every bound is checked before memory is taken.
//!
//! ```
//! use liangzheng_optical::{Assembler, FrameSet, Progress};
//!
//! let payload = vec![0x5a; 3000];
//! let set = FrameSet::for_version(&payload, liangzheng_optical::symbol::DEFAULT_VERSION)?;
//! let mut assembler = Assembler::new();
//! let mut out = None;
//! for shown in 0..u64::from(set.k()) {
//!     if let Progress::Complete(bytes) = assembler.accept(&set.shown(shown), shown * 100) {
//!         out = Some(bytes);
//!     }
//! }
//! assert_eq!(out, Some(payload));
//! # Ok::<(), liangzheng_optical::FrameError>(())
//! ```

mod gf256;
mod link;
mod qr;
#[cfg(test)]
mod random;

pub use link::assembler::{self, Assembler, Progress};
pub use link::frame::{self, Frame, FrameError, FrameSet, SessionId};
pub use link::plan::{self, Conditions, Ease, Hold, Plan};
pub use link::reel::{self, Picture, Reel};
pub use link::text::{self, TextError};
pub use qr::scan::{self, Found, scan_luma, scan_still};
pub use qr::symbol::{self, Level, Symbol, SymbolError};
