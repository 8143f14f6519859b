//! Draws frames and text forms, for readers that are not ours: each line of the standard input becomes a grey
//! picture (PGM, four pixels a module) in the folder named, 000.pgm and on. A line is the bytes of a frame in
//! hexadecimal, or `digits` and a text form.

use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::{env, fs};

use liangzheng_optical::{QUIET_ZONE, Symbol};

const SCALE: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("draw FOLDER < lines")?;
    for (at, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        let symbol = match line.strip_prefix("digits ") {
            Some(digits) => Symbol::encode_digits(digits, 40)?,
            None => Symbol::encode_smallest(&base16ct::mixed::decode_vec(&line)?, 40)?,
        };
        write(&symbol, &Path::new(&folder).join(format!("{at:03}.pgm")))?;
    }
    Ok(())
}

fn write(symbol: &Symbol, file: &Path) -> io::Result<()> {
    let side = (symbol.size() + 2 * QUIET_ZONE) * SCALE;
    let module = |pixel: usize| (pixel / SCALE).wrapping_sub(QUIET_ZONE);
    let grey = |at: usize| if symbol.is_dark(module(at % side), module(at / side)) { 0 } else { 255 };
    let mut out = fs::File::create(file)?;
    write!(out, "P5\n{side} {side}\n255\n")?;
    out.write_all(&(0..side * side).map(grey).collect::<Vec<u8>>())
}
