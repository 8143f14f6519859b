//! Films from seeds: a simulated screen, hand and camera, with the ground truth of each frame.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::optics::Camera;
use crate::scene::{Family, Scene};
use crate::screen::{DrawnSymbol, Show};
use crate::{FilmError, Y4mWriter, at};

/// The content of the screen in a film.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// The frames of a payload, as displayed by the wallet.
    Payload(&'a [u8]),
    /// Codes drawn by another program, one after the other.
    Symbols(&'a [DrawnSymbol]),
}

/// The ground truth of a film, written as JSON next to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Name of the family.
    pub family: String,
    /// The seed.
    pub seed: u64,
    /// The payload in hexadecimal; `None` if another program drew the codes.
    pub payload: Option<String>,
    /// The content of each picture of the screen, in hexadecimal; `None` if it is not a frame of this
    /// payload, empty if another program drew it.
    pub pictures: Vec<Option<String>>,
    /// The ground truth of each film frame.
    pub frames: Vec<FilmFrame>,
}

/// The ground truth of one film frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmFrame {
    /// The index of the picture.
    pub picture: usize,
    /// Whether it has a code, and all of its rows show this picture for three quarters of their exposure. None of six
    /// measured readers reads a code that is more torn or blended than that.
    pub whole: bool,
}

impl Truth {
    /// Returns the path of a film's ground truth.
    #[must_use]
    pub fn beside(film: &Path) -> PathBuf {
        film.with_extension("json")
    }

    /// Reads the ground truth of a film.
    ///
    /// # Errors
    /// Fails if the file does not exist or has another format.
    pub fn read(film: &Path) -> Result<Self, FilmError> {
        let path = Self::beside(film);
        let text = std::fs::read(&path).map_err(at(&path))?;
        serde_json::from_slice(&text).map_err(|error| FilmError::List(path, error))
    }
}

/// Returns a payload of `size` bytes that, like compressed data, cannot be compressed further.
#[must_use]
pub fn payload(bytes: usize, seed: u64) -> Vec<u8> {
    Chance::new(seed, "payload").bytes(bytes)
}

/// Writes a film of a family and its ground truth, and returns the truth. `frames` limits its length, for tests.
///
/// # Errors
/// Fails if the codes cannot be drawn or the files cannot be written.
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
            Shown::Payload(payload) => Some(base16ct::lower::encode_string(payload)),
            Shown::Symbols(_) => None,
        },
        pictures: show
            .pictures
            .iter()
            .map(|p| p.bytes.as_deref().map(base16ct::lower::encode_string))
            .collect(),
        frames: seen,
    };
    let path = Truth::beside(out);
    let text = serde_json::to_vec(&truth).map_err(|error| FilmError::List(path.clone(), error))?;
    std::fs::write(&path, text).map_err(at(&path))?;
    Ok(truth)
}

#[cfg(test)]
mod tests {
    use optical::{Hint, Symbol};
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::tests::Folder;
    use crate::{HEIGHT, Reading, WIDTH, Y4mReader, read};

    fn drawn(bytes: &[u8]) -> DrawnSymbol {
        let symbol = Symbol::encode(bytes, 25).unwrap();
        let size = symbol.size();
        let dark = (0..size * size).map(|i| if symbol.is_dark(i % size, i / size) { '1' } else { '0' });
        DrawnSymbol { size, dark: dark.collect() }
    }

    /// Returns the first digits of the hash of a film of six frames with two codes.
    fn hash(family: Family, seed: u64, folder: &Folder) -> String {
        let out = folder.file("film.y4m");
        let symbols = [drawn(&payload(1273, 1)), drawn(&payload(1273, 2))];
        staged(family, Shown::Symbols(&symbols), seed, Some(6), &out).unwrap();
        base16ct::lower::encode_string(&Sha256::digest(std::fs::read(&out).unwrap())[..8])
    }

    #[test]
    fn a_film_is_the_same_on_every_machine() {
        let folder = Folder::new("staged-hash");
        // A change of the films needs new hashes here and a note in the commit: figures measured with the old films are
        // no longer comparable.
        let films = [(Family::Fair, 1), (Family::Fair, 2), (Family::Hard, 1), (Family::HintMoving, 1)];
        let hashes = films.map(|(family, seed)| hash(family, seed, &folder));
        assert_eq!(hashes, ["73fb9da287b6f285", "7346c761fa6b0548", "6b8247ccf55c9d4f", "3da90821e89d1581"]);
    }

    #[test]
    fn a_hostile_film_is_the_same_twice_and_another_for_another_seed() {
        let folder = Folder::new("staged-twice");
        let film = |seed| {
            let out = folder.file("film.y4m");
            let payload = payload(3_000, 1);
            let truth = staged(Family::Hostile, Shown::Payload(&payload), seed, Some(12), &out).unwrap();
            (Sha256::digest(std::fs::read(&out).unwrap()), truth)
        };
        let first = film(7);
        assert!(film(8).0 != first.0);
        assert!(film(7) == first);
        assert!(Truth::read(&folder.file("film.y4m")).unwrap() == first.1);
    }

    fn reading(family: Family, frames: u32) -> Reading {
        let folder = Folder::new(&format!("staged-{}", family.name()));
        let out = folder.file("film.y4m");
        staged(family, Shown::Payload(&payload(3_000, 1)), 1, Some(frames), &out).unwrap();
        let reading = read(&out).unwrap();
        assert_eq!(
            (reading.frames, reading.false_bytes > 0 && family.attacks().is_empty()),
            (frames as usize, false)
        );
        reading
    }

    #[test]
    fn a_fair_film_is_read_but_for_its_torn_frames() {
        let reading = reading(Family::Fair, 60);
        // Some frames are torn; otherwise one round would always be enough.
        assert!((30..58).contains(&reading.whole), "{reading:?}");
        assert!(reading.missed.is_empty(), "{reading:?}");
        assert!(reading.read < reading.frames, "{reading:?}");
        assert!(reading.to_complete.iter().all(Option::is_some), "{reading:?}");
        assert!(reading.hints.iter().all(Option::is_none), "{reading:?}");
    }

    #[test]
    fn a_hard_film_is_read_but_for_its_torn_frames() {
        let reading = reading(Family::Hard, 60);
        assert!((30..58).contains(&reading.whole), "{reading:?}");
        assert!(reading.missed.is_empty(), "{reading:?}");
        assert!(reading.hints.iter().all(Option::is_none), "{reading:?}");
    }

    #[test]
    fn a_finger_on_a_corner_hides_nothing_that_is_needed() {
        let folder = Folder::new("staged-finger");
        let out = folder.file("film.y4m");
        staged(Family::HardFinger, Shown::Payload(&payload(3_000, 1)), 1, Some(60), &out).unwrap();
        // With the finger there, a decoder without memory of the previous frame fails.
        let mut frames = Y4mReader::open(&out).unwrap();
        let mut alone = 0;
        while let Some(luma) = frames.next_luma().unwrap() {
            alone += usize::from(!optical::scan_luma(&luma, WIDTH, HEIGHT, WIDTH).is_empty());
        }
        let reading = read(&out).unwrap();
        assert!(reading.read >= alone + 5, "{alone} {reading:?}");
        assert!(reading.missed.is_empty(), "{reading:?}");
    }

    #[test]
    fn a_hostile_film_still_shows_its_payload() {
        let reading = reading(Family::Hostile, 120);
        assert!(reading.whole < 100, "{reading:?}");
        assert!(reading.to_complete.iter().all(Option::is_some), "{reading:?}");
    }

    #[test]
    fn what_is_for_a_hint_cannot_be_read_and_gives_that_hint() {
        let films = [
            (Family::HintNothing, Hint::NoCode),
            (Family::HintTooSmall, Hint::TooSmall),
            (Family::HintBlurred, Hint::Blurred),
            (Family::HintDark, Hint::Dark),
            (Family::HintGlare, Hint::Glare),
            (Family::HintMoving, Hint::Moving),
        ];
        assert_eq!(films.len(), Family::ALL.iter().filter(|f| f.name().starts_with("hint-")).count());
        for (family, hint) in films {
            let reading = reading(family, 40);
            assert_eq!(reading.read, 0, "{}: {reading:?}", family.name());
            let said: Vec<Hint> = reading.hints.iter().copied().flatten().collect();
            // After a second, and no other hint.
            assert!((5..=10).contains(&said.len()), "{}: {reading:?}", family.name());
            assert!(said.iter().all(|said| *said == hint), "{}: {reading:?}", family.name());
        }
    }
}
