//! Sends a payload over the optical link: frames, symbols, pictures, and back, with every third picture lost.

use liangzheng_optical::{Assembler, DEFAULT_VERSION, FrameSet, Progress, QUIET_ZONE, Symbol, scan_luma};

const SCALE: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let payload: Vec<u8> = (0..8_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let set = FrameSet::for_version(&payload, DEFAULT_VERSION)?;
    println!("{} bytes in {} frames", payload.len(), set.k());

    let mut assembler = Assembler::new();
    for shown in (0..255).filter(|shown| shown % 3 != 0) {
        let symbol = Symbol::encode_smallest(&set.shown(shown), DEFAULT_VERSION)?;
        let (luma, side) = picture(&symbol);
        let found = scan_luma(&luma, side, side, side);
        let Some(code) = found.first() else { continue };
        match assembler.accept(&code.bytes, shown * 100) {
            Progress::Receiving { received, needed, .. } => println!("{received} of {needed}"),
            Progress::Complete(bytes) => {
                println!("complete after {} pictures", shown + 1);
                assert_eq!(bytes, payload);
                return Ok(());
            }
            other => println!("{other:?}"),
        }
    }
    Err("the payload did not arrive".into())
}

/// A symbol as grey pixels, and the length of a row.
fn picture(symbol: &Symbol) -> (Vec<u8>, usize) {
    let modules = symbol.size() + 2 * QUIET_ZONE;
    let side = modules * SCALE;
    let dark = |at: usize| (at / SCALE).wrapping_sub(QUIET_ZONE);
    let pixel = |at: usize| if symbol.is_dark(dark(at % side), dark(at / side)) { 0 } else { 255 };
    ((0..side * side).map(pixel).collect(), side)
}
