//! `liangzheng verify --batch`: an archive of presentations, on every core, one line of JSON for each.
//!
//! An interrupted run is resumed: presentations that have a line in the results file are skipped.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal as _, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use cbor::Timestamp;
use protocol::received::{OtherCode, Received};
use serde::Deserialize;
use serde_json::json;

use crate::args::BatchArgs;
use crate::exit::{Exit, wrong};
use crate::judge::{How, Judge};
use crate::say::fill;
use crate::{clock, input};

/// Most bytes of a line of NDJSON: a presentation in hexadecimal digits and its name.
const LINE: usize = 2 * input::PRESENTATION + 4096;
/// Presentations in a chunk of work. Smaller chunks wake the writing thread too often.
const AT_A_TIME: usize = 32;
/// Chunks whose results may wait to be written.
const WAITING: usize = 32;
const PROGRESS_EVERY: Duration = Duration::from_millis(500);

/// A presentation of an archive, not read yet. The worker that judges it reads it, so that workers do not wait for each other.
enum Unread {
    File(PathBuf),
    /// Its line number, or why it could not be read.
    Line(u64, Result<String, String>),
}

/// One presentation of an archive.
struct Item {
    id: String,
    bytes: Result<Received, Unjudged>,
    at: Option<Timestamp>,
}

/// Why an item is not judged.
enum Unjudged {
    /// It is no presentation, but this.
    Other(OtherCode),
    /// It cannot be read.
    Error(String),
}

/// A line of an NDJSON archive.
#[derive(Deserialize)]
struct Line {
    id: String,
    presentation: String,
    at: Option<String>,
}

/// The number of results of each kind.
#[derive(Default)]
struct Tally {
    verified: u64,
    refused: u64,
    undetermined: u64,
    unreadable: u64,
    before: u64,
}

/// The result of one presentation: its line, and its exit status; `None` if it could not be read.
type Found = (String, Option<Exit>);

/// Judges a folder's files or an NDJSON file's lines.
pub(crate) fn run(source: &Path, args: &BatchArgs, judge: &Judge, how: &How) -> Result<Exit> {
    let done = args.results.as_deref().map(done_before).transpose()?.unwrap_or_default();
    let out: Box<dyn Write> = match &args.results {
        Some(file) => Box::new(append(file)?),
        None => Box::new(io::stdout()),
    };
    // What an interrupted run did not write is judged again.
    let mut out = BufWriter::new(out);
    let items = Mutex::new(archive(source)?);
    let jobs = args.jobs.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        |jobs| usize::from(jobs.get()),
    );
    let mut tally = Tally::default();
    let begin = Instant::now();
    let (send, receive) = mpsc::sync_channel(WAITING);
    std::thread::scope(|scope| -> Result<()> {
        for _ in 0..jobs {
            let (send, items, done) = (send.clone(), &items, &done);
            scope.spawn(move || {
                // The lock is held while items are taken, not while they are judged.
                let take = || items.lock().map_or_else(|_| Vec::new(), |mut items| taken(&mut items));
                let found = |unread: Unread| {
                    let item = unread.read();
                    (!done.contains(&item.id)).then(|| judge_one(item, judge, how))
                };
                let mut some = take();
                while !some.is_empty() {
                    if send.send(some.into_iter().map(found).collect::<Vec<_>>()).is_err() {
                        return;
                    }
                    some = take();
                }
            });
        }
        drop(send);
        let mut shown = begin;
        for found in receive.into_iter().flatten() {
            let Some((line, end)) = found else {
                tally.before += 1;
                continue;
            };
            match end {
                Some(Exit::Done) => tally.verified += 1,
                Some(Exit::Refused) => tally.refused += 1,
                Some(_) => tally.undetermined += 1,
                None => tally.unreadable += 1,
            }
            writeln!(out, "{line}").context("results")?;
            if shown.elapsed() > PROGRESS_EVERY && io::stderr().is_terminal() {
                shown = Instant::now();
                eprint!("\r{}", tally.sentence("cli.batch.progress", begin));
            }
        }
        out.flush().context("results")
    })?;
    if io::stderr().is_terminal() {
        eprint!("\r");
    }
    eprintln!("{}", tally.sentence("cli.batch.done", begin));
    Ok(tally.end())
}

/// Returns the next items of an archive.
fn taken(items: &mut Items) -> Vec<Unread> {
    items.by_ref().take(AT_A_TIME).collect()
}

fn judge_one(item: Item, judge: &Judge, how: &How) -> Found {
    let Item { id, bytes, at } = item;
    match bytes {
        Ok(bytes) => {
            let (end, codes) = judge.in_short(&bytes, how, at);
            (json!({ "id": id, "verdict": end.verdict(), "reasons": codes }).to_string(), Some(end))
        }
        Err(Unjudged::Other(other)) => {
            let text = crate::say::plain(other.code());
            (json!({ "id": id, "other": other.code(), "text": text }).to_string(), None)
        }
        Err(Unjudged::Error(reason)) => (json!({ "id": id, "error": reason }).to_string(), None),
    }
}

impl Tally {
    fn sentence(&self, key: &str, begin: Instant) -> String {
        let judged = self.verified + self.refused + self.undetermined;
        let seconds = begin.elapsed().as_secs_f64();
        let rate = judged as f64 / seconds.max(0.001);
        let numbers = [judged, self.verified, self.refused, self.undetermined, self.unreadable, self.before];
        let [judged, verified, refused, undetermined, unreadable, before] = numbers.map(|n| n.to_string());
        fill(
            key,
            &[
                ("judged", &judged),
                ("verified", &verified),
                ("refused", &refused),
                ("undetermined", &undetermined),
                ("unreadable", &unreadable),
                ("before", &before),
                ("seconds", &format!("{seconds:.1}")),
                ("rate", &format!("{rate:.0}")),
            ],
        )
    }

    /// Returns the worst exit status.
    const fn end(&self) -> Exit {
        match self {
            Self { unreadable: 1.., .. } => Exit::Usage,
            Self { refused: 1.., .. } => Exit::Refused,
            Self { undetermined: 1.., .. } => Exit::Undetermined,
            _ => Exit::Done,
        }
    }
}

type Items = Box<dyn Iterator<Item = Unread> + Send>;

/// Returns the files of a folder, by name, or the lines of a file.
fn archive(source: &Path) -> Result<Items> {
    if source.is_dir() {
        let entries = fs::read_dir(source).with_context(|| source.display().to_string())?;
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in entries {
            files.push(entry.with_context(|| source.display().to_string())?.path());
        }
        files.retain(|file| file.is_file());
        files.sort();
        return Ok(Box::new(files.into_iter().map(Unread::File)));
    }
    let lines: Box<dyn BufRead + Send> = if source == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let shown = source.display().to_string();
        let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.open", &shown, &error);
        Box::new(BufReader::new(File::open(source).map_err(open)?))
    };
    Ok(Box::new(Lines { lines, number: 0 }.map(|(number, line)| Unread::Line(number, line))))
}

impl Unread {
    fn read(self) -> Item {
        match self {
            Self::File(file) => Item {
                id: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                bytes: match input::presentation(&file) {
                    Ok(received) => received.map_err(Unjudged::Other),
                    Err(error) => Err(Unjudged::Error(error.to_string())),
                },
                at: None,
            },
            Self::Line(number, line) => of_line(number, line),
        }
    }
}

fn of_line(number: u64, line: Result<String, String>) -> Item {
    let failed =
        |reason: String| Item { id: format!("line {number}"), bytes: Err(Unjudged::Error(reason)), at: None };
    let line: Line = match line.and_then(|line| serde_json::from_str(&line).map_err(|e| e.to_string())) {
        Ok(line) => line,
        Err(reason) => return failed(reason),
    };
    let at = match line.at.as_deref().map(|text| clock::moment(Some(text))).transpose() {
        Ok(at) => at,
        Err(error) => return Item { id: line.id, bytes: Err(Unjudged::Error(error.to_string())), at: None },
    };
    Item { id: line.id, bytes: input::unwrapped(line.presentation.as_bytes()).map_err(Unjudged::Other), at }
}

/// Returns the lines with their numbers, at most [`LINE`] bytes of each; skips empty ones.
struct Lines {
    lines: Box<dyn BufRead + Send>,
    number: u64,
}

impl Iterator for Lines {
    type Item = (u64, Result<String, String>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            let mut line = Vec::new();
            let most = u64::try_from(LINE).unwrap_or(u64::MAX);
            let read = self.lines.by_ref().take(most).read_until(b'\n', &mut line);
            match read {
                Ok(0) => return None,
                Ok(_) if line.len() == LINE && line.last() != Some(&b'\n') => {
                    let rest = self.lines.skip_until(b'\n');
                    let reason =
                        rest.map_or_else(|error| error.to_string(), |_| format!("over {LINE} bytes"));
                    return Some((self.number, Err(reason)));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let text = String::from_utf8(line).map_err(|error| error.to_string());
                    return Some((self.number, text));
                }
                Err(error) => return Some((self.number, Err(error.to_string()))),
            }
        }
    }
}

/// Returns the names in a results file, and removes an incomplete last line from it.
fn done_before(file: &Path) -> Result<HashSet<String>> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let shown = || file.display().to_string();
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(error) => return Err(error).with_context(shown),
    };
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let mut done = HashSet::new();
    for line in
        text.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
    {
        // Nothing is appended to a file that is not a results file.
        let Ok(named) = serde_json::from_slice::<Named>(line) else {
            return Err(wrong("cli.wrong.results", &[("file", &shown())]).into());
        };
        done.insert(named.id);
    }
    if whole < text.len() {
        let length = u64::try_from(whole).unwrap_or_default();
        OpenOptions::new()
            .write(true)
            .open(file)
            .and_then(|file| file.set_len(length))
            .with_context(shown)?;
    }
    Ok(done)
}

fn append(file: &Path) -> Result<File> {
    let shown = file.display().to_string();
    let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.write", &shown, &error);
    Ok(OpenOptions::new().create(true).append(true).open(file).map_err(open)?)
}
