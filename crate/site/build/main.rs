//! Merges the string catalogues of `www/strings` into one sorted table, holds the pages against it, and writes structs for
//! their markup.

mod markup;
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
    let www = manifest.join("../../www");
    println!("cargo::rerun-if-changed={}", www.display());
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=build");

    let all = strings::merge(&[&www.join("strings")])?;
    for page in strings::files(&www, "html")? {
        strings::used(&page, "data-t", "=\"", &all)?;
    }
    for source in strings::files(&manifest.join("src"), "rs")? {
        strings::used(&source, "tr", "(\"", &all)?;
    }
    strings::write(&all)?;
    markup::write(&www, &["wallet", "verify"], env::var_os("CARGO_FEATURE_DEMO").is_some())
}
