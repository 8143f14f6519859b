//! A run of the tests of a folder in Node.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::count::Count;
pub(super) use crate::node::{packages, program};
use crate::tools;

/// Runs every `*.test.mjs` of the folders by `command`, a Node with its folder and its environment, and counts.
pub(super) fn run_tests(command: &mut Command, folders: &[&Path]) -> anyhow::Result<Count> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".test.mjs") {
                files.push(path);
            }
        }
    }
    files.sort();
    // Two parts may run at the same time: each has a report of its own.
    let part = folders.first().and_then(|folder| folder.file_name()).context("a folder of tests")?;
    let report = tools::target_dir().join(format!("node-report-{}.tap", part.display()));
    let command = &mut tools::yielding(command);
    command.arg("--test");
    command.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    command.arg(format!("--test-reporter-destination={}", report.display())).args(files);
    let _ = std::fs::remove_file(&report);
    let status = command.status().context("cannot start node")?;
    let tap = std::fs::read_to_string(&report).context("node wrote no report")?;
    let mut count = counted(&tap);
    if !status.success() && count.failed == 0 {
        count.check(false, format!("node ended with {status}"));
    }
    Ok(count)
}

/// Adds up a TAP report; tests that were skipped are named with their reason.
fn counted(tap: &str) -> Count {
    let failed = number(tap, "# fail ") + number(tap, "# cancelled ");
    let mut count = Count { passed: number(tap, "# pass "), failed, ..Count::default() };
    let lines = || tap.lines().map(str::trim_start);
    let failed = lines().filter_map(|line| line.strip_prefix("not ok "));
    count.lines.extend(failed.map(|name| format!("FAIL {name}")));
    let skipped =
        lines().filter(|line| line.starts_with("ok ")).filter_map(|line| line.split_once(" # SKIP"));
    count.lines.extend(skipped.map(|(name, reason)| {
        let name = name.split_once(" - ").map_or(name, |(_, name)| name);
        format!("skipped: {name}:{reason}")
    }));
    count
}

fn number(tap: &str, prefix: &str) -> u32 {
    tap.lines()
        .filter_map(|line| line.strip_prefix(prefix))
        .filter_map(|number| number.trim().parse::<u32>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn reads_the_totals_of_a_tap_report_and_names_what_was_skipped() {
        let tap = "TAP version 13\nok 1 - a\n    ok 2 - b # SKIP no Python\n    not ok 3 - c\n# tests 3\n# pass 1\n\
                   # fail 1\n# cancelled 0\n# skipped 1\n";
        let count = counted(tap);
        assert_eq!((count.passed, count.failed), (1, 1));
        assert_eq!(count.lines, ["FAIL 3 - c", "skipped: b: no Python"]);
    }
}
