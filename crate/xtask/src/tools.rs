//! The programs and folders that a build needs, and the command that installs a missing one.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context as _, bail};

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Cargo's target folder; the builds of the Wasm module and of the test sites live below it.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Returns the cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Returns `command` at the lowest priority where there is `nice`.
pub(crate) fn yielding(command: &Command) -> Command {
    let (mut yielding, own) = match on_path(&["nice"]) {
        Some(nice) => (Command::new(nice), Some(command.get_program())),
        None => (Command::new(command.get_program()), None),
    };
    yielding.args(own.map(|own| [OsStr::new("-n"), OsStr::new("19"), own]).into_iter().flatten());
    yielding.args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        yielding.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => yielding.env(name, value),
            None => yielding.env_remove(name),
        };
    }
    yielding
}

/// Leaves the paths of this machine out of what is compiled, so that two builders get the same bytes.
pub(crate) fn remap_paths(cargo: &mut Command) {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = vec![format!("--remap-path-prefix={}=/liangzheng", root().display())];
    flags.extend(home.map(|home| format!("--remap-path-prefix={}=/cargo", home.display())));
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")).env_remove("RUSTFLAGS");
}

/// Runs `command` and shows its output. Fails with the command line if it fails.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let line = line_of(command);
    let status = command.status().with_context(|| format!("cannot start: {line}"))?;
    if !status.success() {
        bail!("failed ({status}): {line}");
    }
    Ok(())
}

/// Runs `command` and returns what it wrote on standard output.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let line = line_of(command);
    let output = command.output().with_context(|| format!("cannot start: {line}"))?;
    if !output.status.success() {
        bail!("failed ({}): {line}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("output of {line}"))
}

/// Returns the command as a line for a shell.
fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Returns the first of `names` that is found on PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file()))
}

/// Installs the standard library for Wasm if it is missing.
pub(crate) fn ensure_wasm_target() -> anyhow::Result<()> {
    const FIX: &str = "rustup target add wasm32-unknown-unknown";
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let sysroot = output(Command::new(rustc).args(["--print", "sysroot"]).current_dir(root()))?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib");
    if library.is_dir() {
        return Ok(());
    }
    if on_path(&["rustup"]).is_none() {
        bail!(
            "this Rust has no wasm32-unknown-unknown target, and there is no rustup to add it\n  \
             fix: install Rust by https://rustup.rs, then: {FIX}"
        );
    }
    crate::step::say(&format!("  {FIX}"));
    run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(root()))
        .context(format!("the Wasm target is missing\n  fix: {FIX}"))
}

/// Installs a Debian package if this process may; returns whether it did.
pub(crate) fn apt_install(package: &str) -> bool {
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let Some(apt) = on_path(&["apt-get"]).filter(|_| root) else { return false };
    // apt allows one at a time, and fails instead of waiting.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let install = || {
        let mut update = Command::new(&apt);
        let mut install = Command::new(&apt);
        install.env("DEBIAN_FRONTEND", "noninteractive");
        run(update.args(["update", "--quiet"]))?;
        run(install.args(["install", "--yes", "--quiet", "--no-install-recommends", package]))
    };
    crate::step::step(&format!("apt-get install {package}"), install).is_ok()
}
