//! Uncompressed film files: y4m, 1280 x 720, C420, 30 frames a second.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::{FilmError, HEIGHT, WIDTH, at};

const HEADER: &str = "YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420";
const FRAME: &str = "FRAME";
/// Both chroma planes, each a quarter of the picture.
const CHROMA: usize = WIDTH * HEIGHT / 2;

/// Writes a film, frame by frame. Dropped before [`Y4mWriter::finish`] it leaves no file.
#[derive(Debug)]
pub struct Y4mWriter {
    path: PathBuf,
    /// Written under another name until it is whole.
    unfinished: PathBuf,
    file: Option<BufWriter<File>>,
    frames: u32,
}

impl Y4mWriter {
    /// Starts a film that will be at `path`.
    ///
    /// # Errors
    /// Fails if the file cannot be made.
    pub fn create(path: &Path) -> Result<Self, FilmError> {
        let unfinished = path.with_extension("y4m.part");
        let file = File::create(&unfinished).map_err(at(&unfinished))?;
        let mut film =
            Self { path: path.to_path_buf(), unfinished, file: Some(BufWriter::new(file)), frames: 0 };
        film.put(format!("{HEADER}\n").as_bytes())?;
        Ok(film)
    }

    /// Frames written so far.
    #[must_use]
    pub const fn frames(&self) -> u32 {
        self.frames
    }

    /// Adds a frame: 1280 x 720 bytes of luma in studio range (black 16, white 235).
    ///
    /// # Errors
    /// Fails if the picture has another size or cannot be written.
    pub fn write(&mut self, luma: &[u8]) -> Result<(), FilmError> {
        if luma.len() != WIDTH * HEIGHT {
            return Err(FilmError::Format("a picture of another size"));
        }
        self.put(format!("{FRAME}\n").as_bytes())?;
        self.put(luma)?;
        self.put(&[128; CHROMA])?;
        self.frames += 1;
        Ok(())
    }

    /// Ends the film and returns how many frames it has.
    ///
    /// # Errors
    /// Fails if it has none or cannot be written.
    pub fn finish(mut self) -> Result<u32, FilmError> {
        if self.frames == 0 {
            return Err(FilmError::Empty);
        }
        if let Some(mut file) = self.file.take() {
            file.flush().map_err(at(&self.unfinished))?;
        }
        std::fs::rename(&self.unfinished, &self.path).map_err(at(&self.path))?;
        Ok(self.frames)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), FilmError> {
        match &mut self.file {
            Some(file) => file.write_all(bytes).map_err(at(&self.unfinished)),
            None => Err(FilmError::Format("the film has ended")),
        }
    }
}

impl Drop for Y4mWriter {
    fn drop(&mut self) {
        // After `finish` there is no such file any more.
        drop(self.file.take());
        let _ = std::fs::remove_file(&self.unfinished);
    }
}

/// Reads the luma of a film that [`Y4mWriter`] wrote.
#[derive(Debug)]
pub struct Y4mReader {
    path: PathBuf,
    file: BufReader<File>,
}

impl Y4mReader {
    /// Opens a film.
    ///
    /// # Errors
    /// Fails if there is no such file or it starts otherwise.
    pub fn open(path: &Path) -> Result<Self, FilmError> {
        let file = File::open(path).map_err(at(path))?;
        let mut reader = Self { path: path.to_path_buf(), file: BufReader::new(file) };
        if reader.line()? != HEADER {
            return Err(FilmError::Format("another header"));
        }
        Ok(reader)
    }

    /// Returns the luma of the next frame; nothing at the end.
    ///
    /// # Errors
    /// Fails if the file ends within a frame or cannot be read.
    pub fn next_luma(&mut self) -> Result<Option<Vec<u8>>, FilmError> {
        match self.line()?.as_str() {
            "" => return Ok(None),
            FRAME => {}
            _ => return Err(FilmError::Format("no frame where one is due")),
        }
        let mut luma = vec![0; WIDTH * HEIGHT];
        let mut chroma = vec![0; CHROMA];
        self.file.read_exact(&mut luma).map_err(at(&self.path))?;
        self.file.read_exact(&mut chroma).map_err(at(&self.path))?;
        Ok(Some(luma))
    }

    fn line(&mut self) -> Result<String, FilmError> {
        let mut line = String::new();
        // A film is trusted not to hold a line without end: it is ours.
        self.file.read_line(&mut line).map_err(at(&self.path))?;
        Ok(line.trim_end_matches('\n').to_owned())
    }
}
