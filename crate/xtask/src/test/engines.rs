//! The shipped site in Firefox and in WebKitGTK, by their own remote control.

use std::path::PathBuf;
use std::process::Command;

use super::node;
use super::sites::Sites;
use crate::count::Count;
use crate::tools;

/// An engine: the variable that tells its program, the names of the program, and what it needs beside it.
struct Engine {
    variable: &'static str,
    programs: &'static [&'static str],
    beside: Option<&'static str>,
    /// Debian's packages.
    packages: &'static [&'static str],
}

const ENGINES: [Engine; 2] = [
    Engine {
        variable: "LIANGZHENG_FIREFOX",
        programs: &["firefox-esr", "firefox"],
        beside: None,
        packages: &["firefox-esr"],
    },
    Engine {
        variable: "LIANGZHENG_WEBKIT",
        programs: &["WebKitWebDriver"],
        beside: Some("Xvfb"),
        packages: &["webkit2gtk-driver", "xvfb"],
    },
];

pub(super) fn run(sites: &Sites) -> anyhow::Result<Count> {
    let node = node::program()?;
    let tests = tools::root().join("tests");
    node::packages(&tests)?;
    let (demo, _) = sites.both()?;
    let mut command = Command::new(node);
    command.current_dir(&tests).env("LIANGZHENG_SITE", &demo.folder);
    for (variable, program) in prepare() {
        command.env(variable, program);
    }
    node::run_tests(&mut command, &[&tests.join("engines")])
}

/// Finds or installs the engines. One that cannot be had is missing in the result, and its test says that it was skipped.
pub(super) fn prepare() -> Vec<(&'static str, PathBuf)> {
    let found = |engine: &Engine| {
        engine.beside.is_none_or(|name| tools::on_path(&[name]).is_some()).then_some(())?;
        tools::on_path(engine.programs)
    };
    let installed = |engine: &Engine| {
        engine.packages.iter().all(|package| tools::apt_install(package)).then_some(())?;
        found(engine)
    };
    ENGINES
        .iter()
        .filter_map(|engine| Some((engine.variable, found(engine).or_else(|| installed(engine))?)))
        .collect()
}
