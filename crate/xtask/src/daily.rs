//! The smaller commands: lint, bench, shots and film.

use std::process::ExitCode;

use anyhow::bail;

use crate::step::{say, step};
use crate::test::{Browser, SiteUrls, beside_other_libraries, link};
use crate::tools;

/// rustfmt, clippy for every target and profile, the documentation, and `cargo deny` where it is installed.
pub(crate) fn lint() -> anyhow::Result<ExitCode> {
    tools::ensure_wasm_target()?;
    let mut failed = Vec::new();
    let mut check = |name: &str, words: &[&str], doc: bool| {
        let mut cargo = tools::cargo();
        cargo.args(words);
        if doc {
            cargo.env("RUSTDOCFLAGS", "-D warnings");
        }
        if let Err(error) = step(name, || tools::run(&mut cargo)) {
            failed.push(format!("{name}: {error:#}"));
        }
    };
    let site = ["clippy", "--package", "liangzheng-site", "--lib", "--target", "wasm32-unknown-unknown"];
    let strict = ["--", "--deny", "warnings"];
    let features = ["--features", "liangzheng-site/demo"];
    check("format", &["fmt", "--all", "--check"], false);
    check("clippy", &[&["clippy", "--workspace", "--all-targets"][..], &features, &strict].concat(), false);
    check("clippy, production module", &[&site[..], &strict].concat(), false);
    check("clippy, demo module", &[&site[..], &["--features", "demo"], &strict].concat(), false);
    check("documentation", &[&["doc", "--workspace", "--no-deps"][..], &features].concat(), true);
    if tools::on_path(&["cargo-deny", "cargo-deny.exe"]).is_some() {
        check(
            "cargo deny: licences, sources, bans",
            &["deny", "check", "licenses", "sources", "bans"],
            false,
        );
        let fetched =
            tools::cargo().args(["deny", "fetch", "db"]).status().is_ok_and(|status| status.success());
        if fetched {
            check("cargo deny: advisories", &["deny", "check", "--disable-fetch", "advisories"], false);
        } else {
            say("  advisories not checked: their database cannot be fetched");
        }
    } else {
        say("  cargo deny is not installed: licences are checked by cargo xtask test --only licences;");
        say("  for bans and advisories: cargo install --locked cargo-deny");
    }
    if failed.is_empty() {
        say("lint: clean");
        return Ok(ExitCode::SUCCESS);
    }
    bail!("lint:\n  {}", failed.join("\n  "));
}

/// The benchmarks that there are: name and script below `tests/`.
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
        // It serves what it needs by itself: only the module of the production site, which trusts what it is handed.
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

/// Hands its arguments to the film maker (`crate/film`), which is not part of this program: it would slow `serve`.
pub(crate) fn film(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let mut cargo = tools::cargo();
    cargo.args(["run", "--quiet", "--package", "liangzheng-film", "--bin", "film", "--"]);
    // Paths are meant from where the command was typed.
    cargo.current_dir(std::env::current_dir()?).args(arguments);
    tools::run(&mut cargo)?;
    Ok(ExitCode::SUCCESS)
}
