//! The payload of the QR link: raw deflate (RFC 1951), bounded before and after inflating.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::error::EnvelopeError;

/// The largest payload, deflated, in bytes.
pub const MAX_DEFLATED: usize = 64 * 1024;
/// The largest Envelope, inflated, in bytes.
pub const MAX_INFLATED: usize = 128 * 1024;

const DEFLATE_LEVEL: u8 = 9;
const INFLATE_STEP: usize = 8 * 1024;
/// Most blocks of a stream. Each costs building Huffman tables even if it is empty, and 64 KiB have room for
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
    let mut state = Box::<DecompressorOxide>::default();
    let mut output = Vec::new();
    let mut rest = payload;
    let (mut written, mut blocks) = (0_usize, 0_usize);
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY;
    loop {
        // The buffer grows in steps and never beyond the limit, whatever the stream announces.
        if written == output.len() {
            if written > MAX_INFLATED {
                return Err(EnvelopeError::Size);
            }
            let room = output.len().saturating_add(INFLATE_STEP);
            // One byte more than the limit distinguishes a full stream from one that is too long.
            output.resize(room.min(MAX_INFLATED + 1), 0);
        }
        let (status, read, wrote) = decompress(&mut state, rest, &mut output, written, flags);
        rest = rest.get(read..).unwrap_or_default();
        written = written.saturating_add(wrote);
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::BlockBoundary if blocks < MAX_BLOCKS => blocks += 1,
            _ => return Err(EnvelopeError::Deflate),
        }
    }
    if written > MAX_INFLATED {
        return Err(EnvelopeError::Size);
    }
    if !rest.is_empty() {
        return Err(EnvelopeError::Deflate);
    }
    output.truncate(written);
    Ok(output)
}
