//! **These keys are not secret.** They are derived from a text that everybody can read, so that anybody can sign
//! as the demo authority. That is why every licence under them says 演示 / DEMO, why its anchor is known by hash,
//! and why a production build holds none of this.

use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};

/// The public text from which every demo key and serial number comes.
pub const SEED: &str = "liangzheng demo authority 2026: public text, keys that protect nothing, 演示";

/// SHA-256 over the seed and a label.
pub(super) fn derive(label: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(SEED.as_bytes());
    hash.update([0]);
    hash.update(label.as_bytes());
    hash.finalize().into()
}

/// The key of a label: the first derived number that is a private key of P-256.
pub(super) fn signing_key(label: &str) -> Option<SigningKey> {
    // One in 2^32 numbers is none; two in a row will not be met.
    (0..4).find_map(|attempt| SigningKey::from_slice(&derive(&format!("{label} {attempt}"))).ok())
}

/// A serial number of 16 octets, positive and not zero.
pub(super) fn serial(label: &str) -> [u8; 16] {
    let mut serial = [0; 16];
    let derived = derive(&format!("{label} serial"));
    for (to, from) in serial.iter_mut().zip(derived) {
        *to = from;
    }
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x3F) | 0x40;
    }
    serial
}
