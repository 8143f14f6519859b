//! Distinguished names, compared by their encoding.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

use super::encode::{oid, tlv};
use super::error::CertificateError;
use super::oid::ids;
use super::place::Place;

/// A distinguished name as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    raw: Vec<u8>,
    /// Type and text; `None` for a string type that is not supported.
    attributes: Vec<(ObjectIdentifier, Option<String>)>,
}

impl Name {
    /// Reads an `RDNSequence`.
    pub(super) fn decode(raw: &[u8]) -> Result<Self, CertificateError> {
        let mut attributes = Vec::new();
        let mut reader = SliceReader::new(raw)?;
        reader.sequence(|names| {
            while !names.is_finished() {
                let set = AnyRef::decode(names)?;
                set.tag().assert_eq(Tag::Set)?;
                let mut pairs = SliceReader::new(set.value())?;
                while !pairs.is_finished() {
                    attributes.push(pairs.sequence(|pair| {
                        let kind = ObjectIdentifier::decode(pair)?;
                        Ok::<_, der::Error>((kind, text(AnyRef::decode(pair)?)))
                    })?);
                }
            }
            Ok::<_, der::Error>(())
        })?;
        reader.finish()?;
        Ok(Self { raw: raw.to_vec(), attributes })
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
        let mut names = Vec::new();
        for (kind, text) in attributes {
            let tag = if *kind == ids::COUNTRY { 0x13 } else { 0x0c };
            let pair = [oid(*kind), tlv(tag, text.as_bytes())].concat();
            names.extend(tlv(0x31, &tlv(0x30, &pair)));
        }
        let owned = |(kind, text): &(ObjectIdentifier, &str)| (*kind, Some((*text).to_owned()));
        Self { raw: tlv(0x30, &names), attributes: attributes.iter().map(owned).collect() }
    }

    /// Returns the encoded name; names are equal if these bytes are.
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

fn text(value: AnyRef<'_>) -> Option<String> {
    match value.tag() {
        Tag::PrintableString | Tag::Utf8String | Tag::Ia5String => {
            core::str::from_utf8(value.value()).ok().map(str::to_owned)
        }
        _ => None,
    }
}
