//! QR codes (ISO/IEC 18004): bytes to a symbol, and camera pictures back to bytes.

mod codewords;
mod layout;
mod reed_solomon;
pub(crate) mod scan;
mod segments;
pub(crate) mod symbol;
mod version;
