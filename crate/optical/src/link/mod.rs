//! The link over QR codes (`docs/optical-link.md`): a payload to frames, what is shown when, and back.

pub(crate) mod assembler;
mod erasure;
pub(crate) mod frame;
pub(crate) mod frame_set;
pub(crate) mod plan;
pub(crate) mod reel;
pub(crate) mod sessions;
pub mod text;
