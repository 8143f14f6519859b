//! The programs and examples of the workspace that tests and commands run, in the profile of the tests.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::anyhow;

use crate::step::step;
use crate::tools;
use crate::workspace::SITE;

/// Returns the path of the compiled program `name`.
pub(crate) fn program(name: &str) -> anyhow::Result<PathBuf> {
    compile()?;
    Ok(tools::target_dir().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Returns the path of the compiled example `name` of a member.
pub(crate) fn example(name: &str) -> anyhow::Result<PathBuf> {
    compile()?;
    let folder = tools::target_dir().join("debug/examples");
    Ok(folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Returns the path of the compiled dynamic library `name`.
pub(crate) fn library(name: &str) -> anyhow::Result<PathBuf> {
    compile()?;
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Ok(tools::target_dir().join("debug").join(format!("{prefix}{name}{suffix}")))
}

/// Selects the tested members with the features of the tests; this program's own tests run in its own profile.
pub(crate) fn select(cargo: &mut Command) -> &mut Command {
    cargo.args(["--workspace", "--exclude", env!("CARGO_PKG_NAME"), "--features"]).arg(format!("{SITE}/demo"))
}

/// Compiles all programs, examples and libraries, once while this process runs.
///
/// All at once and with the selection of `cargo test`: cargo resolves the features of shared dependencies for each
/// selection, so that a program built alone would compile most of the workspace a second time.
pub(crate) fn compile() -> anyhow::Result<()> {
    static COMPILED: OnceLock<Result<(), String>> = OnceLock::new();
    let compile = || {
        let mut cargo = tools::cargo();
        select(cargo.args(["build", "--quiet", "--bins", "--examples", "--lib"]));
        step("compile the programs of the tests", || tools::run(&mut cargo))
            .map_err(|error| format!("{error:#}"))
    };
    COMPILED.get_or_init(compile).clone().map_err(|error| anyhow!(error))
}
