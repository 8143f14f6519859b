//! For `cargo xtask bench sizes`: a picture to the bytes of its symbols.

use std::hint::black_box;

fn main() {
    let luma = vec![black_box(0u8); black_box(9)];
    let side = black_box(3);
    black_box(liangzheng_optical::scan_luma(&luma, side, side, side));
}
