use std::path::PathBuf;

use optical::{Assembler, FrameSet, Progress, QUIET_ZONE, Symbol, scan_luma};

use super::*;

/// A temporary folder for one test, removed at its end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("film-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn payload(length: usize) -> Vec<u8> {
    (0..length as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// Plays a film to the scanner; returns the payload and the frame that completed it.
fn play(path: &Path) -> Option<(Vec<u8>, u64)> {
    let mut film = Y4mReader::open(path).unwrap();
    let mut assembler = Assembler::new();
    let mut frame = 0;
    while let Some(luma) = film.next_luma().unwrap() {
        for found in scan_luma(&luma, WIDTH, HEIGHT, WIDTH) {
            match assembler.accept(&found.bytes, frame * 1000 / FRAMES_PER_SECOND) {
                Progress::Complete(bytes) => return Some((bytes, frame)),
                Progress::Receiving { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        frame += 1;
    }
    None
}

/// Writes a phone's screen with a code in its middle as a PNG.
fn screenshot(path: &Path, symbol: Option<&Symbol>, colour: png::ColorType) {
    let (width, height, module, left, top) = (390, 844, 3, 8, 200);
    let mut grey = vec![250u8; width * height];
    if let Some(symbol) = symbol {
        let side = (symbol.size() + 2 * QUIET_ZONE) * module;
        for y in 0..side {
            for x in 0..side {
                let cell = |v: usize| (v / module).wrapping_sub(QUIET_ZONE);
                let dark = symbol.is_dark(cell(x), cell(y));
                grey[(top + y) * width + left + x] = if dark { 0 } else { 255 };
            }
        }
    }
    let file = std::fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, width as u32, height as u32);
    encoder.set_color(colour);
    let pixels: Vec<u8> = match colour {
        png::ColorType::Grayscale => grey,
        png::ColorType::Rgb => grey.iter().flat_map(|&v| [v, v, v]).collect(),
        // Dark is opaque black, light is nothing at all.
        _ => grey.iter().flat_map(|&v| [0, 0, 0, 255 - v]).collect(),
    };
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_payload_is_filmed_and_read_back() {
    let folder = Folder::new("payload");
    let out = folder.file("film.y4m");
    for (length, version) in [(100, 25), (3_000, 25), (2_000, 15)] {
        let payload = payload(length);
        let how = PayloadFilm { version, ..PayloadFilm::default() };
        let frames = from_payload(&payload, how, &out).unwrap();
        let k = u32::from(FrameSet::for_version(&payload, version).unwrap().k());
        assert!(frames >= 30 && frames.is_multiple_of(3 * k), "{frames} of {k}");
        let (read, at) = play(&out).unwrap();
        assert!(read == payload);
        // Every film frame can be read: the first of the last symbol completes it.
        assert_eq!(at, u64::from(3 * (k - 1)));
    }
    let header = &std::fs::read(&out).unwrap()[..46];
    assert_eq!(header, b"YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420\nFRAME\n");
}

#[test]
fn luma_is_in_studio_range() {
    let luma = draw(&Symbol::encode_smallest(b"studio", 25).unwrap());
    let mut seen: Vec<u8> = luma.clone();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [16, 128, 235]);
    // A screenshot's pure white and black become the same.
    let folder = Folder::new("range");
    let symbol = Symbol::encode(&payload(1273), 25).unwrap();
    screenshot(&folder.file("a.png"), Some(&symbol), png::ColorType::Rgb);
    std::fs::write(folder.file("list.json"), r#"[{"file":"a.png","ms":0}]"#).unwrap();
    let out = folder.file("film.y4m");
    from_screenshots(&folder.file("list.json"), 585.0, 100, &out).unwrap();
    let luma = Y4mReader::open(&out).unwrap().next_luma().unwrap().unwrap();
    assert_eq!((luma.iter().min(), luma.iter().max()), (Some(&16), Some(&235)));
}

#[test]
fn a_screen_is_filmed_and_read_back() {
    let folder = Folder::new("screen");
    let payload = payload(3_400);
    let set = FrameSet::for_version(&payload, 25).unwrap();
    assert_eq!(set.k(), 3);
    let kinds = [png::ColorType::Rgba, png::ColorType::Grayscale, png::ColorType::Rgb];
    let mut list = vec![serde_json::json!({ "file": "start.png", "ms": 5_000.0 })];
    screenshot(&folder.file("start.png"), None, png::ColorType::Rgb);
    for (turn, kind) in kinds.into_iter().enumerate() {
        let name = format!("{turn}.png");
        let symbol = Symbol::encode_smallest(&set.shown(turn as u64), 25).unwrap();
        screenshot(&folder.file(&name), Some(&symbol), kind);
        // Times as they come: not in order.
        list.insert(0, serde_json::json!({ "file": name, "ms": 5_500.25 + 100.0 * turn as f64 }));
    }
    let path = folder.file("list.json");
    std::fs::write(&path, serde_json::to_vec(&list).unwrap()).unwrap();
    let out = folder.file("film.y4m");
    let film = from_screenshots(&path, 560.0, 300, &out).unwrap();
    // 5,000 ms to 5,700.25 ms and 300 more, at 30 frames a second.
    assert_eq!((film.frames, film.pictures, film.readable), (31, 4, 3));
    let narrowest = film.narrowest_code.unwrap();
    assert!((555.0..565.0).contains(&narrowest), "{narrowest}");
    let (read, at) = play(&out).unwrap();
    assert!(read == payload);
    // The last picture is of 700.25 ms, so it is first seen in film frame 22 (733 ms).
    assert_eq!(at, 22);
}

#[test]
fn what_cannot_be_filmed_says_why_and_leaves_no_file() {
    let folder = Folder::new("errors");
    let (list, out) = (folder.file("list.json"), folder.file("film.y4m"));
    let film = || from_screenshots(&list, 560.0, 0, &out);
    assert!(matches!(film(), Err(FilmError::File(..))));
    std::fs::write(&list, "{}").unwrap();
    assert!(matches!(film(), Err(FilmError::List(..))));
    std::fs::write(&list, "[]").unwrap();
    assert!(matches!(film(), Err(FilmError::Empty)));
    std::fs::write(&list, r#"[{"file":"list.json","ms":0}]"#).unwrap();
    assert!(matches!(film(), Err(FilmError::Png(..))));
    assert!(matches!(from_payload(b"", PayloadFilm::default(), &out), Err(FilmError::Frames(_))));
    assert!(!out.exists());
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
}
