//! For `cargo xtask bench sizes`: what every module has.

use std::hint::black_box;

fn main() {
    black_box(vec![black_box(0u8); black_box(9)].len());
}
