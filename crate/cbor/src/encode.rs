//! Deterministic encoding (RFC 8949, 4.2.1): shortest heads and floats, keys in bytewise order of their encoding.

use super::value::Value;

/// Encodes a value deterministically; equal values give equal bytes.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, value);
    out
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Unsigned(n) => head(out, 0, *n),
        Value::Negative(n) => head(out, 1, *n),
        Value::Bytes(bytes) => {
            head(out, 2, bytes.len() as u64);
            out.extend_from_slice(bytes);
        }
        Value::Text(text) => {
            head(out, 3, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            head(out, 4, items.len() as u64);
            for item in items {
                write(out, item);
            }
        }
        Value::Map(pairs) => {
            head(out, 5, pairs.len() as u64);
            let mut sorted: Vec<_> = pairs.iter().map(|(k, v)| (encode(k), v)).collect();
            sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
            for (key, value) in sorted {
                out.extend_from_slice(&key);
                write(out, value);
            }
        }
        Value::Tag(tag, content) => {
            head(out, 6, *tag);
            write(out, content);
        }
        Value::Bool(false) => out.push(0xf4),
        Value::Bool(true) => out.push(0xf5),
        Value::Null => out.push(0xf6),
        Value::Undefined => out.push(0xf7),
        Value::Simple(n) => head(out, 7, u64::from(*n)),
        Value::Float(x) => float(out, *x),
    }
}

/// Writes a head: major type and argument in the fewest bytes (RFC 8949, appendix C adds the two as here).
pub(super) fn head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    let bytes = argument.to_be_bytes();
    let [.., b4, b5, b6, b7] = bytes;
    match argument {
        0..=23 => out.push(major + b7),
        24..=0xff => out.extend_from_slice(&[major + 24, b7]),
        0x100..=0xffff => out.extend_from_slice(&[major + 25, b6, b7]),
        0x1_0000..=0xffff_ffff => out.extend_from_slice(&[major + 26, b4, b5, b6, b7]),
        _ => {
            out.push(major + 27);
            out.extend_from_slice(&bytes);
        }
    }
}

/// Writes a float in the shortest of 16, 32 and 64 bits that keeps its value.
pub(super) fn float(out: &mut Vec<u8>, x: f64) {
    if x.is_nan() {
        out.extend_from_slice(&[0xf9, 0x7e, 0x00]);
        return;
    }
    let single = x as f32;
    if f64::from(single).to_bits() != x.to_bits() {
        out.push(0xfb);
        out.extend_from_slice(&x.to_bits().to_be_bytes());
        return;
    }
    match half_from_single(single) {
        Some(half) => {
            out.push(0xf9);
            out.extend_from_slice(&half.to_be_bytes());
        }
        None => {
            out.push(0xfa);
            out.extend_from_slice(&single.to_bits().to_be_bytes());
        }
    }
}

/// Returns the half-precision bits of a number, if no bit is lost.
fn half_from_single(x: f32) -> Option<u16> {
    let bits = x.to_bits();
    let sign = u16::try_from(bits >> 31).ok()? << 15;
    let exponent = i32::try_from((bits >> 23) & 0xff).ok()? - 127;
    let fraction = bits & 0x007f_ffff;
    if x == 0.0 {
        return Some(sign);
    }
    if x.is_infinite() {
        return Some(sign + 0x7c00);
    }
    let magnitude = match exponent {
        // normal numbers keep ten bits of fraction
        -14..=15 if fraction & 0x1fff == 0 => (u32::try_from(exponent + 15).ok()? << 10) + (fraction >> 13),
        // subnormal ones are multiples of 2^-24
        -24..=-15 => {
            let shift = u32::try_from(-1 - exponent).ok()?;
            let full = 0x0080_0000 + fraction;
            if full.trailing_zeros() < shift {
                return None;
            }
            full >> shift
        }
        _ => return None,
    };
    Some(sign + u16::try_from(magnitude).ok()?)
}
