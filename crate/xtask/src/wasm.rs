//! The Wasm modules of the site, one for each page and worker, and the scripts that load them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::profile::Profile;
use crate::step::step;
use crate::tools;

/// The programs of the site crate, and the one that only a demo build has.
const NAMES: [&str; 4] = ["page-wallet", "page-verify", "worker-scan", "worker-verify"];
const DEMO_NAME: &str = "page-authority";

/// Script and module as `wasm-bindgen --target web` makes them.
pub(crate) struct Module {
    /// The name of the program.
    pub name: &'static str,
    /// `/pkg/<name>.js`
    pub script: Vec<u8>,
    /// `/pkg/<name>_bg.wasm`
    pub wasm: Vec<u8>,
}

/// Compiles the site crate and generates its bindings. `time` (Unix seconds) becomes the time of the build; the site
/// considers an earlier clock wrong.
pub(crate) fn build(profile: Profile, time: Option<i64>) -> anyhow::Result<Vec<Module>> {
    tools::ensure_wasm_target()?;
    let folder = step(&format!("compile the Wasm modules ({})", profile.name()), || compile(profile, time))?;
    let demo_only = (profile == Profile::Demo).then_some(DEMO_NAME);
    step("bind them", || NAMES.into_iter().chain(demo_only).map(|name| bind(&folder, name)).collect())
}

/// Returns the folder of the compiled programs.
fn compile(profile: Profile, time: Option<i64>) -> anyhow::Result<PathBuf> {
    // A folder for each profile: in a shared one each build would force the other to link again.
    let target = tools::target_dir().join(format!("site-{}", profile.name()));
    let mut cargo = tools::cargo();
    cargo.args(["build", "--package", "liangzheng-site", "--bins", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--release", "--locked", "--target-dir"]).arg(&target);
    if profile == Profile::Demo {
        cargo.args(["--features", "demo"]);
    }
    tools::remap_paths(&mut cargo);
    match time {
        Some(time) => cargo.env("LIANGZHENG_BUILD_TIME", time.to_string()),
        None => cargo.env_remove("LIANGZHENG_BUILD_TIME"),
    };
    tools::run(&mut cargo)?;
    Ok(target.join("wasm32-unknown-unknown/release"))
}

fn bind(folder: &Path, name: &'static str) -> anyhow::Result<Module> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(folder.join(format!("{name}.wasm"))).out_name(name).web(true)?;
    bindgen.typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output().context(
        "wasm-bindgen could not read a module; if it speaks of versions: \
         cargo update --package wasm-bindgen-cli-support --precise <version of wasm-bindgen in Cargo.lock>",
    )?;
    // The list of snippets has an (empty) entry for every crate that uses wasm-bindgen.
    let inline = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty()).map(|(name, _)| name);
    let foreign: Vec<_> = inline
        .chain(output.local_modules().keys())
        .chain(output.npm_dependencies().keys())
        .cloned()
        .collect();
    if !foreign.is_empty() {
        bail!(
            "scripts inside of crates (inline_js, module = …): {}; put them into www/js",
            foreign.join(", ")
        );
    }
    let script = output.js().as_bytes().to_vec();
    Ok(Module { name, script, wasm: output.wasm_mut().emit_wasm() })
}

/// The custom section with the build that a module belongs to (`T-mixed-versions`).
const BUILD_SECTION: &str = "liangzheng-build";

/// Appends the build id to a Wasm module as a custom section.
pub(crate) fn with_build_section(mut wasm: Vec<u8>, build: &str) -> Vec<u8> {
    // Both lengths are below 128, so each is one LEB128 byte.
    let mut section = vec![BUILD_SECTION.len() as u8];
    section.extend_from_slice(BUILD_SECTION.as_bytes());
    section.extend_from_slice(build.as_bytes());
    wasm.extend_from_slice(&[0, section.len() as u8]);
    wasm.extend_from_slice(&section);
    wasm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_carries_its_build_id() {
        let empty = b"\0asm\x01\0\0\0".to_vec();
        let wasm = with_build_section(empty.clone(), "0123456789abcdef");
        assert_eq!(wasm[..8], empty);
        assert_eq!(wasm[8..11], [0, 33, 16]);
        assert_eq!(&wasm[11..], b"liangzheng-build0123456789abcdef");
    }

    /// Crate and library share a private format that changes with each version.
    #[test]
    fn the_binder_has_the_version_of_the_module() {
        let lock = std::fs::read_to_string(tools::root().join("Cargo.lock")).unwrap();
        let version = |name: &str| {
            let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = ")).unwrap();
            rest.lines().next().unwrap().to_owned()
        };
        assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    }
}
