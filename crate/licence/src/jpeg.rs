//! Checks portraits by their markers before any decoder sees them.
//!
//! A JPEG of 740 bytes can make a browser allocate more than a gigabyte. So dimensions, number of scans and
//! length are bounded by reading the markers (ITU-T T.81, annex B), without decoding.

use serde::{Deserialize, Serialize};

/// Largest portrait in bytes.
pub const PORTRAIT_BYTES_MAX: usize = 100 * 1024;
/// Largest width in pixels.
pub const PORTRAIT_WIDTH_MAX: u16 = 1024;
/// Largest height in pixels.
pub const PORTRAIT_HEIGHT_MAX: u16 = 1280;
/// Most scans of a progressive picture.
pub const PORTRAIT_SCANS_MAX: usize = 10;

/// The measures of a portrait that may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortraitInfo {
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// Scans, one for a baseline picture.
    pub scans: usize,
    /// Bytes after the end of the picture, which no decoder needs to see. Some issuers pad a portrait.
    #[serde(default)]
    pub trailing: usize,
}

/// Why a portrait is refused. A verdict has one code for all, `portrait-unreadable`; a claim has `photo-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortraitError {
    /// More than [`PORTRAIT_BYTES_MAX`] bytes.
    TooLong,
    /// It is not a JPEG: for example SVG, GIF, HTML, or empty.
    NotJpeg,
    /// It ends before its end marker.
    Truncated,
    /// A misplaced marker, or an unsupported frame type.
    Malformed,
    /// It has more than [`PORTRAIT_WIDTH_MAX`] by [`PORTRAIT_HEIGHT_MAX`] pixels, or none.
    Dimensions,
    /// More than [`PORTRAIT_SCANS_MAX`] scans.
    Scans,
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, PortraitError> {
        let (first, rest) = self.rest.split_first().ok_or(PortraitError::Truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    fn word(&mut self) -> Result<u16, PortraitError> {
        Ok(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    fn segment(&mut self) -> Result<&'a [u8], PortraitError> {
        let length = usize::from(self.word()?).checked_sub(2).ok_or(PortraitError::Malformed)?;
        let (segment, rest) = self.rest.split_at_checked(length).ok_or(PortraitError::Truncated)?;
        self.rest = rest;
        Ok(segment)
    }

    /// Returns the next marker after any fill bytes.
    fn marker(&mut self) -> Result<u8, PortraitError> {
        if self.byte()? != 0xFF {
            return Err(PortraitError::Malformed);
        }
        loop {
            match self.byte()? {
                0xFF => {}
                0x00 => return Err(PortraitError::Malformed),
                marker => return Ok(marker),
            }
        }
    }

    /// Skips the coded data of a scan, including restart markers and stuffed bytes.
    fn skip_scan_data(&mut self) -> Result<(), PortraitError> {
        loop {
            let at = self.rest.iter().position(|byte| *byte == 0xFF).ok_or(PortraitError::Truncated)?;
            match self.rest.get(at + 1) {
                None => return Err(PortraitError::Truncated),
                Some(0x00 | 0xD0..=0xD7) => self.rest = self.rest.get(at + 2..).unwrap_or_default(),
                Some(_) => {
                    self.rest = self.rest.get(at..).unwrap_or_default();
                    return Ok(());
                }
            }
        }
    }
}

fn frame(segment: &[u8]) -> Result<(u16, u16), PortraitError> {
    let [precision, h1, h0, w1, w0, components, rest @ ..] = segment else {
        return Err(PortraitError::Malformed);
    };
    let (height, width) = (u16::from_be_bytes([*h1, *h0]), u16::from_be_bytes([*w1, *w0]));
    // Sampling factors of at most 2 keep the decoder's memory proportional to the dimensions.
    let ordinary = *precision == 8
        && matches!(components, 1 | 3)
        && rest.len() == usize::from(*components) * 3
        && rest
            .chunks_exact(3)
            .all(|part| part.get(1).is_some_and(|s| matches!(s >> 4, 1 | 2) && matches!(s & 15, 1 | 2)));
    if !ordinary {
        return Err(PortraitError::Malformed);
    }
    if width == 0 || height == 0 || width > PORTRAIT_WIDTH_MAX || height > PORTRAIT_HEIGHT_MAX {
        return Err(PortraitError::Dimensions);
    }
    Ok((width, height))
}

/// Reads the markers of a picture and refuses everything but a small baseline, extended or progressive JPEG.
///
/// # Errors
/// Returns the first reason found. Decodes no pixel.
pub fn check_portrait(bytes: &[u8]) -> Result<PortraitInfo, PortraitError> {
    if bytes.len() > PORTRAIT_BYTES_MAX {
        return Err(PortraitError::TooLong);
    }
    let Some(rest) = bytes.strip_prefix(&[0xFF, 0xD8, 0xFF]) else {
        return Err(PortraitError::NotJpeg);
    };
    // The third byte starts the first marker.
    let mut reader = Reader { rest: bytes.get(bytes.len() - rest.len() - 1..).unwrap_or_default() };
    let mut dimensions = None;
    let mut scans = 0usize;
    loop {
        match reader.marker()? {
            // baseline, extended sequential, progressive
            0xC0..=0xC2 => {
                let found = frame(reader.segment()?)?;
                if dimensions.replace(found).is_some() {
                    return Err(PortraitError::Malformed);
                }
            }
            // tables, restart interval, application data, comment
            0xC4 | 0xDB | 0xDD | 0xE0..=0xEF | 0xFE => {
                reader.segment()?;
            }
            0xDA => {
                if dimensions.is_none() {
                    return Err(PortraitError::Malformed);
                }
                scans += 1;
                if scans > PORTRAIT_SCANS_MAX {
                    return Err(PortraitError::Scans);
                }
                reader.segment()?;
                reader.skip_scan_data()?;
            }
            0xD9 => break,
            // lossless, hierarchical and arithmetic frames, a second start, a later height
            _ => return Err(PortraitError::Malformed),
        }
    }
    match dimensions {
        Some((width, height)) if scans > 0 => {
            Ok(PortraitInfo { width, height, scans, trailing: reader.rest.len() })
        }
        _ => Err(PortraitError::Malformed),
    }
}

/// Whether a picture is JPEG 2000 (ISO/IEC 15444-1), as a file or as a codestream. ISO/IEC 18013-5, 7.2.1 allows it, and
/// browsers do not draw it.
pub(crate) fn is_jpeg_2000(bytes: &[u8]) -> bool {
    const FILE: &[u8] = b"\0\0\0\x0cjP  \r\n\x87\n";
    const CODESTREAM: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];
    bytes.starts_with(FILE) || bytes.starts_with(CODESTREAM)
}

/// Returns a JPEG with valid markers and empty scans, for tests only.
#[cfg(test)]
pub(crate) fn hollow(width: u16, height: u16, scans: usize) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, b'J', b'F'];
    bytes.extend([0xFF, 0xC2, 0, 11, 8]);
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([1, 1, 0x11, 0]);
    for _ in 0..scans {
        bytes.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34]);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_the_dimensions() {
        let info = check_portrait(&hollow(1024, 1280, 1));
        assert_eq!(info, Ok(PortraitInfo { width: 1024, height: 1280, scans: 1, trailing: 0 }));
        assert_eq!(check_portrait(&hollow(1025, 1280, 1)), Err(PortraitError::Dimensions));
        assert_eq!(check_portrait(&hollow(1024, 1281, 1)), Err(PortraitError::Dimensions));
        assert_eq!(check_portrait(&hollow(0, 100, 1)), Err(PortraitError::Dimensions));
        assert_eq!(check_portrait(&hollow(100, 0, 1)), Err(PortraitError::Dimensions));
        assert_eq!(check_portrait(&hollow(20_000, 20_000, 1)), Err(PortraitError::Dimensions));
    }

    #[test]
    fn bounds_of_the_scans_and_the_length() {
        assert!(check_portrait(&hollow(10, 10, 10)).is_ok());
        assert_eq!(check_portrait(&hollow(10, 10, 11)), Err(PortraitError::Scans));
        assert_eq!(check_portrait(&hollow(10, 10, 0)), Err(PortraitError::Malformed));
        assert_eq!(check_portrait(&vec![0xFF; PORTRAIT_BYTES_MAX + 1]), Err(PortraitError::TooLong));
    }

    #[test]
    fn other_formats_are_refused() {
        for bytes in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a\x01\0\x01\0",
            b"\x89PNG\r\n\x1a\n",
            b"<html>",
            b"\xFF\xD8",
            b"RIFF....WEBP",
        ] {
            assert_eq!(check_portrait(bytes), Err(PortraitError::NotJpeg));
        }
    }

    #[test]
    fn every_truncation_is_refused() {
        let whole = hollow(120, 174, 3);
        assert!(check_portrait(&whole).is_ok());
        for length in 0..whole.len() {
            assert!(check_portrait(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn what_follows_the_end_is_counted() {
        let mut polyglot = hollow(120, 174, 1);
        polyglot.extend_from_slice(b"<script>");
        assert_eq!(check_portrait(&polyglot).map(|info| info.trailing), Ok(8));
        assert_eq!(check_portrait(&hollow(120, 174, 1)).map(|info| info.trailing), Ok(0));
    }

    #[test]
    fn jpeg_2000_is_known_by_its_first_bytes() {
        assert!(is_jpeg_2000(b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftyp"));
        assert!(is_jpeg_2000(&[0xFF, 0x4F, 0xFF, 0x51, 0]));
        assert!(!is_jpeg_2000(&hollow(120, 174, 1)));
        assert!(!is_jpeg_2000(b"jP"));
    }

    #[test]
    fn odd_frames_are_refused() {
        for marker in [0xC3, 0xC5, 0xC9, 0xCA, 0xCF, 0xDC, 0xDE] {
            let mut bytes = hollow(120, 174, 1);
            bytes[9] = marker;
            assert_eq!(check_portrait(&bytes), Err(PortraitError::Malformed), "{marker:x}");
        }
        let mut sampled = hollow(120, 174, 1);
        sampled[19] = 0x44;
        assert_eq!(check_portrait(&sampled), Err(PortraitError::Malformed));
    }

    #[test]
    fn any_byte_changed_never_panics() {
        let whole = hollow(120, 174, 2);
        for at in 0..whole.len() {
            for value in 0..=255u8 {
                let mut bytes = whole.clone();
                bytes[at] = value;
                let _ = check_portrait(&bytes);
            }
        }
    }
}
