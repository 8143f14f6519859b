//! Node: the program, the npm packages of a folder, and a run of its tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context as _, bail};

use crate::count::Count;
use crate::step::step;
use crate::tools;

/// Returns the path of Node, version 20 or later.
///
/// Fails with the command that installs it.
pub(crate) fn program() -> anyhow::Result<PathBuf> {
    const FIX: &str =
        "fix: install Node 20 or later, https://nodejs.org (Debian: apt-get install nodejs npm)";
    let Some(node) = tools::on_path(&["node", "node.exe"]) else { bail!("there is no node\n  {FIX}") };
    let version = tools::output(Command::new(&node).arg("--version"))?;
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("node is {}, too old\n  {FIX}", version.trim());
    }
    Ok(node)
}

/// Returns the npm packages of a folder, at the versions of its package-lock.json.
pub(crate) fn packages(folder: &Path) -> anyhow::Result<()> {
    // Parts that run beside each other share folders.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let time = |file: &Path| std::fs::metadata(file).and_then(|data| data.modified()).ok();
    let installed = time(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= time(&folder.join("package-lock.json")) {
        return Ok(());
    }
    let fix = || format!("fix: cd {} && npm ci", folder.display());
    let Some(npm) = tools::on_path(&["npm", "npm.cmd"]) else {
        bail!(
            "there is no npm\n  fix: install it with Node, https://nodejs.org (Debian: apt-get install npm)"
        );
    };
    let mut command = Command::new(npm);
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    step("npm ci", || tools::run(&mut command).with_context(fix))
}

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
