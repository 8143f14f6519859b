//! Bytes of hostile files: compressed without limits, and changed before they are signed.

use std::sync::LazyLock;

use crate::draft::Draft;
use crate::issuer::TestIssuer;

/// Returns the payload of the right presentation, at [`NOW`](crate::sample::NOW).
pub fn valid() -> &'static [u8] {
    static VALID: LazyLock<Vec<u8>> = LazyLock::new(|| changed(&TestIssuer::default(), |_| {}));
    &VALID
}

/// Returns a payload of the QR link, without the limits of the crate `mdoc`.
pub fn deflate(inflated: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(inflated, 9)
}

/// One zlib stream, as status lists have it.
#[must_use]
pub fn zlib(inflated: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(inflated, 9)
}

/// Returns a zlib stream of this many MiB of zeros without an end marker: no reader should get there.
///
/// # Panics
/// Never: the compressor accepts any input.
#[must_use]
pub fn zlib_bomb(mebibytes: usize) -> Vec<u8> {
    use miniz_oxide::deflate::core::{
        CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
    };
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(9, 0, 0));
    let (zeros, mut block) = (vec![0; 1 << 20], Vec::new());
    let (_, taken) = compress_to_output(&mut state, &zeros, TDEFLFlush::Full, |part| {
        block.extend_from_slice(part);
        true
    });
    assert_eq!(taken, zeros.len(), "all zeros are taken");
    // a flushed block is independent of those before it
    [&[0x78, 0xda], block.repeat(mebibytes).as_slice()].concat()
}

/// Returns a draft of the issuer with one change, as a payload.
pub(super) fn changed(issuer: &TestIssuer, change: impl FnOnce(&mut Draft)) -> Vec<u8> {
    let mut draft = Draft::new(issuer);
    change(&mut draft);
    deflate(&draft.inflated())
}

/// Returns bytes as lower-case hexadecimal digits.
#[cfg(feature = "judge")]
pub(super) fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Decodes lower-case hexadecimal digits.
#[cfg(feature = "judge")]
pub(super) fn unhex(text: &str) -> Vec<u8> {
    base16ct::lower::decode_vec(text).expect("hexadecimal")
}
