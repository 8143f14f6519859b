//! Decodes the data of a symbol (ISO/IEC 18004, 7.4): segments, each in a mode.
//!
//! Characters are given as bytes: those of Kanji and Hanzi as two of their character set. What is said
//! about character sets, other symbols of a series and FNC1 is passed over: a frame of this link has
//! none of it, and the content of other codes is thrown away.

use super::version::Version;

/// Most characters that one symbol holds: digits in version 40.
const MOST: usize = 7_089;

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Reads bits, the highest of each byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        (8 * self.bytes.len()).saturating_sub(self.at)
    }

    /// Returns the next bits, at most 16, as a number; `None` if fewer are left.
    fn take(&mut self, count: usize) -> Option<usize> {
        if count > self.left() {
            return None;
        }
        let mut value = 0;
        for _ in 0..count {
            let byte = usize::from(*self.bytes.get(self.at / 8)?);
            value = value << 1 | (byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }
}

/// Returns the bytes that a symbol of a version carries; `None` if its data are malformed.
pub(crate) fn bytes(data: &[u8], version: Version) -> Option<Vec<u8>> {
    let mut bits = Bits { bytes: data, at: 0 };
    let mut out = Vec::new();
    // The character count has more bits in larger versions.
    let of = |[short, middle, long]: [usize; 3]| match version.number() {
        ..=9 => short,
        10..=26 => middle,
        _ => long,
    };
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, of([10, 12, 14]), &mut out)?,
            2 => alphanumeric(&mut bits, of([9, 11, 13]), &mut out)?,
            4 => {
                let count = bits.take(of([8, 16, 16]))?;
                if count * 8 > bits.left() {
                    return None;
                }
                for _ in 0..count {
                    out.push(bits.take(8)? as u8);
                }
            }
            // Index and number of a series, and their parity.
            3 => _ = bits.take(16)?,
            // FNC1 in the first position, and in the second with the kind of application.
            5 => {}
            9 => _ = bits.take(8)?,
            // A character set, by a number of one to three bytes.
            7 => {
                let more = match bits.take(8)? {
                    0..0x80 => 0,
                    0x80..0xC0 => 8,
                    0xC0..0xE0 => 16,
                    _ => return None,
                };
                bits.take(more)?;
            }
            8 => pairs(&mut bits, of([8, 10, 12]), (0xC0, 0x1F00, 0x8140, 0xC140), &mut out)?,
            13 => {
                // GB 2312 is the only set.
                if bits.take(4)? != 1 {
                    return None;
                }
                pairs(&mut bits, of([8, 10, 12]), (0x60, 0x0A00, 0xA1A1, 0xA6A1), &mut out)?;
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Numeric mode: three digits in ten bits, two in seven, one in four.
fn numeric(bits: &mut Bits<'_>, count_bits: usize, out: &mut Vec<u8>) -> Option<()> {
    let mut left = bits.take(count_bits)?.min(MOST);
    while left > 0 {
        let digits = left.min(3);
        let value = bits.take([4, 4, 7, 10].get(digits).copied()?)?;
        if value >= 10usize.pow(digits as u32) {
            return None;
        }
        for place in (0..digits as u32).rev() {
            out.push(b'0' + (value / 10usize.pow(place) % 10) as u8);
        }
        left -= digits;
    }
    Some(())
}

/// Alphanumeric mode: two characters in eleven bits, one in six.
fn alphanumeric(bits: &mut Bits<'_>, count_bits: usize, out: &mut Vec<u8>) -> Option<()> {
    let count = bits.take(count_bits)?;
    for _ in 0..count / 2 {
        let value = bits.take(11)?;
        out.push(*ALPHANUMERIC.get(value / 45)?);
        out.push(*ALPHANUMERIC.get(value % 45)?);
    }
    if count % 2 == 1 {
        out.push(*ALPHANUMERIC.get(bits.take(6)?)?);
    }
    Some(())
}

/// Characters of two bytes in thirteen bits: in rows of a length, and moved by one number up to a
/// character, by another one from it on.
fn pairs(
    bits: &mut Bits<'_>,
    count_bits: usize,
    (row, from, low, high): (usize, usize, usize, usize),
    out: &mut Vec<u8>,
) -> Option<()> {
    for _ in 0..bits.take(count_bits)? {
        let value = bits.take(13)?;
        let value = ((value / row) << 8) | (value % row);
        let value = value + if value < from { low } else { high };
        out.extend([(value >> 8) as u8, value as u8]);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use qrcode::EcLevel;
    use qrcode::bits::Bits as Writer;

    use super::*;
    use crate::random::Random;

    fn of(version: u8) -> Version {
        Version::new(version).unwrap()
    }

    fn written(version: i16, write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut bits = Writer::new(qrcode::Version::Normal(version));
        write(&mut bits);
        bits.push_terminator(EcLevel::L).unwrap();
        bits.into_bytes()
    }

    #[test]
    fn segments_of_every_mode_are_read_back() {
        for version in [1, 9, 10, 26, 27, 40] {
            for digits in ["7", "42", "007", "1234567890"] {
                let data = written(version, |bits| bits.push_numeric_data(digits.as_bytes()).unwrap());
                assert_eq!(bytes(&data, of(version as u8)).unwrap(), digits.as_bytes());
            }
            for text in ["A", "HTTPS://", "$%*+-./: 09Z"] {
                let data = written(version, |bits| bits.push_alphanumeric_data(text.as_bytes()).unwrap());
                assert_eq!(bytes(&data, of(version as u8)).unwrap(), text.as_bytes());
            }
            let data = written(version, |bits| {
                bits.push_eci_designator(3).unwrap();
                bits.push_byte_data(&[0, 255, 7]).unwrap();
                bits.push_numeric_data(b"12").unwrap();
                // Shift JIS: before and behind the gap in it.
                bits.push_kanji_data(b"\x93\x5f\xe4\xaa").unwrap();
            });
            assert_eq!(bytes(&data, of(version as u8)).unwrap(), b"\0\xff\x0712\x93\x5f\xe4\xaa");
        }
    }

    #[test]
    fn hanzi_are_read_as_gb_2312() {
        // Hanzi, GB 2312, one character of eight bits' count: 亮 is C1 C1 in it.
        let value = (0xC1 - 0xA6) * 0x60 + (0xC1 - 0xA1);
        let bits = format!("1101{:04b}{:08b}{:013b}0000", 1, 1, value);
        let bytes_of: Vec<u8> = bits
            .as_bytes()
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |sum, (at, bit)| sum | (bit - b'0') << (7 - at)))
            .collect();
        assert_eq!(bytes(&bytes_of, of(1)).unwrap(), [0xC1, 0xC1]);
    }

    #[test]
    fn nonsense_ends_early_and_is_never_larger_than_a_symbol() {
        let mut random = Random(77);
        for length in (0..3_000).step_by(7) {
            let data = random.payload(length);
            for version in [1, 20, 40] {
                // Two bytes in 13 bits are the most that bits can become; digits three in ten.
                assert!(bytes(&data, of(version)).is_none_or(|out| out.len() <= length * 5 / 2));
            }
        }
        assert_eq!(bytes(&[], of(1)).unwrap(), []);
        // A byte more than there is.
        assert_eq!(bytes(&[0x40, 0x20, 0x10], of(1)), None);
        // Digits above 999, a character set by no number, modes that there are not.
        assert_eq!(bytes(&[0x10, 0x0F, 0xFF, 0xFF], of(1)), None);
        assert_eq!(bytes(&[0x7F, 0xF0], of(1)), None);
        assert_eq!(bytes(&[0x60], of(1)), None);
    }
}
