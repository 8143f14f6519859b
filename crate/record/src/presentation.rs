//! The bytes that were presented: which documents are in them, and the same with fewer elements.
//!
//! A presentation that is kept loses `IssuerSignedItem`s and nothing else. `issuerAuth`, the `DeviceSigned` and every item that
//! is left stay byte for byte, so that the signatures of issuer and device verify as before: the issuer's is over digests, and
//! the device's is over the session, the document's type and its own elements.

use cbor::{Item, Value};
use envelope::Envelope;
use licence::Profile;
use mdoc::MobileSecurityObject;
use mdoc::wire::{DeviceResponse, IssuerSigned};

use crate::record::Form;

/// The major type of an array.
const ARRAY: u8 = 4;
/// The major type of a map.
const MAP: u8 = 5;

/// A presentation as received.
#[derive(Debug, Clone, Copy)]
pub struct Presentation<'a> {
    /// How it was received.
    pub form: Form,
    /// The payload of the QR link, deflated or not; a DeviceResponse; or an IssuerSigned.
    pub bytes: &'a [u8],
    /// The encoded SessionTranscript; of a session alone.
    pub transcript: Option<&'a [u8]>,
}

/// A document in a presentation, as claimed.
pub(crate) struct Shown {
    pub(crate) doc_type: String,
    pub(crate) profile: Option<Profile>,
    /// The payload of `issuerAuth`.
    pub(crate) mso: Vec<u8>,
    /// Namespaces, and the elements' names.
    pub(crate) elements: Vec<(String, Vec<String>)>,
}

impl Shown {
    fn of(issuer_signed: &IssuerSigned) -> Option<Self> {
        let payload = issuer_signed.issuer_auth().payload()?;
        let mso = MobileSecurityObject::decode(payload).ok()?;
        let elements = issuer_signed.name_spaces().iter().map(|(namespace, items)| {
            let names = items.iter().map(|item| item.element_identifier().to_owned());
            (namespace.clone(), names.collect())
        });
        Some(Self {
            profile: profile(&mso),
            mso: payload.to_vec(),
            elements: elements.collect(),
            doc_type: mso.doc_type,
        })
    }
}

fn profile(mso: &MobileSecurityObject) -> Option<Profile> {
    Profile::of(&mso.doc_type, mso.value_digests.keys().map(String::as_str))
}

/// Decodes the payload of the QR link, deflated or not.
fn envelope(payload: &[u8]) -> Option<Envelope> {
    Envelope::decode(payload).or_else(|_| Envelope::decode_inflated(payload)).ok()
}

/// What is inside of the received bytes.
enum Inside {
    /// A DeviceResponse in an Envelope, whose Info is kept.
    Enveloped(Envelope),
    Response(Vec<u8>),
    Issuer(Vec<u8>),
}

impl Presentation<'_> {
    fn inside(&self) -> Option<Inside> {
        match self.form {
            Form::OneWay => envelope(self.bytes).map(Inside::Enveloped),
            Form::Session | Form::Answer => Some(Inside::Response(self.bytes.to_vec())),
            Form::IssuerData | Form::Unbound => {
                let item = match cbor::decode_foreign(self.bytes) {
                    Ok(item) if item.as_map().is_some() => item,
                    // Of a code only what the issuer signed was asked.
                    _ => {
                        let envelope = envelope(self.bytes)?;
                        return Some(Inside::Response(envelope.device_response().to_vec()));
                    }
                };
                let inside =
                    if item.get_text("issuerAuth").is_some() { Inside::Issuer } else { Inside::Response };
                Some(inside(self.bytes.to_vec()))
            }
        }
    }

    /// Returns its documents; none if it cannot be decoded.
    pub(crate) fn documents(&self) -> Vec<Shown> {
        let of_response = |bytes: &[u8]| {
            let response = DeviceResponse::decode(bytes).ok()?;
            response.documents().iter().map(|document| Shown::of(document.issuer_signed())).collect()
        };
        let documents = self.inside().and_then(|inside| match inside {
            Inside::Enveloped(envelope) => of_response(envelope.device_response()),
            Inside::Response(bytes) => of_response(&bytes),
            Inside::Issuer(bytes) => Some(vec![Shown::of(&IssuerSigned::decode(&bytes).ok()?)?]),
        });
        documents.unwrap_or_default()
    }

    /// Returns it with the elements that are kept; `None` if none is, or if it cannot be decoded. A one-way presentation is
    /// returned as an Envelope that is not deflated.
    pub fn redacted(&self, keeps: &dyn Fn(Profile, &str, &str) -> bool) -> Option<Vec<u8>> {
        match self.inside()? {
            Inside::Enveloped(envelope) => {
                let response = response(envelope.device_response(), keeps)?;
                let kept = Envelope::new(envelope.info().clone(), response).ok()?;
                // Both are deterministic, so that an Info of a later kind is not turned into another one.
                (kept.info_bytes() == envelope.info_bytes()).then(|| kept.encode_inflated())
            }
            Inside::Response(bytes) => response(&bytes, keeps),
            Inside::Issuer(bytes) => issuer_signed(&cbor::decode_foreign(&bytes).ok()?, keeps),
        }
    }
}

/// Rewrites the `documents` of a DeviceResponse; a document without any element left is left out.
fn response(bytes: &[u8], keeps: &dyn Fn(Profile, &str, &str) -> bool) -> Option<Vec<u8>> {
    // What a verifier refuses is not kept.
    DeviceResponse::decode(bytes).ok()?;
    let response = cbor::decode_foreign(bytes).ok()?;
    let documents = response.get_text("documents")?.as_array()?;
    let kept: Vec<Vec<u8>> = documents
        .iter()
        .filter_map(|document| {
            let issuer_signed = issuer_signed(document.get_text("issuerSigned")?, keeps)?;
            with(document, "issuerSigned", &issuer_signed)
        })
        .collect();
    if kept.is_empty() {
        return None;
    }
    let mut list = head(ARRAY, kept.len());
    kept.iter().for_each(|document| list.extend_from_slice(document));
    with(&response, "documents", &list)
}

/// Rewrites the `nameSpaces` of an IssuerSigned; `None` if no element is left.
fn issuer_signed(item: &Item<'_>, keeps: &dyn Fn(Profile, &str, &str) -> bool) -> Option<Vec<u8>> {
    let decoded = IssuerSigned::decode(item.raw()).ok()?;
    let profile = profile(&MobileSecurityObject::decode(decoded.issuer_auth().payload()?).ok()?)?;
    let kept: Vec<(&str, Vec<&[u8]>)> = decoded
        .name_spaces()
        .iter()
        .map(|(namespace, items)| {
            let items = items.iter().filter(|item| keeps(profile, namespace, item.element_identifier()));
            (namespace.as_str(), items.map(mdoc::wire::IssuerSignedItem::bytes).collect())
        })
        .filter(|(_, items): &(&str, Vec<&[u8]>)| !items.is_empty())
        .collect();
    if kept.is_empty() {
        return None;
    }
    let mut name_spaces = head(MAP, kept.len());
    for (namespace, items) in kept {
        name_spaces.extend(cbor::encode(&Value::text(namespace)));
        name_spaces.extend(head(ARRAY, items.len()));
        items.iter().for_each(|item| name_spaces.extend_from_slice(item));
    }
    with(item, "nameSpaces", &name_spaces)
}

/// Returns a map with another value under a text key; every other key and value as received.
fn with(map: &Item<'_>, key: &str, value: &[u8]) -> Option<Vec<u8>> {
    let pairs = map.as_map()?;
    let mut out = head(MAP, pairs.len());
    for (name, received) in pairs {
        out.extend_from_slice(name.raw());
        out.extend_from_slice(if name.as_text() == Some(key) { value } else { received.raw() });
    }
    Some(out)
}

/// Returns the shortest head of a major type with a length.
fn head(major: u8, length: usize) -> Vec<u8> {
    let mut bytes = cbor::encode(&Value::Unsigned(length as u64));
    if let Some(first) = bytes.first_mut() {
        *first |= major << 5;
    }
    bytes
}
