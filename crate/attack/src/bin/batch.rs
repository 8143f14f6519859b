//! Compares `liangzheng verify --batch` with its lower bound: `cargo xtask bench batch`.
#![allow(clippy::expect_used, reason = "a tool: what it makes itself is right")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use liangzheng_attack::archive::{self, AUTHORITIES, Written};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use signature::UnverifiedSignature;

const PRESENTATIONS: usize = 2_000;
/// Rounds, in which the contenders take turns. The shortest time counts: the work is the same each time, and longer
/// times are due to other processes.
const ROUNDS: usize = 7;
/// The goal: at most this multiple of the time to verify all signatures, on the same number of cores.
const MOST: f64 = 1.5;

/// The input of ring: a point, a message and a raw signature.
type Plain = (Vec<u8>, Vec<u8>, Vec<u8>);

/// A folder that is removed when the program ends.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let program = PathBuf::from(words.next().expect("the program that is measured"));
    let count = words.next().map_or(Some(PRESENTATIONS), |word| word.to_str()?.parse().ok());
    let count = count.expect("how many presentations");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);

    let scratch = Scratch(std::env::temp_dir().join(format!("liangzheng-batch-{}", std::process::id())));
    fs::create_dir_all(&scratch.0).expect("a folder for what is made");
    let Written { archive, roots, signatures } = archive::write(&scratch.0, count);
    let all: Vec<Plain> = signatures.iter().flatten().map(plain).collect();
    // The signature of each certificate once, and those of each licence and each presentation.
    let mut once: Vec<Plain> = Vec::with_capacity(all.len());
    once.extend(signatures.iter().flat_map(|three| three.iter().skip(1)).map(plain));
    once.extend(signatures.iter().take(AUTHORITIES).filter_map(|three| three.first()).map(plain));
    println!(
        "{count} presentations by {AUTHORITIES} authorities, each of a licence and a device key of its own; \
         {} signatures, {} without the certificates' again",
        all.len(),
        once.len(),
    );

    println!("{:<44}{:>14}{:>10}", "", "a second, core", "x floor");
    let mut kept = true;
    for threads in [1, cores].iter().take(if cores == 1 { 1 } else { 2 }) {
        let mut least = [Duration::MAX; 3];
        for _ in 0..ROUNDS {
            let times = [
                batch(&program, &archive, &roots, *threads, count),
                floor(&all, *threads),
                floor(&once, *threads),
            ];
            least = std::array::from_fn(|index| {
                let [least, time] = [&least, &times].map(|of| of.get(index).copied().unwrap_or_default());
                least.min(time)
            });
        }
        let [ours, all, once] = least.map(|time| time.as_secs_f64());
        let rate = |seconds: f64| count as f64 / seconds / *threads as f64;
        let row = |name: &str, seconds: f64| {
            println!("{name:<44}{:>14.0}{:>10.2}", rate(seconds), ours / seconds);
        };
        println!("{threads} of {cores} cores:");
        row("  liangzheng verify --batch", ours);
        row("  floor: ring, all signatures", all);
        row("  floor: ring, each certificate once", once);
        let (ratio, holds) = (ours / all, ours / all <= MOST);
        kept &= holds;
        let word = if holds { "reached" } else { "NOT reached" };
        println!("  ours to the floor of all signatures: {ratio:.2}, goal at most {MOST}: {word}");
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn plain(signature: &UnverifiedSignature) -> Plain {
    (signature.key(), signature.message().to_vec(), signature.signature().to_vec())
}

/// Times one run over the archive, including the start of the program. Every presentation must verify.
fn batch(program: &Path, archive: &Path, roots: &[PathBuf], jobs: usize, count: usize) -> Duration {
    let mut command = Command::new(program);
    command.args(["verify", "--batch", "--jobs", &jobs.to_string()]).arg(archive);
    for root in roots {
        command.arg("--trust").arg(root);
    }
    let results = archive.with_file_name("results.ndjson");
    let _ = fs::remove_file(&results);
    command.arg("--results").arg(&results).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program runs");
    let time = start.elapsed();
    let lines = fs::read_to_string(&results).expect("results");
    let verified = lines.lines().filter(|line| line.contains(r#""verdict":"verified""#)).count();
    assert!(status.success() && verified == count, "{verified} of {count} verified, {status}");
    time
}

/// Times the verification of the signatures alone.
fn floor(signatures: &[Plain], threads: usize) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for share in signatures.chunks(signatures.len().div_ceil(threads).max(1)) {
            scope.spawn(move || {
                for (key, message, signature) in share {
                    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key);
                    assert!(key.verify(message, signature).is_ok(), "a right signature");
                }
            });
        }
    });
    start.elapsed()
}
