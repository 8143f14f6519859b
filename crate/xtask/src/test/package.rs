//! The npm package as a partner installs it: on a page with a strict policy in Chromium, and in Node.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::{browser, node};
use crate::count::Count;
use crate::{pack, programs, tools};

/// Runs `tests/package`: `*.spec.mjs` in Chromium, and `*.test.mjs` in Node unless there is a filter, which is Playwright's.
pub(super) fn run(filter: &[String]) -> anyhow::Result<Count> {
    let program = node::program()?;
    let tests = tools::root().join("tests");
    node::packages(&tests)?;
    let chromium = browser::chromium()?;
    browser::fonts();
    let tarball = pack::pack()?.tarball;
    let folder = install(&tarball)?;
    let with_package = || {
        let mut command = Command::new(&program);
        command.current_dir(&tests).env("LIANGZHENG_PACK", &folder).env("LIANGZHENG_TARBALL", &tarball);
        if let Some(chromium) = &chromium {
            command.env("CHROMIUM", chromium);
        }
        command
    };
    let mut pages = with_package();
    pages.args(["node_modules/@playwright/test/cli.js", "test", "--project=package"]).args(filter);
    let mut count = browser::playwright(&mut pages, "playwright-package.json")?;
    if filter.is_empty() {
        let mut command = with_package();
        command.env("LIANGZHENG_CLI", programs::program("liangzheng")?);
        command.env("LIANGZHENG_VECTORS_PACK", pack::pack_vectors()?.with_file_name("vectors"));
        let other = node::run_tests(&mut command, &[&tests.join("package")])?;
        count.passed += other.passed;
        count.failed += other.failed;
        count.lines.extend(other.lines);
    }
    Ok(count)
}

/// Installs the tarball into an empty project, and returns the folder of the package.
fn install(tarball: &std::path::Path) -> anyhow::Result<PathBuf> {
    let project = tools::target_dir().join("package-project");
    let _ = fs::remove_dir_all(&project);
    fs::create_dir_all(&project)?;
    fs::write(project.join("package.json"), "{\"private\": true, \"type\": \"module\"}\n")?;
    let mut npm = Command::new(pack::npm()?);
    npm.current_dir(&project).args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    tools::run(npm.args(["--silent", "--offline"]).arg(tarball))?;
    Ok(project.join("node_modules/@liangzheng/verifier"))
}
