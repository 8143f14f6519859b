//! Bounded inflate of one complete stream: deflate (RFC 1951) as it is, or in the zlib format (RFC 1950).
//!
//! Output is handed over in windows, so that memory is proportional to what a stream contains and not to what it announces.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// Bytes of a window: the longest distance of deflate.
pub const WINDOW: usize = 32 * 1024;

/// The format of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Deflate without a header or checksum.
    Deflate,
    /// Deflate between the header and the Adler-32 checksum of zlib, which is verified.
    Zlib,
}

/// The bounds of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of output.
    pub output: usize,
    /// Most blocks, if there is a bound. A block costs building Huffman tables even if it is empty.
    pub blocks: Option<usize>,
}

/// Why a stream is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InflateError {
    /// More output than [`Limits::output`].
    Size,
    /// Not one complete stream, more than [`Limits::blocks`] blocks, or bytes after the stream.
    Stream,
}

/// Inflates one complete stream; `output` is called with each window of [`WINDOW`] bytes, of which the last is shorter.
///
/// Windows before an error are handed over: discard them.
///
/// # Errors
/// An [`InflateError`]. `Size` comes first where both apply.
pub fn inflate(
    stream: &[u8],
    format: Format,
    limits: Limits,
    output: &mut dyn FnMut(&[u8]),
) -> Result<(), InflateError> {
    let mut state = Box::<DecompressorOxide>::default();
    let mut window = vec![0; WINDOW];
    let (mut rest, mut at, mut length, mut blocks) = (stream, 0_usize, 0_usize, 0_usize);
    let zlib = match format {
        Format::Deflate => 0,
        Format::Zlib => {
            inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER | inflate_flags::TINFL_FLAG_COMPUTE_ADLER32
        }
    };
    let stops = limits.blocks.map_or(0, |_| inflate_flags::TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY);
    loop {
        let (status, read, wrote) = decompress(&mut state, rest, &mut window, at, zlib | stops);
        rest = rest.get(read..).unwrap_or_default();
        at = at.saturating_add(wrote);
        length = length.saturating_add(wrote);
        if length > limits.output {
            return Err(InflateError::Size);
        }
        if at >= WINDOW {
            output(&window);
            at = 0;
        }
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::BlockBoundary if limits.blocks.is_some_and(|most| blocks < most) => blocks += 1,
            _ => return Err(InflateError::Stream),
        }
    }
    if !rest.is_empty() {
        return Err(InflateError::Stream);
    }
    if let Some(last) = window.get(..at).filter(|last| !last.is_empty()) {
        output(last);
    }
    Ok(())
}
