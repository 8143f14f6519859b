//! What kind of file a picture is, before anything decodes it.
//!
//! Only heads and structure are read; a browser decodes. What a browser would show only in part, or of which it would take
//! any one moment, is refused here with the one thing to change. Work and memory are linear in the length of the file.

mod boxes;
mod bytes;
mod error;
mod exif;
mod jpeg;
mod kind;
mod others;

pub use error::{FileCode, FileError};
pub use kind::{Kind, PictureFile};

/// Most pixels of a picture that is decoded: 48 megapixels of a telephone, and a little more.
pub const PIXELS_MAX: u64 = 51_000_000;
/// Most pixels of a side of a picture that is decoded.
pub const SIDE_MAX: u32 = 12_000;

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
