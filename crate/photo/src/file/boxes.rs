//! Files in boxes (ISO/IEC 14496-12): HEIC, AVIF, and films.

use super::bytes::{big, part, to_usize};
use super::error::FileError;
use super::kind::{Kind, PictureFile};

/// Boxes of one level that are read.
const BOXES: usize = 4_096;

/// Reads a file that begins with a file type box.
pub(super) fn read(bytes: &[u8]) -> Result<PictureFile, FileError> {
    let (brands, _) = next(bytes)?;
    let (major, rest) = brands.body.split_at_checked(4).ok_or(FileError::NotPicture)?;
    let compatible = || rest.get(4..).unwrap_or_default().as_chunks::<4>().0.iter();
    let kind = match major {
        b"avis" | b"hevc" | b"hevx" | b"msf1" => return Err(FileError::Animated),
        b"avif" => Kind::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" => Kind::Heic,
        b"mif1" if compatible().any(|brand| brand == b"avif") => Kind::Avif,
        b"mif1" => Kind::Heic,
        _ => return Err(FileError::Film),
    };
    let (mut sizes, mut has_data) = (Vec::new(), false);
    let mut rest = bytes;
    for _ in 0..BOXES {
        if rest.is_empty() {
            break;
        }
        let (outer, after) = next(rest)?;
        has_data |= outer.name == *b"mdat";
        if outer.name == *b"meta" {
            // Version and flags first.
            let body = outer.body.get(4..).unwrap_or_default();
            for properties in all(body, *b"iprp") {
                for container in all(properties, *b"ipco") {
                    sizes.extend(all(container, *b"ispe").into_iter().filter_map(size));
                }
            }
        }
        rest = after;
    }
    if !has_data {
        return Err(FileError::Truncated);
    }
    // Tiles and thumbnails are smaller than the picture.
    let largest = sizes.into_iter().max_by_key(|(width, height)| u64::from(*width) * u64::from(*height));
    let (width, height) = largest.ok_or(FileError::NotPicture)?;
    Ok(PictureFile::new(kind, width, height))
}

fn size(body: &[u8]) -> Option<(u32, u32)> {
    Some((big(body.get(4..8)?), big(body.get(8..12)?)))
}

struct Part<'a> {
    name: [u8; 4],
    body: &'a [u8],
}

/// The first box, and what follows it. A length of 0 reaches to the end, and 1 has eight bytes.
fn next(bytes: &[u8]) -> Result<(Part<'_>, &[u8]), FileError> {
    let length = big(part(bytes, 0, 4)?);
    let name = part(bytes, 4, 4)?.first_chunk::<4>().copied().ok_or(FileError::Truncated)?;
    let (head, length) = match length {
        0 => (8, bytes.len()),
        1 if big(part(bytes, 8, 4)?) == 0 => (16, to_usize(big(part(bytes, 12, 4)?))),
        1 => return Err(FileError::Truncated),
        length => (8, to_usize(length)),
    };
    if length < head {
        return Err(FileError::NotPicture);
    }
    let whole = part(bytes, 0, length)?;
    let body = whole.get(head..).unwrap_or_default();
    Ok((Part { name, body }, bytes.get(length..).unwrap_or_default()))
}

/// The bodies of the boxes of this name.
fn all(mut bytes: &[u8], name: [u8; 4]) -> Vec<&[u8]> {
    let mut bodies = Vec::new();
    for _ in 0..BOXES {
        let Ok((inner, after)) = next(bytes) else {
            break;
        };
        if inner.name == name {
            bodies.push(inner.body);
        }
        bytes = after;
    }
    bodies
}
