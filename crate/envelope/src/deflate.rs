//! The payload of the QR link: raw deflate (RFC 1951), bounded before and after inflating.

use mdoc::inflate::{self, Format, InflateError, Limits};
use miniz_oxide::deflate::compress_to_vec;

use crate::error::EnvelopeError;

/// The largest payload, deflated, in bytes.
pub const MAX_DEFLATED: usize = 64 * 1024;
/// The largest Envelope, inflated, in bytes.
pub const MAX_INFLATED: usize = 128 * 1024;

const DEFLATE_LEVEL: u8 = 9;
/// The most blocks of a stream. Each costs building Huffman tables even if it is empty, and 64 KiB have room for
/// 52,000 empty ones. Compressors write one block for many kilobytes.
const MAX_BLOCKS: usize = 256;

/// Deflates an encoded Envelope of any kind to a payload of the QR link.
///
/// # Errors
/// `size` if it is longer than 64 KiB deflated or 128 KiB inflated.
pub fn deflate(envelope: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    if envelope.len() > MAX_INFLATED {
        return Err(EnvelopeError::Size);
    }
    let payload = compress_to_vec(envelope, DEFLATE_LEVEL);
    if payload.len() > MAX_DEFLATED {
        return Err(EnvelopeError::Size);
    }
    Ok(payload)
}

/// Inflates one complete raw deflate stream, never holding more than 128 KiB of its output.
///
/// # Errors
/// `size` or `envelope-deflate`.
pub fn inflate(payload: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    if payload.len() > MAX_DEFLATED {
        return Err(EnvelopeError::Size);
    }
    let mut output = Vec::new();
    let limits = Limits { output: MAX_INFLATED, blocks: Some(MAX_BLOCKS) };
    let inflated = inflate::inflate(payload, Format::Deflate, limits, &mut |window| {
        output.extend_from_slice(window);
    });
    inflated.map(|()| output).map_err(|error| match error {
        InflateError::Size => EnvelopeError::Size,
        InflateError::Stream => EnvelopeError::Deflate,
    })
}
