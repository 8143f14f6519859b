//! Films from seeds: a screen, a hand and a camera by calculation, with the truth about each frame.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::chance::Chance;
use super::optics::Camera;
use super::scene::{Family, Scene};
use super::screen::{DrawnSymbol, Show};
use super::{FilmError, Y4mWriter, at};

/// What the screen of a film shows.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// The frames of a payload, as the wallet shows them.
    Payload(&'a [u8]),
    /// Codes that another program drew, one after the other.
    Symbols(&'a [DrawnSymbol]),
}

/// What is known of a film, written beside it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Name of the family.
    pub family: String,
    /// The seed.
    pub seed: u64,
    /// The payload in hexadecimal; nothing where other programs drew the codes.
    pub payload: Option<String>,
    /// What each picture of the screen holds, in hexadecimal; nothing where it is no frame of this
    /// payload. Empty text where another program drew it.
    pub pictures: Vec<Option<String>>,
    /// What each film frame shows.
    pub frames: Vec<FilmFrame>,
}

/// What one film frame shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmFrame {
    /// The picture, as an index.
    pub picture: usize,
    /// Whether it holds a code, and all of its rows show this picture for three quarters of their
    /// exposure: what is more torn or blended than that, no reader reads (`MEASURED`: none of six).
    pub whole: bool,
}

impl Truth {
    /// Where the truth about a film is.
    #[must_use]
    pub fn beside(film: &Path) -> PathBuf {
        film.with_extension("json")
    }

    /// Reads what is known of a film.
    ///
    /// # Errors
    /// When there is no such file, or it holds something else.
    pub fn read(film: &Path) -> Result<Self, FilmError> {
        let path = Self::beside(film);
        let text = std::fs::read(&path).map_err(at(&path))?;
        serde_json::from_slice(&text).map_err(|error| FilmError::List(path, error))
    }
}

/// The payload of a size: random bytes, as compressed ones are.
#[must_use]
pub fn payload(bytes: usize, seed: u64) -> Vec<u8> {
    Chance::new(seed, "payload").bytes(bytes)
}

/// Makes a film of a family and writes it, and what is known of it beside it. `frames` makes it
/// shorter than it should be, for tests.
///
/// # Errors
/// When the codes cannot be drawn or the files not be written.
pub fn staged(
    family: Family,
    shown: Shown<'_>,
    seed: u64,
    frames: Option<u32>,
    out: &Path,
) -> Result<Truth, FilmError> {
    let mut scene = Scene::new(family, seed);
    scene.frames = frames.unwrap_or(scene.frames).max(1);
    let show = match shown {
        Shown::Payload(payload) => Show::of_payload(payload, scene.refreshes(), family.attacks(), seed)?,
        Shown::Symbols(symbols) => Show::of_symbols(symbols, scene.refreshes(), seed)?,
    };
    let mut camera = Camera::new(&scene, &show, seed);
    let mut film = Y4mWriter::create(out)?;
    let mut seen = Vec::with_capacity(scene.frames as usize);
    for frame in 0..scene.frames {
        let (luma, exposed) = camera.take(frame);
        film.write(&luma)?;
        let holds_code = show.pictures.get(exposed.picture).is_some_and(|p| p.bytes.is_some());
        let whole = exposed.whole && holds_code && scene.has_code;
        seen.push(FilmFrame { picture: exposed.picture, whole });
    }
    film.finish()?;
    let truth = Truth {
        family: family.name().to_owned(),
        seed,
        payload: match shown {
            Shown::Payload(payload) => Some(hexadecimal(payload)),
            Shown::Symbols(_) => None,
        },
        pictures: show.pictures.iter().map(|p| p.bytes.as_deref().map(hexadecimal)).collect(),
        frames: seen,
    };
    let path = Truth::beside(out);
    let text = serde_json::to_vec(&truth).map_err(|error| FilmError::List(path.clone(), error))?;
    std::fs::write(&path, text).map_err(at(&path))?;
    Ok(truth)
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
