//! The inflated entries of a status list, in windows.

use super::MAX_LIST;
use super::error::StatusListError;
use crate::inflate::{Format, InflateError, Limits, WINDOW, inflate};

/// Bytes in windows of [`WINDOW`], of which the last is shorter. It grows without copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Windows {
    windows: Vec<Box<[u8]>>,
    length: usize,
}

impl Windows {
    /// Inflates one complete zlib stream of at most [`MAX_LIST`] bytes.
    pub(super) fn inflate(stream: &[u8]) -> Result<Self, StatusListError> {
        let mut output = Self::default();
        let limits = Limits { output: MAX_LIST, blocks: None };
        let inflated = inflate(stream, Format::Zlib, limits, &mut |window| {
            output.length = output.length.saturating_add(window.len());
            output.windows.push(window.into());
        });
        inflated.map(|()| output).map_err(|error| match error {
            InflateError::Size => StatusListError::Size,
            InflateError::Stream => StatusListError::Zlib,
        })
    }

    /// Returns the number of bytes.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Returns the byte at an offset.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.windows.get(at / WINDOW)?.get(at % WINDOW).copied()
    }
}
