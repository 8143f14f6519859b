//! Demo trust anchors.
//!
//! A demo anchor is identified by its key, whichever list it was imported with: its licences show 演示 / DEMO.

/// SHA-256 of the SubjectPublicKeyInfo of each demo anchor.
///
/// The demo authority derives its key from a public seed text; a test compares.
pub const DEMO_ANCHOR_SPKI_SHA256: [[u8; 32]; 1] = [[
    0xee, 0x2e, 0x3e, 0x77, 0x69, 0x46, 0xa7, 0x67, 0x54, 0xc2, 0x07, 0x01, 0xdb, 0xd9, 0xfc, 0xe0, 0x05,
    0xd3, 0x27, 0xb2, 0x65, 0x46, 0xb7, 0x0a, 0x25, 0xc5, 0x1c, 0x8d, 0xfe, 0x57, 0xc3, 0x35,
]];

/// Whether an anchor with this key is a demo anchor.
pub fn is_demo_anchor(spki_sha256: &[u8; 32]) -> bool {
    DEMO_ANCHOR_SPKI_SHA256.contains(spki_sha256)
}
