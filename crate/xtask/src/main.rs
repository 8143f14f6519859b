//! Build, serve, test, bench, fuzz and dist: everything behind `cargo xtask`.
//!
//! The site is made in memory from `www/` and the one Wasm module, and the same [`site::Site`] is then served
//! ([`serve`]) or written ([`dist`]). [`assets`] documents what pages may refer to, and how.

mod assets;
mod attack;
mod cli;
mod count;
mod daily;
mod dist;
mod hash;
mod headers;
mod http;
mod lint;
mod node;
mod pack;
mod partners;
mod profile;
mod programs;
mod python;
mod serve;
mod site;
mod sizes;
mod step;
mod test;
mod texts;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()).and_then(cli::run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
