//! The presentations of an archive in chunks, handed to workers in turn; their results keep the order.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, Result};
use batch::{How, Item, Judge, LineCode, MAX_LINE, Outcome, Unread as Why};
use protocol::received::MAX_RECEIVED;

use crate::say::Language;

/// Most presentations in a chunk of work. Smaller chunks wake the writing thread too often.
const AT_A_TIME: usize = 32;
/// Most bytes of lines in a chunk, but for the last of them.
const BYTES: usize = 256 * 1024;
/// Bytes that are read at a time.
const BUFFER: usize = 256 * 1024;

/// The results of a chunk, as soon as they are there; or why no more can be read.
pub(super) type Chunk = io::Result<Receiver<Vec<Found>>>;

/// The result of one presentation.
pub(super) enum Found {
    /// Its line.
    Line(String, Outcome),
    /// It has a line already.
    Before,
}

/// A presentation of an archive, not read yet. The worker that judges it reads it, so that workers do not wait for each other.
pub(super) enum Unread {
    File(PathBuf),
    /// A line with its number.
    Line(u64, Vec<u8>),
    /// A line that is too long.
    Long(u64),
}

/// An archive that is read.
pub(super) struct Feed {
    source: Source,
    /// Where the results of each chunk will be; `None` at the end.
    chunks: Option<SyncSender<Chunk>>,
}

enum Source {
    Files(std::vec::IntoIter<PathBuf>),
    Lines { lines: BufReader<Box<dyn Read + Send>>, number: u64 },
}

impl Feed {
    /// Opens an archive: the files of a folder by name, or the lines of a file or of standard input. At most `waiting` chunks
    /// are taken whose results were not received.
    pub(super) fn new(source: &Path, waiting: usize) -> Result<(Arc<Mutex<Self>>, Receiver<Chunk>)> {
        let (chunks, receiver) = sync_channel(waiting);
        let feed = Self { source: Source::open(source)?, chunks: Some(chunks) };
        Ok((Arc::new(Mutex::new(feed)), receiver))
    }

    /// Takes the next chunk, and where its results go. `None` at the end, and when nobody receives results.
    pub(super) fn next(feed: &Mutex<Self>) -> Option<(Vec<Unread>, SyncSender<Vec<Found>>)> {
        // The lock is held while a chunk is read, not while it is judged.
        let mut feed = feed.lock().ok()?;
        let chunk = feed.source.chunk();
        let chunks = feed.chunks.take()?;
        match chunk {
            Ok(chunk) if chunk.is_empty() => None,
            Ok(chunk) => {
                let (send, results) = sync_channel(1);
                chunks.send(Ok(results)).ok()?;
                feed.chunks = Some(chunks);
                Some((chunk, send))
            }
            Err(error) => {
                // If nobody receives it, nobody asks.
                let _ = chunks.send(Err(error));
                None
            }
        }
    }
}

impl Source {
    fn open(source: &Path) -> Result<Self> {
        if source.is_dir() {
            let entries = fs::read_dir(source).with_context(|| source.display().to_string())?;
            let mut files: Vec<PathBuf> = Vec::new();
            for entry in entries {
                files.push(entry.with_context(|| source.display().to_string())?.path());
            }
            files.retain(|file| file.is_file());
            files.sort();
            return Ok(Self::Files(files.into_iter()));
        }
        let lines: Box<dyn Read + Send> = if source == Path::new("-") {
            Box::new(io::stdin())
        } else {
            let shown = source.display().to_string();
            let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.open", &shown, &error);
            Box::new(File::open(source).map_err(open)?)
        };
        Ok(Self::Lines { lines: BufReader::with_capacity(BUFFER, lines), number: 0 })
    }

    /// Reads the next chunk; empty at the end. Lines that are at hand do not wait for others.
    fn chunk(&mut self) -> io::Result<Vec<Unread>> {
        let (lines, number) = match self {
            Self::Files(files) => return Ok(files.by_ref().take(AT_A_TIME).map(Unread::File).collect()),
            Self::Lines { lines, number } => (lines, number),
        };
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while let Some(line) = line(lines, *number + 1)? {
            *number += 1;
            bytes += if let Unread::Line(_, line) = &line { line.len() } else { 0 };
            chunk.push(line);
            if chunk.len() == AT_A_TIME || bytes > BYTES || !lines.buffer().contains(&b'\n') {
                break;
            }
        }
        Ok(chunk)
    }
}

/// Reads one line without its end; `None` at the end.
fn line(lines: &mut impl BufRead, number: u64) -> io::Result<Option<Unread>> {
    let mut line = Vec::new();
    // One byte more than the limit distinguishes a full line from one that is too long; the end is another.
    let most = u64::try_from(MAX_LINE).unwrap_or(u64::MAX).saturating_add(2);
    if lines.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let ended = line.pop_if(|last| *last == b'\n').is_some();
    if line.len() > MAX_LINE {
        if !ended {
            lines.skip_until(b'\n')?;
        }
        return Ok(Some(Unread::Long(number)));
    }
    Ok(Some(Unread::Line(number, line)))
}

impl Unread {
    /// Judges it, unless it is among those that were done before.
    pub(super) fn judged(
        self,
        judge: &Judge,
        how: &How,
        done: &HashSet<String>,
        language: Language,
    ) -> Found {
        let item = self.read();
        if done.contains(item.id()) {
            return Found::Before;
        }
        let row = judge.row(item, how);
        Found::Line(row.to_json(language), row.outcome())
    }

    fn read(self) -> Item {
        match self {
            Self::Line(number, line) => Item::of_line(number, &line),
            Self::Long(number) => Item::unread(Item::name_of(number), Why::Line(LineCode::Long)),
            Self::File(file) => {
                let id = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let most = u64::try_from(MAX_RECEIVED).unwrap_or(u64::MAX).saturating_add(1);
                let mut bytes = Vec::new();
                match File::open(&file).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
                    Ok(_) => Item::new(id, &bytes, None, None),
                    Err(_) => Item::unread(id, Why::Line(LineCode::File)),
                }
            }
        }
    }
}
