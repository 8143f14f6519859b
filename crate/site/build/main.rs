//! Holds the pages and the source against the catalogue, and writes structs for the markup of the pages.

mod markup;

use std::env;
use std::path::PathBuf;

use strings::uses;

fn main() {
    if let Err(problem) = run() {
        println!("cargo::error={problem}");
    }
}

fn run() -> Result<(), String> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let www = manifest.join("../../www");
    println!("cargo::rerun-if-changed={}", www.display());
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=build");

    for page in uses::files(&www, "html")? {
        uses::check(&page, "data-t", "=\"")?;
    }
    for source in uses::files(&manifest.join("src"), "rs")? {
        uses::check(&source, "tr", "(\"")?;
    }
    let demo = env::var_os("CARGO_FEATURE_DEMO").is_some();
    let pages: &[_] = if demo { &["wallet", "verify", "authority"] } else { &["wallet", "verify"] };
    markup::write(&www, pages, demo)
}
