//! The field GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D).
//!
//! It is the field of the error correction of QR codes (ISO/IEC 18004, 7.5.2) and of the link's parity
//! frames. A sum is an exclusive or; every nonzero element is a power of x.

/// The field's polynomial without its highest term.
const REDUCTION: u8 = 0x1D;
/// The number of nonzero elements, after which powers of x repeat.
pub(crate) const ORDER: usize = 255;

/// Powers of x, 0 to 509: the sum of two logarithms needs no reduction.
const EXP: [u8; 2 * ORDER] = powers();
/// For each nonzero element the power of x, 0 to 254, that it is.
const LOG: [u8; 256] = logarithms();

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which stops at an error")]
const fn powers() -> [u8; 2 * ORDER] {
    let mut table = [1; 2 * ORDER];
    let mut power = 1;
    while power < table.len() {
        table[power] = double(table[power - 1]);
        power += 1;
    }
    table
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which stops at an error")]
const fn logarithms() -> [u8; 256] {
    let mut table = [0; 256];
    let mut power = 0;
    while power < ORDER {
        table[EXP[power] as usize] = power as u8;
        power += 1;
    }
    table
}

/// Returns an element times x.
pub(crate) const fn double(element: u8) -> u8 {
    let shifted = element << 1;
    if element & 0x80 == 0 { shifted } else { shifted ^ REDUCTION }
}

/// Returns x to a power from 0 to 509.
pub(crate) fn exp(power: usize) -> u8 {
    EXP.get(power).copied().unwrap_or_default()
}

/// Returns the power of x, 0 to 254, that a nonzero element is.
pub(crate) fn log(element: u8) -> usize {
    LOG.get(usize::from(element)).copied().map_or(0, usize::from)
}

/// Returns the product of two elements.
pub(crate) fn mul(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { exp(log(a) + log(b)) }
}

/// Returns the inverse of a nonzero element.
pub(crate) fn inverse(element: u8) -> u8 {
    exp(ORDER - log(element))
}

#[cfg(test)]
mod tests {
    use reed_solomon_erasure::galois_8;

    use super::*;

    #[test]
    fn field_is_that_of_another_crate() {
        for a in 0..=255 {
            for b in 0..=255u8 {
                assert_eq!(mul(a, b), galois_8::mul(a, b), "{a} times {b}");
            }
            if a > 0 {
                assert_eq!(inverse(a), galois_8::div(1, a), "inverse of {a}");
                assert_eq!(exp(log(a)), a);
                assert_eq!(exp(log(a) + ORDER), a);
            }
        }
    }
}
