//! The erasure code over frames: any K of the 255 frames of a payload restore its K data frames.
//!
//! Arithmetic is in GF(256) ([`crate::gf256`]). Parity frame i (from K
//! to 254) is the sum over all data frames j of inverse(i XOR j) times data frame j, byte by byte.
//! These coefficients are a Cauchy matrix, of which every square part can be inverted (Roth and
//! Lempel, On MDS codes via Cauchy matrices, IEEE Transactions on Information Theory 35, 1989).
//!
//! Implemented here because no crate has a choice of matrix, and it is small.

use crate::gf256::{ORDER, double, exp, inverse, log};

/// The coefficient of data frame `data` in parity frame `parity`; the indices differ, so their sum is not 0.
fn coefficient(parity: u8, data: u8) -> u8 {
    inverse(parity ^ data)
}

/// Returns all products of a factor.
fn products(factor: u8) -> [u8; 256] {
    let mut table = [0; 256];
    // The products of 0 to 2^n - 1 are known; adding 2^n to the element adds `step` to the product.
    let (mut there, mut step) = (1, factor);
    while there < table.len() {
        let (low, high) = table.split_at_mut(there);
        for (above, below) in high.iter_mut().zip(low) {
            *above = *below ^ step;
        }
        step = double(step);
        there *= 2;
    }
    table
}

/// Multiplies each byte by `factor`.
fn scale(row: &mut [u8], factor: u8) {
    let products = products(factor);
    for byte in row {
        *byte = products.get(usize::from(*byte)).copied().unwrap_or_default();
    }
}

/// Adds a multiple of `from` to `to`, by the products of its factor.
fn add_products(to: &mut [u8], from: &[u8], products: &[u8; 256]) {
    for (sum, byte) in to.iter_mut().zip(from) {
        *sum ^= products.get(usize::from(*byte)).copied().unwrap_or_default();
    }
}

/// Adds a multiple of one row to another, by the products of its factor.
fn add_row<R: AsRef<[u8]> + AsMut<[u8]>>(rows: &mut [R], to: usize, from: usize, products: &[u8; 256]) {
    if let Ok([to, from]) = rows.get_disjoint_mut([to, from]) {
        add_products(to.as_mut(), from.as_ref(), products);
    }
}

/// Returns the frame with this index from all K consecutive data frames of L bytes.
pub(crate) fn frame(data: &[u8], k: u8, index: u8) -> Vec<u8> {
    let size = data.len() / usize::from(k.max(1));
    let start = size * usize::from(index);
    if let Some(own) = data.get(start..start + size).filter(|_| index < k) {
        return own.to_vec();
    }
    let mut sum = vec![0; size];
    for (j, row) in (0..k).zip(data.chunks_exact(size.max(1))) {
        add_products(&mut sum, row, &products(coefficient(index, j)));
    }
    sum
}

/// Restores the K data frames from K different frames, in place. `held` has the index of the frame in each of
/// the K rows of `frames`: a data frame is in its own row, a parity frame in the row of a missing one.
///
/// Takes K^2 bytes of memory, and work below (K + L) K^2.
pub(crate) fn recover(held: &[u8], frames: &mut [u8]) {
    let size = frames.len() / held.len().max(1);
    let mut rows: Vec<&mut [u8]> = frames.chunks_exact_mut(size.max(1)).collect();
    let missing: Vec<(usize, u8, u8)> = (0..=u8::MAX)
        .zip(held)
        .filter(|(row, index)| row != *index)
        .map(|(row, index)| (usize::from(row), row, *index))
        .collect();
    // What remains of each parity frame is the sum over the missing data frames,
    let mut matrix = Vec::with_capacity(missing.len());
    for &(at, _, parity) in &missing {
        for (from, &index) in held.iter().enumerate() {
            if missing.iter().all(|gap| gap.0 != from) {
                add_row(&mut rows, at, from, &products(coefficient(parity, index)));
            }
        }
        matrix.push(missing.iter().map(|gap| coefficient(parity, gap.1)).collect::<Vec<u8>>());
    }
    // and that is solved by Gauss and Jordan's elimination. No pivot is 0: each is a quotient of two
    // leading minors, and every minor of a Cauchy matrix is another number than 0.
    for (pivot, gap) in missing.iter().enumerate() {
        let factor = inverse(matrix.get(pivot).and_then(|row| row.get(pivot)).copied().unwrap_or(1));
        if let (Some(line), Some(row)) = (matrix.get_mut(pivot), rows.get_mut(gap.0)) {
            scale(line, factor);
            scale(row, factor);
        }
        for (other, of) in missing.iter().enumerate() {
            let products = products(matrix.get(other).and_then(|row| row.get(pivot)).copied().unwrap_or(0));
            add_row(&mut matrix, other, pivot, &products);
            add_row(&mut rows, of.0, gap.0, &products);
        }
    }
}

/// The result of [`correct`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Correction {
    /// The further frame agrees with the data frames and adds no information.
    Agrees,
    /// One frame was excluded, and the data frames are correct.
    Made,
    /// No single frame explains the difference.
    Failed,
}

/// Corrects `data`, which `recover` made from the frames `held`, one of them false, with a further `frame`.
/// Excludes each held frame in turn (only the one with the same index, if there is one) until `is_right` returns true;
/// calls it at most K times.
///
/// Up to a factor for each, the frames are the values at their index of a polynomial of a degree below
/// K, the data frames those at 0 to K - 1. Two such polynomials that agree at all held places but one
/// differ by a multiple of the product of x - r over those places r, and how large a multiple says the
/// further frame. So leaving out one frame changes its own row and those of missing frames.
pub(crate) fn correct(
    held: &[u8],
    data: &mut [u8],
    index: u8,
    frame_data: &[u8],
    mut is_right: impl FnMut(&[u8]) -> bool,
) -> Correction {
    let k = u8::try_from(held.len()).unwrap_or(u8::MAX);
    let mut difference = frame(data, k, index);
    add_products(&mut difference, frame_data, &products(1));
    if difference.iter().all(|&byte| byte == 0) {
        return Correction::Agrees;
    }
    let renewed = held.contains(&index).then_some(index);
    for &left_out in held.iter().filter(|held| renewed.is_none_or(|index| index == **held)) {
        let Some(there) = log_of_change(held, left_out, index) else { continue };
        let change = |data: &mut [u8]| {
            for (j, row) in (0..k).zip(data.chunks_exact_mut(difference.len())) {
                if let Some(here) = log_of_change(held, left_out, j) {
                    add_products(row, &difference, &products(exp(here + ORDER - there)));
                }
            }
        };
        change(data);
        if is_right(data) {
            return Correction::Made;
        }
        // Adding twice cancels.
        change(data);
    }
    Correction::Failed
}

/// Returns the logarithm of the change at index `x` if one held frame is excluded.
fn log_of_change(held: &[u8], left_out: u8, x: u8) -> Option<usize> {
    let others = || held.iter().filter(|other| **other != left_out);
    if others().any(|other| *other == x) {
        return None;
    }
    let places: usize = others().map(|other| log(x ^ other)).sum();
    let factor: usize = (0..=u8::MAX).zip(held).filter(|(j, _)| *j != x).map(|(j, _)| log(x ^ j)).sum();
    Some((places + (ORDER - factor % ORDER)) % ORDER)
}

#[cfg(test)]
mod tests {
    use reed_solomon_erasure::galois_8;

    use super::*;
    use crate::random::Random;

    fn noise(seed: u64, length: usize) -> Vec<u8> {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1).payload(length)
    }

    /// Rows as the assembler fills them: data frames in their own, parity frames in the rest.
    fn arrange(data: &[u8], k: u8, indices: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut parity = indices.iter().copied().filter(|index| *index >= k);
        let held: Vec<u8> =
            (0..k).map(|j| if indices.contains(&j) { j } else { parity.next().unwrap() }).collect();
        let frames = held.iter().flat_map(|index| frame(data, k, *index)).collect();
        (held, frames)
    }

    #[test]
    fn products_of_a_factor_are_those_of_another_crate() {
        for a in 0..=255 {
            let table = products(a);
            for b in 0..=255u8 {
                assert_eq!(table[usize::from(b)], galois_8::mul(a, b), "{a} times {b}");
            }
        }
    }

    #[test]
    fn parity_is_the_sum_that_the_format_names() {
        for k in [1u8, 2, 7, 53, 128] {
            let data = noise(u64::from(k), usize::from(k) * 9);
            for index in [k, k + 1, 200, 254] {
                let mut expected = vec![0; 9];
                for j in 0..k {
                    let factor = galois_8::div(1, index ^ j);
                    galois_8::mul_slice_xor(factor, &data[usize::from(j) * 9..][..9], &mut expected);
                }
                assert_eq!(frame(&data, k, index), expected, "frame {index} of {k}");
            }
        }
    }

    #[test]
    fn every_choice_of_k_among_the_first_frames_gives_the_data() {
        let mut tried = 0;
        for k in 1u8..=6 {
            let data = noise(u64::from(k), usize::from(k) * 5);
            for chosen in 0u32..1 << (k + 7) {
                if chosen.count_ones() != u32::from(k) {
                    continue;
                }
                let indices: Vec<u8> = (0..k + 7).filter(|i| chosen >> i & 1 == 1).collect();
                let (held, mut frames) = arrange(&data, k, &indices);
                recover(&held, &mut frames);
                assert_eq!(frames, data, "{indices:?}");
                tried += 1;
            }
        }
        assert_eq!(tried, 8 + 36 + 120 + 330 + 792 + 1716);
    }

    #[test]
    fn random_choices_among_all_frames_give_the_data() {
        for k in [1u8, 2, 3, 7, 11, 52, 100, 127, 128] {
            let data = noise(u64::from(k), usize::from(k) * 17);
            for seed in 0..20 {
                let mut all: Vec<u8> = (0..=254).collect();
                all.sort_by_key(|index| noise(1000 * seed + u64::from(*index) + 7, 2));
                let (held, mut frames) = arrange(&data, k, &all[..usize::from(k)]);
                recover(&held, &mut frames);
                assert_eq!(frames, data, "K {k}, {held:?}");
            }
        }
        // Only parity frames, of the largest size.
        let data = noise(3, 65_536);
        let (held, mut frames) = arrange(&data, 127, &(127..254).collect::<Vec<_>>());
        recover(&held, &mut frames);
        assert!(frames == data[..frames.len()]);
    }

    #[test]
    fn one_false_frame_is_left_out_wherever_it_is() {
        for (k, first) in [(1u8, 0u8), (1, 3), (2, 1), (5, 0), (5, 3), (5, 5), (9, 4)] {
            let data = noise(u64::from(k), usize::from(k) * 6);
            let indices: Vec<u8> = (first..first + k).collect();
            for spoiled in 0..usize::from(k) {
                let (held, mut frames) = arrange(&data, k, &indices);
                frames[spoiled * 6 + 2] ^= 0x40;
                recover(&held, &mut frames);
                let wrong = frames.clone();
                assert_ne!(wrong, data);
                for index in 0..=254 {
                    let mut frames = wrong.clone();
                    let mut asked = 0;
                    let made = correct(&held, &mut frames, index, &frame(&data, k, index), |data_now| {
                        asked += 1;
                        data_now == data
                    });
                    if held.contains(&index) && held[spoiled] != index {
                        assert_eq!((made, asked), (Correction::Agrees, 0));
                        assert_eq!(frames, wrong);
                    } else {
                        assert_eq!(made, Correction::Made, "{held:?}, {spoiled} false, then {index}");
                        assert_eq!(frames, data);
                        assert!(asked <= held.len());
                    }
                }
            }
        }
    }

    #[test]
    fn two_false_frames_are_not_corrected_and_nothing_is_changed() {
        let data = noise(1, 5 * 6);
        let (held, mut frames) = arrange(&data, 5, &[0, 2, 4, 6, 7]);
        frames[0] ^= 1;
        frames[7] ^= 1;
        recover(&held, &mut frames);
        let wrong = frames.clone();
        let mut asked = 0;
        let made = correct(&held, &mut frames, 9, &frame(&data, 5, 9), |now| {
            asked += 1;
            now == data
        });
        assert_eq!((made, asked), (Correction::Failed, 5));
        assert_eq!(frames, wrong);
    }
}
