//! Independent libraries from npm and PyPI, both ways: they issue and present and we verify, and the other way round.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::{Count, browser, wasm};
use crate::assets::Profile;
use crate::step::{say, step};
use crate::{attack, dist, site, tools};

/// What the two Python libraries need.
const PYTHON: (u32, u32) = (3, 10);

pub(super) fn run() -> anyhow::Result<Count> {
    let (mut node, skipped) = prepare()?;
    let mut count = wasm::node_tests(&mut node, &[&folder()])?;
    count.lines.extend(skipped);
    let mutants = presentations().and_then(|folder| attack::tamper_folder(&folder));
    let line = "no small change of what other libraries present is taken for anything else";
    match mutants {
        Ok(()) => count.check(true, line),
        Err(error) => count.check(false, format!("{line}: {error:#}")),
    }
    Ok(count)
}

/// Writes what other libraries issue and present, for every transcript that they can, into a folder, for `tamper`.
pub(crate) fn presentations() -> anyhow::Result<PathBuf> {
    let (mut node, _) = prepare()?;
    let folder = tools::target_dir().join("peers");
    tools::run(node.arg("presentations.mjs").arg("--folder").arg(&folder))?;
    Ok(folder)
}

/// Writes `docs/conformance.md`, naming `date` in it; `isomdl` is built and asked as well when it is wanted.
pub(crate) fn conformance(date: &str, with_isomdl: bool) -> anyhow::Result<()> {
    let (mut node, skipped) = prepare()?;
    if let Some(line) = skipped {
        bail!("the document has a column for every library\n  {line}");
    }
    if with_isomdl {
        node.env("LIANGZHENG_ISOMDL", isomdl()?);
    }
    let document = tools::root().join("docs/conformance.md");
    tools::run(node.arg("conformance.mjs").args(["--date", date, "--write"]).arg(&document))?;
    say(&format!("written: {}", document.display()));
    Ok(())
}

/// Node for the benchmark in `tests/bench`: other libraries, our command line, and our production site.
pub(crate) fn beside_other_libraries(browser: &browser::Browser) -> anyhow::Result<Command> {
    browser::packages(&tools::root().join("tests/bench"))?;
    let program = program()?;
    let site = site::build(Profile::Production)?;
    let folder = tools::target_dir().join("test-sites/production");
    dist::write_plain(&site, &folder)?;
    let mut node = browser.plain_node();
    node.env("LIANGZHENG_CLI", program).env("LIANGZHENG_PRODUCTION_SITE", folder);
    Ok(node)
}

/// Node for the benchmarks of the link in `tests/bench`: other decoders, our demo, and where films are kept.
pub(crate) fn link(browser: &browser::Browser) -> anyhow::Result<Command> {
    browser::packages(&tools::root().join("tests/bench"))?;
    let folder = tools::target_dir().join("test-sites/demo");
    let site = site::build(Profile::Demo)?;
    dist::write_plain(&site, &folder)?;
    let mut node = browser.plain_node();
    node.env("LIANGZHENG_URL", browser::serve(&site)?)
        .env("LIANGZHENG_SITE", folder)
        .env("LIANGZHENG_FILMS", tools::target_dir().join("films"));
    Ok(node)
}

fn folder() -> PathBuf {
    tools::root().join("tests/interop")
}

/// Node in its folder, told where everything is; and what to say when there is no Python for two of the libraries.
fn prepare() -> anyhow::Result<(Command, Option<String>)> {
    let mut node = Command::new(wasm::node()?);
    browser::packages(&folder())?;
    node.current_dir(folder()).env("LIANGZHENG_CLI", program()?).env("LIANGZHENG_CHALLENGE", challenge()?);
    // Nobody else's.
    node.env_remove("LIANGZHENG_PYTHON").env_remove("LIANGZHENG_ISOMDL");
    let skipped = match python()? {
        Python::Ready(python) => {
            node.env("LIANGZHENG_PYTHON", python);
            None
        }
        Python::Missing(fix) => Some(format!("skipped: isomdoc and pymdoccbor (PyPI): {fix}")),
    };
    if let Some(line) = &skipped {
        say(&format!("  {line}"));
    }
    Ok((node, skipped))
}

/// The command line, compiled.
fn program() -> anyhow::Result<PathBuf> {
    let mut cargo = tools::cargo();
    cargo.args(["build", "--quiet", "--package", "liangzheng-cli"]);
    step("compile the command line", || tools::run(&mut cargo))?;
    let name = format!("liangzheng{}", std::env::consts::EXE_SUFFIX);
    Ok(tools::target_dir().join("debug").join(name))
}

/// The program around isomdl, compiled in a workspace of its own.
fn isomdl() -> anyhow::Result<PathBuf> {
    let home = tools::target_dir().join("interop-isomdl");
    let mut cargo = tools::cargo();
    cargo
        .current_dir(folder().join("isomdl"))
        .args(["build", "--quiet", "--locked", "--target-dir"])
        .arg(&home);
    step("compile isomdl (minutes, the first time)", || tools::run(&mut cargo))?;
    Ok(home.join("debug").join(format!("liangzheng-interop-isomdl{}", std::env::consts::EXE_SUFFIX)))
}

/// The questions and answers of the optical link, compiled: a program of the tests.
fn challenge() -> anyhow::Result<PathBuf> {
    let mut cargo = tools::cargo();
    cargo.args(["build", "--quiet", "--package", "liangzheng-protocol", "--example", "challenge"]);
    step("compile the questions and answers", || tools::run(&mut cargo))?;
    let name = format!("challenge{}", std::env::consts::EXE_SUFFIX);
    Ok(tools::target_dir().join("debug/examples").join(name))
}

enum Python {
    /// One that has the libraries.
    Ready(PathBuf),
    /// The line that would help.
    Missing(String),
}

/// A virtual environment with the libraries of `requirements.txt`, below the target folder.
fn python() -> anyhow::Result<Python> {
    let Some(python) = tools::on_path(&["python3", "python", "python.exe"]) else {
        return Ok(Python::Missing("there is no Python 3; fix: sudo apt-get install python3-venv".into()));
    };
    let (major, minor) = PYTHON;
    let version = tools::output(Command::new(&python).arg("--version")).unwrap_or_default();
    if !new_enough(&version) {
        return Ok(Python::Missing(format!("{} is older than {major}.{minor}", version.trim())));
    }
    let home = tools::target_dir().join("interop-python");
    let own = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = std::fs::read(folder().join("requirements.txt")).context("requirements.txt")?;
    let installed = home.join("requirements.txt");
    if own.is_file() && std::fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(Python::Ready(own));
    }
    if !environment(&python, &home) {
        // Debian has the module in a package of its own.
        if !(browser::apt_install("python3-venv") && environment(&python, &home)) {
            let fix = "it cannot make a virtual environment; fix: sudo apt-get install python3-venv";
            return Ok(Python::Missing(fix.into()));
        }
    }
    let mut pip = Command::new(&own);
    pip.current_dir(folder()).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--require-hashes", "--requirement", "requirements.txt"]);
    step("pip install", || tools::run(&mut pip))?;
    std::fs::write(&installed, wanted).with_context(|| installed.display().to_string())?;
    Ok(Python::Ready(own))
}

/// Makes a virtual environment; whether it worked.
fn environment(python: &Path, home: &Path) -> bool {
    let mut command = Command::new(python);
    command.args(["-m", "venv", "--clear"]).arg(home);
    step("python3 -m venv", || tools::output(&mut command)).is_ok()
}

/// `Python 3.11.7`
fn new_enough(version: &str) -> bool {
    let numbers = version.trim().strip_prefix("Python ").unwrap_or_default();
    let mut parts = numbers.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= PYTHON
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn tells_old_pythons() {
        assert!(new_enough("Python 3.10.0\n") && new_enough("Python 3.11.7") && new_enough("Python 4.0"));
        assert!(!new_enough("Python 3.9.2") && !new_enough("Python 2.7.18") && !new_enough(""));
    }
}
