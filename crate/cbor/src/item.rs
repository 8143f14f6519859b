//! A parsed item with the bytes that it was parsed from.

use std::borrow::Cow;

use super::value::{TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value};
use crate::time::{Date, Timestamp};

/// One item as received: its bytes, head included, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    raw: &'a [u8],
    kind: Kind<'a>,
}

/// The value of an item. Strings borrow from the input unless they have an indefinite length.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// An unsigned integer.
    Unsigned(u64),
    /// The negative integer -1 - n.
    Negative(u64),
    /// A byte string.
    Bytes(Cow<'a, [u8]>),
    /// A text string.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Item<'a>>),
    /// A map in received order; no key occurs twice.
    Map(Vec<(Item<'a>, Item<'a>)>),
    /// A tag and its content.
    Tag(u64, Box<Item<'a>>),
    /// `false` or `true`.
    Bool(bool),
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
    /// Another simple value.
    Simple(u8),
    /// A floating-point number of any width.
    Float(f64),
}

impl<'a> Item<'a> {
    pub(super) const fn new(raw: &'a [u8], kind: Kind<'a>) -> Self {
        Self { raw, kind }
    }

    /// Returns the received bytes of this item, head included.
    #[must_use]
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Returns its value.
    #[must_use]
    pub const fn kind(&self) -> &Kind<'a> {
        &self.kind
    }

    /// The number, if this is an unsigned integer.
    #[must_use]
    pub const fn as_unsigned(&self) -> Option<u64> {
        match self.kind {
            Kind::Unsigned(n) => Some(n),
            _ => None,
        }
    }

    /// The number, if this is an integer that fits (COSE labels and algorithms do).
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self.kind {
            Kind::Unsigned(n) => i64::try_from(n).ok(),
            Kind::Negative(n) => i64::try_from(n).ok().map(|n| -1 - n),
            _ => None,
        }
    }

    /// The content, if this is a byte string.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The content, if this is a byte string in one piece: borrowed from the input.
    #[must_use]
    pub const fn as_whole_bytes(&self) -> Option<&'a [u8]> {
        match &self.kind {
            Kind::Bytes(Cow::Borrowed(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// The content, if this is a text string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The members, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Item<'a>]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs in received order, if this is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&[(Item<'a>, Item<'a>)]> {
        match &self.kind {
            Kind::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The tag's number and content, if this is tagged.
    #[must_use]
    pub fn as_tag(&self) -> Option<(u64, &Item<'a>)> {
        match &self.kind {
            Kind::Tag(tag, content) => Some((*tag, content)),
            _ => None,
        }
    }

    /// The value under a text key, if this is a map that has it.
    #[must_use]
    pub fn get_text(&self, key: &str) -> Option<&Item<'a>> {
        let pair = |(k, v)| (Item::as_text(k) == Some(key)).then_some(v);
        self.as_map()?.iter().map(|(k, v)| (k, v)).find_map(pair)
    }

    /// The value under an integer key, if this is a map that has it.
    #[must_use]
    pub fn get_integer(&self, key: i64) -> Option<&Item<'a>> {
        let pair = |(k, v)| (Item::as_integer(k) == Some(key)).then_some(v);
        self.as_map()?.iter().map(|(k, v)| (k, v)).find_map(pair)
    }

    /// The bytes inside `#6.24(bstr)`, if this is embedded CBOR (RFC 8949, 3.4.5.1); a digest is over [`Item::raw`].
    #[must_use]
    pub fn as_encoded_cbor(&self) -> Option<&[u8]> {
        match self.as_tag()? {
            (TAG_ENCODED_CBOR, content) => content.as_bytes(),
            _ => None,
        }
    }

    /// The day, if this is `full-date` (tag 1004).
    #[must_use]
    pub fn as_date(&self) -> Option<Date> {
        match self.as_tag()? {
            (TAG_DATE, content) => Date::parse(content.as_text()?),
            _ => None,
        }
    }

    /// The time, if this is `tdate` (tag 0).
    #[must_use]
    pub fn as_tdate(&self) -> Option<Timestamp> {
        match self.as_tag()? {
            (TAG_TDATE, content) => Timestamp::parse_tdate(content.as_text()?),
            _ => None,
        }
    }

    /// Returns an owned copy without the received bytes.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Unsigned(n) => Value::Unsigned(*n),
            Kind::Negative(n) => Value::Negative(*n),
            Kind::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
            Kind::Text(text) => Value::Text(text.to_string()),
            Kind::Array(items) => Value::Array(items.iter().map(Item::to_value).collect()),
            Kind::Map(pairs) => {
                Value::Map(pairs.iter().map(|(key, value)| (key.to_value(), value.to_value())).collect())
            }
            Kind::Tag(tag, content) => Value::Tag(*tag, Box::new(content.to_value())),
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Null => Value::Null,
            Kind::Undefined => Value::Undefined,
            Kind::Simple(n) => Value::Simple(*n),
            Kind::Float(x) => Value::Float(*x),
        }
    }
}
