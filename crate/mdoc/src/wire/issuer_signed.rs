//! `IssuerSigned`: the elements that are shown and the issuer's signature over their digests
//! (ISO/IEC 18013-5, 8.3.2.1.2.2).
//!
//! ```text
//! IssuerSigned     = {? "nameSpaces": {+ns => [+ #6.24(bstr .cbor IssuerSignedItem)]}, "issuerAuth": COSE_Sign1}
//! IssuerSignedItem = {"digestID": uint, "random": bstr, "elementIdentifier": tstr, "elementValue": any}
//! ```
//! Received bytes are kept: a digest is over the whole `IssuerSignedItemBytes`, tag and head
//! included, and never over bytes encoded again.

use std::collections::BTreeSet;

use crate::wire::digest::DigestAlgorithm;
use crate::wire::element_name::ElementName;
use crate::wire::error::ProfileError;
use crate::wire::mso::{MobileSecurityObject, decode_digest_id};
use cbor::cose::{CoseError, CoseSign1};
use cbor::{Item, Value};

/// The shortest salt (`random`), in bytes.
pub const MIN_RANDOM: usize = 16;

/// One element as received, with its bytes, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuerSignedItem {
    bytes: Vec<u8>,
    digest_id: u32,
    element_identifier: String,
    element_value: Value,
}

impl IssuerSignedItem {
    /// Decodes one `IssuerSignedItemBytes` of a namespace.
    fn decode(item: &Item<'_>, namespace: &str) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("IssuerSignedItem");
        let inner = item.as_encoded_cbor().ok_or(ProfileError::Shape("IssuerSignedItemBytes"))?;
        let map = cbor::decode_foreign(inner)?;
        let field = |key: &str| map.get_text(key).ok_or(WHERE);
        let element_identifier = field("elementIdentifier")?.as_text().ok_or(WHERE)?;
        if field("random")?.as_bytes().ok_or(WHERE)?.len() < MIN_RANDOM {
            let name = ElementName::new(namespace, element_identifier);
            return Err(ProfileError::RandomShort(name));
        }
        Ok(Self {
            bytes: item.raw().to_vec(),
            digest_id: decode_digest_id(field("digestID")?, namespace)?,
            element_identifier: element_identifier.to_owned(),
            element_value: field("elementValue")?.to_value(),
        })
    }

    /// Encodes an element for a new credential.
    #[cfg(feature = "issue")]
    pub(crate) fn make(digest_id: u32, random: &[u8], identifier: &str, value: Value) -> Self {
        let map = Value::map([
            ("digestID", Value::Unsigned(u64::from(digest_id))),
            ("random", Value::bytes(random)),
            ("elementIdentifier", Value::text(identifier)),
            ("elementValue", value.clone()),
        ]);
        Self {
            bytes: cbor::encode(&Value::encoded_cbor(cbor::encode(&map))),
            digest_id,
            element_identifier: identifier.to_owned(),
            element_value: value,
        }
    }

    /// Returns the received `IssuerSignedItemBytes`, tag and head included.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the digest of [`IssuerSignedItem::bytes`], by the MSO's algorithm.
    pub fn digest(&self, algorithm: DigestAlgorithm) -> Vec<u8> {
        algorithm.digest(&self.bytes)
    }

    /// Returns its digestID, unique within the namespace.
    pub const fn digest_id(&self) -> u32 {
        self.digest_id
    }

    /// Returns the element's name.
    pub fn element_identifier(&self) -> &str {
        &self.element_identifier
    }

    pub(crate) const fn element_value(&self) -> &Value {
        &self.element_value
    }
}

/// A decoded IssuerSigned, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuerSigned {
    name_spaces: Vec<(String, Vec<IssuerSignedItem>)>,
    issuer_auth: CoseSign1,
    issuer_auth_bytes: Vec<u8>,
    mso: MobileSecurityObject,
}

impl IssuerSigned {
    /// Decodes an encoded IssuerSigned.
    ///
    /// # Errors
    /// A CBOR or COSE code, `profile-shape`, `digest-id`, `random-short`, `duplicate-element`, or
    /// what [`MobileSecurityObject::decode`] refuses.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProfileError> {
        Self::from_item(&cbor::decode_foreign(bytes)?)
    }

    /// Reads an IssuerSigned that is part of a larger structure.
    pub(crate) fn from_item(item: &Item<'_>) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("IssuerSigned");
        item.as_map().ok_or(WHERE)?;
        let issuer_auth_item = item.get_text("issuerAuth").ok_or(WHERE)?;
        let issuer_auth = CoseSign1::from_item(issuer_auth_item).map_err(ProfileError::Cose)?;
        let payload = issuer_auth.payload().ok_or(ProfileError::Cose(CoseError::Payload))?;
        let mso = MobileSecurityObject::decode(payload)?;
        let name_spaces = match item.get_text("nameSpaces") {
            Some(map) => decode_name_spaces(map)?,
            None => Vec::new(),
        };
        Ok(Self { name_spaces, issuer_auth_bytes: issuer_auth_item.raw().to_vec(), issuer_auth, mso })
    }

    /// Returns the namespaces and their elements, in received order.
    pub fn name_spaces(&self) -> &[(String, Vec<IssuerSignedItem>)] {
        &self.name_spaces
    }

    /// Returns the issuer's signature.
    pub const fn issuer_auth(&self) -> &CoseSign1 {
        &self.issuer_auth
    }

    /// Returns the MSO as claimed; only [`MsoSigned`](crate::proof::MsoSigned) proves it.
    pub(crate) const fn mso(&self) -> &MobileSecurityObject {
        &self.mso
    }

    /// Encodes some of the elements with the received signature.
    #[cfg(feature = "rustcrypto")]
    pub(crate) fn encode_selected(&self, wanted: &dyn Fn(&str, &IssuerSignedItem) -> bool) -> Vec<u8> {
        let mut name_spaces = Vec::new();
        for (namespace, items) in &self.name_spaces {
            let items: Vec<&[u8]> =
                items.iter().filter(|item| wanted(namespace, item)).map(IssuerSignedItem::bytes).collect();
            if !items.is_empty() {
                name_spaces.push((namespace.as_str(), items));
            }
        }
        encode(&name_spaces, &self.issuer_auth_bytes)
    }
}

/// Encodes an IssuerSigned from its received parts, deterministic but for those parts.
#[cfg(feature = "rustcrypto")]
pub(crate) fn encode(name_spaces: &[(&str, Vec<&[u8]>)], issuer_auth: &[u8]) -> Vec<u8> {
    use crate::wire::write::{ARRAY, MAP, head, text};
    let mut out = Vec::new();
    let mut sorted: Vec<_> = name_spaces.iter().collect();
    sorted.sort_by_key(|(namespace, _)| text(namespace));
    head(&mut out, MAP, if sorted.is_empty() { 1 } else { 2 });
    out.extend(text("issuerAuth"));
    out.extend_from_slice(issuer_auth);
    if !sorted.is_empty() {
        out.extend(text("nameSpaces"));
        head(&mut out, MAP, sorted.len());
        for (namespace, items) in sorted {
            out.extend(text(namespace));
            head(&mut out, ARRAY, items.len());
            items.iter().for_each(|item| out.extend_from_slice(item));
        }
    }
    out
}

fn decode_name_spaces(map: &Item<'_>) -> Result<Vec<(String, Vec<IssuerSignedItem>)>, ProfileError> {
    const WHERE: ProfileError = ProfileError::Shape("nameSpaces");
    let mut name_spaces = Vec::new();
    for (namespace, items) in map.as_map().ok_or(WHERE)? {
        let namespace = namespace.as_text().ok_or(WHERE)?;
        let mut ids = BTreeSet::new();
        let mut identifiers = BTreeSet::new();
        let mut decoded = Vec::new();
        let items = items.as_array().filter(|items| !items.is_empty()).ok_or(WHERE)?;
        for item in items {
            let item = IssuerSignedItem::decode(item, namespace)?;
            // One element, one digest: two of either let a reader and a checker see different ones.
            if !identifiers.insert(item.element_identifier.clone()) {
                let name = ElementName::new(namespace, &item.element_identifier);
                return Err(ProfileError::DuplicateElement(name));
            }
            if !ids.insert(item.digest_id) {
                return Err(ProfileError::DigestId(namespace.to_owned()));
            }
            decoded.push(item);
        }
        name_spaces.push((namespace.to_owned(), decoded));
    }
    Ok(name_spaces)
}
