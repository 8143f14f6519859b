//! Extensions, as received and as the profile requires them.

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef};
use der::{Decode as _, Reader as _, SliceReader, Tagged as _};

use super::encode::{oid, tlv};
use super::oid::ids;

/// One extension; the value is the content of its OCTET STRING.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The identifier of the extension.
    pub id: ObjectIdentifier,
    /// Whether it is critical.
    pub critical: bool,
    /// The encoded value.
    pub value: Vec<u8>,
}

/// `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }`.
pub(super) struct BasicConstraints {
    pub(super) is_ca: bool,
    pub(super) path_length: Option<u32>,
}

// Context tags of GeneralName (RFC 5280, 4.2.1.6).
const EMAIL: u8 = 0x81;
const DNS: u8 = 0x82;
const URI: u8 = 0x86;

impl Extension {
    /// Creates an extension of any content.
    #[must_use]
    pub fn new(id: ObjectIdentifier, critical: bool, value: impl Into<Vec<u8>>) -> Self {
        Self { id, critical, value: value.into() }
    }

    /// Creates a critical key usage; bit 0 is digitalSignature, 5 keyCertSign, 6 cRLSign.
    #[must_use]
    pub fn key_usage(bits: &[u8]) -> Self {
        let byte = bits.iter().filter(|b| **b < 8).fold(0u8, |sum, bit| sum | (0x80 >> bit));
        let unused = u8::try_from(byte.trailing_zeros().min(7)).unwrap_or(0);
        Self::new(ids::KEY_USAGE, true, tlv(0x03, &[unused, byte]))
    }

    /// Creates critical basic constraints: a CA that signs end entities only.
    #[must_use]
    pub fn ca_without_sub_ca() -> Self {
        Self::new(ids::BASIC_CONSTRAINTS, true, CA_WITHOUT_SUB_CA)
    }

    /// Creates a critical extended key usage.
    #[must_use]
    pub fn extended_key_usage(purposes: &[ObjectIdentifier]) -> Self {
        let list: Vec<u8> = purposes.iter().flat_map(|p| oid(*p)).collect();
        Self::new(ids::EXTENDED_KEY_USAGE, true, tlv(0x30, &list))
    }

    /// Creates the identifier of the certificate's own key.
    #[must_use]
    pub fn subject_key_identifier(identifier: &[u8]) -> Self {
        Self::new(ids::SUBJECT_KEY_IDENTIFIER, false, tlv(0x04, identifier))
    }

    /// Creates the identifier of the issuer's key.
    #[must_use]
    pub fn authority_key_identifier(identifier: &[u8]) -> Self {
        let value = tlv(0x30, &tlv(0x80, identifier));
        Self::new(ids::AUTHORITY_KEY_IDENTIFIER, false, value)
    }

    /// Creates the issuer's contact: a URI if the text contains `//`, otherwise an email address.
    #[must_use]
    pub fn issuer_alt_name(contact: &str) -> Self {
        let tag = if contact.contains("//") { URI } else { EMAIL };
        let value = tlv(0x30, &tlv(tag, contact.as_bytes()));
        Self::new(ids::ISSUER_ALT_NAME, false, value)
    }

    /// Creates the CRL distribution point.
    #[must_use]
    pub fn crl_distribution_point(uri: &str) -> Self {
        let full_name = tlv(0xa0, &tlv(0xa0, &tlv(URI, uri.as_bytes())));
        let value = tlv(0x30, &tlv(0x30, &full_name));
        Self::new(ids::CRL_DISTRIBUTION_POINTS, false, value)
    }

    /// Returns the extension in DER.
    #[cfg(feature = "issue")]
    pub(super) fn to_der(&self) -> Vec<u8> {
        let critical = if self.critical { &[0x01, 0x01, 0xff][..] } else { &[] };
        tlv(0x30, &[&oid(self.id), critical, &tlv(0x04, &self.value)].concat())
    }

    /// Returns the basic constraints, if this is such an extension.
    pub(super) fn basic_constraints(&self) -> Option<BasicConstraints> {
        let whole = AnyRef::from_der(&self.value).ok()?;
        whole.tag().assert_eq(der::Tag::Sequence).ok()?;
        let mut parts = SliceReader::new(whole.value()).ok()?;
        let is_ca = parts.peek_byte() == Some(0x01) && bool::decode(&mut parts).ok()?;
        let path_length = if parts.is_finished() { None } else { Some(u32::decode(&mut parts).ok()?) };
        parts.finish().ok()?;
        Some(BasicConstraints { is_ca, path_length })
    }

    /// Returns the named bits, first bit 0, if this is a key usage of at most 16 bits.
    pub(super) fn key_usage_bits(&self) -> Option<u16> {
        let bits = BitStringRef::from_der(&self.value).ok()?;
        match *bits.raw_bytes() {
            [first] => Some(u16::from_be_bytes([first, 0])),
            [first, second] => Some(u16::from_be_bytes([first, second])),
            _ => None,
        }
    }

    /// Returns the purposes, if this is an extended key usage.
    pub(super) fn purposes(&self) -> Option<Vec<ObjectIdentifier>> {
        let mut purposes = Vec::new();
        let mut reader = SliceReader::new(&self.value).ok()?;
        let read = reader.sequence(|list| {
            while !list.is_finished() {
                purposes.push(ObjectIdentifier::decode(list)?);
            }
            Ok::<_, der::Error>(())
        });
        read.and_then(|()| reader.finish()).ok()?;
        Some(purposes)
    }

    /// Returns the content of an OCTET STRING, if the value is one.
    pub(super) fn octets(&self) -> Option<&[u8]> {
        <&OctetStringRef>::from_der(&self.value).ok().map(OctetStringRef::as_bytes)
    }

    /// Returns the key identifier of an authority key identifier (context tag 0).
    pub(super) fn authority_key(&self) -> Option<&[u8]> {
        members(&self.value)?.into_iter().find(|m| m.tag == 0x80).map(|m| m.content)
    }

    /// Returns whether this is a list of names with an email address or a URI among them.
    pub(super) fn has_contact(&self) -> bool {
        let contact = |m: &Member<'_>| matches!(m.tag, EMAIL | URI) && !m.content.is_empty();
        members(&self.value).is_some_and(|names| names.iter().any(contact))
    }

    /// Returns whether every distribution point has a full name with a URI (or, as in Annex D, a host) and nothing else.
    pub(super) fn has_crl_points(&self) -> bool {
        members(&self.value).is_some_and(|points| !points.is_empty() && points.iter().all(is_crl_point))
    }

    /// Returns whether one of the distribution points does; others may name an entry of a directory.
    pub(super) fn has_crl_point(&self) -> bool {
        members(&self.value).is_some_and(|points| points.iter().any(is_crl_point))
    }
}

/// `DistributionPoint { [0] { [0] GeneralNames } }`, without reasons or another issuer, with a URI or a host.
fn is_crl_point(point: &Member<'_>) -> bool {
    let host = |m: &Member<'_>| matches!(m.tag, URI | DNS) && !m.content.is_empty();
    let read = || -> Option<bool> {
        let [place] = list(point.content)?.try_into().ok()?;
        let [full_name] = list(place.content)?.try_into().ok()?;
        let names = list(full_name.content)?;
        Some(point.tag == 0x30 && place.tag == 0xa0 && full_name.tag == 0xa0 && names.iter().any(host))
    };
    read() == Some(true)
}

/// `SEQUENCE { BOOLEAN TRUE, INTEGER 0 }`.
const CA_WITHOUT_SUB_CA: [u8; 8] = [0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00];

/// A member of a constructed value: its first tag byte and its content.
struct Member<'a> {
    tag: u8,
    content: &'a [u8],
}

/// Returns the members of one SEQUENCE that fills `der`.
fn members(der: &[u8]) -> Option<Vec<Member<'_>>> {
    let whole = AnyRef::from_der(der).ok()?;
    whole.tag().assert_eq(der::Tag::Sequence).ok()?;
    list(whole.value())
}

/// Returns the members in the content of a constructed value.
fn list(content: &[u8]) -> Option<Vec<Member<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut members = Vec::new();
    while let Some(tag) = reader.peek_byte() {
        let member = AnyRef::decode(&mut reader).ok()?;
        members.push(Member { tag, content: member.value() });
    }
    Some(members)
}
