//! Writes an archive of presentations, each of a person of its own: `archive FOLDER [PRESENTATIONS]`.
//!
//! The folder gets `archive.ndjson`, a line for `liangzheng verify --batch` each, and the roots `iaca-N.der`.
#![allow(clippy::expect_used, reason = "a tool: what it makes itself is right")]

use std::fs;
use std::path::PathBuf;

use liangzheng_attack::archive;

fn main() {
    let mut words = std::env::args_os().skip(1);
    let folder = PathBuf::from(words.next().expect("the folder"));
    let count = words.next().map_or(Some(1_000), |word| word.to_str()?.parse().ok());
    let count = count.expect("how many presentations");
    fs::create_dir_all(&folder).expect("a folder for what is made");
    let _made = archive::write(&folder, count);
}
