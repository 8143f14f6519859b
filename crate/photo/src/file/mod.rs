//! What kind of file a picture is, before anything decodes it.
//!
//! Only heads and structure are read; a browser decodes. What a browser would show only in part, or of which it would take
//! any one moment, is refused here with the one thing to change. Work and memory are linear in the length of the file.

mod boxes;
mod exif;
mod jpeg;
mod others;

use cbor::coded;

/// Most pixels of a picture that is decoded: 48 megapixels of a telephone, and a little more.
pub const PIXELS_MAX: u64 = 51_000_000;
/// Most pixels of a side of a picture that is decoded.
pub const SIDE_MAX: u32 = 12_000;

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF with one picture.
    Gif,
    /// BMP.
    Bmp,
    /// AVIF, which most browsers decode.
    Avif,
    /// HEIC, which few browsers decode.
    Heic,
}

/// A picture that may be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFile {
    /// The format.
    pub kind: Kind,
    /// Width in pixels, as stored.
    pub width: u32,
    /// Height in pixels, as stored.
    pub height: u32,
    /// Orientation of Exif, 1 to 8; 1 where none is told.
    pub orientation: u8,
    /// Whether a film follows the picture (a motion photo).
    pub motion: bool,
    /// Components of a pixel of a JPEG: 4 is CMYK.
    pub components: u8,
    /// Whether a channel has 16 bits.
    pub deep: bool,
}

impl PictureFile {
    const fn new(kind: Kind, width: u32, height: u32) -> Self {
        Self { kind, width, height, orientation: 1, motion: false, components: 3, deep: false }
    }

    /// Returns width and height as they are shown: exchanged where the orientation is a quarter turn.
    pub const fn upright(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// Why a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// No picture of a known format.
    NotPicture,
    /// The end of the file is missing.
    Truncated,
    /// Several pictures after each other.
    Animated,
    /// More than [`PIXELS_MAX`] pixels, or [`SIDE_MAX`] of a side.
    TooManyPixels,
    /// A film.
    Film,
    /// A PDF document.
    Pdf,
    /// A raw file of a camera, or TIFF.
    Raw,
    /// A format that this browser does not decode.
    NotDecoded,
    /// HEIC, which this browser does not decode.
    Heic,
}

coded!(FileError as FileCode {
    NotPicture => "picture-not", "photo", "electronic photo";
    Truncated => "picture-truncated", "photo", "electronic photo";
    Animated => "picture-animated", "photo", "electronic photo";
    TooManyPixels => "picture-too-many-pixels", "photo", "electronic photo";
    Film => "picture-film", "photo", "electronic photo";
    Pdf => "picture-pdf", "photo", "electronic photo";
    Raw => "picture-raw", "photo", "electronic photo";
    NotDecoded => "picture-not-decoded", "photo", "electronic photo";
    Heic => "picture-heic", "photo", "electronic photo";
});

/// Reads what kind of file these bytes are.
///
/// # Errors
/// Fails if the file is no picture that a browser could decode whole, or has too many pixels.
pub fn read(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let file = match bytes {
        [0xff, 0xd8, ..] => jpeg::read(bytes)?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => others::png(bytes)?,
        [b'G', b'I', b'F', b'8', ..] => others::gif(bytes)?,
        [b'B', b'M', ..] => others::bmp(bytes)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => others::webp(bytes)?,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => boxes::read(bytes)?,
        [b'%', b'P', b'D', b'F', ..] => return Err(FileError::Pdf),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => return Err(FileError::Raw),
        // JPEG XL, as a codestream and in its container.
        [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => return Err(FileError::NotDecoded),
        _ => return Err(FileError::NotPicture),
    };
    let (width, height) = (file.width, file.height);
    if width == 0 || height == 0 {
        return Err(FileError::NotPicture);
    }
    if width.max(height) > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(FileError::TooManyPixels);
    }
    Ok(file)
}

/// The number of up to four bytes, most significant first.
fn big(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The number of up to four bytes, least significant first.
fn little(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).rev().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// A part of the file, which is cut off if it is not there.
fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], FileError> {
    let end = at.checked_add(length).ok_or(FileError::Truncated)?;
    bytes.get(at..end).ok_or(FileError::Truncated)
}

fn to_usize(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
