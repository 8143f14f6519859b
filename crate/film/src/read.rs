//! Runs our decoder on every frame of a film: counts the frames that it reads, and measures the time.

use std::path::Path;
use std::time::{Duration, Instant};

use optical::{Assembler, Hint, HintJudge, Progress, Reader};

use crate::{FilmError, HEIGHT, Truth, WIDTH, Y4mReader};

/// The result of reading a film.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Film frames.
    pub frames: usize,
    /// Film frames that show one code of the payload, not torn.
    pub whole: usize,
    /// Film frames in which a code of the payload was read.
    pub read: usize,
    /// Of these, the frames that are not torn.
    pub whole_read: usize,
    /// Numbers of the frames that are not torn and were not read, from 0.
    pub missed: Vec<usize>,
    /// Film frames in which bytes were read that are not a frame of the payload.
    pub false_bytes: usize,
    /// For each frame of the film, the number of frames from there until the payload is complete; `None` if two rounds
    /// of the film do not complete it.
    pub to_complete: Vec<Option<usize>>,
    /// The hint shown after each frame, in order.
    pub hints: Vec<Option<Hint>>,
    /// Decoding time of each frame, in order.
    pub times: Vec<Duration>,
}

/// Reads a film of [`crate::staged()`] with one [`Reader`], like the pictures of a camera.
///
/// # Errors
/// Fails if the film or its ground truth cannot be read.
pub fn read(film: &Path) -> Result<Reading, FilmError> {
    let truth = Truth::read(film)?;
    let mut frames = Y4mReader::open(film)?;
    let (mut reader, mut judge) = (Reader::new(), HintJudge::new());
    let mut reading = Reading::default();
    let mut read_bytes: Vec<Vec<Vec<u8>>> = Vec::new();
    for (number, frame) in truth.frames.iter().enumerate() {
        let luma = frames.next_luma()?.ok_or(FilmError::Format("fewer frames than it should have"))?;
        let begin = Instant::now();
        let found = reader.read(&luma, WIDTH, HEIGHT, WIDTH).found;
        reading.times.push(begin.elapsed());
        reading.hints.push(judge.judge(reader.diagnosis(), milliseconds(number)));
        let (ours, others): (Vec<_>, Vec<_>) =
            found.into_iter().map(|found| found.bytes).partition(|bytes| {
                let hex = base16ct::lower::encode_string(bytes);
                truth.pictures.iter().flatten().any(|shown| *shown == hex)
            });
        reading.frames += 1;
        reading.false_bytes += usize::from(!others.is_empty());
        reading.whole += usize::from(frame.whole);
        reading.read += usize::from(!ours.is_empty());
        if frame.whole {
            reading.whole_read += usize::from(!ours.is_empty());
            if ours.is_empty() {
                reading.missed.push(number);
            }
        }
        read_bytes.push(ours);
    }
    reading.to_complete = (0..read_bytes.len()).map(|start| complete(&read_bytes, start)).collect();
    Ok(reading)
}

/// Returns the number of frames from `start` until the payload is complete, with the film in a loop.
fn complete(read: &[Vec<Vec<u8>>], start: usize) -> Option<usize> {
    let mut assembler = Assembler::new();
    (0..2 * read.len()).find(|step| {
        let now = milliseconds(*step);
        let found = &read[(start + step) % read.len()];
        found.iter().any(|bytes| matches!(assembler.accept(bytes, now), Progress::Complete(_)))
    })
}

/// When a film frame is shown.
fn milliseconds(frame: usize) -> u64 {
    frame as u64 * 1000 / crate::FRAMES_PER_SECOND
}
