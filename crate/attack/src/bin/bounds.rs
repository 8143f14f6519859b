//! Measures the cost of hostile shapes: `cargo xtask bench bounds`.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use liangzheng_attack::shape::{RIGHT, Shape, judge, shapes};

/// The bounds that hold for every input, on the machine that runs this.
const MOST: Duration = Duration::from_millis(50);
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// Measurements per shape.
const RUNS: usize = 40;
/// Verdicts per measurement, of which the shortest counts: a verdict is the same work each time, and longer times are
/// due to other processes.
const TRIES: usize = 5;

fn main() -> ExitCode {
    let shapes = shapes();
    let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(RUNS); shapes.len()];
    // In turns, so that load on the machine affects all of them.
    for _ in 0..RUNS {
        for (shape, times) in shapes.iter().zip(&mut times) {
            let once = |_| {
                let start = Instant::now();
                black_box(judge(black_box(&shape.payload)));
                start.elapsed()
            };
            times.extend((0..TRIES).map(once).min());
        }
    }
    let mut rows: Vec<(&Shape, Duration, Duration, u64)> = Vec::new();
    for (shape, times) in shapes.iter().zip(&mut times) {
        times.sort_unstable();
        let memory = allocation_counter::measure(|| drop(black_box(judge(&shape.payload)))).bytes_max;
        rows.push((shape, rank(times, 50), rank(times, 99), memory));
    }
    let right = rows.iter().find(|(shape, ..)| shape.name == RIGHT).map_or(Duration::ZERO, |row| row.1);
    rows.sort_by_key(|(_, p50, ..)| std::cmp::Reverse(*p50));
    println!("{:>9} {:>9} {:>8} {:>10} {:>8}", "p50 ms", "p99 ms", "x right", "most KiB", "payload");
    for (shape, p50, p99, memory) in &rows {
        println!(
            "{:>9.3} {:>9.3} {:>8.1} {:>10} {:>8}  {}",
            p50.as_secs_f64() * 1e3,
            p99.as_secs_f64() * 1e3,
            p50.as_secs_f64() / right.as_secs_f64().max(f64::EPSILON),
            memory / 1024,
            shape.payload.len(),
            shape.name,
        );
    }
    let mut all: Vec<Duration> = times.into_iter().flatten().collect();
    all.sort_unstable();
    let p99 = rank(&all, 99);
    let slowest = rows.iter().map(|row| row.2).max().unwrap_or_default();
    let most = rows.iter().map(|row| row.3).max().unwrap_or_default();
    println!(
        "{} measurements of {} shapes: p99 {:.3} ms, p99 of the slowest shape {:.3} ms, most memory {} KiB",
        all.len(),
        rows.len(),
        p99.as_secs_f64() * 1e3,
        slowest.as_secs_f64() * 1e3,
        most / 1024,
    );
    if slowest <= MOST && most <= MOST_BYTES { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Returns the percentile of sorted values.
fn rank(sorted: &[Duration], percent: usize) -> Duration {
    sorted
        .get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}
