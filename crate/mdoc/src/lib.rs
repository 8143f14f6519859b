//! ISO/IEC 18013-5 mdoc: bytes to types to verified; issuing; two-phase device signing.

pub mod cbor;
pub mod code;
pub mod cose;
pub mod elements;
pub mod signature;
pub mod time;

pub use elements::Elements;
