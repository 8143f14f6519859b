//! For `cargo xtask bench sizes`: the text form, both ways.

use std::hint::black_box;

use liangzheng_optical::text;

fn main() {
    let payload = vec![black_box(0u8); black_box(9)];
    let digits = text::encode(&payload).unwrap_or_default();
    black_box(text::decode(black_box(&digits)).is_ok());
}
