//! Maps each byte of a presentation to the name of the part that it belongs to.

use std::ops::Range;

use cbor::{Item, ItemValue, decode_foreign};

/// A range of bytes and its name, such as `documents.0.issuerSigned.issuerAuth.1`.
struct Place {
    bytes: Range<usize>,
    name: String,
}

/// The places in one encoded item, including those in byte strings with CBOR.
pub struct Places {
    places: Vec<Place>,
}

impl Places {
    /// Finds the places in an Envelope or a DeviceResponse; none if it cannot be decoded.
    pub fn of(bytes: &[u8]) -> Self {
        let mut places = Self { places: Vec::new() };
        if let Ok(item) = decode_foreign(bytes) {
            places.walk(bytes, &item, "");
        }
        places
    }

    /// Returns the innermost place that contains the byte at `offset`.
    pub fn name(&self, offset: usize) -> &str {
        let mut found = self.places.iter().filter(|place| place.bytes.contains(&offset));
        // Inner places come after outer ones.
        found.next_back().map_or("the end", |place| &place.name)
    }

    fn note(&mut self, whole: &[u8], part: &[u8], name: &str) {
        // Parsed items borrow from the input, so their positions are differences of addresses.
        let start = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        if start < whole.len() {
            self.places.push(Place { bytes: start..start + part.len(), name: name.to_owned() });
        }
    }

    fn walk(&mut self, whole: &[u8], item: &Item<'_>, name: &str) {
        self.note(whole, item.raw(), if name.is_empty() { "the outermost head" } else { name });
        let inside = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
        match item.value() {
            ItemValue::Array(items) => {
                for (index, member) in items.iter().enumerate() {
                    self.walk(whole, member, &inside(&index.to_string()));
                }
            }
            ItemValue::Map(pairs) => {
                for (key, value) in pairs {
                    let part = match key.value() {
                        ItemValue::Text(text) => text.to_string(),
                        _ => key.as_integer().map_or_else(|| "?".to_owned(), |number| number.to_string()),
                    };
                    self.note(whole, key.raw(), &format!("{} (key)", inside(&part)));
                    self.walk(whole, value, &inside(&part));
                }
            }
            ItemValue::Tag(_, content) => self.walk(whole, content, name),
            // Many contain CBOR: Info, DeviceResponse, tag 24. A value that happens to be valid CBOR gets finer names
            // than needed.
            ItemValue::Bytes(_) => {
                let content = item.as_whole_bytes().filter(|content| content.len() > 1);
                if let Some(inner) = content.and_then(|content| decode_foreign(content).ok())
                    && inner.as_array().is_some() | inner.as_map().is_some() | inner.as_tag().is_some()
                {
                    self.walk(whole, &inner, if name.is_empty() { "content" } else { name });
                }
            }
            _ => {}
        }
    }
}
