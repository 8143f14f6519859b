//! JPEG: the frame, the orientation, the end, and what is behind it.

use super::bytes::{big, part, to_usize};
use super::error::FileError;
use super::exif;
use super::kind::{Kind, PictureFile};

/// Reads a file that begins with a start of image.
pub(super) fn read(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let (mut file, mut orientation, mut at) = (None, 1, 2);
    // Every step reads at least one byte.
    loop {
        let marker = match *part(bytes, at, 2)? {
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => marker,
            _ => return Err(FileError::NotPicture),
        };
        at += 2;
        match marker {
            0xd9 => break,
            // Markers without a body.
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | 0xd8 => return Err(FileError::NotPicture),
            _ => {}
        }
        let length = to_usize(big(part(bytes, at, 2)?));
        let body = part(bytes, at, length)?.get(2..).ok_or(FileError::NotPicture)?;
        at += length;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                if let [_, h1, h0, w1, w0, components, ..] = *body {
                    let found = PictureFile::new(Kind::Jpeg, big(&[w1, w0]), big(&[h1, h0]));
                    file.get_or_insert(PictureFile { components, ..found });
                }
            }
            0xe1 => orientation = exif::orientation(body).unwrap_or(orientation),
            0xda => at += scan(bytes.get(at..).unwrap_or_default()).ok_or(FileError::Truncated)?,
            _ => {}
        }
    }
    let file = file.ok_or(FileError::NotPicture)?;
    let motion = bytes.get(at..).unwrap_or_default().windows(4).any(|name| name == b"ftyp");
    Ok(PictureFile { orientation, motion, ..file })
}

/// Returns the length of the coded data of a scan: up to a marker that is neither stuffed nor a restart.
fn scan(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| matches!(*pair, [0xff, 0x01..=0xcf | 0xd8..=0xfe]))
}
