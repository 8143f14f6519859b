//! Node: the program, and the npm packages of a folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context as _, bail};

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
