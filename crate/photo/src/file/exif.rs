//! The orientation in Exif, and nothing else of it.

use super::bytes::{big, little, to_usize};

/// Tag 0x0112, a SHORT.
const ORIENTATION: u32 = 0x0112;
/// Entries of the first directory that are read.
const ENTRIES: usize = 128;

/// Returns the orientation, 1 to 8, of the body of an application segment.
pub(super) fn orientation(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let number: fn(&[u8]) -> u32 = match tiff.get(..4)? {
        b"II*\0" => little,
        b"MM\0*" => big,
        _ => return None,
    };
    let directory = tiff.get(to_usize(number(tiff.get(4..8)?))..)?;
    let (count, entries) = directory.split_at_checked(2)?;
    let count = to_usize(number(count)).min(ENTRIES);
    let mut entries = entries.as_chunks::<12>().0.iter().take(count);
    let entry = entries.find(|entry| entry.get(..2).map(number) == Some(ORIENTATION))?;
    let value = u8::try_from(number(entry.get(8..10)?)).ok()?;
    (1..=8).contains(&value).then_some(value)
}
