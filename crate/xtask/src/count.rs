//! How many checks passed and failed, and the closing lines that say so.

use std::process::ExitCode;
use std::time::Duration;

use crate::step::{say, seconds};

/// The checks of one part.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub passed: u32,
    pub failed: u32,
    /// Printed again in the summary.
    pub lines: Vec<String>,
}

impl Count {
    /// Adds one check.
    pub(crate) fn check(&mut self, good: bool, line: impl Into<String>) {
        let line = line.into();
        if good {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        self.lines.push(format!("{} {line}", if good { "ok  " } else { "FAIL" }));
    }

    /// Counts an error that stopped a part as one failed check.
    pub(crate) fn of_error(error: &anyhow::Error) -> Self {
        eprintln!("error: {error:#}");
        Self { failed: 1, lines: vec![format!("FAIL {error:#}")], ..Self::default() }
    }
}

/// A finished part: its name, its checks, and how long it took.
pub(crate) type Done = (&'static str, Count, Duration);

/// Prints each part and, as the last line of the output, `N passed, N failed`. Fails if a check failed.
pub(crate) fn close(done: &[Done], total: Duration) -> ExitCode {
    say(&format!("\n== summary after {}", seconds(total)));
    for (name, count, time) in done {
        say(&format!("{name:<9} {} passed, {} failed, {}", count.passed, count.failed, seconds(*time)));
        for line in &count.lines {
            say(&format!("    {}", line.replace('\n', "\n    ")));
        }
    }
    let passed: u32 = done.iter().map(|(_, count, _)| count.passed).sum();
    let failed: u32 = done.iter().map(|(_, count, _)| count.failed).sum();
    // Alone and last: machines read it.
    say(&format!("\n{passed} passed, {failed} failed"));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
