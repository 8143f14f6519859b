//! Runs every input that the fuzzer found through its entry point, and prints the time of the slowest:
//! `fuzz-replay FOLDER…`, each with one folder per entry point; called by `cargo xtask fuzz --replay`.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

use liangzheng_attack::entry::ENTRIES;
use liangzheng_attack::seed::seeds;

/// How often a slow input is repeated. The shortest time counts; longer ones are due to other processes.
const TIMES: usize = 9;
/// Inputs that take longer than this are run again.
const WORTH: Duration = Duration::from_millis(5);

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let seeds = seeds();
    println!("{:24}{:>10}{:>14}  file", "entry point", "inputs", "slowest, ms");
    for (name, entry) in ENTRIES {
        let mut inputs: Vec<(String, Vec<u8>)> =
            seeds.get(name).into_iter().flatten().map(|seed| ("a seed".to_owned(), seed.clone())).collect();
        for folder in folders.iter().map(|folder| folder.join(name)) {
            for file in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match fs::read(file.path()) {
                    Ok(bytes) => inputs.push((file.path().display().to_string(), bytes)),
                    Err(error) => {
                        eprintln!("error: {}: {error}", file.path().display());
                        return ExitCode::FAILURE;
                    }
                }
            }
        }
        // Excludes the time of what an entry point creates once.
        entry(&[]);
        let timed = |bytes: &[u8]| {
            let start = Instant::now();
            entry(black_box(bytes));
            start.elapsed()
        };
        let mut slowest = (Duration::ZERO, "");
        for (file, bytes) in &inputs {
            let mut took = timed(bytes);
            if took > WORTH {
                took = (1..TIMES).fold(took, |took, _| took.min(timed(bytes)));
            }
            slowest = slowest.max((took, file));
        }
        println!("{name:24}{:>10}{:>14.2}  {}", inputs.len(), slowest.0.as_secs_f64() * 1e3, slowest.1);
    }
    ExitCode::SUCCESS
}
