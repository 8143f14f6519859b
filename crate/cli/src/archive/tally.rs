//! The number of results of each kind: on standard error, and as the exit status.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Instant;

use batch::Outcome;

use crate::exit::Exit;
use crate::say::fill;

/// The number of results of each kind.
pub(super) struct Tally {
    good: u64,
    refused: u64,
    open: u64,
    unreadable: u64,
    before: u64,
    by_policy: bool,
    begin: Instant,
}

impl Tally {
    /// Starts to count; by the decision of a policy or by the verdict.
    pub(super) fn new(by_policy: bool) -> Self {
        let begin = Instant::now();
        Self { good: 0, refused: 0, open: 0, unreadable: 0, before: 0, by_policy, begin }
    }

    pub(super) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Good => self.good += 1,
            Outcome::Refused => self.refused += 1,
            Outcome::Open => self.open += 1,
            Outcome::Unread => self.unreadable += 1,
        }
    }

    /// Counts one that had a result before.
    pub(super) fn count_before(&mut self) {
        self.before += 1;
    }

    /// Says on a terminal how far it is.
    pub(super) fn say_progress(&self) {
        if io::stderr().is_terminal() {
            let sentence = if self.by_policy {
                self.sentence("cli.batch.deciding")
            } else {
                self.sentence("cli.batch.progress")
            };
            say(&format!("\r{sentence}"));
        }
    }

    /// Says the result on standard error.
    pub(super) fn say_done(&self) {
        let start = if io::stderr().is_terminal() { "\r" } else { "" };
        let sentence =
            if self.by_policy { self.sentence("cli.batch.decided") } else { self.sentence("cli.batch.done") };
        say(&format!("{start}{sentence}\n"));
    }

    fn sentence(&self, key: &str) -> String {
        let judged = self.good + self.refused + self.open;
        let seconds = self.begin.elapsed().as_secs_f64();
        let rate = judged as f64 / seconds.max(0.001);
        let numbers = [judged, self.good, self.refused, self.open, self.unreadable, self.before];
        let [judged, good, refused, open, unreadable, before] = numbers.map(|n| n.to_string());
        fill(
            key,
            &[
                ("judged", &judged),
                ("verified", &good),
                ("accepted", &good),
                ("refused", &refused),
                ("undetermined", &open),
                ("review", &open),
                ("unreadable", &unreadable),
                ("before", &before),
                ("seconds", &format!("{seconds:.1}")),
                ("rate", &format!("{rate:.0}")),
            ],
        )
    }

    /// Returns the worst exit status.
    pub(super) const fn end(&self) -> Exit {
        match self {
            Self { unreadable: 1.., .. } => Exit::Usage,
            Self { refused: 1.., .. } => Exit::Refused,
            Self { open: 1.., .. } => Exit::Undetermined,
            _ => Exit::Done,
        }
    }
}

/// Writes to standard error. If nobody reads it, the exit status still says it.
fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
