//! The commands that attack: tamper, the bounds of hostile shapes, and fuzzing.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use anyhow::{Context as _, anyhow, bail};

use crate::step::{say, step};
use crate::{programs, tools};

/// Runs a program of `crate/attack`, which is not linked here because it would slow `serve`.
fn run(name: &str, arguments: &[String]) -> anyhow::Result<()> {
    tools::run(Command::new(programs::program(name)?).args(arguments))
}

/// Tries every small change of valid presentations, in the test profile, where overflows panic. With `--peers` it takes
/// the folder of `presentations` as well, which other libraries fill first.
pub(crate) fn tamper(
    arguments: &[String],
    presentations: impl FnOnce() -> anyhow::Result<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let mut arguments = arguments.to_vec();
    let given = arguments.len();
    arguments.retain(|word| word != "--peers");
    if arguments.len() < given {
        let folder = presentations()?;
        arguments.extend(["--folder".to_owned(), folder.display().to_string()]);
    }
    run("tamper", &arguments)?;
    Ok(ExitCode::SUCCESS)
}

/// Tries a sample of the mutants of a folder's presentations.
pub(crate) fn tamper_folder(folder: &Path) -> anyhow::Result<()> {
    let folder = folder.display().to_string();
    let words = ["--folder", &folder, "--only", "issued by", "--every", "500"].map(str::to_owned);
    step("altered presentations of other libraries", || run("tamper", &words))
}

/// Writes the sample of altered payloads whose verdicts the shipped module must share.
pub(crate) fn tamper_sample() -> anyhow::Result<PathBuf> {
    let file = tools::target_dir().join("tamper-sample.ndjson");
    let words = ["--every", "150", "--wasm", &file.display().to_string()].map(str::to_owned);
    step("altered payloads with native verdicts", || run("tamper", &words))?;
    Ok(file)
}

/// Writes Wycheproof's signatures with the answers of our own code, to be compared with WebCrypto's. Once: two parts of
/// the tests need the file, and may run at the same time.
pub(crate) fn wycheproof() -> anyhow::Result<PathBuf> {
    static WRITTEN: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let write = || {
        let file = tools::target_dir().join("wycheproof.ndjson");
        step("Wycheproof's signatures", || run("wycheproof", &[file.display().to_string()]))
            .map_err(|error| format!("{error:#}"))?;
        Ok(file)
    };
    WRITTEN.get_or_init(write).clone().map_err(|error| anyhow!(error))
}

/// Runs `liangzheng verify --batch` over an archive, and the floor, both in the release profile.
pub(crate) fn batch(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let mut cargo = tools::cargo();
    cargo.args(["build", "--quiet", "--release", "--package", "liangzheng-cli"]);
    step("compile the command line", || tools::run(&mut cargo))?;
    let program = tools::target_dir().join(format!("release/liangzheng{}", std::env::consts::EXE_SUFFIX));
    let mut cargo = tools::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "liangzheng-attack", "--bin", "batch", "--"]);
    tools::run(cargo.arg(program).args(arguments))?;
    Ok(ExitCode::SUCCESS)
}

/// Measures hostile shapes and an ordinary presentation in the release profile.
pub(crate) fn bounds() -> anyhow::Result<ExitCode> {
    let mut cargo = tools::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "liangzheng-attack", "--bin", "bounds"]);
    tools::run(&mut cargo)?;
    Ok(ExitCode::SUCCESS)
}

/// Measures the slowest of all inputs that the fuzzer found, in the release profile.
pub(crate) fn fuzz_replay() -> anyhow::Result<ExitCode> {
    let mut cargo = tools::cargo();
    cargo.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "liangzheng-attack",
        "--bin",
        "fuzz-replay",
        "--",
    ]);
    let folder = tools::root().join("crate/fuzz");
    tools::run(cargo.args(["corpus", "target/found", "artifacts"].map(|name| folder.join(name))))?;
    Ok(ExitCode::SUCCESS)
}

/// Runs every fuzz target, or those named, for `seconds` each.
pub(crate) fn fuzz(seconds: u32, only: &[String]) -> anyhow::Result<ExitCode> {
    const FIX: &str = "rustup toolchain install nightly && cargo install --locked cargo-fuzz";
    let folder = tools::root().join("crate/fuzz");
    let mut targets: Vec<String> = std::fs::read_dir(folder.join("fuzz_targets"))
        .context("crate/fuzz/fuzz_targets")?
        .filter_map(|entry| PathBuf::from(entry.ok()?.file_name()).file_stem()?.to_str().map(str::to_owned))
        .collect();
    targets.sort();
    if let Some(unknown) = only.iter().find(|name| !targets.contains(name)) {
        bail!("no such fuzz target: {unknown} (there are: {})", targets.join(", "));
    }
    targets.retain(|name| only.is_empty() || only.contains(name));
    // The nightly's cargo, not the one that runs this program.
    let nightly = || {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&folder).env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").arg("+nightly");
        cargo
    };
    if tools::output(nightly().args(["fuzz", "--version"])).is_err() {
        bail!("fuzzing needs a nightly Rust and cargo-fuzz\n  fix: {FIX}");
    }
    let (found, seeds) = (folder.join("target/found"), folder.join("target/seeds"));
    run("fuzz-seeds", &[seeds.display().to_string()])?;
    let mut failed = Vec::new();
    for target in &targets {
        // New inputs go into the first folder; the others are only read.
        let corpora = [found.join(target), folder.join("corpus").join(target), seeds.join(target)];
        for folder in &corpora {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let mut run = nightly();
        run.args([
            "fuzz",
            "run",
            // otherwise it looks for a folder `fuzz` in the outer workspace
            "--fuzz-dir",
            ".",
            target,
        ]);
        run.args(&corpora).args(["--", "-print_final_stats=1", "-timeout=5", "-rss_limit_mb=512"]);
        run.arg(format!("-max_total_time={seconds}"));
        if step(&format!("fuzz {target} for {seconds} s"), || tools::run(&mut run)).is_err() {
            failed.push(target.as_str());
        }
    }
    say(&format!("{} targets, {} failed", targets.len(), failed.len()));
    if !failed.is_empty() {
        bail!("failed: {} (inputs are in crate/fuzz/artifacts)", failed.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}
