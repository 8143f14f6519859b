//! Luma pictures to the bytes of the QR symbols in them.
//!
//! A picture is made black and white, finder patterns are searched, sets of three make guesses, the
//! modules of the likeliest are read from the luma as it came, and error correction gives the bytes.
//! Between the steps the work is bounded, because a picture full of finder patterns gives ten
//! thousand of them and more than a hundred thousand sets.

mod binary;
mod diagnosis;
mod examination;
mod filter;
mod find;
mod finder;
mod geometry;
mod grid;
mod hint;
pub(super) mod modules;
pub(super) mod order;
mod picture;
mod read;
mod reader;
mod search;
mod sets;
mod still;
mod texture;

pub use self::diagnosis::Diagnosis;
pub use self::examination::{
    Examination, Found, MAX_MODULES, MAX_PIXELS, MAX_SAMPLED, MAX_SETS, MAX_SIDE, MIN_SIDE,
};
pub use self::hint::{Hint, HintJudge};
pub use self::reader::Reader;
pub use self::still::{examine, scan_luma, scan_still};
