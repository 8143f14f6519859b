//! Reed-Solomon of QR codes (ISO/IEC 18004, 7.5), with errors and erasures.
//!
//! A code in glare or behind a finger has many bytes of which
//! it is known that they are doubtful: with their places given, twice as many can be restored.

use crate::gf256::{exp, inverse, mul};

/// A polynomial, the lowest coefficient first.
type Polynomial = Vec<u8>;

fn product(a: &[u8], b: &[u8], limit: usize) -> Polynomial {
    let mut out = vec![0; (a.len() + b.len()).saturating_sub(1).min(limit)];
    for (shift, &a) in a.iter().enumerate() {
        out.iter_mut().skip(shift).zip(b).for_each(|(cell, &b)| *cell ^= mul(a, b));
    }
    out
}

fn value_at(polynomial: &[u8], x: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &c| mul(sum, x) ^ c)
}

fn trim(polynomial: &mut Polynomial) {
    while polynomial.last() == Some(&0) {
        polynomial.pop();
    }
}

/// Corrects a block of `block.len() - checks` data bytes and `checks` check bytes in place, and says
/// how many bytes were wrong. `doubtful` are positions that may hold anything. Nothing when there are
/// more errors than can be corrected; the block is then as it was.
pub(crate) fn correct(block: &mut [u8], checks: usize, doubtful: &[usize]) -> Option<usize> {
    let length = block.len();
    if length > 255 || checks >= length || doubtful.len() > checks {
        return None;
    }
    let mut syndromes: Polynomial =
        (0..checks).map(|power| block.iter().fold(0, |sum, &byte| mul(sum, exp(power)) ^ byte)).collect();
    if syndromes.iter().all(|&s| s == 0) {
        return Some(0);
    }
    // The erasures.
    let mut known: Polynomial = vec![1];
    for &position in doubtful {
        let power = length.checked_sub(position + 1)?;
        known = product(&known, &[1, exp(power)], checks + 1);
    }
    syndromes = product(&known, &syndromes, checks);
    let (mut unknown, mut evaluator) = euclid(&syndromes, checks, doubtful.len())?;
    trim(&mut unknown);
    trim(&mut evaluator);
    let locator = product(&unknown, &known, checks + 1);
    let slope: Polynomial =
        locator.iter().skip(1).enumerate().map(|(i, &c)| if i % 2 == 0 { c } else { 0 }).collect();
    let mut changes = Vec::with_capacity(checks);
    let mut roots = 0;
    for position in 0..length {
        let power = length - 1 - position;
        let root = exp(255 - power);
        if value_at(&locator, root) == 0 {
            roots += 1;
            let divisor = value_at(&slope, root);
            if divisor == 0 {
                return None;
            }
            let change = mul(exp(power), mul(value_at(&evaluator, root), inverse(divisor)));
            changes.push((position, change));
        }
    }
    // A locator has as many roots as its degree.
    if roots != locator.iter().rposition(|&c| c != 0)? {
        return None;
    }
    let mut wrong = 0;
    for (position, change) in changes {
        if let Some(byte) = block.get_mut(position).filter(|_| change != 0) {
            *byte ^= change;
            wrong += 1;
        }
    }
    Some(wrong)
}

/// Returns locator and evaluator of the errors of unknown position, by Euclid's algorithm.
fn euclid(syndromes: &[u8], checks: usize, known: usize) -> Option<(Polynomial, Polynomial)> {
    let mut last: Polynomial = vec![0; checks];
    last.push(1);
    let mut rest = syndromes.to_vec();
    trim(&mut rest);
    let (mut last_t, mut t): (Polynomial, Polynomial) = (Vec::new(), vec![1]);
    while 2 * rest.len().saturating_sub(1) >= checks + known && !rest.is_empty() {
        let lead = inverse(*rest.last()?);
        let mut quotient = vec![0; (last.len() + 1).saturating_sub(rest.len())];
        while last.len() >= rest.len() {
            let shift = last.len() - rest.len();
            let factor = mul(*last.last()?, lead);
            if let Some(cell) = quotient.get_mut(shift) {
                *cell = factor;
            }
            last.iter_mut().skip(shift).zip(&rest).for_each(|(cell, &c)| *cell ^= mul(factor, c));
            let before = last.len();
            trim(&mut last);
            // The leading term cancels.
            if last.len() >= before {
                return None;
            }
        }
        let mut next_t = product(&quotient, &t, checks + 1);
        if next_t.len() < last_t.len() {
            next_t.resize(last_t.len(), 0);
        }
        next_t.iter_mut().zip(&last_t).for_each(|(cell, &c)| *cell ^= c);
        (last, rest) = (rest, last);
        (last_t, t) = (t, next_t);
    }
    let scale = t.first().filter(|&&c| c != 0).map(|&c| inverse(c))?;
    let scaled = |p: Polynomial| p.into_iter().map(|c| mul(c, scale)).collect();
    Some((scaled(t), scaled(rest)))
}

#[cfg(test)]
mod tests {
    use qrcode::ec::create_error_correction_code;

    use super::*;
    use crate::random::Random;

    /// A right block, its check bytes by `correct` itself from erasures at their places, which
    /// another library must find right.
    fn block(random: &mut Random, length: usize, checks: usize) -> Vec<u8> {
        let mut block: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let places: Vec<usize> = (length - checks..length).collect();
        correct(&mut block, checks, &places).unwrap();
        assert!(is_block(&block, checks), "no block of this code");
        block
    }

    /// Whether the check bytes are those that another library gives to the data.
    fn is_block(block: &[u8], checks: usize) -> bool {
        let (data, last) = block.split_at(block.len() - checks);
        create_error_correction_code(data, checks) == last
    }

    fn places(random: &mut Random, count: usize, length: usize) -> Vec<usize> {
        let mut places = Vec::new();
        while places.len() < count {
            let place = random.below(length);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    #[test]
    fn errors_and_doubtful_places_are_restored_up_to_the_bound() {
        let mut random = Random(4);
        for (length, checks) in [(26, 7), (134, 26), (145, 30), (60, 28), (255, 30)] {
            for known in 0..=checks {
                let unknown = (checks - known) / 2;
                let right = block(&mut random, length, checks);
                let mut dirty = right.clone();
                let places = places(&mut random, known + unknown, length);
                for &place in &places {
                    dirty[place] ^= 1 + random.below(255) as u8;
                }
                let fixed = correct(&mut dirty, checks, &places[..known]);
                assert_eq!(fixed, Some(known + unknown), "{length}, {checks}, {known} known");
                assert_eq!(dirty, right);
            }
        }
    }

    #[test]
    fn a_doubtful_place_may_be_right() {
        let mut random = Random(9);
        let right = block(&mut random, 134, 26);
        let mut dirty = right.clone();
        dirty[3] ^= 1;
        assert_eq!(correct(&mut dirty, 26, &[1, 2, 3, 4, 5]), Some(1));
        assert_eq!(dirty, right);
    }

    // A block of this code differs from every other one in more than 18 places, so that there is at most
    // one within nine of what was received: that one, or none, is the only right answer.
    #[test]
    fn errors_alone_are_corrected_as_the_code_says() {
        let mut random = Random(77);
        let (mut corrected, mut refused) = (0, 0);
        for _ in 0..2_000 {
            let right = block(&mut random, 60, 18);
            let mut ours = right.clone();
            let count = random.below(14);
            for place in places(&mut random, count, 60) {
                ours[place] ^= 1 + random.below(255) as u8;
            }
            let before = ours.clone();
            let distance = |one: &[u8], two: &[u8]| one.iter().zip(two).filter(|(a, b)| a != b).count();
            match correct(&mut ours, 18, &[]) {
                Some(fixed) => {
                    assert!(is_block(&ours, 18) && fixed == distance(&ours, &before) && fixed <= 9);
                    assert!(count > 9 || ours == right, "{count} errors");
                    corrected += 1;
                }
                None => {
                    assert!(count > 9, "{count} errors");
                    assert_eq!(ours, before, "a block that cannot be corrected is left alone");
                    refused += 1;
                }
            }
        }
        assert!(corrected > 1_000 && refused > 300, "{corrected}, {refused}");
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(correct(&mut [1; 300], 10, &[]), None);
        assert_eq!(correct(&mut [1; 10], 10, &[]), None);
        assert_eq!(correct(&mut [], 0, &[]), None);
        assert_eq!(correct(&mut [1; 20], 7, &[20]), None);
        assert_eq!(correct(&mut [1; 20], 7, &[0, 1, 2, 3, 4, 5, 6, 7]), None);
    }
}
