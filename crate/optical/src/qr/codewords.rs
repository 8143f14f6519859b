//! Modules to bytes: format information, codewords in order, and error correction with the least certain ones as erasures
//! (ISO/IEC 18004, 7.9 and 12).

use super::layout::Layout;
use super::scan::modules::Plane;
use super::scan::order::order;
use super::symbol::Level;
use super::version::{Block, formats};
use super::{reed_solomon, segments};

/// Check bytes that are always left for errors of unknown position, so that noise is not decoded as a symbol.
const KEPT_CHECKS: usize = 10;
/// Steps in which the least sure bytes are taken for unknown: each costs half as much as an error that is found, and is
/// worth it only where the byte is wrong.
const STEPS: usize = 6;

/// Returns the bytes of a symbol. `dark` is positive for a dark module; its absolute value is the certainty.
pub(crate) fn decode(layout: &Layout, dark: &Plane) -> Option<Vec<u8>> {
    let mirrored = dark.transposed();
    let (likeness, level, mask) = format(layout, dark)?;
    let (other, other_level, other_mask) = format(layout, &mirrored)?;
    if other > likeness {
        return decode_as(layout, &mirrored, other_level, other_mask);
    }
    decode_as(layout, dark, level, mask)
}

fn decode_as(layout: &Layout, dark: &Plane, level: Level, mask: u8) -> Option<Vec<u8>> {
    let (codewords, doubts) = read(layout, dark, mask);
    let blocks = layout.version.blocks(level, layout.codewords());
    let mut bytes = Vec::with_capacity(codewords.len());
    for (number, &Block { data, checks }) in blocks.iter().enumerate() {
        let places = places(&blocks, number);
        let of = |all: &[u8]| places.iter().filter_map(|&at| all.get(at).copied()).collect::<Vec<u8>>();
        let (block, sure) = (of(&codewords), of(&doubts));
        if block.len() != data + checks {
            return None;
        }
        bytes.extend(restore(&block, &sure, data)?.into_iter().take(data));
    }
    segments::bytes(&bytes, layout.version)
}

/// Returns the positions of a block's bytes: blocks are interleaved byte by byte, the data first and then the check
/// bytes.
fn places(blocks: &[Block], number: usize) -> Vec<usize> {
    let Some(&Block { data, checks }) = blocks.get(number) else {
        return Vec::new();
    };
    let shortest = blocks.iter().map(|block| block.data).min().unwrap_or(0);
    let all: usize = blocks.iter().map(|block| block.data).sum();
    // Only the longer blocks have the last data byte.
    let before = blocks.iter().take(number).filter(|block| block.data > shortest).count();
    let place =
        |at: usize| if at < shortest { at * blocks.len() + number } else { at * blocks.len() + before };
    let checked = (0..checks).map(|at| all + at * blocks.len() + number);
    (0..data).map(place).chain(checked).collect()
}

/// Corrects a block: first without erasures, then with more and more of the least certain bytes as erasures.
fn restore(block: &[u8], sureness: &[u8], data: usize) -> Option<Vec<u8>> {
    let checks = block.len().checked_sub(data)?;
    let most = checks.saturating_sub(KEPT_CHECKS);
    let order = order(sureness.iter().map(|&sure| f32::from(sure)));
    let mut fixed = block.to_vec();
    for step in 0..=STEPS {
        let doubtful = order.get(..most * step / STEPS)?;
        if step > 0 && doubtful.is_empty() {
            break;
        }
        if reed_solomon::correct(&mut fixed, checks, doubtful).is_some() {
            return Some(fixed);
        }
    }
    None
}

/// Returns level and mask, the one of the 32 that is most similar to both copies, and the similarity.
fn format(layout: &Layout, dark: &Plane) -> Option<(f32, Level, u8)> {
    let last = layout.side - 1;
    // Bit 14 first, around the first finder pattern.
    let first = [
        (0, 8),
        (1, 8),
        (2, 8),
        (3, 8),
        (4, 8),
        (5, 8),
        (7, 8),
        (8, 8),
        (8, 7),
        (8, 5),
        (8, 4),
        (8, 3),
        (8, 2),
        (8, 1),
        (8, 0),
    ];
    let second = (0..15).map(|i| if i < 7 { (8, last - i) } else { (last - 14 + i, 8) });
    let seen: Vec<f32> = first
        .into_iter()
        .zip(second)
        .map(|((x, y), (p, q))| dark.at(x, y).clamp(-1.0, 1.0) + dark.at(p, q).clamp(-1.0, 1.0))
        .collect();
    let likeness = |bits: u16| -> f32 {
        let signs = (0..15).rev().map(|bit| if bits >> bit & 1 == 1 { 1.0 } else { -1.0 });
        signs.zip(&seen).map(|(sign, value)| sign * value).sum()
    };
    let formats = formats().map(|(bits, level, mask)| (likeness(bits), level, mask));
    formats.max_by(|one, two| one.0.total_cmp(&two.0))
}

/// Returns all codewords in order, and the certainty of each, 0 to 255.
fn read(layout: &Layout, dark: &Plane, mask: u8) -> (Vec<u8>, Vec<u8>) {
    let total = layout.codewords();
    let (mut codewords, mut sureness) = (Vec::with_capacity(total), Vec::with_capacity(total));
    let (mut byte, mut least, mut bits) = (0u8, f32::MAX, 0);
    let mut upwards = true;
    // Pairs of columns from the right, without the column of the timing pattern.
    let rights = (1..layout.side).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right });
    for right in rights {
        for step in 0..layout.side {
            let y = if upwards { layout.side - 1 - step } else { step };
            for x in [right, right.wrapping_sub(1)] {
                if x >= layout.side || !layout.is_data(x, y) || codewords.len() == total {
                    continue;
                }
                let value = dark.at(x, y);
                byte = byte << 1 | u8::from((value > 0.0) != is_masked(mask, x, y));
                least = least.min(value.abs());
                bits += 1;
                if bits == 8 {
                    codewords.push(byte);
                    sureness.push((least * 128.0).clamp(0.0, 255.0) as u8);
                    (byte, least, bits) = (0, f32::MAX, 0);
                }
            }
        }
        upwards = !upwards;
    }
    (codewords, sureness)
}

/// Table 10 of the standard: `x` is the column, `y` the row.
fn is_masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => (x * y) % 2 + (x * y) % 3 == 0,
        6 => ((x * y) % 2 + (x * y) % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + (x * y) % 3).is_multiple_of(2),
    }
}

#[cfg(test)]
mod tests {
    use qrcode::{EcLevel, ec};

    use super::super::version::Version;
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_few_of_the_least_sure_bytes_are_taken_for_unknown() {
        const CHECKS: usize = 30;
        let zeros = vec![0u8; 100];
        // All of the least sure bytes are wrong, and of the sure ones as many as can be found beside them. With fewer or
        // more bytes taken for unknown there are too many errors.
        for doubtful in [3, 6, 10, 13, 16, 20] {
            let wrong = doubtful + (CHECKS - doubtful) / 2;
            let block: Vec<u8> = (0..100).map(|at| u8::from(at < wrong)).collect();
            let sureness: Vec<u8> =
                (0..100).map(|at| if at < doubtful { 0 } else { 200 - at as u8 }).collect();
            assert_eq!(restore(&block, &sureness, 100 - CHECKS), Some(zeros.clone()), "{doubtful}");
        }
    }

    #[test]
    fn blocks_are_put_together_as_by_another_encoder() {
        let levels = Level::ALL.into_iter().zip([EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H]);
        for (number, (level, theirs)) in (1..=40).flat_map(|n| levels.clone().map(move |level| (n, level))) {
            let version = Version::new(number).unwrap();
            let blocks = version.blocks(level, Layout::of(version).codewords());
            let count = blocks.iter().map(|block| block.data).sum();
            let data = Random(u64::from(number)).payload(count);
            let native = qrcode::Version::Normal(i16::from(number));
            let (mut all, checks) = ec::construct_codewords(&data, native, theirs).unwrap();
            all.extend(checks);
            let mut apart = Vec::new();
            for (number_of, block) in blocks.iter().enumerate() {
                let places = places(&blocks, number_of);
                let mut bytes: Vec<u8> = places.into_iter().map(|at| all[at]).collect();
                let fixed = reed_solomon::correct(&mut bytes, block.checks, &[]);
                assert_eq!(fixed, Some(0), "version {number}, {level:?}, block {number_of}");
                apart.extend_from_slice(&bytes[..block.data]);
            }
            assert_eq!(apart, data, "version {number}, {level:?}");
        }
    }
}
