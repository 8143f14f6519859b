//! The size of a picture file from its first bytes, so that nothing decodes a bomb.

/// Width and height in pixels of a PNG, JPEG, WebP, GIF or BMP file by its first bytes; nothing for other
/// formats and for damaged heads.
pub fn picture_size(head: &[u8]) -> Option<Vec<u32>> {
    let (width, height) = size(head)?;
    (width > 0 && height > 0).then(|| vec![width, height])
}

fn size(head: &[u8]) -> Option<(u32, u32)> {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16)? == b"IHDR" {
        return Some((big_endian(head.get(16..20)?), big_endian(head.get(20..24)?)));
    }
    if head.starts_with(b"\xff\xd8") {
        return jpeg(head);
    }
    if head.starts_with(b"GIF8") {
        return gif(head);
    }
    if head.starts_with(b"BM") {
        return Some((little_endian(head.get(18..22)?), little_endian(head.get(22..26)?)));
    }
    if head.starts_with(b"RIFF") && head.get(8..12)? == b"WEBP" {
        return webp(head);
    }
    None
}

/// The larger of the logical screen and the first image of a GIF file: browsers decode the image whole.
fn gif(head: &[u8]) -> Option<(u32, u32)> {
    const EXTENSION: u8 = 0x21;
    const IMAGE: u8 = 0x2c;
    let flags = *head.get(10)?;
    let colours = if flags & 0x80 == 0 { 0 } else { 3 << (flags % 8 + 1) };
    let mut at = 13 + colours;
    // Every step reads at least one byte, so this ends with the bytes.
    while *head.get(at)? == EXTENSION {
        at += 2;
        loop {
            let length = usize::from(*head.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
    if *head.get(at)? != IMAGE {
        return None;
    }
    let number = |place: usize| Some(little_endian(head.get(place..place + 2)?));
    let (left, top, width, height) = (number(at + 1)?, number(at + 3)?, number(at + 5)?, number(at + 7)?);
    Some((number(6)?.max(left + width), number(8)?.max(top + height)))
}

/// The first frame header (SOF) of a JPEG file.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    // Every segment is at least four bytes, so this ends with the bytes.
    loop {
        let (&[0xff, marker], rest) = head.get(at..)?.split_first_chunk::<2>()? else {
            return None;
        };
        let length = big_endian(rest.get(..2)?) as usize;
        match marker {
            0xff => at += 1,
            0xc4 | 0xc8 | 0xcc => at += 2 + length.max(2),
            0xc0..=0xcf => return Some((big_endian(rest.get(5..7)?), big_endian(rest.get(3..5)?))),
            0xd9 | 0xda => return None,
            _ => at += 2 + length.max(2),
        }
    }
}

fn webp(head: &[u8]) -> Option<(u32, u32)> {
    match head.get(12..16)? {
        b"VP8X" => Some((little_endian(head.get(24..27)?) + 1, little_endian(head.get(27..30)?) + 1)),
        b"VP8 " => {
            Some((little_endian(head.get(26..28)?) & 0x3fff, little_endian(head.get(28..30)?) & 0x3fff))
        }
        b"VP8L" => {
            let bits = little_endian(head.get(21..25)?);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

fn little_endian(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_five_formats() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0";
        assert_eq!(picture_size(png), Some(vec![640, 480]));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\x01\xe0\x02\x80";
        assert_eq!(picture_size(jpeg), Some(vec![640, 480]));
        let image = b",\0\0\0\0\x80\x02\xe0\x01\0";
        let gif = [&b"GIF89a\x80\x02\xe0\x01\0\0\0!\xff\x02ab\x01c\0"[..], image].concat();
        assert_eq!(picture_size(&gif), Some(vec![640, 480]));
        let colours = [&b"GIF89a\x01\0\x01\0\x80\0\0......"[..], image].concat();
        assert_eq!(picture_size(&colours), Some(vec![640, 480]), "the image is larger than the screen");
        let bmp = b"BM................\x80\x02\0\0\xe0\x01\0\0";
        assert_eq!(picture_size(bmp), Some(vec![640, 480]));
        let webp = b"RIFF....WEBPVP8X....\0\0\0\0\x7f\x02\0\xdf\x01\0";
        assert_eq!(picture_size(webp), Some(vec![640, 480]));
    }

    #[test]
    fn everything_else_and_every_cut_is_nothing() {
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80";
        for end in 0..jpeg.len() {
            assert_eq!(picture_size(&jpeg[..end]), None);
        }
        for bad in [&b"<svg xmlns"[..], b"\xff\xd8\xff\xda\0\x02", b"\0\0\0\x18ftypavif", b"%PDF-1.7"] {
            assert_eq!(picture_size(bad), None);
        }
        assert_eq!(picture_size(b"GIF89a\0\0\xe0\x01"), None);
        let gif = b"GIF89a\x0a\0\x0a\0\0\0\0,\0\0\0\0\x80\x3e\x80\x3e\0";
        for end in 0..gif.len() - 1 {
            assert_eq!(picture_size(&gif[..end]), None);
        }
        assert_eq!(picture_size(gif), Some(vec![16_000, 16_000]), "a small screen hides no large image");
    }
}
