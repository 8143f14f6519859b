//! Writing CBOR around parts that keep their received bytes.

use cbor::Value;

/// The major type of an array.
pub(crate) const ARRAY: u8 = 4;
/// The major type of a map.
#[cfg(feature = "rustcrypto")]
pub(crate) const MAP: u8 = 5;

/// Writes the shortest head of `major` with `length`.
pub(crate) fn head(out: &mut Vec<u8>, major: u8, length: usize) {
    // The head of an unsigned integer has the same argument; only the major type differs.
    let mut bytes = cbor::encode(&Value::Unsigned(length as u64));
    if let Some(first) = bytes.first_mut() {
        *first |= major << 5;
    }
    out.extend(bytes);
}

/// An encoded text string.
pub(crate) fn text(text: &str) -> Vec<u8> {
    cbor::encode(&Value::text(text))
}
