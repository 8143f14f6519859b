//! `liangzheng verify --batch`: many presentations on every core, one line of JSON for each, in their order.
//!
//! An archive of any length needs a bounded memory: at most [`WAITING`] chunks are read and not written. With `--results`
//! an interrupted run is resumed: presentations that have a line in the results file are skipped.

mod feed;
mod results;
mod tally;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use batch::{How, Judge};

use self::feed::{Feed, Found};
use self::tally::Tally;
use crate::args::BatchArgs;
use crate::exit::Exit;
use crate::say::language;

/// Chunks that are read and whose results are not written.
const WAITING: usize = 32;
const PROGRESS_EVERY: Duration = Duration::from_millis(500);

/// Judges a folder's files, or the lines of an NDJSON file or of standard input.
pub(crate) fn run(source: &Path, args: &BatchArgs, judge: Judge, how: How) -> Result<Exit> {
    let done = args.results.as_deref().map(results::done_before).transpose()?.unwrap_or_default();
    let out: Box<dyn Write> = match &args.results {
        Some(file) => Box::new(results::append(file)?),
        None => Box::new(io::stdout()),
    };
    let by_policy = judge.partner.is_some();
    let (feed, chunks) = Feed::new(source, WAITING)?;
    let context = Arc::new((judge, how, done));
    let jobs = args.jobs.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        |jobs| usize::from(jobs.get()),
    );
    for _ in 0..jobs {
        let (feed, context) = (Arc::clone(&feed), Arc::clone(&context));
        // Not scoped: one of them may wait for input that never comes when nobody reads the output any more.
        std::thread::spawn(move || {
            let (judge, how, done) = &*context;
            while let Some((chunk, results)) = Feed::next(&feed) {
                let found = chunk.into_iter().map(|unread| unread.judged(judge, how, done, language()));
                if results.send(found.collect()).is_err() {
                    return;
                }
            }
        });
    }
    // The workers alone keep the feed: when they end, so do the chunks.
    drop(feed);
    let mut tally = Tally::new(by_policy);
    match write(&chunks, BufWriter::new(out), &mut tally) {
        // Whoever read has enough, as `head`; the exit status still says what was found.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written.context("archive")?,
    }
    tally.say_done();
    Ok(tally.end())
}

/// Writes the results in the order of the archive. What is written is flushed before it waits for more.
fn write(chunks: &Receiver<feed::Chunk>, mut out: impl Write, tally: &mut Tally) -> io::Result<()> {
    let mut shown = Instant::now();
    while let Some(results) = next(chunks, &mut out)? {
        for found in next(&results?, &mut out)?.ok_or_else(|| io::Error::other("a worker ended"))? {
            if let Found::Line(line, outcome) = found {
                tally.count(outcome);
                writeln!(out, "{line}")?;
            } else {
                tally.count_before();
            }
        }
        if shown.elapsed() > PROGRESS_EVERY {
            shown = Instant::now();
            tally.say_progress();
        }
    }
    out.flush()
}

/// Returns the next value; `None` at the end. Flushes if it is not there yet.
fn next<T>(values: &Receiver<T>, out: &mut impl Write) -> io::Result<Option<T>> {
    match values.try_recv() {
        Ok(value) => Ok(Some(value)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            out.flush()?;
            Ok(values.recv().ok())
        }
    }
}
