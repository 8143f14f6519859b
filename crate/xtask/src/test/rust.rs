//! `cargo test` and `cargo fmt`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::count::Count;
use crate::step::say;
use crate::{programs, tools};

/// Runs all tests of the workspace with their doctests; those of this program in the profile in which it is built
/// already.
pub(super) fn run(filter: &[String]) -> anyhow::Result<Count> {
    let mut count = Count::default();
    // First, because another part may wait for the programs while this one runs for minutes.
    programs::compile()?;
    let mut workspace = tools::cargo();
    programs::select(workspace.args(["test", "--no-fail-fast"])).args(filter);
    tests(&mut workspace, &mut count)?;
    if filter.is_empty() {
        let mut own = tools::cargo();
        tests(own.args(["test", "--profile", "xtask", "--package", env!("CARGO_PKG_NAME")]), &mut count)?;
    }
    count.lines.extend(skipped());
    Ok(count)
}

/// Says which tests had no files: those of others, which are not in the repository.
fn skipped() -> Vec<String> {
    let beside = |place: &str| tools::root().join("..").join(place).is_dir();
    let missing = |name: &str, place: Option<&str>| {
        std::env::var_os(name).is_none_or(|folder| !Path::new(&folder).is_dir()) && !place.is_some_and(beside)
    };
    let mut lines = Vec::new();
    if missing("LIANGZHENG_VECTORS", None) {
        lines.push("skipped: published vectors (LIANGZHENG_VECTORS names no folder)".to_owned());
    }
    if missing("LIANGZHENG_REAL", Some("shared/real")) {
        lines.push("skipped: files of real issuers (LIANGZHENG_REAL names no folder, and there is no ../shared/real)".to_owned());
    }
    lines
}

/// Shows the output of a `cargo test` and adds up its results.
fn tests(command: &mut Command, count: &mut Count) -> anyhow::Result<()> {
    let mut child =
        tools::yielding(command).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let output = child.stdout.take().context("no output of cargo test")?;
    let failed_before = count.failed;
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        // A line for each passed test would hide the rest; the results have their number.
        if !(line.starts_with("test ") && line.ends_with(" ... ok")) {
            say(&line);
        }
        if let Some((passed, failed)) = result(&line) {
            count.passed += passed;
            count.failed += failed;
        }
        if let Some(name) = line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ... FAILED")) {
            count.lines.push(format!("FAIL {name}"));
        }
    }
    if !child.wait()?.success() && count.failed == failed_before {
        count.check(false, "cargo test did not compile or was stopped: see its output above");
    }
    Ok(())
}

/// `test result: ok. 12 passed; 0 failed; …`
fn result(line: &str) -> Option<(u32, u32)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut numbers = counts.split("; ").map(|words| words.split(' ').next());
    Some((numbers.next()??.parse().ok()?, numbers.next()??.parse().ok()?))
}

/// Whether everything is formatted.
pub(super) fn format() -> anyhow::Result<Count> {
    let mut count = Count::default();
    let status =
        tools::cargo().args(["fmt", "--all", "--check"]).status().context("cannot start cargo fmt")?;
    count.check(status.success(), "formatted (fix: cargo fmt --all)");
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::result;

    #[test]
    fn reads_the_result_lines_of_cargo_test() {
        assert_eq!(result("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured"), Some((12, 0)));
        assert_eq!(result("test result: FAILED. 3 passed; 2 failed; 0 ignored"), Some((3, 2)));
        assert_eq!(result("test a::b ... ok"), None);
    }
}
