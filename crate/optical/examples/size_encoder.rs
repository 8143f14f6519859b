//! For `cargo xtask bench sizes`: bytes to a symbol.

use std::hint::black_box;

fn main() {
    let bytes = vec![black_box(0u8); black_box(9)];
    black_box(liangzheng_optical::Symbol::encode(&bytes, black_box(25)).is_ok());
}
