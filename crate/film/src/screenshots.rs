//! Films of a real screen, from screenshots in PNG and their times.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;

use crate::place::{Grey, Placement};
use crate::{FRAMES_PER_SECOND, FilmError, MIN_CODE_WIDTH, Y4mWriter, at};

/// An entry of the list of screenshots.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Screenshot {
    /// Path of the PNG, relative to the list.
    pub file: String,
    /// Time of the screenshot in milliseconds, from any origin.
    pub ms: f64,
}

/// A summary of a film of a screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenFilm {
    /// Film frames.
    pub frames: u32,
    /// Distinct pictures.
    pub pictures: usize,
    /// Distinct pictures with a code that is readable in the film.
    pub readable: usize,
    /// Width of the narrowest code in the film in pixels, if there is a code.
    pub narrowest_code: Option<f32>,
}

struct Shot {
    luma: Vec<u8>,
    readable: bool,
    code_width: Option<f32>,
}

/// Films the pictures of a list (`[{"file": "0001.png", "ms": 12.5}, …]`) and returns a summary.
///
/// Each film frame shows the newest picture of its time; the last picture stays for `tail_ms`. If a picture has a code,
/// the camera moves so near that the code is `code_width` pixels wide (440 to 640), and stays there while no code is
/// visible. A test that needs a readable film must check the summary.
///
/// # Errors
/// Fails if the list is empty or malformed, a picture cannot be decoded, or the film cannot be written.
pub fn from_screenshots(
    list: &Path,
    code_width: f32,
    tail_ms: u32,
    out: &Path,
) -> Result<ScreenFilm, FilmError> {
    let text = std::fs::read(list).map_err(at(list))?;
    let mut shots: Vec<Screenshot> =
        serde_json::from_slice(&text).map_err(|error| FilmError::List(list.to_path_buf(), error))?;
    shots.sort_by(|a, b| a.ms.total_cmp(&b.ms));
    let (Some(first), Some(last)) = (shots.first(), shots.last()) else {
        return Err(FilmError::Empty);
    };
    let start = first.ms;
    let end = last.ms + f64::from(tail_ms);

    let folder = list.parent().unwrap_or(Path::new("."));
    let code_width = code_width.clamp(MIN_CODE_WIDTH as f32, 640.0);
    let mut camera = Camera::default();
    let mut pictures: HashMap<&str, Shot> = HashMap::new();
    for shot in &shots {
        if !pictures.contains_key(shot.file.as_str()) {
            let grey = load(&folder.join(&shot.file))?;
            pictures.insert(&shot.file, camera.take(&grey, code_width));
        }
    }

    let mut film = Y4mWriter::create(out)?;
    let mut next = 0;
    let mut showing = None;
    for frame in 0u64.. {
        let now = start + frame as f64 * 1000.0 / FRAMES_PER_SECOND as f64;
        if frame > 0 && now >= end {
            break;
        }
        while let Some(shot) = shots.get(next).filter(|shot| shot.ms <= now) {
            showing = pictures.get(shot.file.as_str());
            next += 1;
        }
        if let Some(shot) = showing {
            film.write(&shot.luma)?;
        }
    }
    Ok(ScreenFilm {
        frames: film.finish()?,
        pictures: pictures.len(),
        readable: pictures.values().filter(|shot| shot.readable).count(),
        narrowest_code: pictures.values().filter_map(|shot| shot.code_width).min_by(f32::total_cmp),
    })
}

/// The camera: its position, and the size of the screen in front of it.
#[derive(Default)]
struct Camera {
    stands: Option<((usize, usize), Placement)>,
}

impl Camera {
    fn take(&mut self, picture: &Grey, code_width: f32) -> Shot {
        let size = (picture.width, picture.height);
        let code = optical::scan_still(&picture.luma, size.0, size.1, size.0).into_iter().next();
        let before = self.stands.filter(|(of, _)| *of == size).map(|(_, placement)| placement);
        let placement = match (&code, before) {
            (Some(code), before) => {
                let wanted = Placement::with_code(picture, code.corners, code_width);
                before.filter(|b| b.is_near(&wanted)).unwrap_or(wanted)
            }
            (None, Some(before)) => before,
            (None, None) => Placement::whole(picture),
        };
        if code.is_some() || before.is_none() {
            self.stands = Some((size, placement));
        }
        let luma = placement.draw(picture);
        let readable = code.as_ref().is_some_and(|code| {
            optical::scan_luma(&luma, crate::WIDTH, crate::HEIGHT, crate::WIDTH)
                .iter()
                .any(|found| found.bytes == code.bytes)
        });
        Shot { luma, readable, code_width: code.map(|code| placement.code_width(code.corners)) }
    }
}

/// Decodes a PNG of any kind to grey on white.
fn load(path: &Path) -> Result<Grey, FilmError> {
    let wrong = |error| FilmError::Png(path.to_path_buf(), error);
    let file = File::open(path).map_err(at(path))?;
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(wrong)?;
    let size = reader.output_buffer_size().ok_or(FilmError::Format("a picture that is too large"))?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels).map_err(wrong)?;
    pixels.truncate(info.buffer_size());
    let luma = pixels
        .chunks_exact(info.color_type.samples())
        .map(|pixel| match *pixel {
            [grey] => grey,
            [grey, alpha] => over_white(f32::from(grey), alpha),
            [r, g, b] => over_white(luma_of(r, g, b), 255),
            [r, g, b, alpha] => over_white(luma_of(r, g, b), alpha),
            _ => 255,
        })
        .collect();
    Ok(Grey { luma, width: info.width as usize, height: info.height as usize })
}

/// ITU-R BT.709.
fn luma_of(r: u8, g: u8, b: u8) -> f32 {
    0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b)
}

fn over_white(grey: f32, alpha: u8) -> u8 {
    let alpha = f32::from(alpha) / 255.0;
    (grey * alpha + 255.0 * (1.0 - alpha)).round() as u8
}
