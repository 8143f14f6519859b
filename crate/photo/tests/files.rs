//! Files of every kind: read, or refused with the one thing to change.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use liangzheng_photo::file::{FileError, Kind, read};

/// The markers of a JPEG: `app1` if not empty, a frame, a scan, the end.
fn jpeg(width: u16, height: u16, components: u8, app1: &[u8]) -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        jpeg.extend([0xff, marker]);
        jpeg.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        jpeg.extend(body);
    };
    if !app1.is_empty() {
        segment(0xe1, app1);
    }
    let [h1, h0] = height.to_be_bytes();
    let [w1, w0] = width.to_be_bytes();
    segment(0xc0, &[8, h1, h0, w1, w0, components, 1, 0x11, 0]);
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    // Stuffed, a restart, a fill byte.
    jpeg.extend([1, 0xff, 0x00, 2, 0xff, 0xd0, 3, 0xff, 0xff, 0xd9]);
    jpeg
}

/// Exif with GPS and an orientation, in either order of bytes.
fn exif(orientation: u8, little: bool) -> Vec<u8> {
    let mut exif = b"Exif\0\0".to_vec();
    let number = |value: u16| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let long = |value: u32| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    exif.extend(if little { *b"II*\0" } else { *b"MM\0*" });
    exif.extend(long(8));
    exif.extend(number(2));
    exif.extend([number(0x8825), number(4)].concat());
    exif.extend([long(1), long(38)].concat());
    exif.extend([number(0x0112), number(3)].concat());
    exif.extend(long(1));
    exif.extend([number(u16::from(orientation)), number(0)].concat());
    exif
}

fn png(width: u32, height: u32, depth: u8, extra: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], body: &[u8]| {
        png.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        png.extend(name);
        png.extend(body);
        png.extend([0; 4]);
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, 2, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    extra.iter().for_each(|(name, body)| chunk(name, body));
    chunk(b"IDAT", &[1, 2, 3]);
    chunk(b"IEND", &[]);
    png
}

fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], name, body].concat()
}

/// A still picture in boxes: a thumbnail and the picture itself.
fn heif(brand: &[u8; 4], width: u32, height: u32) -> Vec<u8> {
    let size = |width: u32, height: u32| {
        boxed(b"ispe", &[&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat())
    };
    let container = boxed(b"ipco", &[size(512, 512), boxed(b"colr", &[0; 9]), size(width, height)].concat());
    let meta = boxed(b"meta", &[vec![0; 4], boxed(b"iprp", &container)].concat());
    let kind = boxed(b"ftyp", &[&brand[..], &[0; 4], b"mif1", brand].concat());
    [kind, meta, boxed(b"mdat", &[7; 40])].concat()
}

fn webp(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let mut body = b"WEBPVP8X\x0a\0\0\0".to_vec();
    body.extend([flags, 0, 0, 0]);
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    [&b"RIFF"[..], &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

fn gif(images: usize) -> Vec<u8> {
    let mut gif = b"GIF89a\x80\x02\xe0\x01\x80\0\0......!\xff\x02ab\x01c\0".to_vec();
    for _ in 0..images {
        gif.extend(b",\0\0\0\0\x80\x02\xe0\x01\0\x02\x02ab\0");
    }
    gif.push(0x3b);
    gif
}

fn bmp(width: u32, height: i32) -> Vec<u8> {
    let mut bmp = b"BM".to_vec();
    bmp.extend(60_u32.to_le_bytes());
    bmp.extend([0; 12]);
    bmp.extend(width.to_le_bytes());
    bmp.extend(height.to_le_bytes());
    bmp.resize(60, 0);
    bmp
}

#[test]
fn sizes_of_every_kind() {
    let cases = [
        (jpeg(4_000, 3_000, 3, b""), Kind::Jpeg, (4_000, 3_000)),
        (jpeg(8_064, 6_048, 3, b""), Kind::Jpeg, (8_064, 6_048)),
        (png(640, 480, 8, &[]), Kind::Png, (640, 480)),
        (webp(0, 640, 480), Kind::Webp, (640, 480)),
        (gif(1), Kind::Gif, (640, 480)),
        (bmp(640, 480), Kind::Bmp, (640, 480)),
        (bmp(640, -480), Kind::Bmp, (640, 480)),
        (heif(b"avif", 4_032, 3_024), Kind::Avif, (4_032, 3_024)),
        (heif(b"heic", 4_032, 3_024), Kind::Heic, (4_032, 3_024)),
        (heif(b"mif1", 4_032, 3_024), Kind::Heic, (4_032, 3_024)),
    ];
    for (bytes, kind, size) in cases {
        let file = read(&bytes).unwrap();
        assert_eq!((file.kind, file.upright()), (kind, size));
        assert!(!file.motion);
    }
}

#[test]
fn what_is_in_a_picture_beside_it() {
    let motion = [jpeg(640, 480, 3, b""), heif(b"mp42", 640, 480)].concat();
    assert!(read(&motion).unwrap().motion, "a film behind the picture");
    assert_eq!(read(&jpeg(640, 480, 4, b"")).unwrap().components, 4, "CMYK");
    assert!(read(&png(640, 480, 16, &[])).unwrap().deep, "16 bits a channel");
}

#[test]
fn the_orientation_is_read_in_either_order_of_bytes() {
    for orientation in 1..=8 {
        for little in [false, true] {
            let file = read(&jpeg(640, 480, 3, &exif(orientation, little))).unwrap();
            assert_eq!(file.orientation, orientation);
            assert_eq!(file.upright(), if orientation >= 5 { (480, 640) } else { (640, 480) });
        }
    }
    for wrong in
        [exif(0, true), exif(9, false), b"Exif\0\0II*\0\xff\xff\xff\xff".to_vec(), b"http://ns".to_vec()]
    {
        assert_eq!(read(&jpeg(640, 480, 3, &wrong)).unwrap().orientation, 1);
    }
}

#[test]
fn what_is_refused_and_why() {
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", vec![], "picture-not"),
        ("a text", b"not a picture".to_vec(), "picture-not"),
        ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "picture-not"),
        ("a document", b"%PDF-1.7".to_vec(), "picture-pdf"),
        ("a raw file", b"II*\0\x08\0\0\0".to_vec(), "picture-raw"),
        ("a film", heif(b"isom", 640, 480), "picture-film"),
        ("a film of an iPhone", heif(b"qt  ", 640, 480), "picture-film"),
        ("a burst of HEIC", heif(b"hevc", 640, 480), "picture-animated"),
        ("an animated PNG", png(640, 480, 8, &[(b"acTL", &[0; 8])]), "picture-animated"),
        ("an animated WebP", webp(2, 640, 480), "picture-animated"),
        ("an animated GIF", gif(2), "picture-animated"),
        ("JPEG XL", b"\xff\x0a\x7f\x01\x02".to_vec(), "picture-not-decoded"),
        ("a bomb", jpeg(20_000, 20_000, 3, b""), "picture-too-many-pixels"),
        ("a long bomb", png(12_001, 10, 8, &[]), "picture-too-many-pixels"),
        ("a PNG bomb", png(u32::MAX, u32::MAX, 8, &[]), "picture-too-many-pixels"),
        ("an empty picture", png(0, 480, 8, &[]), "picture-not"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(read(&bytes).unwrap_err().code(), code, "{name}");
    }
}

#[test]
fn every_cut_is_refused() {
    let whole = [
        jpeg(640, 480, 3, &exif(6, true)),
        png(640, 480, 8, &[]),
        webp(0, 640, 480),
        gif(1),
        bmp(640, 480),
        heif(b"avif", 640, 480),
    ];
    for bytes in whole {
        assert!(read(&bytes).is_ok());
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "{:?} cut at {end}", read(&bytes).unwrap().kind);
        }
        let cut = read(&bytes[..bytes.len() - 1]).unwrap_err();
        assert_eq!(cut, FileError::Truncated, "{:?}", read(&bytes).unwrap().kind);
    }
}

#[test]
fn any_bytes_end() {
    let mut state = 3_u32;
    let heads: [&[u8]; 6] = [
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"BM",
        b"RIFF\xff\0\0\0WEBP",
        b"\0\0\0\x10ftypavif",
    ];
    for head in heads {
        for _ in 0..300 {
            let mut bytes = head.to_vec();
            for _ in 0..200 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                bytes.push(u8::try_from(state >> 24).unwrap());
            }
            let _ = read(&bytes);
        }
    }
}
