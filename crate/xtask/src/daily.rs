//! The smaller commands: bench, shots, kill, docs and film.

use std::process::{Command, ExitCode};

use anyhow::bail;

use crate::step::say;
use crate::test::{Browser, SiteUrls, beside_other_libraries, link};
use crate::{programs, tools};

/// The benchmarks: name and script in `tests/`.
pub(crate) const BENCHES: [(&str, &str); 4] = [
    ("scan", "browser/bench-scan.mjs"),
    ("verify", "bench/verify.mjs"),
    ("decode", "bench/link/decode.mjs"),
    ("link", "bench/link/link.mjs"),
];

/// Runs one benchmark against the demo.
pub(crate) fn bench(name: &str, arguments: &[String]) -> anyhow::Result<ExitCode> {
    let Some((_, script)) = BENCHES.iter().find(|(known, _)| *known == name) else {
        bail!(
            "no such benchmark: {name} (there are: {}, batch, bounds)",
            BENCHES.map(|(name, _)| name).join(", ")
        );
    };
    let browser = Browser::prepare()?;
    if name == "verify" {
        // It serves its files itself, and needs only the module of the production site, which takes its anchors as
        // arguments.
        let mut node = beside_other_libraries(&browser)?;
        tools::run(node.arg(script).args(arguments))?;
        return Ok(ExitCode::SUCCESS);
    }
    if name == "decode" || name == "link" {
        let mut node = link(&browser)?;
        tools::run(node.arg(script).args(arguments))?;
        return Ok(ExitCode::SUCCESS);
    }
    let urls = SiteUrls::demo()?;
    tools::run(browser.node(&urls).arg(script).args(arguments))?;
    Ok(ExitCode::SUCCESS)
}

/// Screenshots of every page and state, into `tests/shots`.
pub(crate) fn shots(filter: &[String]) -> anyhow::Result<ExitCode> {
    let browser = Browser::prepare()?;
    let urls = SiteUrls::demo()?;
    tools::run(browser.playwright("shots", &urls).args(filter))?;
    say(&format!("written: {}", tools::root().join("tests/shots").display()));
    Ok(ExitCode::SUCCESS)
}

/// Kills the browser in the middle of what it stores. Fails if something was torn or lost.
pub(crate) fn kill(arguments: &[String]) -> anyhow::Result<()> {
    let browser = Browser::prepare()?;
    let urls = SiteUrls::demo()?;
    tools::run(browser.node(&urls).arg("browser/kills.mjs").args(arguments))
}

/// Runs the film maker (`crate/film`) with these arguments. It is not part of this program, whose build it would slow.
pub(crate) fn film(arguments: &[String]) -> anyhow::Result<ExitCode> {
    tools::run(Command::new(programs::program("film")?).args(arguments))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the documents that are made from the tables of codes.
pub(crate) fn docs() -> anyhow::Result<()> {
    tools::run(&mut Command::new(programs::program("guide")?))
}
