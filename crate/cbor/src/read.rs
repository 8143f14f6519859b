//! The parser of both readers.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::encode;
use super::error::{Breach, CborError};
use super::item::{Item, ItemValue};

/// The deepest nesting of arrays, maps and tags.
pub const MAX_DEPTH: usize = 16;

/// The most items in one input. Each takes about 100 bytes of memory.
pub const MAX_ITEMS: usize = 16_384;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    Foreign,
    Own,
}

pub(super) fn read(bytes: &[u8], rules: Rules, max_items: usize) -> Result<Item<'_>, CborError> {
    let mut parser = Parser { input: bytes, offset: 0, items: 0, max_items, rules };
    let item = parser.item(0)?;
    if parser.offset != bytes.len() {
        return Err(breach(Breach::TrailingBytes, parser.offset));
    }
    Ok(item)
}

struct Parser<'a> {
    input: &'a [u8],
    offset: usize,
    items: usize,
    max_items: usize,
    rules: Rules,
}

/// The first byte of an item and its argument; `None` for an indefinite length or a break.
struct Head {
    major: u8,
    argument: Option<u64>,
    /// The low five bits.
    info: u8,
    start: usize,
}

const BREAK: u8 = 0xff;

impl<'a> Parser<'a> {
    fn item(&mut self, depth: usize) -> Result<Item<'a>, CborError> {
        let start = self.offset;
        self.items += 1;
        if self.items > self.max_items {
            return Err(CborError::Items);
        }
        let head = self.head()?;
        if matches!(head.major, 4..=6) && depth >= MAX_DEPTH {
            return Err(CborError::Depth { offset: start });
        }
        let value = match (head.major, head.argument) {
            (0, Some(n)) => ItemValue::Unsigned(n),
            (1, Some(n)) => ItemValue::Negative(n),
            (2, length) => ItemValue::Bytes(self.string(&head, length)?),
            (3, length) => ItemValue::Text(self.text(&head, length)?),
            (4, length) => ItemValue::Array(self.array(&head, length, depth)?),
            (5, length) => ItemValue::Map(self.map(&head, length, depth)?),
            (6, Some(tag)) => ItemValue::Tag(tag, Box::new(self.item(depth + 1)?)),
            (7, Some(argument)) => self.simple(&head, argument)?,
            _ => return Err(breach(Breach::Malformed, start)),
        };
        let raw = self.input.get(start..self.offset).unwrap_or_default();
        Ok(Item::new(raw, value))
    }

    fn head(&mut self) -> Result<Head, CborError> {
        let start = self.offset;
        let first = self.byte()?;
        let (major, info) = (first >> 5, first & 0x1f);
        let argument = match info {
            0..=23 => Some(u64::from(info)),
            24 => Some(u64::from(self.byte()?)),
            25 => Some(u64::from(u16::from_be_bytes(self.fixed()?))),
            26 => Some(u64::from(u32::from_be_bytes(self.fixed()?))),
            27 => Some(u64::from_be_bytes(self.fixed()?)),
            31 => None,
            _ => return Err(breach(Breach::Malformed, start)),
        };
        if self.rules == Rules::Own {
            let longer = match (argument, info) {
                (None, _) if first == BREAK => return Err(breach(Breach::Malformed, start)),
                (None, _) => return Err(breach(Breach::Indefinite, start)),
                // the width of a float is not a length; `simple` checks it
                _ if major == 7 => false,
                (Some(n), 24) => n < 24,
                (Some(n), 25) => n <= 0xff,
                (Some(n), 26) => n <= 0xffff,
                (Some(n), 27) => n <= 0xffff_ffff,
                _ => false,
            };
            if longer {
                return Err(breach(Breach::NotShortest, start));
            }
        }
        Ok(Head { major, argument, info, start })
    }

    fn byte(&mut self) -> Result<u8, CborError> {
        let [byte] = self.fixed()?;
        Ok(byte)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        let short = CborError::Length { offset: self.offset };
        let rest = self.input.get(self.offset..).unwrap_or_default();
        let bytes = rest.first_chunk::<N>().ok_or(short)?;
        self.offset += N;
        Ok(*bytes)
    }

    /// Returns the next `length` bytes of the item that starts at `start`.
    fn take(&mut self, length: u64, start: usize) -> Result<&'a [u8], CborError> {
        let short = CborError::Length { offset: start };
        let rest = self.input.get(self.offset..).unwrap_or_default();
        let length = usize::try_from(length).map_err(|_| short)?;
        let bytes = rest.get(..length).ok_or(short)?;
        self.offset += length;
        Ok(bytes)
    }

    /// Consumes a break; returns whether there was one.
    fn at_break(&mut self) -> bool {
        let found = self.input.get(self.offset) == Some(&BREAK);
        if found {
            self.offset += 1;
        }
        found
    }

    /// Checks that the rest of the input has room for `count` items of at least `least` bytes each.
    fn room_for(&self, count: u64, least: u64, start: usize) -> Result<(), CborError> {
        let rest = self.input.len().saturating_sub(self.offset) as u64;
        match count.checked_mul(least) {
            Some(needed) if needed <= rest => Ok(()),
            _ => Err(CborError::Length { offset: start }),
        }
    }

    fn string(&mut self, head: &Head, length: Option<u64>) -> Result<Cow<'a, [u8]>, CborError> {
        if let Some(length) = length {
            return self.take(length, head.start).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        while !self.at_break() {
            whole.extend_from_slice(self.chunk(head.major)?);
        }
        Ok(Cow::Owned(whole))
    }

    fn text(&mut self, head: &Head, length: Option<u64>) -> Result<Cow<'a, str>, CborError> {
        let bad = breach(Breach::Utf8, head.start);
        if let Some(length) = length {
            let bytes = self.take(length, head.start)?;
            return core::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| bad);
        }
        let mut whole = String::new();
        while !self.at_break() {
            // each chunk is a text of its own (RFC 8949, 3.2.3)
            let chunk = self.chunk(head.major)?;
            whole.push_str(core::str::from_utf8(chunk).map_err(|_| bad)?);
        }
        Ok(Cow::Owned(whole))
    }

    /// One definite piece of an indefinite string.
    fn chunk(&mut self, major: u8) -> Result<&'a [u8], CborError> {
        let head = self.head()?;
        match head.argument {
            Some(length) if head.major == major => self.take(length, head.start),
            _ => Err(breach(Breach::Malformed, head.start)),
        }
    }

    fn array(&mut self, head: &Head, length: Option<u64>, depth: usize) -> Result<Vec<Item<'a>>, CborError> {
        let mut items = Vec::new();
        if let Some(count) = length {
            self.room_for(count, 1, head.start)?;
            for _ in 0..count {
                items.push(self.item(depth + 1)?);
            }
        } else {
            while !self.at_break() {
                items.push(self.item(depth + 1)?);
            }
        }
        Ok(items)
    }

    fn map(
        &mut self,
        head: &Head,
        length: Option<u64>,
        depth: usize,
    ) -> Result<Vec<(Item<'a>, Item<'a>)>, CborError> {
        let mut pairs = Vec::new();
        if let Some(count) = length {
            self.room_for(count, 2, head.start)?;
            for _ in 0..count {
                self.pair(&mut pairs, depth)?;
            }
        } else {
            while !self.at_break() {
                self.pair(&mut pairs, depth)?;
            }
        }
        no_key_twice(&pairs, head.start)?;
        Ok(pairs)
    }

    fn pair(&mut self, pairs: &mut Vec<(Item<'a>, Item<'a>)>, depth: usize) -> Result<(), CborError> {
        let start = self.offset;
        let key = self.item(depth + 1)?;
        if key_rank(&key).is_none() {
            return Err(breach(Breach::KeyType, start));
        }
        if self.rules == Rules::Own
            && let Some((before, _)) = pairs.last()
        {
            match before.raw().cmp(key.raw()) {
                Ordering::Less => {}
                Ordering::Equal => return Err(breach(Breach::DuplicateKey, start)),
                Ordering::Greater => return Err(breach(Breach::KeyOrder, start)),
            }
        }
        let value = self.item(depth + 1)?;
        pairs.push((key, value));
        Ok(())
    }

    fn simple(&mut self, head: &Head, argument: u64) -> Result<ItemValue<'a>, CborError> {
        let malformed = breach(Breach::Malformed, head.start);
        let x = match head.info {
            20 => return Ok(ItemValue::Bool(false)),
            21 => return Ok(ItemValue::Bool(true)),
            22 => return Ok(ItemValue::Null),
            23 => return Ok(ItemValue::Undefined),
            // in two bytes only 32 and up are well-formed (RFC 8949, 3.3)
            24 if argument < 32 => return Err(malformed),
            0..=24 => {
                return u8::try_from(argument).map(ItemValue::Simple).map_err(|_| malformed);
            }
            25 => half(u16::try_from(argument).map_err(|_| malformed)?),
            26 => f64::from(f32::from_bits(u32::try_from(argument).map_err(|_| malformed)?)),
            _ => f64::from_bits(argument),
        };
        if self.rules == Rules::Own {
            let mut shortest = Vec::new();
            encode::float(&mut shortest, x);
            if self.input.get(head.start..self.offset) != Some(shortest.as_slice()) {
                return Err(breach(Breach::NotShortest, head.start));
            }
        }
        Ok(ItemValue::Float(x))
    }
}

const fn breach(breach: Breach, offset: usize) -> CborError {
    CborError::Profile { breach, offset }
}

/// Returns a key by its value, however it is encoded; `None` for a type that is not allowed as a key.
fn key_rank<'k>(key: &'k Item<'_>) -> Option<(u8, u64, &'k [u8])> {
    match key.value() {
        ItemValue::Unsigned(n) => Some((0, *n, &[])),
        ItemValue::Negative(n) => Some((1, *n, &[])),
        ItemValue::Bytes(bytes) => Some((2, 0, bytes)),
        ItemValue::Text(text) => Some((3, 0, text.as_bytes())),
        _ => None,
    }
}

fn no_key_twice(pairs: &[(Item<'_>, Item<'_>)], start: usize) -> Result<(), CborError> {
    let mut keys: Vec<_> = pairs.iter().map(|(key, _)| key_rank(key)).collect();
    keys.sort_unstable();
    let twice = keys.iter().zip(keys.iter().skip(1)).any(|(a, b)| a == b);
    if twice {
        return Err(breach(Breach::DuplicateKey, start));
    }
    Ok(())
}

/// Returns the number in sixteen bits (RFC 8949, appendix D).
fn half(bits: u16) -> f64 {
    let exponent = (bits >> 10) & 0x1f;
    let fraction = f64::from(bits & 0x3ff);
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(i32::from(exponent) - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}
