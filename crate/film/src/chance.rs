//! Randomness and curves with the same results on every machine: integers, and only the floating-point operations that
//! IEEE 754 defines exactly (the four operations and the square root).

/// A small pseudo-random generator (SplitMix64), for films only.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Creates the generator with this seed for one use.
    pub(crate) fn new(seed: u64, usage: &str) -> Self {
        let mut chance = Self(seed);
        for byte in usage.bytes() {
            chance.0 ^= u64::from(byte);
            chance.0 = chance.next();
        }
        chance
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, which must be much smaller than 2^64.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Returns a number from `from` to `to`.
    pub(crate) fn between(&mut self, from: f64, to: f64) -> f64 {
        // 53 bits: every value is exact.
        from + (to - from) * ((self.next() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// Returns true with probability 1 / `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.next().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}

/// Returns the sine of an angle in turns. The results of libraries differ in the last bits.
pub(crate) fn sine(turns: f64) -> f64 {
    let turn = turns - (turns + 0.5).floor();
    let folded = if turn > 0.25 {
        0.5 - turn
    } else if turn < -0.25 {
        -0.5 - turn
    } else {
        turn
    };
    let x = folded * std::f64::consts::TAU;
    let x2 = x * x;
    // Taylor's series to x^11: an error below 1e-7 where |x| is at most a quarter turn.
    x * (1.0 - x2 / 6.0 * (1.0 - x2 / 20.0 * (1.0 - x2 / 42.0 * (1.0 - x2 / 72.0 * (1.0 - x2 / 110.0)))))
}

/// Returns the cosine of an angle in turns.
pub(crate) fn cosine(turns: f64) -> f64 {
    sine(turns + 0.25)
}

/// Returns e to the power of `-x`, for `x` from 0 to 20.
fn decay(x: f64) -> f64 {
    let mut value = 1.0 - x / 1024.0;
    for _ in 0..10 {
        value *= value;
    }
    value
}

/// Returns the weights of a Gaussian with this standard deviation: the centre, then one side up to three deviations.
pub(crate) fn gaussian(sigma: f64) -> Vec<f32> {
    let radius = (3.0 * sigma).ceil() as usize;
    let raw: Vec<f64> = (0..=radius).map(|i| decay((i * i) as f64 / (2.0 * sigma * sigma))).collect();
    let sum = raw.iter().skip(1).sum::<f64>() * 2.0 + 1.0;
    raw.into_iter().map(|weight| (weight / sum) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_what_they_are_called() {
        for step in -400..400 {
            let turns = f64::from(step) / 97.0;
            assert!((sine(turns) - (turns * std::f64::consts::TAU).sin()).abs() < 1e-6, "{turns}");
            assert!((cosine(turns) - (turns * std::f64::consts::TAU).cos()).abs() < 1e-6, "{turns}");
        }
        for sigma in [0.5, 1.0, 4.0] {
            let weights = gaussian(sigma);
            let sum = weights.iter().skip(1).sum::<f32>() * 2.0 + weights[0];
            assert!((sum - 1.0).abs() < 1e-5);
            let ratio = f64::from(weights[1] / weights[0]);
            assert!((ratio - (-1.0 / (2.0 * sigma * sigma)).exp()).abs() < 2e-3, "{sigma}: {ratio}");
        }
    }

    #[test]
    fn chance_is_the_same_and_differs_by_its_use() {
        let draw = |seed, usage| Chance::new(seed, usage).bytes(20);
        assert_eq!(draw(1, "a"), draw(1, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
        let mut chance = Chance::new(3, "spread");
        let mean = (0..10_000).map(|_| chance.between(-1.0, 3.0)).sum::<f64>() / 10_000.0;
        assert!((0.95..1.05).contains(&mean), "{mean}");
    }
}
