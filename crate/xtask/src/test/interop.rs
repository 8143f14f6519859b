//! Independent libraries from npm and PyPI, in both directions: they issue and present and we verify, and vice versa.

use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use super::{browser, node};
use crate::count::Count;
use crate::profile::Profile;
use crate::python::{self, Python};
use crate::step::{say, step};
use crate::{attack, dist, programs, site, tools};

pub(super) fn run() -> anyhow::Result<Count> {
    let (mut node, skipped) = prepare()?;
    let mut count = node::run_tests(&mut node, &[&folder()])?;
    count.lines.extend(skipped);
    let mutants = presentations().and_then(|folder| attack::tamper_folder(&folder));
    let line = "no small change of what other libraries present is taken for anything else";
    match mutants {
        Ok(()) => count.check(true, line),
        Err(error) => count.check(false, format!("{line}: {error:#}")),
    }
    Ok(count)
}

/// Writes presentations of other libraries, for every transcript that they support, into a folder for `tamper`.
pub(crate) fn presentations() -> anyhow::Result<PathBuf> {
    let (mut node, _) = prepare()?;
    let folder = tools::target_dir().join("peers");
    tools::run(node.arg("presentations.mjs").arg("--folder").arg(&folder))?;
    Ok(folder)
}

/// Writes `docs/conformance.md` with `date`; `with_isomdl` also builds and runs isomdl.
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

/// Returns `node` for the benchmark in `tests/bench` with other libraries, the command line and the production site.
pub(crate) fn beside_other_libraries(browser: &browser::Browser) -> anyhow::Result<Command> {
    node::packages(&tools::root().join("tests/bench"))?;
    let program = programs::program("liangzheng")?;
    let site = site::build(Profile::Production)?;
    let folder = tools::target_dir().join("test-sites/production");
    dist::write_plain(&site, &folder)?;
    let mut node = browser.plain_node();
    node.env("LIANGZHENG_CLI", program).env("LIANGZHENG_PRODUCTION_SITE", folder);
    Ok(node)
}

/// Returns `node` for the benchmarks of the link in `tests/bench`, with other decoders, the demo and the films.
pub(crate) fn link(browser: &browser::Browser) -> anyhow::Result<Command> {
    node::packages(&tools::root().join("tests/bench"))?;
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

/// Returns `node` in its folder with all paths in its environment, and a message if Python is missing for two
/// libraries.
fn prepare() -> anyhow::Result<(Command, Option<String>)> {
    let mut node = Command::new(node::program()?);
    node::packages(&folder())?;
    node.current_dir(folder()).env("LIANGZHENG_CLI", programs::program("liangzheng")?);
    node.env("LIANGZHENG_CHALLENGE", programs::example("challenge")?);
    node.env("LIANGZHENG_CLAIM_MESSAGES", programs::example("claim_messages")?);
    // Not inherited from the environment.
    node.env_remove("LIANGZHENG_PYTHON").env_remove("LIANGZHENG_ISOMDL");
    let skipped = match python::environment("interop-python", &folder().join("requirements.txt"))? {
        Python::Ready(programs) => {
            node.env("LIANGZHENG_PYTHON", programs.join(format!("python{}", std::env::consts::EXE_SUFFIX)));
            None
        }
        Python::Missing(fix) => Some(format!("skipped: isomdoc and pymdoccbor (PyPI): {fix}")),
    };
    if let Some(line) = &skipped {
        say(&format!("  {line}"));
    }
    Ok((node, skipped))
}

/// Compiles the program around isomdl in its own workspace; returns its path.
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
