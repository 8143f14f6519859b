//! The link over QR codes (`docs/optical-link.md`): a payload to frames, what is shown when, and back.

pub mod assembler;
mod erasure;
pub mod frame;
pub mod plan;
pub mod reel;
pub mod text;
