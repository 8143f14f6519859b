//! Says what is being done while it is done, and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Does `work`, saying its name at once and its time afterwards.
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

/// One line on standard output, there at once even when the output is a pipe.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe is the reader's choice, and no reason to stop a build.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// `12.3 s`
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
