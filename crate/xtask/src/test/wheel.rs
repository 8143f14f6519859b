//! The Python wheel: its unit tests, and on Apache Spark.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::count::Count;
use crate::python::{self, Python};
use crate::step::{say, step};
use crate::{programs, tools};

/// The oldest Python that pyarrow, DuckDB and PySpark of the tests take; the wheel takes 3.10.
const PYTHON: (u32, u32) = (3, 11);

/// Runs the unit tests of `crate/python`. The module is compiled with the other programs, in the same profile;
/// the wheel as it is shipped is built by [`spark`].
pub(super) fn run() -> anyhow::Result<Count> {
    let tests = folder().join("tests");
    let mut count = Count::default();
    let programs = match python::environment_since(PYTHON, "wheel-python", &tests.join("requirements.txt"))? {
        Python::Ready(programs) => programs,
        Python::Missing(fix) => {
            count.lines.push(format!("skipped: the Python wheel: {fix}"));
            return Ok(count);
        }
    };
    let module = tools::target_dir().join("wheel-module");
    std::fs::create_dir_all(&module).with_context(|| module.display().to_string())?;
    let suffix = if cfg!(windows) { "pyd" } else { "abi3.so" };
    let compiled = programs::library("liangzheng_python")?;
    std::fs::copy(&compiled, module.join(format!("liangzheng.{suffix}")))
        .with_context(|| compiled.display().to_string())?;
    let mut command = interpreter(&programs);
    command.args(["-m", "unittest", "discover", "--start-directory"]).arg(&tests).current_dir(tools::root());
    command.env("PYTHONPATH", module).env("LIANGZHENG_CLI", programs::program("liangzheng")?);
    let output = tools::yielding(&command).output().context("cannot start Python")?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    say(&report);
    count = counted(&report);
    if !output.status.success() && count.failed == 0 {
        count.check(false, format!("Python ended with {}", output.status));
    }
    Ok(count)
}

/// Builds the wheel as it is shipped, and runs it on Apache Spark with two workers, beside the command line.
pub(super) fn spark() -> anyhow::Result<Count> {
    let mut count = Count::default();
    if tools::on_path(&["java", "java.exe"]).is_none() {
        let fix = "there is no Java; fix: sudo apt-get install openjdk-17-jre-headless";
        count.lines.push(format!("skipped: the wheel on Apache Spark: {fix}"));
        return Ok(count);
    }
    let tests = folder().join("tests/spark");
    let programs = match python::environment_since(PYTHON, "spark-python", &tests.join("requirements.txt"))? {
        Python::Ready(programs) => programs,
        Python::Missing(fix) => {
            count.lines.push(format!("skipped: the wheel on Apache Spark: {fix}"));
            return Ok(count);
        }
    };
    let wheels = tools::target_dir().join("wheels");
    let _ = std::fs::remove_dir_all(&wheels);
    let mut maturin = Command::new(programs.join(format!("maturin{}", std::env::consts::EXE_SUFFIX)));
    maturin.current_dir(tools::root()).args(["build", "--quiet", "--manifest-path"]);
    maturin.arg(folder().join("Cargo.toml")).arg("--out").arg(&wheels);
    step("build the wheel (minutes, the first time)", || tools::run(&mut maturin))?;
    let mut install = interpreter(&programs);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
    ]);
    install.args(["--force-reinstall", "--find-links"]).arg(&wheels).arg("liangzheng");
    step("install the wheel", || tools::run(&mut install))?;
    let mut cargo = tools::cargo();
    // In the profile of the wheel, so that their speeds can be compared.
    cargo.args(["build", "--quiet", "--profile", "wheel", "--package", "liangzheng-cli"]);
    step("compile the command line", || tools::run(&mut cargo))?;
    let archive = tools::target_dir().join("spark-archive");
    let mut made = Command::new(programs::program("archive")?);
    step("make presentations", || tools::run(made.arg(&archive).arg("2000")))?;
    let mut command = interpreter(&programs);
    let program = tools::target_dir().join(format!("wheel/liangzheng{}", std::env::consts::EXE_SUFFIX));
    command.arg(tests.join("run.py")).env("LIANGZHENG_CLI", program).env("LIANGZHENG_ARCHIVE", archive);
    command.env("PYSPARK_SUBMIT_ARGS", "--driver-memory 2g pyspark-shell").stderr(Stdio::inherit());
    let output = command.output().context("cannot start Python")?;
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    say(&report);
    for line in report.lines() {
        match (line.strip_prefix("ok   "), line.strip_prefix("FAIL ")) {
            (Some(line), _) => count.check(true, line),
            (_, Some(line)) => count.check(false, line),
            _ => count.lines.push(line.to_owned()),
        }
    }
    if !output.status.success() && count.failed == 0 {
        count.check(false, format!("Python ended with {}", output.status));
    }
    Ok(count)
}

fn folder() -> PathBuf {
    tools::root().join("crate/python")
}

/// Returns the interpreter of an environment; it writes no cached code into the repository.
fn interpreter(programs: &Path) -> Command {
    let mut python = Command::new(programs.join(format!("python{}", std::env::consts::EXE_SUFFIX)));
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    python
}

/// Reads the end of a report of `unittest`: `Ran 16 tests in 4.7s`, `FAILED (failures=1, errors=2, skipped=1)`.
fn counted(report: &str) -> Count {
    let ran =
        report.lines().find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse::<u32>().ok());
    let of = |word: &str| {
        let end = report.lines().rev().find(|line| line.starts_with("OK") || line.starts_with("FAILED"));
        let number =
            end?.split(['(', ',', ')']).find_map(|part| part.trim().strip_prefix(word)?.strip_prefix('='));
        number?.parse::<u32>().ok()
    };
    let (failed, skipped) =
        (of("failures").unwrap_or(0) + of("errors").unwrap_or(0), of("skipped").unwrap_or(0));
    let mut count =
        Count { passed: ran.unwrap_or(0).saturating_sub(failed + skipped), failed, ..Count::default() };
    let names = report.lines().filter(|line| line.starts_with("FAIL: ") || line.starts_with("ERROR: "));
    count.lines.extend(names.map(|line| format!("FAIL {line}")));
    count
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn reads_the_end_of_a_report_of_unittest() {
        let right = counted("....\n----\nRan 4 tests in 0.1s\n\nOK (skipped=1)\n");
        assert_eq!((right.passed, right.failed), (3, 0));
        let wrong = counted("..F\nFAIL: test_a (b)\nRan 3 tests in 0.1s\n\nFAILED (failures=1, errors=1)\n");
        assert_eq!((wrong.passed, wrong.failed), (1, 2));
        assert_eq!(wrong.lines, ["FAIL FAIL: test_a (b)"]);
        assert_eq!(counted("Traceback").passed, 0);
    }
}
