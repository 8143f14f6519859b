//! Inflates one zlib stream (RFC 1950) in windows, so that memory is proportional to the output.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::MAX_LIST;
use super::error::StatusListError;

/// Bytes of a window: the longest distance of deflate.
pub(super) const WINDOW: usize = 32 * 1024;

/// Bytes in windows of [`WINDOW`], of which the last is shorter. It grows without copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Windows {
    windows: Vec<Box<[u8]>>,
    length: usize,
}

impl Windows {
    /// All bytes.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// The byte at a place.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.windows.get(at / WINDOW)?.get(at % WINDOW).copied()
    }

    fn push(&mut self, window: &[u8]) -> Result<(), StatusListError> {
        self.length = self.length.saturating_add(window.len());
        if self.length > MAX_LIST {
            return Err(StatusListError::Size);
        }
        self.windows.push(window.into());
        Ok(())
    }
}

/// Inflates one complete stream with its checksum and no trailing bytes.
pub(super) fn inflate(stream: &[u8]) -> Result<Windows, StatusListError> {
    let mut state = Box::<DecompressorOxide>::default();
    let mut window = vec![0; WINDOW];
    let mut output = Windows::default();
    let (mut rest, mut at) = (stream, 0_usize);
    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER | inflate_flags::TINFL_FLAG_COMPUTE_ADLER32;
    loop {
        let (status, read, wrote) = decompress(&mut state, rest, &mut window, at, flags);
        rest = rest.get(read..).unwrap_or_default();
        at = at.saturating_add(wrote);
        if at >= WINDOW {
            output.push(&window)?;
            at = 0;
        }
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {}
            _ => return Err(StatusListError::Zlib),
        }
    }
    if !rest.is_empty() {
        return Err(StatusListError::Zlib);
    }
    output.push(window.get(..at).unwrap_or_default())?;
    Ok(output)
}
