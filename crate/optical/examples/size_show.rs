//! For `cargo xtask bench sizes`: all that a screen needs: plan, frames, symbols, one payload after another.

use std::hint::black_box;

use liangzheng_optical::{Conditions, Ease, Reel};

fn main() {
    let payload = vec![black_box(0u8); black_box(9)];
    let on =
        Conditions { pixels: black_box(9), ease: Ease::new(black_box(0)), reduced_motion: black_box(false) };
    if let Ok(mut reel) = Reel::new(payload.clone(), black_box(9), on) {
        black_box(reel.renew(payload, black_box(9)).is_ok());
        black_box(reel.next(black_box(0)).is_some_and(|picture| picture.symbol().is_ok()));
    }
}
