//! Distinguished names, compared as RFC 5280, 7.1 asks.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag, Tagged as _};

use super::encode::{length_first, oid, tlv};
use super::error::CertificateError;
use super::oid::ids;
use super::place::Place;

/// A distinguished name as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    raw: Vec<u8>,
    /// Type and text; `None` for a string type that is not supported.
    attributes: Vec<(ObjectIdentifier, Option<String>)>,
    /// The same bytes for every name that matches.
    prepared: Vec<u8>,
}

impl Name {
    /// Reads an `RDNSequence`.
    pub(super) fn decode(raw: &[u8]) -> Result<Self, CertificateError> {
        let (mut attributes, mut prepared) = (Vec::new(), Vec::new());
        let mut reader = SliceReader::new(raw)?;
        reader.sequence(|names| {
            while !names.is_finished() {
                let set = AnyRef::decode(names)?;
                set.tag().assert_eq(Tag::Set)?;
                let mut pairs = SliceReader::new(set.value())?;
                let mut of_set = Vec::new();
                while !pairs.is_finished() {
                    let (kind, value) = pairs.sequence(|pair| {
                        Ok::<_, der::Error>((ObjectIdentifier::decode(pair)?, AnyRef::decode(pair)?))
                    })?;
                    attributes.push((kind, text(value)));
                    of_set.push(prepare(kind, value));
                }
                // the order of a set is that of its encoding, which depends on the string types
                of_set.sort_unstable();
                prepared.extend(length_first(&of_set.concat()));
            }
            Ok::<_, der::Error>(())
        })?;
        reader.finish()?;
        Ok(Self { raw: raw.to_vec(), attributes, prepared })
    }

    /// Creates a name of a country, an optional province and a common name, in that order.
    #[must_use]
    pub fn new(country: &str, state_or_province: Option<&str>, common_name: &str) -> Self {
        let state = state_or_province.map(|state| (ids::STATE_OR_PROVINCE, state));
        let mut attributes = vec![(ids::COUNTRY, country)];
        attributes.extend(state);
        attributes.push((ids::COMMON_NAME, common_name));
        Self::from_attributes(&attributes)
    }

    /// Creates a name of any attributes in any order: the country as `PrintableString`, all others as `UTF8String`.
    #[must_use]
    pub fn from_attributes(attributes: &[(ObjectIdentifier, &str)]) -> Self {
        let tagged = |(kind, text): &(ObjectIdentifier, &str)| {
            let tag = if *kind == ids::COUNTRY { Tag::PrintableString } else { Tag::Utf8String };
            (*kind, tag, (*text).to_owned())
        };
        Self::encode(&attributes.iter().map(tagged).collect::<Vec<_>>())
    }

    /// Creates a name of attributes in these string types, which can hold the text as UTF-8.
    pub(super) fn encode(tagged: &[(ObjectIdentifier, Tag, String)]) -> Self {
        let (mut names, mut attributes, mut prepared) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, tag, string) in tagged {
            if let Ok(value) = AnyRef::new(*tag, string.as_bytes()) {
                let pair = [oid(*kind), value.to_der().unwrap_or_default()].concat();
                names.extend(tlv(0x31, &tlv(0x30, &pair)));
                attributes.push((*kind, text(value)));
                prepared.extend(length_first(&prepare(*kind, value)));
            }
        }
        Self { raw: tlv(0x30, &names), attributes, prepared }
    }

    /// Returns whether two names are the same: attribute by attribute in the same order, texts in `PrintableString` or
    /// `UTF8String` without regard to their type, to the case of their letters and to the width of white space (RFC 5280, 7.1),
    /// all other values by their encoding.
    ///
    /// Letters are folded one by one and not normalised: two texts with other code points are different.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.prepared == other.prepared
    }

    /// Returns the encoded name.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Returns the country, if there is exactly one.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        self.only(ids::COUNTRY)
    }

    /// Returns the state or province, if there is exactly one.
    #[must_use]
    pub fn state_or_province(&self) -> Option<&str> {
        self.only(ids::STATE_OR_PROVINCE)
    }

    /// Returns the common name, if there is exactly one.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.only(ids::COMMON_NAME)
    }

    /// Returns the organisation, if there is exactly one.
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        self.only(ids::ORGANIZATION)
    }

    /// Returns the country as a place that can be compared.
    #[must_use]
    pub fn country_place(&self) -> Place<'_> {
        self.place(ids::COUNTRY)
    }

    /// Returns the state or province as a place that can be compared.
    #[must_use]
    pub fn state_place(&self) -> Place<'_> {
        self.place(ids::STATE_OR_PROVINCE)
    }

    fn place(&self, kind: ObjectIdentifier) -> Place<'_> {
        match self.only(kind) {
            Some(text) => Place::Text(text),
            None if self.attributes.iter().any(|(k, _)| *k == kind) => Place::Unreadable,
            None => Place::Absent,
        }
    }

    fn only(&self, kind: ObjectIdentifier) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|(k, _)| *k == kind);
        match (found.next(), found.next()) {
            (Some((_, text)), None) => text.as_deref(),
            _ => None,
        }
    }
}

/// Returns an attribute in the form in which names are compared: its type, the tag of its value, and its value.
fn prepare(kind: ObjectIdentifier, value: AnyRef<'_>) -> Vec<u8> {
    let folds = matches!(value.tag(), Tag::PrintableString | Tag::Utf8String);
    let folded = text(value).filter(|_| folds).map(|text| folded(&text).into_bytes());
    let tag = if folded.is_some() { Tag::Utf8String } else { value.tag() };
    let content = folded.unwrap_or_else(|| value.value().to_vec());
    [length_first(kind.as_bytes()), tag.to_der().unwrap_or_default(), length_first(&content)].concat()
}

/// Returns a text in small letters, without white space around it, and with one space for all white space in it.
fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

fn text(value: AnyRef<'_>) -> Option<String> {
    match value.tag() {
        Tag::PrintableString | Tag::Utf8String | Tag::Ia5String => {
            core::str::from_utf8(value.value()).ok().map(str::to_owned)
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    fn common(tag: Tag, text: &str) -> Name {
        Name::encode(&[
            (ids::COUNTRY, Tag::PrintableString, "UT".to_owned()),
            (ids::COMMON_NAME, tag, text.to_owned()),
        ])
    }

    #[test]
    fn a_name_is_the_same_in_other_string_types_letters_and_spaces() {
        let name = common(Tag::Utf8String, "Example IACA");
        for other in ["Example IACA", "EXAMPLE iaca", "  Example \t IACA "] {
            for tag in [Tag::Utf8String, Tag::PrintableString] {
                let other = common(tag, other);
                assert!(name.matches(&other) && other.matches(&name), "{other:?}");
                // as received, too
                assert!(name.matches(&Name::decode(other.raw()).unwrap()));
            }
        }
        assert!(common(Tag::Utf8String, "Österreich").matches(&common(Tag::Utf8String, "ÖSTERREICH")));
    }

    #[test]
    fn a_name_that_looks_like_another_is_another() {
        let name = common(Tag::Utf8String, "Example IACA");
        for other in ["ExampleIACA", "Ехample IACA", "Example IACA 2", "Example\u{200b} IACA", ""] {
            assert!(!name.matches(&common(Tag::Utf8String, other)), "{other}");
        }
        // of other string types the bytes count
        assert!(!name.matches(&common(Tag::Ia5String, "Example IACA")));
        assert!(!common(Tag::Ia5String, "a").matches(&common(Tag::Ia5String, "A")));
        let attribute = |kind, text: &str| (kind, Tag::Utf8String, text.to_owned());
        let (country, common) = (attribute(ids::COUNTRY, "UT"), attribute(ids::COMMON_NAME, "Example IACA"));
        let further = attribute(ids::ORGANIZATION, "Example IACA");
        let name = Name::encode(&[country.clone(), common.clone()]);
        for other in [
            &[common.clone(), country.clone()][..],
            std::slice::from_ref(&country),
            &[country.clone(), further],
        ] {
            assert!(!name.matches(&Name::encode(other)), "{other:?}");
        }
    }

    #[test]
    fn a_set_of_attributes_has_no_order_and_is_not_a_sequence() {
        let pair = |kind, text: &str| tlv(0x30, &[oid(kind), tlv(0x0c, text.as_bytes())].concat());
        let (one, two) = (pair(ids::COUNTRY, "UT"), pair(ids::COMMON_NAME, "x"));
        let set = |parts: &[&[u8]]| tlv(0x31, &parts.concat());
        let name = |sets: &[Vec<u8>]| Name::decode(&tlv(0x30, &sets.concat())).unwrap();
        assert!(name(&[set(&[&one, &two])]).matches(&name(&[set(&[&two, &one])])));
        assert!(!name(&[set(&[&one, &two])]).matches(&name(&[set(&[&one]), set(&[&two])])));
    }
}
