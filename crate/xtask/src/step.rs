//! Prints each step when it starts, and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Runs `work`; prints its name before and its time after.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    say(&format!("· {name} …"));
    let start = Instant::now();
    let done = work();
    let time = seconds(start.elapsed());
    match &done {
        Ok(_) => say(&format!("  {name}: {time}")),
        Err(_) => say(&format!("  {name}: failed after {time}")),
    }
    done
}

/// Prints a line and flushes, so that it appears at once in a pipe.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe must not stop a build.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// `12.3 s`
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
