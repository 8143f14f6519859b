//! Merges the string catalogues of `www/strings` and of this crate into one sorted table.

#[path = "../site/build/strings.rs"]
mod strings;

use std::env;
use std::path::PathBuf;

fn main() {
    if let Err(problem) = run() {
        println!("cargo::error={problem}");
    }
}

fn run() -> Result<(), String> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let (shared, own) = (manifest.join("../../www/strings"), manifest.join("strings"));
    println!("cargo::rerun-if-changed={}", shared.display());
    println!("cargo::rerun-if-changed=strings");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=../site/build/strings.rs");

    let all = strings::merge(&[&shared, &own])?;
    for source in strings::files(&manifest.join("src"), "rs")? {
        strings::used(&source, "tr", "(\"", &all)?;
        strings::used(&source, "fill", "(\"", &all)?;
        strings::used(&source, "wrong", "(\"", &all)?;
    }
    strings::write(&all)
}
