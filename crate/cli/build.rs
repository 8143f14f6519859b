//! Holds the source against the catalogue: a key that it lacks fails the build.

use std::path::Path;

use strings::uses;

fn main() {
    println!("cargo::rerun-if-changed=src");
    if let Err(problem) = run() {
        println!("cargo::error={problem}");
    }
}

fn run() -> Result<(), String> {
    for source in uses::files(Path::new("src"), "rs")? {
        for function in ["tr", "fill", "wrong"] {
            uses::check(&source, function, "(\"")?;
        }
    }
    Ok(())
}
