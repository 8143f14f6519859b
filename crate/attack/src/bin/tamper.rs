//! Verifies every small change of valid presentations: `cargo xtask tamper --help`.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use lexopt::{Arg, ValueExt as _};
use liangzheng_attack::presentation::Presentation;
use liangzheng_attack::source;
use liangzheng_attack::tamper::{Choice, Tally, tamper};
use liangzheng_attack::wasm;

const HELP: &str = "\
cargo xtask tamper [--peers] [--every N] [--seed S] [--only TEXT] [--folder DIR]… [--threads N]
    Flips every bit of right presentations, deletes, inserts and duplicates every byte, cuts them at
    every place; each result must be refused, or say the very same. Presentations: the demo's people
    under each purpose, the accepted files of tests/vectors, the sample under untidy authorities,
    annex D (LIANGZHENG_VECTORS), and each *.json of DIR: {\"name\", \"device_response\", \"transcript\", \"iaca\", \"at\"}.
    --peers     writes what other libraries issued and presented into such a folder first, and takes it
    --every N   about one mutant in N, chosen by --seed S (1)
    --only TEXT presentations whose name holds TEXT
cargo xtask tamper --wasm FILE [--every N] [--seed S]
    Writes mutants of the demo's payloads with the native verdicts, for tests/wasm/tamper.test.mjs.
";

struct Task {
    choice: Choice,
    only: Option<String>,
    folders: Vec<PathBuf>,
    threads: usize,
    wasm: Option<PathBuf>,
}

fn task() -> Result<Option<Task>, lexopt::Error> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let choice = Choice { every: 1, seed: 1 };
    let mut task = Task { choice, only: None, folders: Vec::new(), threads, wasm: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("every") => task.choice.every = parser.value()?.parse::<u64>()?.max(1),
            Arg::Long("seed") => task.choice.seed = parser.value()?.parse()?,
            Arg::Long("only") => task.only = Some(parser.value()?.string()?),
            Arg::Long("folder") => task.folders.push(parser.value()?.into()),
            Arg::Long("threads") => task.threads = parser.value()?.parse()?,
            Arg::Long("wasm") => task.wasm = Some(parser.value()?.into()),
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(task))
}

fn main() -> ExitCode {
    match task() {
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Some(task)) => match &task.wasm {
            Some(file) => match wasm::write(file, task.choice) {
                Ok(count) => {
                    println!("{count} verdicts in {}", file.display());
                    ExitCode::SUCCESS
                }
                Err(error) => {
                    eprintln!("error: {}: {error}", file.display());
                    ExitCode::FAILURE
                }
            },
            None => run(&task),
        },
        Err(error) => {
            eprintln!("error: {error} (see: cargo xtask tamper --help)");
            ExitCode::from(3)
        }
    }
}

fn run(task: &Task) -> ExitCode {
    let mut all = source::demo();
    all.extend(source::vectors());
    all.extend(source::untidy());
    match source::annex_d() {
        Some(annex_d) => all.push(annex_d),
        None => println!("SKIPPED annex D: LIANGZHENG_VECTORS names no folder"),
    }
    all.extend(task.folders.iter().flat_map(|folder| source::folder(folder)));
    all.retain(|one| task.only.as_ref().is_none_or(|text| one.name.contains(text)));
    let Choice { every, seed } = task.choice;
    println!("{} presentations, one mutant in {every}, seed {seed}, {} threads", all.len(), task.threads);
    let start = Instant::now();
    let (mut sources, mut wrong) = (BTreeMap::<&str, (usize, Tally)>::new(), all.is_empty());
    println!(
        "{:>7} {:>8} {:>8} {:>6} {:>8} {:>7}",
        "bytes", "mutants", "refused", "same", "changed", "seconds"
    );
    for presentation in &all {
        let begin = Instant::now();
        match tamper(presentation, task.choice, task.threads, &progress(&presentation.name)) {
            Err(code) => {
                println!("{}: not right by itself: {code}", presentation.name);
                wrong = true;
            }
            Ok(tally) => {
                line(presentation, &tally, begin.elapsed());
                let (count, sum) = sources.entry(&presentation.source).or_default();
                *count += 1;
                sum.add(&tally);
            }
        }
    }
    let mut whole = Tally::default();
    println!("\nby source:");
    for (source, (count, tally)) in &sources {
        println!("{count:>9} presentations, {}: {source}", ends(tally));
        whole.add(tally);
    }
    report(&whole, start.elapsed());
    if wrong || !whole.is_clean() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn line(presentation: &Presentation, tally: &Tally, time: Duration) {
    println!(
        "{:>7} {:>8} {:>8} {:>6} {:>8} {:>7.1}  {}",
        presentation.bytes.len(),
        tally.tried,
        tally.refusals(),
        tally.sames(),
        tally.changed.len() + tally.panicked.len(),
        time.as_secs_f64(),
        presentation.name,
    );
}

fn report(whole: &Tally, time: Duration) {
    println!("\nrefused, by code:");
    for (code, count) in &whole.refused {
        println!("{count:>9} {code}");
    }
    println!("verified with the same signed content, by the place of the change:");
    for ((place, change), count) in &whole.same {
        println!("{count:>9} {change}: {place}");
    }
    whole.changed.iter().for_each(|line| println!("CHANGED  {line}"));
    whole.panicked.iter().for_each(|line| println!("PANICKED {line}"));
    println!("\nafter {:.0} s: {}", time.as_secs_f64(), ends(whole));
}

/// Returns the numbers of mutants by result.
fn ends(tally: &Tally) -> String {
    format!(
        "{} mutants: {} refused, {} with the same signed content, {} changed, {} panicked",
        tally.tried,
        tally.refusals(),
        tally.sames(),
        tally.changed.len(),
        tally.panicked.len(),
    )
}

/// Updates a line of progress on a terminal, four times a second.
fn progress(name: &str) -> impl Fn(usize, usize) + Sync + '_ {
    let last = Mutex::new(Instant::now());
    let shown = std::io::stderr().is_terminal();
    move |done, of| {
        let Ok(mut last) = last.try_lock() else { return };
        if shown && (last.elapsed() > Duration::from_millis(250) || done == of) {
            *last = Instant::now();
            let _ = write!(std::io::stderr(), "\r\x1b[K{done} of {of} {name}\r");
        }
    }
}
