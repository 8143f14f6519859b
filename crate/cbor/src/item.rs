//! A parsed item with the bytes that it was parsed from.

use std::borrow::Cow;

use crate::time::{Date, Timestamp};
use crate::value::{TAG_DATE, TAG_ENCODED_CBOR, TAG_TDATE, Value, integer};

/// One item as received: its bytes and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    raw: &'a [u8],
    value: ItemValue<'a>,
}

/// The value of an item, by its type (RFC 8949, 3.1). Strings borrow from the input unless they have an indefinite length.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemValue<'a> {
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
    pub(super) const fn new(raw: &'a [u8], value: ItemValue<'a>) -> Self {
        Self { raw, value }
    }

    /// Returns the received bytes of this item, head included.
    #[must_use]
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Returns its value.
    #[must_use]
    pub const fn value(&self) -> &ItemValue<'a> {
        &self.value
    }

    /// Returns the number, if this is an unsigned integer.
    #[must_use]
    pub const fn as_unsigned(&self) -> Option<u64> {
        match self.value {
            ItemValue::Unsigned(n) => Some(n),
            _ => None,
        }
    }

    /// Returns the number, if this is an integer that fits, as COSE labels and algorithms do.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self.value {
            ItemValue::Unsigned(n) => integer(false, n),
            ItemValue::Negative(n) => integer(true, n),
            _ => None,
        }
    }

    /// Returns the content, if this is a byte string.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.value {
            ItemValue::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the content, if this is a byte string of definite length; it borrows from the input.
    #[must_use]
    pub const fn as_whole_bytes(&self) -> Option<&'a [u8]> {
        match &self.value {
            ItemValue::Bytes(Cow::Borrowed(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the content, if this is a text string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            ItemValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the truth value, if this is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.value {
            ItemValue::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.value, ItemValue::Null)
    }

    /// Returns the members, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Item<'a>]> {
        match &self.value {
            ItemValue::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the pairs in received order, if this is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&[(Item<'a>, Item<'a>)]> {
        match &self.value {
            ItemValue::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// Returns the tag's number and content, if this is tagged.
    #[must_use]
    pub fn as_tag(&self) -> Option<(u64, &Item<'a>)> {
        match &self.value {
            ItemValue::Tag(tag, content) => Some((*tag, content)),
            _ => None,
        }
    }

    /// Returns the value under a text key, if this is a map that has it.
    #[must_use]
    pub fn get_text(&self, key: &str) -> Option<&Item<'a>> {
        let pair = |(k, v)| (Item::as_text(k) == Some(key)).then_some(v);
        self.as_map()?.iter().map(|(k, v)| (k, v)).find_map(pair)
    }

    /// Returns the value under an integer key, if this is a map that has it.
    #[must_use]
    pub fn get_integer(&self, key: i64) -> Option<&Item<'a>> {
        let pair = |(k, v)| (Item::as_integer(k) == Some(key)).then_some(v);
        self.as_map()?.iter().map(|(k, v)| (k, v)).find_map(pair)
    }

    /// Returns the bytes inside `#6.24(bstr)`, if this is embedded CBOR (RFC 8949, 3.4.5.1); digests are over [`Item::raw`].
    #[must_use]
    pub fn as_encoded_cbor(&self) -> Option<&[u8]> {
        match self.as_tag()? {
            (TAG_ENCODED_CBOR, content) => content.as_bytes(),
            _ => None,
        }
    }

    /// Returns the day, if this is `full-date` (tag 1004).
    #[must_use]
    pub fn as_date(&self) -> Option<Date> {
        match self.as_tag()? {
            (TAG_DATE, content) => Date::parse(content.as_text()?),
            _ => None,
        }
    }

    /// Returns the time, if this is `tdate` (tag 0).
    #[must_use]
    pub fn as_tdate(&self) -> Option<Timestamp> {
        match self.as_tag()? {
            (TAG_TDATE, content) => Timestamp::parse_tdate(content.as_text()?),
            _ => None,
        }
    }

    /// Returns the time, if this is tag 0 with any form that RFC 3339 allows; see [`Timestamp::parse_rfc3339`].
    #[must_use]
    pub fn as_time(&self) -> Option<Timestamp> {
        match self.as_tag()? {
            (TAG_TDATE, content) => Timestamp::parse_rfc3339(content.as_text()?),
            _ => None,
        }
    }

    /// Returns an owned copy without the received bytes.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.value {
            ItemValue::Unsigned(n) => Value::Unsigned(*n),
            ItemValue::Negative(n) => Value::Negative(*n),
            ItemValue::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
            ItemValue::Text(text) => Value::Text(text.to_string()),
            ItemValue::Array(items) => Value::Array(items.iter().map(Item::to_value).collect()),
            ItemValue::Map(pairs) => {
                Value::Map(pairs.iter().map(|(key, value)| (key.to_value(), value.to_value())).collect())
            }
            ItemValue::Tag(tag, content) => Value::Tag(*tag, Box::new(content.to_value())),
            ItemValue::Bool(b) => Value::Bool(*b),
            ItemValue::Null => Value::Null,
            ItemValue::Undefined => Value::Undefined,
            ItemValue::Simple(n) => Value::Simple(*n),
            ItemValue::Float(x) => Value::Float(*x),
        }
    }
}
