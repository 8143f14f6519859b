//! Questions and answers for other programs to try: of the test reader and the test holder, always the same.
//!
//! ```text
//! cargo run -p liangzheng-protocol --example challenge -- vectors > docs/challenge.json
//! cargo run -p liangzheng-protocol --example challenge -- open < answer      a compact JWE; says what was opened
//! ```
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a program of the tests")]

use std::io::Read as _;

mod vectors;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("vectors") => println!("{:#}", vectors::all()),
        Some("open") => {
            let mut jwe = String::new();
            std::io::stdin().read_to_string(&mut jwe).expect("text on the standard input");
            println!("{}", vectors::open(jwe.trim()));
        }
        _ => {
            eprintln!("challenge vectors | open < answer");
            std::process::exit(2);
        }
    }
}
