//! The shipped module, driven from Node.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, bail};

use super::{Count, Sites};
use crate::tools;

pub(super) fn run(sites: &mut Sites) -> anyhow::Result<Count> {
    let node = node()?;
    // A QR encoder that is not ours makes the symbols for the scanner's tests.
    super::browser::packages()?;
    let tests = tools::root().join("tests");
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(tests.join("wasm")).context("tests/wasm")? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    let (demo, production) = sites.both()?;
    let report = tools::target_dir().join("node-report.tap");
    let mut command = Command::new(node);
    command.current_dir(&tests).arg("--test");
    command.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    command.arg(format!("--test-reporter-destination={}", report.display())).args(files);
    command.env("LIANGZHENG_SITE", &demo.folder).env("LIANGZHENG_PRODUCTION_SITE", &production.folder);
    let _ = std::fs::remove_file(&report);
    let status = command.status().context("cannot start node")?;
    let tap = std::fs::read_to_string(&report).context("node wrote no report")?;
    let failed = number(&tap, "# fail ") + number(&tap, "# cancelled ");
    let mut count = Count { passed: number(&tap, "# pass "), failed, ..Count::default() };
    let failed = tap.lines().filter_map(|line| line.trim_start().strip_prefix("not ok "));
    count.lines.extend(failed.map(|name| format!("FAIL {name}")));
    if !status.success() && count.failed == 0 {
        count.check(false, format!("node ended with {status}"));
    }
    Ok(count)
}

fn number(tap: &str, prefix: &str) -> u32 {
    tap.lines()
        .filter_map(|line| line.strip_prefix(prefix))
        .filter_map(|number| number.trim().parse::<u32>().ok())
        .sum()
}

/// Node 20 or later.
pub(super) fn node() -> anyhow::Result<PathBuf> {
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

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn reads_the_totals_of_a_tap_report() {
        let tap = "TAP version 13\nok 1 - a\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n";
        assert_eq!((number(tap, "# pass "), number(tap, "# fail ")), (2, 1));
    }
}
