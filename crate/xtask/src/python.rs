//! Virtual environments of Python below the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::step::step;
use crate::tools;

/// A version of Python.
type Version = (u32, u32);

/// The oldest Python that our packages take.
const OLDEST: Version = (3, 10);

/// A virtual environment, or what hinders it.
pub(crate) enum Python {
    /// Its folder of programs.
    Ready(PathBuf),
    /// The command that installs them.
    Missing(String),
}

/// Returns the environment `name`, recreated if the packages of `requirements` have changed; each is pinned by its
/// hash.
///
/// Fails if the packages cannot be installed.
pub(crate) fn environment(name: &str, requirements: &Path) -> anyhow::Result<Python> {
    environment_since(OLDEST, name, requirements)
}

/// As [`environment`], with packages that take no older Python than this.
pub(crate) fn environment_since(oldest: Version, name: &str, requirements: &Path) -> anyhow::Result<Python> {
    let Some(python) = tools::on_path(&["python3", "python", "python.exe"]) else {
        return Ok(Python::Missing("there is no Python 3; fix: sudo apt-get install python3-venv".into()));
    };
    let (major, minor) = oldest;
    let version = tools::output(Command::new(&python).arg("--version")).unwrap_or_default();
    if !new_enough(&version, oldest) {
        return Ok(Python::Missing(format!("{} is older than {major}.{minor}", version.trim())));
    }
    let home = tools::target_dir().join(name);
    let programs = home.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let own = programs.join(format!("python{}", std::env::consts::EXE_SUFFIX));
    let wanted = std::fs::read(requirements).with_context(|| requirements.display().to_string())?;
    let installed = home.join("requirements.txt");
    if own.is_file() && std::fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(Python::Ready(programs));
    }
    if !make(&python, &home) {
        // Debian has the module in a separate package.
        if !(tools::apt_install("python3-venv") && make(&python, &home)) {
            let fix = "it cannot make a virtual environment; fix: sudo apt-get install python3-venv";
            return Ok(Python::Missing(fix.into()));
        }
    }
    let mut pip = Command::new(&own);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--require-hashes", "--requirement"]).arg(requirements);
    step("pip install", || tools::run(&mut pip))?;
    std::fs::write(&installed, wanted).with_context(|| installed.display().to_string())?;
    Ok(Python::Ready(programs))
}

/// Makes an empty environment; whether it worked.
fn make(python: &Path, home: &Path) -> bool {
    let mut command = Command::new(python);
    command.args(["-m", "venv", "--clear"]).arg(home);
    step("python3 -m venv", || tools::output(&mut command)).is_ok()
}

/// `Python 3.11.7`
fn new_enough(version: &str, oldest: Version) -> bool {
    let numbers = version.trim().strip_prefix("Python ").unwrap_or_default();
    let mut parts = numbers.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= oldest
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, new_enough};

    #[test]
    fn tells_old_pythons() {
        let enough = |version| new_enough(version, OLDEST);
        assert!(enough("Python 3.10.0\n") && enough("Python 3.11.7") && enough("Python 4.0"));
        assert!(!enough("Python 3.9.2") && !enough("Python 2.7.18") && !enough(""));
    }
}
