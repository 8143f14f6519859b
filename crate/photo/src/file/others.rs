//! PNG, GIF, WebP and BMP.

use super::bytes::{big, little, part, to_usize};
use super::error::FileError;
use super::kind::{Kind, PictureFile};

/// Reads the chunks of a PNG file up to its end.
pub(super) fn png(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let (mut file, mut at) = (None, 8);
    loop {
        let length = to_usize(big(part(bytes, at, 4)?));
        let name = part(bytes, at + 4, 4)?;
        let body = part(bytes, at + 8, length)?;
        // Its checksum.
        part(bytes, at + 8 + length, 4)?;
        at += 12 + length;
        match name {
            b"IHDR" => {
                let [width, height] = [body.get(..4), body.get(4..8)].map(Option::unwrap_or_default);
                let deep = body.get(8) == Some(&16);
                file = Some(PictureFile { deep, ..PictureFile::new(Kind::Png, big(width), big(height)) });
            }
            b"acTL" => return Err(FileError::Animated),
            b"IEND" => return file.ok_or(FileError::NotPicture),
            _ => {}
        }
    }
}

/// Reads the blocks of a GIF file up to its end. A browser decodes the logical screen and each image whole.
pub(super) fn gif(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let head = part(bytes, 0, 13)?;
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << (flags % 8 + 1) };
    let number = |at: usize| part(bytes, at, 2).map(little);
    let (mut width, mut height) = (number(6)?, number(8)?);
    let mut at = 13 + head.get(10).map_or(0, |flags| colours(*flags));
    let mut images = 0;
    // Every step reads at least one byte.
    loop {
        match *part(bytes, at, 1)? {
            [0x3b] if images == 1 => return Ok(PictureFile::new(Kind::Gif, width, height)),
            [0x21] => at = blocks(bytes, at + 2)?,
            [0x2c] if images == 1 => return Err(FileError::Animated),
            [0x2c] => {
                images += 1;
                width = width.max(number(at + 1)? + number(at + 5)?);
                height = height.max(number(at + 3)? + number(at + 7)?);
                let flags = part(bytes, at + 9, 1)?.first().copied().unwrap_or(0);
                // Behind the table of colours is the size of a code.
                at = blocks(bytes, at + 10 + colours(flags) + 1)?;
            }
            _ => return Err(FileError::NotPicture),
        }
    }
}

/// Returns where the blocks that begin here end.
fn blocks(bytes: &[u8], mut at: usize) -> Result<usize, FileError> {
    loop {
        let length = part(bytes, at, 1)?.first().map_or(0, |length| usize::from(*length));
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}

/// Reads the head of a WebP file; its chunks end with the length that it states.
pub(super) fn webp(bytes: &[u8]) -> Result<PictureFile, FileError> {
    part(bytes, 8, to_usize(little(part(bytes, 4, 4)?)))?;
    let number = |at: usize, length: usize| part(bytes, at, length).map(little);
    let (width, height) = match part(bytes, 12, 4)? {
        b"VP8X" if number(20, 1)? & 2 != 0 => return Err(FileError::Animated),
        b"VP8X" => (number(24, 3)? + 1, number(27, 3)? + 1),
        b"VP8 " => (number(26, 2)? & 0x3fff, number(28, 2)? & 0x3fff),
        b"VP8L" => {
            let bits = number(21, 4)?;
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }
        _ => return Err(FileError::NotPicture),
    };
    Ok(PictureFile::new(Kind::Webp, width, height))
}

/// Reads the head of a BMP file. A negative height is that of a file with its upper row first.
pub(super) fn bmp(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let number = |at: usize| part(bytes, at, 4).map(little);
    part(bytes, 0, to_usize(number(2)?))?;
    let height = number(22)?.cast_signed().unsigned_abs();
    Ok(PictureFile::new(Kind::Bmp, number(18)?, height))
}
