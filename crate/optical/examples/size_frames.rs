//! For `cargo xtask bench sizes`: a payload to frames and frames to the payload, the erasure code with them.

use std::hint::black_box;

use liangzheng_optical::{Assembler, FrameSet};

fn main() {
    let payload = vec![black_box(0u8); black_box(9)];
    let mut assembler = Assembler::new();
    if let Ok(set) = FrameSet::new(&payload, black_box(99)) {
        black_box(assembler.accept(&set.shown(black_box(9)), black_box(0)));
    }
}
