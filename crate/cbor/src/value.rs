//! Owned values: for writing, and for elements after they are verified.

use crate::time::{Date, Timestamp};

/// Tag of an RFC 3339 date and time (`tdate`).
pub const TAG_TDATE: u64 = 0;
/// Tag of embedded CBOR.
pub const TAG_ENCODED_CBOR: u64 = 24;
/// Tag of a calendar day (`full-date`, RFC 8943).
pub const TAG_DATE: u64 = 1004;

/// A CBOR value that owns its content and does not keep received bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An unsigned integer.
    Unsigned(u64),
    /// The negative integer -1 - n.
    Negative(u64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map; [`encode`](super::encode) sorts it. Keys should be different integers, texts or byte strings: readers refuse
    /// others.
    Map(Map),
    /// A tag and its content.
    Tag(u64, Box<Value>),
    /// `false` or `true`.
    Bool(bool),
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
    /// Another simple value, 0 to 19 or 32 to 255.
    Simple(u8),
    /// A floating-point number; written in the shortest form that keeps it.
    Float(f64),
}

/// The pairs of a map.
pub type Map = Vec<(Value, Value)>;

impl Value {
    /// Creates a text string.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Creates a byte string.
    #[must_use]
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(bytes.into())
    }

    /// Creates an integer of either sign.
    #[must_use]
    pub fn integer(number: i64) -> Self {
        match u64::try_from(number) {
            Ok(n) => Self::Unsigned(n),
            Err(_) => Self::Negative(number.unsigned_abs() - 1),
        }
    }

    /// Creates an array.
    #[must_use]
    pub fn array(items: impl IntoIterator<Item = Value>) -> Self {
        Self::Array(items.into_iter().collect())
    }

    /// Creates a map with text keys.
    #[must_use]
    pub fn map<K: Into<String>>(pairs: impl IntoIterator<Item = (K, Value)>) -> Self {
        let pairs = pairs.into_iter();
        Self::Map(pairs.map(|(k, v)| (Self::text(k), v)).collect())
    }

    /// Creates a map with integer keys, as in COSE.
    #[must_use]
    pub fn integer_map(pairs: impl IntoIterator<Item = (i64, Value)>) -> Self {
        let pairs = pairs.into_iter();
        Self::Map(pairs.map(|(k, v)| (Self::integer(k), v)).collect())
    }

    /// Creates a tagged value.
    #[must_use]
    pub fn tagged(tag: u64, content: Value) -> Self {
        Self::Tag(tag, Box::new(content))
    }

    /// Creates `#6.24(bstr)`: CBOR inside a byte string.
    #[must_use]
    pub fn encoded_cbor(bytes: impl Into<Vec<u8>>) -> Self {
        Self::tagged(TAG_ENCODED_CBOR, Self::bytes(bytes))
    }

    /// Creates a calendar day (tag 1004).
    #[must_use]
    pub fn date(date: Date) -> Self {
        Self::tagged(TAG_DATE, Self::text(date.to_string()))
    }

    /// Creates a time (tag 0).
    #[must_use]
    pub fn tdate(moment: Timestamp) -> Self {
        Self::tagged(TAG_TDATE, Self::text(moment.format_tdate()))
    }

    /// Returns the number, if this is an unsigned integer.
    #[must_use]
    pub const fn as_unsigned(&self) -> Option<u64> {
        match self {
            Self::Unsigned(n) => Some(*n),
            _ => None,
        }
    }

    /// Returns the number, if this is an integer that fits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Unsigned(n) => integer(false, *n),
            Self::Negative(n) => integer(true, *n),
            _ => None,
        }
    }

    /// Returns the content, if this is a byte string.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the content, if this is a text string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the truth value, if this is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the members, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the pairs, if this is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&[(Value, Value)]> {
        match self {
            Self::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// Returns the tag's number and content, if this is tagged.
    #[must_use]
    pub fn as_tag(&self) -> Option<(u64, &Value)> {
        match self {
            Self::Tag(tag, content) => Some((*tag, content)),
            _ => None,
        }
    }

    /// Returns the value under a text key, if this is a map that has it.
    #[must_use]
    pub fn get_text(&self, key: &str) -> Option<&Value> {
        let mut pairs = self.as_map()?.iter();
        pairs.find_map(|(k, v)| (k.as_text() == Some(key)).then_some(v))
    }

    /// Returns the value under an integer key, if this is a map that has it.
    #[must_use]
    pub fn get_integer(&self, key: i64) -> Option<&Value> {
        let mut pairs = self.as_map()?.iter();
        pairs.find_map(|(k, v)| (k.as_integer() == Some(key)).then_some(v))
    }

    /// Returns the bytes inside `#6.24(bstr)`.
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
}

/// Returns the integer `n` (major type 0) or -1 - `n` (major type 1), if it fits.
pub(crate) fn integer(negative: bool, n: u64) -> Option<i64> {
    let n = i64::try_from(n).ok()?;
    Some(if negative { -1 - n } else { n })
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Unsigned(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::date(date)
    }
}

impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::tdate(moment)
    }
}
