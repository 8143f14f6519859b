//! Measures what each part of the optical link adds to a Wasm module: the size of a small program that uses one part,
//! built like the site, minus the size of a program that uses none.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::step::{say, step};
use crate::{dist, tools};

const TARGET: &str = "wasm32-unknown-unknown";
/// The programs in `crate/optical/examples`, and what each is.
const PARTS: [(&str, &str); 5] = [
    ("size_encoder", "encoder: bytes to a symbol"),
    ("size_decoder", "decoder: a picture to bytes"),
    ("size_frames", "code: payload to frames and back, parity with them (and SHA-256)"),
    ("size_show", "all of a screen: encoder, frames, plan, reel"),
    ("size_text", "text form, both ways"),
];
const NOTHING: &str = "size_nothing";

pub(crate) fn print() -> anyhow::Result<ExitCode> {
    // A separate folder, because these builds keep symbol names.
    let folder = tools::target_dir().join("sizes");
    let mut cargo = tools::cargo();
    cargo.args(["build", "--quiet", "--release", "--target", TARGET, "--package", "liangzheng-optical"]);
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols").arg("--target-dir").arg(&folder);
    for name in PARTS.iter().map(|(name, _)| *name).chain([NOTHING]) {
        cargo.args(["--example", name]);
    }
    step("compile the parts for Wasm", || tools::run(&mut cargo))?;
    let size = |name: &str| -> anyhow::Result<(usize, usize)> {
        let file = folder.join(TARGET).join("release/examples").join(format!("{name}.wasm"));
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        Ok((bytes.len(), dist::brotli(&bytes)?.len()))
    };
    let (raw, packed) = size(NOTHING)?;
    say(&format!("{raw:>9} {packed:>9}  a module with nothing but memory, bytes raw and brotli; more with"));
    for (name, what) in PARTS {
        let (with, with_packed) = size(name)?;
        say(&format!("{:>9} {:>9}  {what}", with.saturating_sub(raw), with_packed.saturating_sub(packed)));
    }
    Ok(ExitCode::SUCCESS)
}
