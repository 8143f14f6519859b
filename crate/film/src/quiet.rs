//! Pictures without a code, which a camera sees most of the time.

use crate::chance::Chance;
use crate::hostile::StillPicture;
use crate::{HEIGHT, WIDTH};

/// Standard deviation of the noise, in steps of luma.
const NOISE: f64 = 4.0;

/// Returns pictures of places without a code, at a camera's usual size.
#[must_use]
pub fn quiet_pictures() -> Vec<StillPicture> {
    let mut chance = Chance::new(1, "quiet");
    vec![
        picture("wall", &mut chance, |x, y| 90.0 + 60.0 * x + 20.0 * y),
        room(&mut chance),
        faces(&mut chance),
        text(&mut chance),
        keyboard(&mut chance),
        shelf(&mut chance),
    ]
}

/// Draws a picture from a function of position (0 to 1 across and down) to luma, with a camera's noise.
fn picture(name: &'static str, chance: &mut Chance, luma: impl Fn(f64, f64) -> f64) -> StillPicture {
    // The sum of four bytes has a mean of 510 and a standard deviation of 147.8.
    let noise = chance.bytes(4 * WIDTH * HEIGHT);
    let noise =
        noise.chunks_exact(4).map(|four| four.iter().map(|byte| f64::from(*byte)).sum::<f64>() - 510.0);
    let pixels = noise.enumerate().map(|(at, noise)| {
        let (x, y) = ((at % WIDTH) as f64 / WIDTH as f64, (at / WIDTH) as f64 / HEIGHT as f64);
        // A cast saturates.
        (luma(x, y) + noise * NOISE / 147.8).clamp(16.0, 235.0) as u8
    });
    StillPicture { name, width: WIDTH, height: HEIGHT, luma: pixels.collect() }
}

/// Returns 1 inside of an edge and 0 outside, with a smooth step of this width.
fn inside(distance: f64, soft: f64) -> f64 {
    (0.5 - distance / soft).clamp(0.0, 1.0)
}

/// Furniture and windows, out of focus and in focus.
fn room(chance: &mut Chance) -> StillPicture {
    let things: Vec<[f64; 6]> = (0..40)
        .map(|_| {
            let mut between = |low: f64, high: f64| chance.between(low, high);
            [
                between(0.0, 1.0),
                between(0.0, 1.0),
                between(0.02, 0.2),
                between(0.02, 0.25),
                between(-70.0, 70.0),
                between(0.002, 0.05),
            ]
        })
        .collect();
    picture("room", chance, |x, y| {
        things.iter().fold(110.0, |luma, [cx, cy, rx, ry, light, soft]| {
            let out = ((x - cx).abs() - rx).max((y - cy).abs() - ry);
            luma + light * inside(out, *soft)
        })
    })
}

/// Five people in front of a wall.
fn faces(chance: &mut Chance) -> StillPicture {
    let people: Vec<(f64, f64, f64)> = (0..5)
        .map(|at| (0.12 + 0.19 * f64::from(at), chance.between(0.35, 0.6), chance.between(0.13, 0.2)))
        .collect();
    picture("faces", chance, |x, y| {
        let mut luma = 150.0 - 40.0 * y;
        for &(cx, cy, size) in &people {
            // In units of the head's height; the picture is wider than high.
            let (u, v) = ((x - cx) * WIDTH as f64 / HEIGHT as f64 / size, (y - cy) / size);
            let mut spot = |x: f64, y: f64, rx: f64, ry: f64, to: f64| {
                let share = inside(((u - x) / rx).hypot((v - y) / ry) - 1.0, 0.15);
                luma += (to - luma) * share;
            };
            spot(0.0, 2.4, 1.6, 1.5, 60.0);
            spot(0.0, -0.25, 0.82, 1.0, 35.0);
            spot(0.0, 0.1, 0.7, 0.95, 175.0 - 30.0 * u);
            for side in [-0.28, 0.28] {
                spot(side, -0.12, 0.16, 0.08, 215.0);
                spot(side, -0.12, 0.07, 0.08, 30.0);
                spot(side, -0.32, 0.2, 0.05, 50.0);
            }
            spot(0.0, 0.2, 0.1, 0.22, 150.0);
            spot(0.0, 0.6, 0.28, 0.07, 95.0);
        }
        luma
    })
}

/// Returns the strokes of a letter in its box, vertical and horizontal, by the bits of a number.
fn letter(bits: u8, u: f64, v: f64) -> bool {
    let upright =
        [(0.15, 1), (0.5, 2), (0.85, 4)].iter().any(|(at, bit)| bits & bit > 0 && (u - at).abs() < 0.12);
    let level =
        [(0.1, 8), (0.5, 16), (0.9, 32)].iter().any(|(at, bit)| bits & bit > 0 && (v - at).abs() < 0.08);
    (upright || level) && (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v)
}

/// Returns a page of printed lines.
fn text(chance: &mut Chance) -> StillPicture {
    const LINES: usize = 32;
    const LETTERS: usize = 96;
    let letters = chance.bytes(LINES * LETTERS);
    picture("page of text", chance, |x, y| {
        let (column, line) = ((x - 0.06) / 0.88 * LETTERS as f64, (y - 0.04) / 0.92 * LINES as f64);
        let inside = (0.0..LETTERS as f64).contains(&column) && (0.0..LINES as f64).contains(&line);
        let bits = letters.get(line as usize * LETTERS + column as usize).copied().unwrap_or(0);
        // One letter in six is a space, and the last line of a paragraph is short.
        let blank =
            !inside || bits.is_multiple_of(6) || (line as usize % 8 == 7 && column > 0.4 * LETTERS as f64);
        let (u, v) = (column.fract() / 0.8, line.fract() / 0.62);
        if !blank && letter(bits, u, v) { 45.0 } else { 215.0 }
    })
}

/// Rows of keys with a letter on each.
fn keyboard(chance: &mut Chance) -> StillPicture {
    let letters = chance.bytes(6 * 18);
    picture("keyboard", chance, |x, y| {
        let row = y * 6.0;
        let column = x * 16.0 + 0.35 * row.floor();
        let (u, v) = (column.fract() - 0.5, row.fract() - 0.5);
        let key = inside((u.abs() - 0.43).max(v.abs() - 0.43), 0.04);
        let bits = letters.get(row as usize * 18 + column as usize).copied().unwrap_or(0);
        let print = letter(bits | 1, (u + 0.3) / 0.25, (v + 0.3) / 0.28);
        let face = if print { 205.0 } else { 62.0 - 14.0 * v };
        22.0 + (face - 22.0) * key
    })
}

/// Books side by side, with their titles in bands.
fn shelf(chance: &mut Chance) -> StillPicture {
    let mut books: Vec<(f64, f64, f64, f64)> = Vec::new();
    let mut from = 0.0;
    while from < 1.0 {
        let to = from + chance.between(0.008, 0.045);
        books.push((to, chance.between(40.0, 200.0), chance.between(0.2, 0.8), chance.between(30.0, 220.0)));
        from = to;
    }
    picture("shelf", chance, |x, y| {
        let (board, v) = (y * 2.0, (y * 2.0).fract());
        let at = (x + 0.37 * board.floor()).fract();
        let book = books.iter().find(|(to, ..)| at < *to);
        let Some((to, luma, band, title)) = book.filter(|_| v > 0.06) else {
            return 30.0;
        };
        let edge = inside(0.002 - (to - at), 0.002);
        let cover = if (v - band).abs() < 0.06 { *title } else { *luma };
        cover * (1.0 - 0.7 * edge)
    })
}

#[cfg(test)]
mod tests {
    use optical::{MAX_PIXELS, Reader};

    use super::*;

    #[test]
    fn pictures_without_a_code_are_looked_at_little() {
        for StillPicture { name, width, height, luma } in quiet_pictures() {
            let mut reader = Reader::new();
            let mut pixels = 0;
            for _ in 0..8 {
                let seen = reader.read(&luma, width, height, width);
                assert_eq!(seen.found, [], "{name}");
                assert!(seen.pixels <= MAX_PIXELS, "{name}: {seen:?}");
                pixels += seen.pixels;
            }
            // One look at each, and at the negative of one in four; print and keys can resemble finder patterns.
            let most = if ["wall", "room", "faces"].contains(&name) { 10 } else { 24 };
            assert!(pixels <= most * width * height, "{name}: {pixels} pixels");
        }
    }
}
